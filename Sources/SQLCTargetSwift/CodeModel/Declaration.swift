// Swift as values: what a generated file is made of before it is text. Only what this generator writes is modelled;
// expressions are lines of code, written where they are made.

/// One declaration with its documentation.
struct Declaration: Sendable {
  var documentation: [String] = []
  var kind: Kind

  enum Kind: Sendable {
    case type(TypeDeclaration)
    case function(FunctionDeclaration)
    /// One line: a stored property, an enumeration's case, a type alias, a protocol's requirement.
    case line(String)
    /// A declaration that is several lines of code, such as a property with a long initial value.
    case code([String])
  }

  init(documentation: [String] = [], _ kind: Kind) {
    self.documentation = documentation
    self.kind = kind
  }

  static func line(_ text: String, documentation: [String] = []) -> Self {
    Declaration(documentation: documentation, .line(text))
  }
}

/// A struct, enumeration, class, protocol or extension: `head { members }`.
struct TypeDeclaration: Sendable {
  /// Where empty lines go between members.
  enum Spacing: Sendable {
    /// Around what is more than a property: code that is read member by member.
    case open
    /// Around types only: hundreds of small structs of one pattern.
    case dense
  }

  /// Everything before the brace: `public nonisolated struct Agent: Sendable`.
  var head: String
  var spacing: Spacing
  var members: [Declaration]

  init(_ head: String, spacing: Spacing = .open, members: [Declaration]) {
    self.head = head
    self.spacing = spacing
    self.members = members
  }
}

/// A function or initializer.
struct FunctionDeclaration: Sendable {
  /// `public func getAgent`, `public init`.
  var head: String
  /// `id: Int64`.
  var parameters: [String]
  /// What stands between the parentheses and the body: `async throws(DatabaseError) -> Agent?`.
  var effects: String
  var body: Body

  enum Body: Sendable, ExpressibleByArrayLiteral {
    case lines([String])
    /// Short statements of one pattern, one for each field: as many on a line as fit.
    case fields([String])

    init(arrayLiteral lines: String...) { self = .lines(lines) }
  }

  init(_ head: String, parameters: [String], effects: String = "", body: Body) {
    self.head = head
    self.parameters = parameters
    self.effects = effects
    self.body = body
  }
}

/// One import, with the access level its declarations are used at.
struct ImportDeclaration: Sendable, Hashable {
  var access: SwiftOptions.Access
  var module: SwiftType.Module
}

/// A file to be.
struct SwiftFile: Sendable {
  var name: String
  var imports: [ImportDeclaration]
  var declarations: [Declaration]
}

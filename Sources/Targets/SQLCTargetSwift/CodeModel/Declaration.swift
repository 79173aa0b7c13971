// Swift as values: what a generated file is made of before it is text. Only what this generator writes is modelled;
// expressions are lines of code, written where they are made. What is code is `SwiftCode`; what is `String` came from
// outside or is prose, and can only become a comment.

import SQLCModel

/// One declaration with its documentation.
struct Declaration: Sendable {
  /// Paragraphs of Markdown; a text of several lines stays so.
  var documentation: [String] = []
  var kind: Kind

  enum Kind: Sendable {
    case type(TypeDeclaration)
    case function(FunctionDeclaration)
    /// One line: a stored property, an enumeration's case, a type alias, a protocol's requirement.
    case line(SwiftCode)
    /// A declaration that is several lines of code, such as a property with a long initial value.
    case code([SwiftCode])
  }

  init(documentation: [String] = [], _ kind: Kind) {
    self.documentation = documentation
    self.kind = kind
  }

  static func line(_ text: SwiftCode, documentation: [String] = []) -> Self {
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
  var head: SwiftCode
  var spacing: Spacing
  var members: [Declaration]

  init(_ head: SwiftCode, spacing: Spacing = .open, members: [Declaration]) {
    self.head = head
    self.spacing = spacing
    self.members = members
  }
}

/// A function or initializer.
struct FunctionDeclaration: Sendable {
  /// `public func getAgent`, `public init`.
  var head: SwiftCode
  /// `id: Int64`.
  var parameters: [SwiftCode]
  /// What stands between the parentheses and the body: `async throws(DatabaseError) -> Agent?`.
  var effects: SwiftCode
  var body: Body

  enum Body: Sendable, ExpressibleByArrayLiteral {
    case lines([SwiftCode])
    /// Short statements of one pattern, one for each field: as many on a line as fit.
    case fields([SwiftCode])

    init(arrayLiteral lines: SwiftCode...) { self = .lines(lines) }
  }

  init(_ head: SwiftCode, parameters: [SwiftCode], effects: SwiftCode = "", body: Body) {
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
  /// The query file that it is made of; absent: the whole block.
  var queryFile: String?
  var imports: [ImportDeclaration]
  var declarations: [Declaration]
}

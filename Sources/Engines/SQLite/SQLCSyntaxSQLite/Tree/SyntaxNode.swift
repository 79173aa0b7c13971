public import SQLCDiagnostics

/// A node of the syntax tree: a value that knows its bytes and its children, and nothing of what names mean.
///
/// The children of a node lie inside its range, in source order, without overlap. Every token of a statement therefore
/// belongs to exactly one innermost node, and the tree prints back to the bytes it came from (see `SyntaxPrinter`).
public protocol SyntaxNode: Sendable {
  /// What production this is; the name in `sqlc-swift parse` and in the syntax corpus.
  var syntaxKind: SyntaxKind { get }
  /// From the first byte of its first token to the end of its last; no surrounding blanks or comments.
  var range: ByteRange { get }
  /// In source order.
  var children: [any SyntaxNode] { get }
  /// What the node says beyond its kind and children, such as the operator: for printing.
  var attributes: [SyntaxAttribute] { get }
}

/// One fact of a node, by the name under which it is printed.
public struct SyntaxAttribute: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// A fact that is printed only when it holds.
  static func flag(_ name: String, _ holds: Bool) -> [SyntaxAttribute] { holds ? [SyntaxAttribute(name, "true")] : [] }

  /// A fact that is printed only when it is there.
  static func optional(_ name: String, _ value: String?) -> [SyntaxAttribute] {
    value.map { [SyntaxAttribute(name, $0)] } ?? []
  }
}

extension SyntaxNode {
  public var attributes: [SyntaxAttribute] { [] }
}

/// An identifier, or a string where SQLite takes one for a name.
///
/// `text` is what the name means: quotes removed, doubled quotes undone. SQLite compares names without regard to the
/// case of ASCII letters, so compare `key`, never `text`.
public struct NameSyntax: Sendable, Hashable {
  public enum Quoting: Sendable, Hashable {
    case none, doubleQuotes, brackets, backticks, singleQuotes
  }

  public let text: String
  public let range: ByteRange
  public let quoting: Quoting

  public init(text: String, range: ByteRange, quoting: Quoting = .none) {
    self.text = text
    self.range = range
    self.quoting = quoting
  }

  /// The name with ASCII letters in lower case: equal keys are one name to SQLite.
  public var key: String { text.asciiLowercased }
}

/// `schema.name` or `name`: a table, view, index or trigger.
public struct QualifiedNameSyntax: Sendable, Hashable {
  public var schema: NameSyntax?
  public var name: NameSyntax

  public init(schema: NameSyntax? = nil, name: NameSyntax) {
    self.schema = schema
    self.name = name
  }

  public var range: ByteRange { schema.map { $0.range.union(name.range) } ?? name.range }
}

extension String {
  /// Lower case for A to Z only, as SQLite folds identifiers. Most names are lower case already, and cost nothing.
  public var asciiLowercased: String {
    let needsFolding =
      utf8.withContiguousStorageIfAvailable { bytes in bytes.contains { $0 >= 0x41 && $0 <= 0x5A } } ?? true
    guard needsFolding else { return self }
    return String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

extension StringProtocol {
  /// Lower case for A to Z only, as SQLite folds identifiers.
  public var asciiLowercased: String {
    var needsFolding = false
    for byte in utf8 where byte >= 0x41 && byte <= 0x5A {
      needsFolding = true
      break
    }
    guard needsFolding else { return String(self) }
    return String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

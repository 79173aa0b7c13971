/// Node text, read: nodes with named fields, lists and tokens, without knowing any node.
///
///     value := '<>' | token | '{' NAME (':' field value)* '}' | '(' ['i' | 'o' | 'b' | 'x'] value* ')'
///
/// It is one array over the text's bytes: an entry for each value, followed by those inside it. Reading is linear and
/// makes nothing per node; what a version of the server adds is there and skipped by who does not ask for it.
public final class NodeTree: Sendable {
  enum Kind: UInt8 {
    /// `<>`.
    case absent
    case token
    /// The name of a node; its fields follow.
    case node
    /// The name of a field; its value follows.
    case field
    case list
    /// The bytes of a constant, as tokens.
    case bytes
  }
  struct Entry {
    var kind: Kind
    var start: UInt32
    var end: UInt32
    /// The entry after this one and all inside it.
    var next: UInt32
  }

  let text: [UInt8]
  let entries: [Entry]

  /// What a catalog column of type `pg_node_tree` holds.
  public init(text: [UInt8]) throws(NodeTextError) {
    self.text = text
    entries = try NodeScanner.entries(of: text)
  }

  /// What the message "parse tree:" has as its detail.
  public convenience init(message: [UInt8]) throws(NodeTextError) {
    try self.init(text: WrappedMessage.unwrapped(message))
  }

  public var root: NodeValue { NodeValue(tree: self, index: 0) }
}

/// Text that is not node text.
public struct NodeTextError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Problem: Sendable, Hashable {
    case fieldExpected, nameExpected, unbalanced, queryExpected, tooDeep
  }
  public var problem: Problem
  public var byteOffset: Int
  init(_ problem: Problem, at byteOffset: Int) {
    self.problem = problem
    self.byteOffset = byteOffset
  }
  public var description: String {
    let what =
      switch problem {
      case .fieldExpected: "a field was expected"
      case .nameExpected: "the name of a node was expected"
      case .unbalanced: "braces or parentheses are not balanced"
      case .queryExpected: "a query was expected"
      case .tooDeep: "queries are nested too deeply"
      }
    return "the server's tree cannot be read at byte \(byteOffset): \(what)"
  }
}

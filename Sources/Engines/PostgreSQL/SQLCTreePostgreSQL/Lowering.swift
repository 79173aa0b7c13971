/// Makes queries and expressions of nodes, by names: fields that a version lacks have their zero, nodes that are not known
/// become `Expression.unknown` with the expressions inside them.
struct Lowering {
  /// What a JOIN's columns are, by range: of the query that is read, and of those around it, innermost last.
  var joins: [[Int: [Expression?]]] = []
  /// Of the expression that is read.
  var depth = 0
  /// 14 has no MERGE, and counts utilities as MERGE is counted later.
  var hasMerge: Bool

  /// Deeper expressions are unknown: a stack is finite, and nobody writes them.
  static let maximumDepth = 250
  static let maximumQueries = 40

  init(serverVersion: Int) { hasMerge = serverVersion >= 150000 }
}

extension NodeTree {
  /// The statements of a message, a view's definition or a function's body. A single query may stand alone or in lists.
  public func queries(serverVersion: Int) throws(NodeTextError) -> [Query] {
    var lowering = Lowering(serverVersion: serverVersion)
    var result: [Query] = []
    func collect(_ value: NodeValue) throws(NodeTextError) {
      if value.isNode("QUERY") {
        result.append(try lowering.query(value))
      } else if value.isList {
        try value.forEachElement(collect)
      } else {
        throw NodeTextError(.queryExpected, at: value.byteOffset)
      }
    }
    try collect(root)
    return result
  }

  /// The expressions of an index, a default, a predicate: one, or a list.
  public func expressions(serverVersion: Int) throws(NodeTextError) -> [Expression] {
    var lowering = Lowering(serverVersion: serverVersion)
    lowering.joins = [[:]]
    guard root.isList else { return [try lowering.expression(root)] }
    return try lowering.expressions(root)
  }
}

extension Lowering {
  func integer(_ node: NodeValue, _ name: StaticString) -> Int { node.field(name)?.integer ?? 0 }
  func object(_ node: NodeValue, _ name: StaticString) -> ObjectID {
    ObjectID(rawValue: UInt32(truncatingIfNeeded: integer(node, name)))
  }
  func isTrue(_ node: NodeValue, _ name: StaticString) -> Bool { node.field(name)?.isToken("true") ?? false }
  func offset(_ node: NodeValue) -> SourceOffset {
    let value = node.field("location")?.integer ?? -1
    return SourceOffset(value >= 0 ? value : nil)
  }
  func integers(_ node: NodeValue, _ name: StaticString) throws(NodeTextError) -> [Int] {
    var result: [Int] = []
    try node.field(name)?.forEachElement { element throws(NodeTextError) in result.append(element.integer ?? 0) }
    return result
  }
  func objects(_ node: NodeValue, _ name: StaticString) throws(NodeTextError) -> [ObjectID] {
    try integers(node, name).map { ObjectID(rawValue: UInt32(truncatingIfNeeded: $0)) }
  }
  func strings(_ node: NodeValue, _ name: StaticString) throws(NodeTextError) -> [String] {
    var result: [String] = []
    try node.field(name)?.forEachElement { element throws(NodeTextError) in result.append(element.string ?? "") }
    return result
  }
  mutating func expressions(_ list: NodeValue?) throws(NodeTextError) -> [Expression] {
    guard let list else { return [] }
    var result: [Expression] = []
    var copy = self
    try list.forEachElement { element throws(NodeTextError) in
      result.append(element.isAbsent ? .defaultValue : try copy.expression(element))
    }
    return result
  }
  mutating func optional(_ node: NodeValue, _ name: StaticString) throws(NodeTextError) -> Expression? {
    guard let value = node.field(name) else { return nil }
    return try expression(value)
  }
  mutating func required(_ node: NodeValue, _ name: StaticString) throws(NodeTextError) -> Expression {
    try optional(node, name)
      ?? .unknown(UnknownNode(name: "", text: [], children: []))
  }
  mutating func targets(_ list: NodeValue?) throws(NodeTextError) -> [Target] {
    guard let list else { return [] }
    var result: [Target] = []
    var copy = self
    try list.forEachElement { node throws(NodeTextError) in
      result.append(
        Target(
          expression: try copy.required(node, "expr"), number: copy.integer(node, "resno"),
          name: node.field("resname")?.string, isHidden: copy.isTrue(node, "resjunk"),
          sortReference: copy.integer(node, "ressortgroupref")))
    }
    return result
  }
}

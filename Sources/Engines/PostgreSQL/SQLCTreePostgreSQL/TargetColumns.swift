/// A column in a statement's list of results that is a column of a range, as text that stands for several (`*`, `a.*`) is
/// read by the server.
public struct TargetColumn: Sendable, Hashable {
  /// How SQL calls its range; nil where its columns are called without one: a JOIN without an alias, a subquery without.
  public var range: String?
  public var name: String
  /// The byte of the statement's text at which it is written.
  public var byteOffset: Int
}

extension NodeTree {
  /// The lists of results of all queries in the tree (SELECT and RETURNING, at any depth), of each the columns that are
  /// columns of ranges, in order.
  public func targetLists() throws(NodeTextError) -> [[TargetColumn]] {
    var lists: [[TargetColumn]] = []
    try collect(root, into: &lists)
    return lists
  }

  private func collect(_ value: NodeValue, into lists: inout [[TargetColumn]]) throws(NodeTextError) {
    if value.isNode("QUERY") {
      let ranges = try rangeNames(of: value)
      for name: StaticString in ["targetList", "returningList"] {
        guard let targets = value.field(name) else { continue }
        lists.append(try columns(of: targets, ranges))
      }
    }
    guard value.isNode || value.isList else { return }
    try value.forEachElement { element throws(NodeTextError) in
      if element.isNode || element.isList { try collect(element, into: &lists) }
    }
  }

  private func columns(of targets: NodeValue, _ ranges: [String?]) throws(NodeTextError) -> [TargetColumn] {
    var columns: [TargetColumn] = []
    try targets.forEachElement { target throws(NodeTextError) in
      guard target.field("resjunk")?.isToken("true") != true, let expression = target.field("expr"),
        expression.isNode("VAR"), expression.field("varattno")?.integer != 0,
        let offset = expression.field("location")?.integer, offset >= 0,
        let number = expression.field("varno")?.integer, let name = target.field("resname")?.string
      else { return }
      let isOwn = expression.field("varlevelsup")?.integer ?? 0 == 0
      columns.append(
        TargetColumn(
          range: isOwn && ranges.indices.contains(number - 1) ? ranges[number - 1] : nil, name: name, byteOffset: offset
        ))
    }
    return columns
  }

  private func rangeNames(of query: NodeValue) throws(NodeTextError) -> [String?] {
    var names: [String?] = []
    try query.field("rtable")?.forEachElement { range throws(NodeTextError) in
      let alias = range.field("alias")?.field("aliasname")?.string
      let own = range.field("eref")?.field("aliasname")?.string
      // 0 a table, 3 a function, 6 WITH: these go by their own name where they have no other.
      let isNamed = [0, 3, 6].contains(range.field("rtekind")?.integer ?? -1)
      names.append(alias ?? (isNamed ? own : nil))
    }
    return names
  }
}

/// A column in a statement's list of results that is a column of a range, as text that stands for several (`*`, `a.*`) is
/// read by the server.
public struct TargetColumn: Sendable, Hashable {
  /// How SQL calls its range; nil where its columns are called without one: a JOIN without an alias, a subquery without.
  public var range: String?
  public var place: Place
  public var name: String
  /// The byte of the statement's text at which it is written.
  public var byteOffset: Int
}

extension TargetColumn {
  /// Which column of which range it is.
  public struct Place: Sendable, Hashable {
    public var range: Int
    public var attribute: Int
    /// How many queries further out the range stands.
    public var levelsUp: Int
  }
}

/// A list of results: of it the columns that are columns of ranges, in order.
public struct TargetList: Sendable, Hashable {
  /// How many ranges its names are looked for in, JOINs among them.
  public var rangeCount: Int
  public var columns: [TargetColumn]
}

extension NodeTree {
  /// The lists of results that are written in the statement, SELECT's and RETURNING's, at any depth.
  ///
  /// The server makes two others, whose columns have the places of those that they are made of but other names: the columns that
  /// an INSERT writes, and the result of a set operation.
  public func targetLists() throws(NodeTextError) -> [TargetList] {
    var lists: [TargetList] = []
    try collect(root, into: &lists)
    return lists
  }

  private func collect(_ value: NodeValue, into lists: inout [TargetList]) throws(NodeTextError) {
    if value.isNode("QUERY") {
      let ranges = try rangeNames(of: value)
      let command = value.field("commandType")?.integer
      if command == 1, value.field("setOperations") == nil, let targets = value.field("targetList") {
        lists.append(TargetList(rangeCount: ranges.count, columns: try columns(of: targets, ranges)))
      }
      if let targets = value.field("returningList") {
        // An INSERT's sees the table alone: neither what is inserted nor `excluded`.
        lists.append(
          TargetList(rangeCount: command == 3 ? 1 : ranges.count, columns: try columns(of: targets, ranges)))
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
        expression.isNode("VAR"), let attribute = expression.field("varattno")?.integer, attribute != 0,
        let offset = expression.field("location")?.integer, offset >= 0,
        let number = expression.field("varno")?.integer, let name = target.field("resname")?.string
      else { return }
      let levels = expression.field("varlevelsup")?.integer ?? 0
      columns.append(
        TargetColumn(
          range: levels == 0 && ranges.indices.contains(number - 1) ? ranges[number - 1] : nil,
          place: TargetColumn.Place(range: number, attribute: attribute, levelsUp: levels), name: name,
          byteOffset: offset))
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

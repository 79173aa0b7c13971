// Which columns a statement names, and where: what an editor asks.

public import SQLCTreePostgreSQL

/// The tables and columns that an analysed statement is of.
public struct StatementNames: Sendable, Hashable {
  /// A column of a relation, and the byte of the statement's text at which its name, or what it is qualified with, begins.
  public struct Column: Sendable, Hashable {
    public var relation: ObjectID
    public var name: String
    /// What it may be qualified with.
    public var rangeName: String
    public var offset: Int
  }

  public var columns: [Column] = []
  public var relations: Set<ObjectID> = []
  /// In lower case: names that stand for no relation.
  public var commonTables: Set<String> = []
}

extension StatementAnalyzer {
  /// Columns of views are theirs; what the server made of a star or a default has no place, or that of something else.
  public func names(ofTree tree: NodeTree) throws(NodeTextError) -> StatementNames {
    var names = StatementNames()
    for query in try queries(of: tree) { NameWalk(catalog: catalog).visit(query, [], &names) }
    return names
  }
}

private struct NameWalk {
  let catalog: PostgreSQLCatalog

  func visit(_ query: Query, _ above: [Query], _ names: inout StatementNames) {
    let stack = above + [query]
    for range in query.parts.ranges {
      if case .relation(let relation, _) = range.kind { names.relations.insert(relation) }
    }
    names.commonTables.formUnion(query.parts.commonTables.map { $0.name.lowercased() })
    // Closures of the walk do not escape; what they find is gathered here.
    var expressions: [Expression] = []
    var nested: [Query] = []
    query.forEachExpression { expressions.append($0) }
    query.forEachNested { nested.append($0) }
    for expression in expressions { visit(expression, stack, &names) }
    for query in nested { visit(query, stack, &names) }
  }

  private func visit(_ expression: Expression, _ stack: [Query], _ names: inout StatementNames) {
    if case .variable(let variable) = expression { add(variable, stack, &names) }
    var children: [Expression] = []
    expression.forEachChild { children.append($0) }
    for child in children { visit(child, stack, &names) }
    if case .subquery(let subquery) = expression { visit(subquery.query, stack, &names) }
  }

  private func add(_ variable: Variable, _ stack: [Query], _ names: inout StatementNames) {
    let level = stack.count - 1 - variable.levelsUp
    guard variable.attribute > 0, let offset = variable.offset.value, stack.indices.contains(level) else { return }
    let ranges = stack[level].parts.ranges
    guard ranges.indices.contains(variable.range - 1) else { return }
    let range = ranges[variable.range - 1]
    guard case .relation(let relation, _) = range.kind,
      let column = catalog.relations[relation]?.columns.first(where: { $0.number == variable.attribute })
    else { return }
    names.columns.append(
      StatementNames.Column(relation: relation, name: column.name, rangeName: range.name, offset: offset))
  }
}

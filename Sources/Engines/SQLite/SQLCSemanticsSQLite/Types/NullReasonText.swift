// The words for why a value can be NULL, as `analyze` and the generated documentation show them.

extension NullReason {
  /// One clause without a position: "`t` is on the right of the LEFT JOIN".
  public var text: String {
    switch cause {
    case .nullableColumn(let table, let column):
      "`\(column)` of `\(table)` is declared without NOT NULL"
    case .outerJoin(let source, let join):
      switch join {
      case "LEFT JOIN": "`\(source)` is on the right of the LEFT JOIN"
      case "RIGHT JOIN": "`\(source)` is on the left of the RIGHT JOIN"
      default: "`\(source)` is a side of the \(join)"
      }
    case .scalarSubqueryMayBeEmpty: "the subquery may have no row"
    case .aggregateOverNoRows(let name): "`\(name)` over no rows is NULL"
    case .bareColumnOverNoRows: "a column beside an aggregate is NULL when there are no rows"
    case .divisionByZero: "division by zero is NULL"
    case .caseWithoutElse: "CASE without ELSE is NULL when no branch applies"
    case .literalNull: "NULL is written"
    case .parameter(let name): name.isEmpty ? "the parameter may be NULL" : "the parameter `\(name)` may be NULL"
    case .function(let name): "`\(name)` is NULL for some arguments"
    case .emptyFrame: "the window frame may hold no row"
    case .other(let text): text
    }
  }
}

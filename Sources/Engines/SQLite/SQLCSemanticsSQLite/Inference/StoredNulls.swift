// NULL written where none is meant to be.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  /// The values of an INSERT, in each row of VALUES and each arm of a query.
  func checkNulls(in body: BoundQueryBody, _ insert: BoundInsert) {
    switch body {
    case .values(let rows, _):
      for row in rows { checkNulls(row, insert) }
    case .select(let select): checkNulls(select.outputs.map(\.expression), insert)
    case .compound(_, let left, let right, _):
      checkNulls(in: left, insert)
      checkNulls(in: right, insert)
    }
  }

  private func checkNulls(_ row: [BoundExpression], _ insert: BoundInsert) {
    for (value, column) in zip(row, insert.columns) {
      checkNull(value, for: column, of: insert.target, onConflict: insert.onConflict)
    }
  }

  /// | the column | NULL |
  /// |---|---|
  /// | INTEGER PRIMARY KEY | takes it for the next number |
  /// | NOT NULL | the statement fails whenever it runs, or does what it says itself for that |
  /// | of another primary key | is stored (SQLite, lang_createtable.html#primkeyconst), and the row has no key |
  func checkNull(
    _ value: BoundExpression, for column: Int, of target: BoundSource, onConflict: ConflictResolution? = nil
  ) {
    guard isNullLiteral(value), case .table(let table) = target.kind, !table.isVirtual,
      table.columns.indices.contains(column), table.rowidAlias != column
    else { return }
    let name = table.columns[column].name
    if table.columns[column].isNotNull {
      if onConflict == nil { diagnose(.storedNull(column: name, table: table.name), at: value.range) }
    } else if table.primaryKey.contains(column) {
      diagnose(.storedNullKey(column: name, table: table.name), at: value.range)
    }
  }
}

// Whether `last_insert_rowid` is an answer after a statement (SQLite, c3ref/last_insert_rowid.html). It keeps the rowid of the
// row before, of whatever table, when a statement inserts nothing, into a table without rowids or into a view; what triggers
// insert elsewhere does not count.

import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// What a statement inserts, and in words why that is no row with a rowid of its own.
struct InsertedRow {
  var rowID: InsertedRowID
  var why = ""
}

func insertedRow(of statement: BoundStatement, in catalog: Catalog) -> InsertedRow {
  guard case .insert(let insert) = statement.body else {
    return InsertedRow(rowID: .never, why: "the statement inserts no row")
  }
  guard case .table(let table) = insert.target.kind else {
    return InsertedRow(
      rowID: .never, why: "'\(insert.target.name)' is a view, and its triggers insert what they insert")
  }
  if table.isWithoutRowID { return InsertedRow(rowID: .never, why: "'\(table.name)' is WITHOUT ROWID") }
  if insert.upserts.contains(where: { if case .update = $0.action { true } else { false } }) {
    return InsertedRow(rowID: .never, why: "the row may be one that is updated")
  }
  let isCommand = insert.columns.contains { index in
    table.columns.indices.contains(index) && table.columns[index].visibility == .hidden
      && table.columns[index].name.lowercased() == table.name.lowercased()
  }
  if isCommand { return InsertedRow(rowID: .never, why: "it is a command to '\(table.name)'") }
  let hasGuard = catalog.triggers.values.contains {
    guard case .insert = $0.syntax.event else { return false }
    return $0.table == table.name.asciiLowercased && $0.syntax.time != .after
  }
  // The statement's own OR … is stronger than the table's ON CONFLICT.
  let ignores = insert.onConflict.map { $0 == .ignore } ?? table.ignoresConflicts
  let maySkip = ignores || !insert.upserts.isEmpty || hasGuard || !hasFixedRows(insert)
  return InsertedRow(rowID: maySkip ? .maybe : .always)
}

/// One row at least, whatever the database holds.
private func hasFixedRows(_ insert: BoundInsert) -> Bool {
  switch insert.source {
  case .defaultValues: return true
  case .query(let query):
    guard case .values = query.body, query.limit == nil else { return false }
    return true
  }
}

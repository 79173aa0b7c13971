// Where our analysis and SQLite both have an answer, the answers must agree.
//
// | asked                                  | SQLite's word   | ours           | here                          |
// |----------------------------------------|-----------------|----------------|-------------------------------|
// | number of result columns               | column_count    | typed, added   | must be equal                 |
// | names of result columns                | column_name     | typed columns  | must be equal, see below      |
// | origin of a column                     | origin_name     | origin         | must be equal where both know |
// | number of parameters                   | parameter_count | parameters     | must be equal                 |
// | tables read                            | authorizer      | effects        | SQLite's among ours, taken    |
// | tables written                         | authorizer      | effects        | must be equal                 |
//
// Ours has more tables read than SQLite where a foreign key is checked: it looks at the parent, but no result depends on
// what is there.
//
// SQLite, c3ref/column_name.html: "If there is no AS clause then the name of the column is unspecified and may change
// from one release of SQLite to the next." So only names that an AS clause or a column gives are compared, and of those
// without AS a qualifier that SQLite puts in front (`s.total`, for some materialised subqueries) is no difference, nor a number
// behind it (`x:1`, for columns of one name in a join in parentheses, which it reads as a subquery), nor quotes and parentheses around it (of what FULL JOIN … USING merges).
//
// Where a column was read through a compound SQLite names the origin in the last arm; ours is that of the values.

import SQLCDiagnostics
import SQLCModel
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// Holds the two answers against each other; every difference is an `internal/…` error.
func reconcile(
  _ statement: TypedStatement, with description: StatementDescription, at query: AnnotatedQuery
) -> Diagnosed<TypedStatement> {
  let place = SourceRange(path: query.source.path, range: query.nameRange)
  var diagnostics: [Diagnostic] = []
  let count = statement.columns.count + statement.markers.count
  if count != description.columns.count {
    // A utility statement (PRAGMA) that returns rows under `:exec` has columns that nobody asks about.
    if !(statement.columns.isEmpty && !query.command.returnsRows) {
      diagnostics.append(
        EngineDiagnostic.columnCount(ours: count, sqlite: description.columns.count).at(place))
    }
  } else {
    for (index, pair) in zip(statement.columns, description.columns).enumerated() {
      if let difference = compare(pair.0, pair.1, at: index + 1) {
        diagnostics.append(difference.at(SourceRange(path: query.source.path, range: pair.0.range)))
      }
    }
  }
  if statement.parameters.count != description.parameterCount {
    diagnostics.append(
      EngineDiagnostic.parameterCount(ours: statement.parameters.count, sqlite: description.parameterCount).at(place))
  }
  diagnostics += compareEffects(statement, description, at: place)
  return Diagnosed(statement, diagnostics)
}

private func compare(
  _ ours: TypedColumn, _ sqlite: StatementDescription.Column, at index: Int
) -> EngineDiagnostic? {
  if ours.isNameGuaranteed, ours.name != sqlite.name, ours.name.asciiLowercased != sqlite.name.asciiLowercased,
    !sqlite.name.asciiLowercased.hasSuffix("." + ours.name.asciiLowercased), !isNumbered(sqlite.name, as: ours.name),
    !isText(sqlite.name, of: ours.name)
  {
    return .columnName(index: index, ours: ours.name, sqlite: sqlite.name)
  }
  if let origin = ours.origin, let table = sqlite.originTable, let column = sqlite.originColumn {
    let named = ColumnOrigin(table: table, column: column)
    if !([origin] + ours.armOrigins).contains(where: { isSame($0, named) }) {
      return .columnOrigin(
        column: ours.name, ours: "\(origin.table).\(origin.column)", sqlite: "\(table).\(column)")
    }
  }
  return nil
}

/// The name as it may be written: what FULL JOIN … USING merges has no name but its text.
private func isText(_ text: String, of name: String) -> Bool {
  guard text.utf8.count > name.utf8.count else { return false }
  return text.filter { !"()[]`\" ".contains($0) }.asciiLowercased == name.filter { $0 != " " }.asciiLowercased
}

private func isSame(_ a: ColumnOrigin, _ b: ColumnOrigin) -> Bool {
  a == b
    || schemaTable(a.table.asciiLowercased) == schemaTable(b.table.asciiLowercased)
      && a.column.asciiLowercased == b.column.asciiLowercased
}

/// SQLite, schematab.html: one table by two names each; SQLite reports the older.
private func schemaTable(_ name: String) -> String {
  switch name {
  case "sqlite_schema": "sqlite_master"
  case "sqlite_temp_schema": "sqlite_temp_master"
  default: name
  }
}

private func compareEffects(
  _ ours: TypedStatement, _ sqlite: StatementDescription, at place: SourceRange
) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  let reads = withoutBookkeeping(sqlite.reads, ours.reads)
  if !Set(reads.map(\.asciiLowercased)).isSubset(of: ours.reads.map(\.asciiLowercased)) {
    diagnostics.append(EngineDiagnostic.effects(verb: "reads", ours: ours.reads, sqlite: reads).at(place))
  }
  let writes = withoutBookkeeping(sqlite.writes, ours.writes)
  if Set(writes.map(\.asciiLowercased)) != Set(ours.writes.map(\.asciiLowercased)) {
    diagnostics.append(EngineDiagnostic.effects(verb: "writes", ours: ours.writes, sqlite: writes).at(place))
  }
  return diagnostics
}

/// SQLite reports its schema table for table-valued functions (it declares them on the way) and `sqlite_sequence` for
/// AUTOINCREMENT: its own affairs, unless the statement names such a table.
func withoutBookkeeping(_ tables: [String], _ ours: [String]) -> [String] {
  tables.filter { !$0.asciiLowercased.hasPrefix("sqlite_") || ours.contains($0) }
}

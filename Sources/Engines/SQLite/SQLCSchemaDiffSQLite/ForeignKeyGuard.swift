// A table that is dropped while foreign keys are enforced takes the rows with it that refer to it, or sets them to NULL, and
// `PRAGMA foreign_keys = OFF` does nothing inside a transaction (foreignkeys.html §6). SQLCRuntime migrates without enforcing
// them; another tool may not. Then the migration has to fail, before anything is lost.

import SQLCSQLiteHandle
import SQLCSyntaxSQLite

extension DirectionPlanner {
  mutating func guardForeignKeys(_ difference: SchemaDifference) throws(SQLiteFailure) {
    let falling = Set(difference.rebuilds.map(\.before.key) + difference.droppedTables.map(\.key))
    let going = Set(difference.droppedTables.map(\.key))
    let children = before.tables.filter { table in
      !going.contains(table.key) && table.foreignKeys.contains { falling.contains($0.parent) }
    }
    if children.isEmpty { return }
    let rows = children.map { "EXISTS (SELECT 1 FROM \(sqlName($0.name)))" }.joined(separator: " OR ")
    try emit(
      "SELECT json_extract('{}', 'foreign keys are enforced, and dropping a table would change rows of others: ' || foreign_keys)\n"
        + "FROM pragma_foreign_keys WHERE foreign_keys = 1 AND (\(rows))",
      comment: "Fails where foreign keys are enforced: dropping a table would change the rows that refer to it.")
  }
}

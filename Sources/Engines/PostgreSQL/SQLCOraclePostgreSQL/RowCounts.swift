// How many rows the tables of a database have, as its server last counted or guessed.

import SQLCPostgreSQLHandle

/// A table and its rows.
package struct TableRowCount: Sendable, Hashable {
  package var schema: String
  package var table: String
  package var rows: Int
}

/// Those of the tables that were ever analysed (PostgreSQL, catalog-pg-class.html, `reltuples`). The database is only read.
package func rowCounts(
  ofDatabaseAt uri: String, _ settings: ServerSettings
) throws(ServerProblem) -> [TableRowCount] {
  let text = try settings.expanded(uri)
  do throws(PostgreSQLFailure) {
    let library = try LibPQ(paths: settings.machine.libraryPaths)
    let parameters = try ConnectionParameters(parsing: text, with: library)
    let connection = try PostgreSQLConnection(parameters, library: library, deadline: .now + .seconds(20))
    let found = try connection.execute(
      """
      SELECT n.nspname, c.relname, c.reltuples::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND c.reltuples >= 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname NOT LIKE 'pg!_toast%' ESCAPE '!' ORDER BY n.nspname, c.relname
      """, deadline: .now + .seconds(60))
    return found.rows.compactMap { row in
      guard row.count == 3, let schema = row[0], let table = row[1], let rows = row[2].flatMap({ Int($0) }) else {
        return nil
      }
      return TableRowCount(schema: schema, table: table, rows: rows)
    }
  } catch {
    throw ServerProblem(error, doing: "read the database's statistics")
  }
}

// The schema as SQLite keeps it.

import CSQLite
import SQLCSQLiteHandle

extension ScratchDatabase {
  /// Every definition in the order in which the objects were made, so that each can be run after those before it. What SQLite
  /// makes by itself has none.
  public func definitions() throws(OracleError) -> [String] {
    do throws(SQLiteFailure) {
      return try database.texts(
        """
        SELECT s.sql FROM sqlite_schema AS s
        LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.tbl_name
        WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND coalesce(l.type, '') <> 'shadow'
        ORDER BY s.rowid
        """
      ).compactMap { $0[0] }
    } catch {
      throw OracleError(error)
    }
  }

  /// Every definition by the key of its name.
  public func definitionsByName() throws(OracleError) -> [String: String] {
    do throws(SQLiteFailure) {
      let rows = try database.texts("SELECT lower(name), coalesce(sql, '') FROM sqlite_schema")
      return Dictionary(rows.map { ($0[0] ?? "", $0[1] ?? "") }, uniquingKeysWith: { $0 + $1 })
    } catch {
      throw OracleError(error)
    }
  }

  /// The CREATE statement of a table, as SQLite keeps it.
  public func definition(ofTable name: String) throws(OracleError) -> String? {
    let literal = "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    do throws(SQLiteFailure) {
      return try database.texts(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = \(literal) COLLATE NOCASE"
      ).first?[0]
    } catch {
      throw OracleError(error)
    }
  }
}

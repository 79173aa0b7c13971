// The schema as SQLite keeps it.

import CSQLite
public import SQLCSQLiteHandle

extension ScratchDatabase {
  /// Every definition in the order in which the objects were made, so that each can be run after those before it. What SQLite
  /// makes by itself has none.
  public func definitions() throws(OracleError) -> [String] {
    do throws(SQLiteFailure) {
      return try SQLCOracleSQLite.definitions(in: database)
    } catch {
      throw OracleError(error)
    }
  }

  /// What is defined otherwise than when the table was last looked at.
  public func changes(since definitions: inout DefinitionTable) throws(OracleError) -> DefinitionTable.Change {
    do throws(SQLiteFailure) {
      return try definitions.update(from: database)
    } catch {
      throw OracleError(error)
    }
  }

  /// The CREATE statement of a table, as SQLite keeps it.
  public func definition(ofTable name: String) throws(OracleError) -> String? {
    do throws(SQLiteFailure) {
      return try database.texts(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = \(literal(name)) COLLATE NOCASE"
      ).first?[0]
    } catch {
      throw OracleError(error)
    }
  }
}

/// The definitions of a database file, which is only read.
public func databaseDefinitions(at path: String) throws(OracleError) -> [String] {
  do throws(SQLiteFailure) {
    return try definitions(in: DatabaseHandle(filename: path, flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX))
  } catch {
    throw OracleError(error)
  }
}

/// In the order in which the objects were made.
private func definitions(in database: DatabaseHandle) throws(SQLiteFailure) -> [String] {
  try database.texts(
    """
    SELECT s.sql FROM sqlite_schema AS s
    LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.tbl_name
    WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND coalesce(l.type, '') <> 'shadow'
    ORDER BY s.rowid
    """
  ).compactMap { $0[0] }
}

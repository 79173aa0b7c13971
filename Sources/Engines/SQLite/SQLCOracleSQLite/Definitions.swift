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

  /// All that has a definition, in the order in which it was made; tables that virtual tables keep for themselves are not among it.
  public func definedObjects() throws(OracleError) -> [DefinedObject] {
    do throws(SQLiteFailure) {
      return try database.texts(
        """
        SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
        ORDER BY rowid
        """
      ).compactMap { row in
        guard let kind = row[0].flatMap(DefinedObject.Kind.init), let name = row[1], let table = row[2],
          let sql = row[3]
        else { return nil }
        return DefinedObject(kind: kind, name: name, table: table, sql: sql)
      }
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

/// What a database's schema has one entry for.
public struct DefinedObject: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case table, index, view, trigger }

  public var kind: Kind
  public var name: String
  /// That an index or a trigger is on; of others their own name.
  public var table: String
  /// `CREATE …`, as it stands there.
  public var sql: String
}

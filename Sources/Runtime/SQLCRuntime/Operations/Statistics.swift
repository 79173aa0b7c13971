// Numbers for dashboards (SQLite, c3ref/c_dbstatus_options.html).

import CSQLite
import SQLCSQLiteHandle

/// A database's file and the connection that writes to it, in numbers.
public struct DatabaseStatistics: Sendable, Hashable {
  public var pageSize: Int
  public var pageCount: Int
  /// Pages that hold nothing; `vacuum()` gives them back.
  public var freePages: Int
  /// Bytes of the write-ahead log's file; nil when there is none.
  public var logBytes: Int64?
  /// SQLite's library, such as "3.40.1".
  public var sqliteVersion: String
  public var writer: ConnectionStatistics

  /// Bytes of the database, without its log.
  public var bytes: Int64 { Int64(pageSize) * Int64(pageCount) }
}

/// One connection in numbers: since it was opened, or now.
public struct ConnectionStatistics: Sendable, Hashable {
  /// Bytes of cached pages.
  public var cacheBytes: Int
  /// Bytes of the parsed schema.
  public var schemaBytes: Int
  /// Bytes of prepared statements.
  public var statementBytes: Int
  /// Pages found in the cache, read from the file, written to it, and written early for lack of memory.
  public var cacheHits: Int
  public var cacheMisses: Int
  public var cacheWrites: Int
  public var cacheSpills: Int
  /// Rows changed, triggers and foreign-key actions included.
  public var changes: Int64
  /// Statements that are kept prepared.
  public var cachedStatements: Int
}

extension Database {
  /// Counts and sizes, as the connection that writes sees them.
  public func statistics() async throws(DatabaseError) -> DatabaseStatistics {
    try await lendWriter { core in
      let database = core.database
      func number(_ pragma: String) throws(SQLiteFailure) -> Int {
        try database.texts("PRAGMA \(pragma)").first?[0].flatMap { Int($0) } ?? 0
      }
      return DatabaseStatistics(
        pageSize: try number("page_size"), pageCount: try number("page_count"),
        freePages: try number("freelist_count"),
        logBytes: database.filename.isEmpty ? nil : fileSize(database.filename + "-wal"),
        sqliteVersion: DatabaseHandle.libraryVersion, writer: core.statistics)
    }
  }
}

extension ConnectionCore {
  var statistics: ConnectionStatistics {
    ConnectionStatistics(
      cacheBytes: database.status(SQLITE_DBSTATUS_CACHE_USED).current,
      schemaBytes: database.status(SQLITE_DBSTATUS_SCHEMA_USED).current,
      statementBytes: database.status(SQLITE_DBSTATUS_STMT_USED).current,
      cacheHits: database.status(SQLITE_DBSTATUS_CACHE_HIT).current,
      cacheMisses: database.status(SQLITE_DBSTATUS_CACHE_MISS).current,
      cacheWrites: database.status(SQLITE_DBSTATUS_CACHE_WRITE).current,
      cacheSpills: database.status(SQLITE_DBSTATUS_CACHE_SPILL).current, changes: database.totalChanges,
      cachedStatements: cachedStatements)
  }
}

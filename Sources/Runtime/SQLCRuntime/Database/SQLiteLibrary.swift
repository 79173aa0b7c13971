// What belongs to the process, not to a database: the C library itself.

import CSQLite
import SQLCSQLiteHandle

/// Settings of the SQLite library for the whole process. They are never changed unless you ask.
public enum SQLiteLibrary {
  /// The library's version, such as "3.40.1".
  public static var version: String { DatabaseHandle.libraryVersion }

  /// What `configure` changes.
  public enum Setting: Sendable, Hashable {
    /// No count of the memory in use (SQLite, c3ref/c_config_covering_index_scan.html, `SQLITE_CONFIG_MEMSTATUS`): the count
    /// is kept under one lock, for which connections on several threads wait at each allocation. Soft heap limits then
    /// do nothing.
    case withoutMemoryStatistics
    /// Page caches allocate page by page instead of many at once (`SQLITE_CONFIG_PAGECACHE` of nothing). A statement with
    /// RETURNING makes a cache of its own; where the C library's `free` gives such blocks back to the system at once
    /// (glibc), each run costs system calls, ten times the insert.
    case pageCacheByPage
  }

  /// Changes the library for the whole process. Call it once, at the start, before anything opens a database.
  ///
  /// ```swift
  /// try SQLiteLibrary.configure([.withoutMemoryStatistics, .pageCacheByPage])
  /// ```
  ///
  /// - Throws: an error of kind ``DatabaseError/Kind/misuse`` when the library is in use already (by anybody), which it
  ///   notices with the first database that is opened; nothing is changed then.
  public static func configure(_ settings: Set<Setting>) throws(DatabaseError) {
    for setting in settings {
      let code =
        switch setting {
        case .withoutMemoryStatistics: sqlc_config_memstatus(0)
        case .pageCacheByPage: sqlc_config_pagecache(nil, 0, 0)
        }
      guard code == SQLITE_OK else {
        throw DatabaseError(
          kind: .misuse, code: ResultCode(rawValue: code), message: "SQLite is in use already and cannot be configured")
      }
    }
  }
}

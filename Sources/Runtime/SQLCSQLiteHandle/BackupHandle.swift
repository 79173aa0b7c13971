// A copy of one database into another, step by step (SQLite, backup.html).

import CSQLite

/// Owns a `sqlite3_backup *`; what it has copied is undone when it goes before the last step.
///
/// Both connections belong to the caller while it lives.
public struct BackupHandle: ~Copyable {
  private let pointer: OpaquePointer
  private let destination: DatabaseHandle
  private let source: DatabaseHandle

  /// From the main database of `source` to that of `destination`, which is overwritten.
  public init(from source: DatabaseHandle, to destination: DatabaseHandle) throws(SQLiteFailure) {
    guard let opened = sqlite3_backup_init(destination.pointer, "main", source.pointer, "main") else {
      // SQLite, c3ref/backup_finish.html: "an error code and error message are stored in the destination".
      throw SQLiteFailure(lastOf: destination.pointer, code: sqlite3_extended_errcode(destination.pointer))
    }
    pointer = opened
    self.destination = destination
    self.source = source
  }

  deinit { sqlite3_backup_finish(pointer) }

  /// Copies up to `pages` pages, all when negative: `SQLITE_OK` while there are more, `SQLITE_DONE`, or an error code.
  /// After `SQLITE_BUSY` and `SQLITE_LOCKED` it may be tried again.
  public func step(pages: Int32) -> Int32 { sqlite3_backup_step(pointer, pages) }

  /// Pages still to be copied, as of the last step.
  public var remaining: Int { Int(sqlite3_backup_remaining(pointer)) }
  /// Pages of the source, as of the last step.
  public var total: Int { Int(sqlite3_backup_pagecount(pointer)) }

  /// What the last step failed with.
  public func failure(_ code: Int32) -> SQLiteFailure {
    // The step keeps its error to itself; only when the backup is finished does the destination know it.
    SQLiteFailure(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
  }
}

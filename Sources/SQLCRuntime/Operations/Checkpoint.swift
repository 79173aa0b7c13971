// From the write-ahead log into the database file (SQLite, wal.html, c3ref/wal_checkpoint_v2.html).

import CSQLite
import SQLCSQLiteHandle

/// How much a checkpoint insists.
public enum CheckpointMode: Sendable, Hashable {
  /// Copies what it can without waiting for anyone.
  case passive
  /// Waits for writers, and for readers of old snapshots, then copies everything.
  case full
  /// As `full`; then waits until nobody reads from the log, so that the next writer starts it over.
  case restart
  /// As `restart`; then cuts the log to nothing.
  case truncate

  var code: Int32 {
    switch self {
    case .passive: SQLITE_CHECKPOINT_PASSIVE
    case .full: SQLITE_CHECKPOINT_FULL
    case .restart: SQLITE_CHECKPOINT_RESTART
    case .truncate: SQLITE_CHECKPOINT_TRUNCATE
    }
  }
}

/// What a checkpoint did.
public struct CheckpointResult: Sendable, Hashable {
  /// Nobody kept it from doing what its mode says. A reader that is in the way for longer than the busy timeout does.
  public var isComplete: Bool
  /// Pages in the write-ahead log; nil when the database has none.
  public var logPages: Int?
  /// Pages of the log that are in the database file by now.
  public var checkpointedPages: Int?
}

extension Database {
  /// Brings the write-ahead log into the database file. SQLite does so by itself too, passively, whenever the log is
  /// longer than ``Configuration/walCheckpointPages``.
  @discardableResult
  public func checkpoint(_ mode: CheckpointMode = .passive) async throws(DatabaseError) -> CheckpointResult {
    try await lendWriter { core in
      let counts = try core.database.checkpoint(mode.code)
      return CheckpointResult(
        isComplete: counts.code == SQLITE_OK && (counts.frames == counts.checkpointed),
        logPages: counts.frames < 0 ? nil : counts.frames,
        checkpointedPages: counts.checkpointed < 0 ? nil : counts.checkpointed)
    }
  }
}

/// Checkpoints after commits, in place of SQLite's own (which a hook switches off).
///
/// Passive ones leave the log as long as some reader is always in it. Above the limit one is made that waits a little for
/// the readers, so that the log starts over; `journal_size_limit` then cuts its file.
func keepLogShort(_ database: DatabaseHandle, _ configuration: Configuration) throws(SQLiteFailure) {
  guard let limit = configuration.walSizeLimit else {
    try database.execute("PRAGMA wal_autocheckpoint = \(configuration.walCheckpointPages)")
    return
  }
  try database.execute("PRAGMA journal_size_limit = \(max(0, limit))")
  let pageSize = try database.texts("PRAGMA page_size").first?[0].flatMap { Int64($0) } ?? 4096
  let hardPages = Int(max(1, limit / (pageSize + 24)))
  let softPages = configuration.walCheckpointPages
  // The next lengths to act at. One that did not help is not made again with each commit, for each costs an fsync.
  var nextHard = hardPages
  var nextSoft = softPages > 0 ? softPages : .max
  database.setWALHook { database, pages in
    if pages < hardPages { nextHard = hardPages }
    if softPages > 0, pages < softPages { nextSoft = softPages }
    if pages >= nextHard {
      // A reader that never ends must not make every commit wait, nor any commit for long.
      database.setBusyHandler { attempts in waitForLock(attempts: attempts, atMost: .milliseconds(50)) }
      let counts = try? database.checkpoint(SQLITE_CHECKPOINT_RESTART)
      database.setBusyHandler { attempts in waitForLock(attempts: attempts, atMost: configuration.busyTimeout) }
      if counts?.code != SQLITE_OK { nextHard = pages + max(1, hardPages / 10) }
    } else if pages >= nextSoft {
      _ = try? database.checkpoint(SQLITE_CHECKPOINT_PASSIVE)
      nextSoft = pages + softPages
    }
  }
}

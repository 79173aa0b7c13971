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
  /// Brings the write-ahead log into the database file. That is done without being asked too, passively, whenever the log
  /// is longer than ``Configuration/walCheckpointPages``.
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

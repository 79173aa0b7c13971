// What keeps a database in shape: checkpoints, counters, images.

import CSQLite

/// How far a checkpoint got.
public struct CheckpointCounts: Sendable, Hashable {
  /// `SQLITE_OK`, or `SQLITE_BUSY` when others kept it from finishing.
  public var code: Int32
  /// Frames in the write-ahead log; -1 when there is none.
  public var frames: Int
  /// Frames of them that are in the database file.
  public var checkpointed: Int
}

extension DatabaseHandle {
  /// Copies the write-ahead log into the database: `mode` is one of `SQLITE_CHECKPOINT_…` (c3ref/wal_checkpoint_v2.html).
  public func checkpoint(_ mode: Int32) throws(SQLiteFailure) -> CheckpointCounts {
    var frames: Int32 = -1
    var checkpointed: Int32 = -1
    let code = sqlite3_wal_checkpoint_v2(pointer, "main", mode, &frames, &checkpointed)
    if code & 0xFF != SQLITE_BUSY { try check(code) }
    return CheckpointCounts(code: code & 0xFF, frames: Int(frames), checkpointed: Int(checkpointed))
  }

  /// A counter of the connection, `SQLITE_DBSTATUS_…` (c3ref/c_dbstatus_options.html): its value and its highest value.
  public func status(_ counter: Int32) -> (current: Int, highest: Int) {
    var current: Int32 = 0
    var highest: Int32 = 0
    guard sqlite3_db_status(pointer, counter, &current, &highest, 0) == SQLITE_OK else { return (0, 0) }
    return (Int(current), Int(highest))
  }

  /// The file of the main database; empty for one in memory.
  public var filename: String { sqlite3_db_filename(pointer, "main").map { String(cString: $0) } ?? "" }

  /// The main database as the bytes that its file would have (c3ref/serialize.html).
  public func serialized() throws(SQLiteFailure) -> [UInt8] {
    var size: Int64 = 0
    guard let bytes = sqlite3_serialize(pointer, "main", &size, 0) else {
      // An empty database has no pages, and that is no failure.
      guard size == 0 else { throw SQLiteFailure(extendedCode: SQLITE_NOMEM, message: "out of memory") }
      return []
    }
    defer { sqlite3_free(bytes) }
    return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(size)))
  }

  /// The main database is from now on one in memory with these contents.
  public func deserialize(_ bytes: [UInt8]) throws(SQLiteFailure) {
    // SQLite frees the copy, with its own allocator (c3ref/deserialize.html).
    guard let copy = sqlite3_malloc64(UInt64(max(1, bytes.count))) else {
      throw SQLiteFailure(extendedCode: SQLITE_NOMEM, message: "out of memory")
    }
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { copy.copyMemory(from: start, byteCount: source.count) }
    }
    let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
    try check(
      sqlite3_deserialize(
        pointer, "main", copy.assumingMemoryBound(to: UInt8.self), Int64(bytes.count), Int64(bytes.count), flags))
  }
}

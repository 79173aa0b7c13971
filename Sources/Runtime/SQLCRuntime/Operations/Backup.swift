// Copies of a database that is in use (SQLite, backup.html, lang_vacuum.html §3).

import CSQLite
import SQLCRuntimeKit
import SQLCSQLiteHandle

/// How far a backup is.
public struct BackupProgress: Sendable, Hashable {
  public var copiedPages: Int
  public var totalPages: Int

  /// From 0 to 1.
  public var fraction: Double { totalPages == 0 ? 1 : Double(copiedPages) / Double(totalPages) }
}

/// How a backup is made; the defaults copy as fast as the disk allows.
public struct BackupOptions: Sendable {
  /// Pages between two looks at progress and cancellation.
  public var pagesPerStep = 1024
  /// Time between two steps, to leave the disk to others.
  public var pause = Duration.zero
  public var existing = ExistingFile.refuse

  public init() {}
}

extension Database {
  /// Copies the database to a file while it is read and written.
  ///
  /// The copy is the database as it was when the backup began: of a file it is made by a connection of its own, which
  /// keeps a snapshot, so writing goes on and the backup never starts over. (Meanwhile the write-ahead log cannot
  /// shrink.) It appears at `path` when it is complete; a backup that fails or is cancelled leaves nothing there, and
  /// can be started again.
  ///
  /// ```swift
  /// try await database.backup(to: "station-backup.db") { print("\(Int($0.fraction * 100)) %") }
  /// ```
  ///
  /// - Parameter progress: called after each step, on the backup's thread.
  public func backup(
    to path: String, options: BackupOptions = .init(), progress: (@Sendable (BackupProgress) -> Void)? = nil
  ) async throws(DatabaseError) {
    try checkFilePath(path)
    try await lendOwnConnection { [configuration] core in
      let file = try FileReplacement(path, options.existing, sparing: core.database.filename)
      let recipe = ConnectionRecipe(path: file.partial.path, role: .copy, configuration: configuration)
      do {
        let destination = try recipe.open()
        // The copy is worth nothing until it is complete, and then it is written to the disk by one `fsync`.
        try destination.database.execute("PRAGMA journal_mode = OFF")
        try core.withSnapshot { try destination.copy(core.database, options, progress) }
      } catch {
        file.discard()
        throw error
      }
      try file.finish()
    }
  }

  /// Overwrites another database with this one, in one transaction of the other: its readers see all of it or nothing.
  ///
  /// The other's connection for writing is busy meanwhile; its live queries are asked anew afterwards.
  public func backup(
    into other: Database, options: BackupOptions = .init(), progress: (@Sendable (BackupProgress) -> Void)? = nil
  ) async throws(DatabaseError) {
    guard other !== self else { throw DatabaseError(kind: .misuse, message: "a database cannot be copied into itself") }
    guard let recipe = readerRecipe else {
      // One connection serves a database in memory, and two cannot be lent at once without a risk of deadlock.
      let image = try await lendWriter { core in try core.database.serialized() }
      return try await other.lendWriter { core in
        let source = try DatabaseHandle(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX)
        if !image.isEmpty { try source.deserialize(image) }
        try core.overwrite(from: source, options, progress)
      }
    }
    try await other.lendWriter { core in
      let source = try recipe.open()
      try source.refuseSameFile(as: core)
      try source.withSnapshot { try core.overwrite(from: source.database, options, progress) }
    }
  }

  /// Overwrites this database with a file, in one transaction: its readers see all of it or nothing.
  ///
  /// The file is looked through first (SQLite, pragma.html, `quick_check`): an empty one, which SQLite takes for a database
  /// without tables, and a damaged one are refused, and nothing has changed then.
  public func restore(
    from path: String, options: BackupOptions = .init(), progress: (@Sendable (BackupProgress) -> Void)? = nil
  ) async throws(DatabaseError) {
    guard case .file = try DatabaseLocation(path) else {
      throw DatabaseError(kind: .misuse, code: .cannotOpen, message: "'\(path)' names no file to restore from")
    }
    // One that may write takes back what a crash left half done, and leaves no log beside the file.
    let recipe = ConnectionRecipe(path: path, role: .inspector, configuration: configuration)
    try await lendWriter { core in
      let source = try recipe.open()
      try source.refuseSameFile(as: core)
      try source.checkSource(path)
      try source.withSnapshot { try core.overwrite(from: source.database, options, progress) }
    }
  }

  /// Writes a compact copy of the database, without what was deleted, to a file (SQLite, lang_vacuum.html, VACUUM INTO).
  ///
  /// It is a snapshot like a ``backup(to:options:progress:)``, smaller and slower, and is there whole or not at all.
  public func vacuum(into path: String, existing: ExistingFile = .refuse) async throws(DatabaseError) {
    try checkFilePath(path)
    try await lendOwnConnection { core in
      let file = try FileReplacement(path, existing, sparing: core.database.filename)
      do {
        try core.database.execute("VACUUM INTO '\(file.partial.path.replacingScalars("'", with: "''"))'")
      } catch {
        file.discard()
        throw error
      }
      try file.finish()
    }
  }

  /// Rewrites the database's own file without what was deleted; needs as much free space again, and nobody else writes
  /// meanwhile.
  public func vacuum() async throws(DatabaseError) {
    try await lendWriter { core in try core.database.execute("VACUUM") }
  }
}

extension ConnectionCore {
  /// Runs `body` while the connection keeps reading the database as it is now.
  fileprivate func withSnapshot<T>(_ body: () throws -> T) throws -> T {
    try database.execute("BEGIN")
    defer { try? database.execute("ROLLBACK") }
    // The snapshot is taken by the first read, not by BEGIN (SQLite, isolation.html).
    try database.execute("SELECT count(*) FROM sqlite_schema")
    return try body()
  }

  fileprivate func refuseSameFile(as other: ConnectionCore) throws(DatabaseError) {
    let file = database.filename
    if !file.isEmpty, isSameFile(file, other.database.filename) {
      throw DatabaseError(kind: .misuse, code: .misuse, message: "'\(file)' cannot be copied into itself")
    }
  }

  /// Is it a database whose pages belong together?
  fileprivate func checkSource(_ path: String) throws {
    if try database.texts("PRAGMA page_count").first?[0] == "0" {
      throw DatabaseError(kind: .sqlite, code: .notADatabase, message: "'\(path)' is empty, and no database")
    }
    let pageSize = try database.texts("PRAGMA page_size").first?[0].flatMap { Int64($0) } ?? 512
    // SQLite fills a last page that is cut off with zeros.
    if let size = fileSize(database.filename), !size.isMultiple(of: pageSize) {
      throw DatabaseError(kind: .sqlite, code: .corrupt, message: "'\(path)' is cut off in the middle of a page")
    }
    if let problem = try database.texts("PRAGMA quick_check(1)").first?[0], problem != "ok" {
      throw DatabaseError(kind: .sqlite, code: .corrupt, message: "'\(path)' is damaged: \(problem)")
    }
  }

  fileprivate func overwrite(
    from source: DatabaseHandle, _ options: BackupOptions, _ progress: (@Sendable (BackupProgress) -> Void)?
  ) throws {
    guard database.isInAutocommit else {
      throw DatabaseError(kind: .misuse, message: "a transaction is open on the database that is to be overwritten")
    }
    try copy(source, options, progress)
    noteAnythingWritten()
  }

  /// Copies all pages of `source` here; throws when the task is cancelled, or late, between two steps.
  fileprivate func copy(
    _ source: DatabaseHandle, _ options: BackupOptions, _ progress: (@Sendable (BackupProgress) -> Void)?
  ) throws {
    let backup = try BackupHandle(from: source, to: database)
    let pages = Int32(clamping: max(1, options.pagesPerStep))
    let pause = options.pause.milliseconds
    while true {
      if Task.isCancelled { throw DatabaseError.cancelled(nil) }
      if Deadline.isPast { throw DatabaseError.timedOut(nil) }
      let code = backup.step(pages: pages)
      switch code & 0xFF {
      case SQLITE_DONE:
        progress?(BackupProgress(copiedPages: backup.total, totalPages: backup.total))
        return
      case SQLITE_OK:
        progress?(BackupProgress(copiedPages: backup.total - backup.remaining, totalPages: backup.total))
        if pause > 0 { sqlite3_sleep(pause) }
      case SQLITE_READONLY:
        throw DatabaseError(
          kind: .sqlite, code: .readOnly,
          message: "the database cannot be overwritten: it is read-only, or its pages have another size")
      default:
        // The destination's busy handler has waited for other processes already.
        throw backup.failure(code)
      }
    }
  }
}

extension Duration {
  /// Rounded down, for the C library.
  var milliseconds: Int32 {
    let (seconds, attoseconds) = components
    return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }
}

// Locks on numbers, which mean what the application wants them to (explicit-locking.html, "Advisory Locks").

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

/// What an advisory lock is on: one number of 64 bits, or two of 32, which never meet.
public struct AdvisoryLockKey: Sendable, Hashable {
  enum Number: Sendable, Hashable {
    case one(Int64)
    case two(Int32, Int32)
  }

  let number: Number

  public init(_ number: Int64) { self.number = .one(number) }

  /// Such as a kind of thing and its number.
  public init(_ first: Int32, _ second: Int32) { number = .two(first, second) }

  /// The number that is made of a name: FNV-1a of its UTF-8, 64 bits, in every version and on every machine the same. Two names
  /// can have the same number; then they share a lock.
  public init(named name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    number = .one(Int64(bitPattern: hash))
  }

  /// As arguments of the server's functions: digits, a sign and a comma.
  var arguments: String {
    switch number {
    case .one(let number): "\(number)"
    case .two(let first, let second): "\(first), \(second)"
    }
  }
}

/// Who may have an advisory lock together.
public enum AdvisoryLockMode: Sendable, Hashable {
  /// One.
  case exclusive
  /// Any number, while nobody has it exclusively.
  case shared

  var suffix: String {
    switch self {
    case .exclusive: ""
    case .shared: "_shared"
    }
  }
}

/// An advisory lock while the closure runs that has it.
///
/// The lock is the session's: where its connection breaks, the server gives the lock to others while the closure still runs.
/// What must not be done twice asks ``check()`` before it, and tells nobody of it where the closure throws
/// (``Database/withAdvisoryLock(_:_:_:)``).
public struct AdvisoryLock: Sendable {
  public let key: AdvisoryLockKey
  let core: TransactionCore
  let scope: TransactionCore.Scope

  /// Asks the server, over the connection that has the lock, whether it is still there.
  ///
  /// - Throws: an error of kind ``DatabaseError/Kind/connection`` when the lock is lost, ``DatabaseError/Kind/stale`` after the
  ///   closure.
  public nonisolated(nonsending) func check() async throws(DatabaseError) {
    guard case .connection(let connection) = core.place else { return }
    try await core.control("SELECT 1", scope, connection)
  }
}

extension Database {
  /// Runs `body` while this process has the lock, for which it waits.
  ///
  /// ```swift
  /// try await database.withAdvisoryLock(AdvisoryLockKey(named: "nightly report")) { lock in
  ///   try await writeReport()
  /// }
  /// ```
  ///
  /// The lock is on a connection of its own, outside of the pool: closures that use the database have all of the pool's. It is
  /// asked for again and again, between 10 ms and 1 s apart, instead of being waited for by the server: a session that waits there
  /// keeps VACUUM from removing rows, and CREATE INDEX CONCURRENTLY waits for it. Waiting ends with the task and its time
  /// (``withTimeout(_:_:)``).
  ///
  /// - Throws: what `body` throws; an error of kind ``DatabaseError/Kind/connection`` when the lock was lost before `body` ended;
  ///   ``DatabaseError/Kind/misuse`` in a transaction's closure, where ``TransactionScope/advisoryLock(_:_:)`` is.
  public nonisolated(nonsending) func withAdvisoryLock<T>(
    _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive,
    _ body: nonisolated(nonsending) (AdvisoryLock) async throws -> T
  ) async throws -> T {
    let connection = try await openSession()
    var pause = 10.0
    while try await !connection.tryLock(key, mode) {
      do { try await Task.sleep(for: .milliseconds(min(pause, Deadline.millisecondsLeft))) } catch {
        throw DatabaseError.cancelled("advisory lock")
      }
      pause = min(1_000, pause * Double.random(in: 1.2...1.8))
    }
    return try await holding(key, mode, connection, body)
  }

  /// The same where nobody else has the lock; else nil, and `body` is not run.
  public nonisolated(nonsending) func withAdvisoryLock<T>(
    ifFree key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive,
    _ body: nonisolated(nonsending) (AdvisoryLock) async throws -> T
  ) async throws -> T? {
    let connection = try await openSession()
    guard try await connection.tryLock(key, mode) else { return nil }
    return try await holding(key, mode, connection, body)
  }

  private nonisolated(nonsending) func openSession() async throws(DatabaseError) -> Connection {
    try TransactionMark.check(self, nil)
    guard !pool.isClosed else { throw .closed(nil) }
    if Task.isCancelled { throw .cancelled("advisory lock") }
    if Deadline.isPast { throw .timedOut("advisory lock") }
    return try await sessions.open()
  }

  private nonisolated(nonsending) func holding<T>(
    _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode, _ connection: Connection,
    _ body: nonisolated(nonsending) (AdvisoryLock) async throws -> T
  ) async throws -> T {
    let core = TransactionCore(.connection(connection))
    let scope = TransactionCore.Scope(depth: 0)
    let output: T
    do {
      output = try await body(AdvisoryLock(key: key, core: core, scope: scope))
    } catch {
      // Closing the connection, which nobody has any more, gives the lock back.
      await core.close(scope)
      throw error
    }
    await core.close(scope)
    let run = connection.runID + 1
    let alarm = Alarm.set(at: Moment.now.advanced(by: Connection.grace)) { connection.giveUp(run) }
    defer { alarm?.cancel() }
    // What `body` has done is done: cancellation is not looked at any more.
    let unlocked = try await connection.texts(
      "SELECT pg_advisory_unlock\(mode.suffix)(\(key.arguments))", name: "advisory lock", .byWaiting)
    guard unlocked.first?.first == "t" else {
      throw DatabaseError(kind: .connection, message: "the advisory lock was lost before its closure ended")
    }
    return output
  }
}

extension Connection {
  fileprivate nonisolated(nonsending) func tryLock(
    _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode
  ) async throws(DatabaseError) -> Bool {
    let answer = try await texts(
      "SELECT pg_try_advisory_lock\(mode.suffix)(\(key.arguments))", name: "advisory lock")
    return answer.first?.first == "t"
  }
}

extension TransactionScope {
  /// Takes the lock until the transaction ends, and waits for it: the server does, in the order in which they came.
  ///
  /// It works through poolers, for it belongs to the transaction. Savepoints that are undone give it back.
  public nonisolated(nonsending) func advisoryLock(
    _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive
  ) async throws(DatabaseError) {
    _ = try await transaction.lock("pg_advisory_xact_lock\(mode.suffix)(\(key.arguments))")
  }

  /// Takes the lock until the transaction ends, unless somebody else has it.
  ///
  /// - Returns: whether the transaction has it.
  public nonisolated(nonsending) func tryAdvisoryLock(
    _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive
  ) async throws(DatabaseError) -> Bool {
    try await transaction.lock("pg_try_advisory_xact_lock\(mode.suffix)(\(key.arguments))") != "f"
  }
}

extension Transaction {
  /// What the function gives. A stub has every lock.
  fileprivate nonisolated(nonsending) func lock(_ call: String) async throws(DatabaseError) -> String? {
    guard case .connection(let connection) = core.place else { return nil }
    return try await core.inTurn(scope, nil) { () async throws(DatabaseError) -> String? in
      try await connection.texts("SELECT \(call)", name: "advisory lock").first?.first ?? nil
    }
  }
}

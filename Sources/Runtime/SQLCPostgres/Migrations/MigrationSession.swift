// The connection that a database is migrated on, and the lock.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

/// A connection of its own, closed afterwards: what migrations set in their session stays with nobody, and the locks of a session
/// that fails in any way are gone.
///
/// Whoever migrates holds an advisory lock. It is asked for again and again (`pg_try_advisory_xact_lock`) and never waited for:
/// a session that waits in `pg_advisory_lock` holds a snapshot, for the end of which `CREATE INDEX CONCURRENTLY` of the one that
/// has the lock waits, and the server ends one of them (40P01).
struct MigrationSession {
  let connection: Connection
  let configuration: Configuration
  let options: MigrationOptions
  let tables: VersionTables

  /// - Parameter connection: lent to nobody else.
  init(_ connection: Connection, _ configuration: Configuration, _ options: MigrationOptions) async throws {
    self.connection = connection
    self.configuration = configuration
    self.options = options
    tables = try await VersionTables(connection)
  }

  /// One for each schema with a version table; locks of one database are no other's.
  private var key: Int64 {
    Int64(bitPattern: Fingerprint("sqlc_schema_migrations \(tables.schema)").value)
  }

  @discardableResult
  func texts(_ sql: String) async throws(DatabaseError) -> [[String?]] { try await connection.texts(sql) }

  // MARK: Transactions

  /// Begins a transaction that has the lock.
  func begin() async throws {
    let start = ContinuousClock.now
    var pause = Duration.milliseconds(20)
    while true {
      // Whatever the role's default is: what others have committed before the lock was free must be seen.
      try await texts("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
      if try await texts("SELECT pg_try_advisory_xact_lock(\(key))").first?.first == "t" { return }
      try await texts("ROLLBACK")
      let waited = ContinuousClock.now - start
      guard waited < options.lockTimeout else { throw MigrationError.locked(waited: options.lockTimeout) }
      do {
        try await Task.sleep(for: pause * Double.random(in: 0.5...1))
      } catch {
        throw DatabaseError.cancelled("migrate")
      }
      pause = min(pause * 2, .seconds(1))
    }
  }

  func commit() async throws(DatabaseError) { try await texts("COMMIT") }

  func rollback() async throws(DatabaseError) {
    if connection.library.transactionStatus(connection.handle) != TransactionStatus.idle { try await texts("ROLLBACK") }
  }

  var isInTransaction: Bool {
    connection.library.transactionStatus(connection.handle) == TransactionStatus.inTransaction
  }

  /// Runs `body` in a transaction. The session has the lock, or nobody else writes what `body` does.
  func together<T>(_ body: () async throws -> T) async throws -> T {
    try await texts("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    do {
      let value = try await body()
      try await commit()
      return value
    } catch {
      try? await rollback()
      throw error
    }
  }

  /// Within a transaction that has the lock: the session has it too from now on.
  func keepLock() async throws(DatabaseError) { try await texts("SELECT pg_advisory_lock(\(key))") }

  /// A pooler that moves clients between its connections has given us another session by now.
  func releaseLock() async throws {
    guard try await texts("SELECT pg_advisory_unlock(\(key))").first?.first == "t" else {
      throw DatabaseError(
        kind: .misuse,
        message: "the session that had the lock is another one now: migrations need a connection to the server itself, "
          + "or a pooler in session mode")
    }
  }

  // MARK: Settings

  /// Gives the session what it had at first; what earlier migrations set is gone.
  func reset() async throws(DatabaseError) {
    try await texts("RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL")
    let setup = configuration.setup
    if !setup.isEmpty { try await texts(setup) }
    // How long a query of the application may take says nothing of how long an index is built.
    try await texts(
      "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = \(tableLockTimeout)")
  }

  /// In milliseconds; 0 for none.
  private var tableLockTimeout: Int {
    options.tableLockTimeout.map { max(1, Int(Int32(clamping: Int64($0 / .milliseconds(1))))) } ?? 0
  }

  /// Runs `body` without a limit for waiting for locks, unless the migration has set one.
  func withoutLockTimeout(_ body: () async throws -> Void) async throws {
    func change(_ old: Int, _ new: Int) async throws {
      try await texts(
        """
        SELECT set_config('lock_timeout', '\(new)', false) FROM pg_catalog.pg_settings
        WHERE name = 'lock_timeout' AND setting = '\(old)'
        """)
    }
    try await change(tableLockTimeout, 0)
    try await body()
    try await change(0, tableLockTimeout)
  }
}

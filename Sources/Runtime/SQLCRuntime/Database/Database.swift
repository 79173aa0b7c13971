// The face of the runtime.

import SQLCRuntimeKit
import Synchronization

/// A SQLite database: one connection that writes, several that read meanwhile.
///
/// ```swift
/// let database = try await Database.open("station.db")
/// let agent = try await database.run(GetAgentByID(id: 7))
/// ```
///
/// Calls may come from any actor and any task. What is known to be short runs on the caller's thread; everything else runs
/// on the connection's own queue, and holds none of Swift's threads.
public final class Database: Sendable {
  @usableFromInline let writers: ConnectionPool
  /// The same as `writers` where one connection serves everything.
  @usableFromInline let readers: ConnectionPool
  /// Where streams get connections of their own; nothing where one connection serves everything.
  let streams: StreamConnections?
  let changes: ChangeHub
  let configuration: Configuration
  /// How to open one more connection that reads; none for a database that only one connection sees.
  let readerRecipe: ConnectionRecipe?
  private let closing = Mutex<Task<Void, Never>?>(nil)

  private init(
    writers: ConnectionPool, readers: ConnectionPool, streams: StreamConnections?, changes: ChangeHub,
    configuration: Configuration, readerRecipe: ConnectionRecipe?
  ) {
    self.configuration = configuration
    self.readerRecipe = readerRecipe
    self.writers = writers
    self.readers = readers
    self.streams = streams
    self.changes = changes
  }

  deinit { changes.finish() }

  // MARK: Opening

  /// Opens a database file, which is created unless the configuration says read-only. A path that begins with `file:` is a
  /// URI (SQLite, uri.html), any other the name of a file, whatever is in it.
  ///
  /// A database in memory (`:memory:`, or a URI with `mode=memory` or `vfs=memdb`) gets one connection for everything.
  public static func open(
    _ path: String, configuration: Configuration = .init()
  ) async throws(DatabaseError) -> Database {
    if try DatabaseLocation(path) == .ofOneConnection { return try await single(path, configuration) }
    let changes = ChangeHub()
    let role: ConnectionRole =
      switch configuration.access {
      case .readWrite: .writer
      case .readOnly: .reader
      }
    let slowness = Slowness()
    let first = PooledConnection(
      ConnectionRecipe(path: path, role: role, configuration: configuration, slowness: slowness), changes,
      queue: PooledConnection.queue("sqlc.writer"))
    // The writer makes the file and its journal mode before anyone reads.
    try await open(first)
    let recipe = ConnectionRecipe(path: path, role: .reader, configuration: configuration, slowness: slowness)
    let readers = (0..<max(1, configuration.readers)).map {
      PooledConnection(recipe, changes, queue: PooledConnection.queue("sqlc.reader.\($0)"))
    }
    let database = Database(
      writers: ConnectionPool([first]), readers: ConnectionPool(readers),
      streams: StreamConnections(recipe, changes, kept: readers.count), changes: changes,
      configuration: configuration, readerRecipe: recipe)
    if let interval = configuration.observesOthersEvery { await database.watchOthers(every: interval) }
    return database
  }

  /// A database in memory, of its own: one connection serves everything.
  public static func inMemory(configuration: Configuration = .init()) async throws(DatabaseError) -> Database {
    try await single(":memory:", configuration)
  }

  /// A database of its own that is written to a temporary file when it grows, and gone when it is closed: one connection
  /// serves everything.
  public static func temporary(configuration: Configuration = .init()) async throws(DatabaseError) -> Database {
    try await single("", configuration)
  }

  private static func single(
    _ path: String, _ configuration: Configuration
  ) async throws(DatabaseError) -> Database {
    let changes = ChangeHub()
    let only = PooledConnection(
      ConnectionRecipe(path: path, role: .only, configuration: configuration), changes,
      queue: PooledConnection.queue("sqlc.only"))
    try await open(only)
    let pool = ConnectionPool([only])
    return Database(
      writers: pool, readers: pool, streams: nil, changes: changes, configuration: configuration, readerRecipe: nil)
  }

  private static func open(_ connection: PooledConnection) async throws(DatabaseError) {
    try await Errand.run(.own(connection), nil) { connection throws(DatabaseError) in _ = try connection.begin() }
  }

  /// Closes every connection; queries and transactions that have begun end first, streams do not, and later use is an
  /// error.
  public func close() async {
    let task = closing.withLock { closing in
      if let task = closing { return task }
      // Of its own, so that cancelling who closes does not leave the database half closed.
      let task = Task.detached(priority: .userInitiated) { [self] in
        changes.finish()
        await streams?.close()
        if readers !== writers { await readers.close() }
        // The last connection to close copies the log into the file, for which it must be able to write.
        await writers.close()
      }
      closing = task
      return task
    }
    await task.value
  }

  // MARK: Queries

  /// Runs a query: on a reader when it only reads, else on the writer.
  @inlinable
  public nonisolated(nonsending) func run<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    let definition = query.chosenStatement
    let pool = definition.isReadOnly ? readers : writers
    guard let connection = pool.acquireIdle() else { return try await pool.run(query, definition, on: nil) }
    switch connection.runInline(query, definition) {
    case .ended(let result, let now):
      pool.release(connection)
      if Turn.isOver(at: now) { await Turn.pass(definition.isReadOnly ? .reading : .writing) }
      return try result.get()
    case .toQueue: return try await pool.run(query, definition, on: connection)
    }
  }

  /// Runs any SQL, all of its statements: schemas, pragmas.
  public nonisolated(nonsending) func execute(_ sql: String) async throws(DatabaseError) {
    try await writers.lend(nil) { connection throws(DatabaseError) in
      try connection.perform { core throws(DatabaseError) in
        defer { core.supervisor.expectNewLog() }
        try core.execute(sql)
      }
    }
  }

  // MARK: Transactions

  /// Runs `body` in a transaction that may write: committed when it returns, rolled back when it throws or when the
  /// task is cancelled.
  ///
  /// Inside everything is synchronous, so that no `await` can hold the lock.
  public nonisolated(nonsending) func transaction<Scope: TransactionScope & ~Copyable, T: Sendable>(
    _ scope: Scope.Type, _ body: sending (borrowing Scope) throws -> T
  ) async throws -> T {
    try await writers.transaction(.immediate, scope, body)
  }

  /// The same without generated methods.
  public nonisolated(nonsending) func transaction<T: Sendable>(
    _ body: sending (borrowing Transaction) throws -> T
  ) async throws -> T {
    try await transaction(Transaction.self, body)
  }

  /// Runs `body` on one snapshot of the database; writing fails where readers are connections of their own (files).
  public nonisolated(nonsending) func read<Scope: TransactionScope & ~Copyable, T: Sendable>(
    _ scope: Scope.Type, _ body: sending (borrowing Scope) throws -> T
  ) async throws -> T {
    try await readers.transaction(.deferred, scope, body)
  }

  /// The same without generated methods.
  public nonisolated(nonsending) func read<T: Sendable>(
    _ body: sending (borrowing Transaction) throws -> T
  ) async throws -> T {
    try await read(Transaction.self, body)
  }

  /// Runs every query of `queries` with one prepared statement in one transaction: all or none.
  public nonisolated(nonsending) func executeBatch<Q: Query>(_ queries: some Sequence<Q>) async throws(DatabaseError) {
    let queries = Array(queries)
    try await together(Q.statement) { connection throws(DatabaseError) in
      for query in queries { _ = try connection.run(query) }
    }
  }

  /// Lends the connection that writes to work of the runtime's own, on its queue; nobody else has it meanwhile.
  func onWriter<T: Sendable>(_ body: @Sendable (ConnectionCore) throws -> T) async throws -> T {
    let outcome = try await writers.lend(nil) { connection throws(DatabaseError) in
      Result { try connection.useAnyhow(body) }
    }
    return try outcome.get()
  }
}

extension ConnectionPool {
  /// Lends a connection to a user's closure, which throws what it likes.
  nonisolated(nonsending) func transaction<Scope: TransactionScope & ~Copyable, T: Sendable>(
    _ kind: ConnectionCore.TransactionKind, _ scope: Scope.Type, _ body: sending (borrowing Scope) throws -> T
  ) async throws -> T {
    let outcome = try await lend(nil) { connection throws(DatabaseError) in
      Result { try connection.use { core in try core.transaction(kind) { try body(Scope(connection: $0)) } } }
    }
    return try outcome.get()
  }
}

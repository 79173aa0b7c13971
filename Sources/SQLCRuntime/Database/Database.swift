// The face of the runtime.

/// A SQLite database: one connection that writes, several that read meanwhile; nothing here blocks a thread of Swift's
/// pool.
///
/// ```swift
/// let database = try await Database.open("station.db")
/// let agent = try await database.run(GetAgentByID(id: 7))
/// ```
public final class Database: Sendable {
  let writer: ConnectionActor
  private let readers: ReaderPool?
  let changes: ChangeHub
  let configuration: Configuration
  /// How to open one more connection that reads; none for a database that only one connection sees.
  let readerRecipe: ConnectionRecipe?

  private init(
    writer: ConnectionActor, readers: ReaderPool?, changes: ChangeHub, configuration: Configuration,
    readerRecipe: ConnectionRecipe?
  ) {
    self.configuration = configuration
    self.readerRecipe = readerRecipe
    self.writer = writer
    self.readers = readers
    self.changes = changes
  }

  deinit { changes.finish() }

  /// Opens a database file, which is created unless the configuration says read-only. `path` may be a URI (SQLite,
  /// uri.html).
  public static func open(
    _ path: String, configuration: Configuration = .init()
  ) async throws(DatabaseError) -> Database {
    if path.isEmpty || path.contains(":memory:") || path.contains("mode=memory") {
      return try await single(path, configuration)
    }
    let changes = ChangeHub()
    let role: ConnectionRole =
      switch configuration.access {
      case .readWrite: .writer
      case .readOnly: .reader
      }
    let first = ConnectionActor(
      ConnectionRecipe(path: path, role: role, configuration: configuration), changes, label: "sqlc.writer")
    // The writer makes the file and its journal mode before anyone reads.
    try await first.open()
    let recipe = ConnectionRecipe(path: path, role: .reader, configuration: configuration)
    let readers = (0..<max(1, configuration.readers)).map {
      ConnectionActor(recipe, changes, label: "sqlc.reader.\($0)")
    }
    let pool = ReaderPool(readers) { ConnectionActor(recipe, changes, label: "sqlc.reader.stream") }
    return Database(
      writer: first, readers: pool, changes: changes, configuration: configuration, readerRecipe: recipe)
  }

  /// A database in memory, of its own: one connection serves everything.
  public static func inMemory(configuration: Configuration = .init()) async throws(DatabaseError) -> Database {
    try await single(":memory:", configuration)
  }

  private static func single(
    _ path: String, _ configuration: Configuration
  ) async throws(DatabaseError) -> Database {
    let changes = ChangeHub()
    let only = ConnectionActor(
      ConnectionRecipe(path: path, role: .only, configuration: configuration), changes, label: "sqlc.only")
    try await only.open()
    return Database(
      writer: only, readers: nil, changes: changes, configuration: configuration, readerRecipe: nil)
  }

  /// Closes every connection; work that has begun ends first, later use is an error.
  public func close() async {
    changes.finish()
    if let readers {
      for reader in readers.all { await reader.close() }
    }
    await writer.close()
  }

  // MARK: Queries

  /// Runs a query: on a reader when it only reads, else on the writer.
  public func run<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    guard Q.statement.isReadOnly else { return try await writer.run(query) }
    let connection = try await acquireReader()
    defer { releaseReader(connection) }
    return try await connection.run(query)
  }

  /// Runs any SQL, all of its statements: schemas, pragmas.
  public func execute(_ sql: String) async throws(DatabaseError) { try await writer.execute(sql) }

  // MARK: Transactions

  /// Runs `body` in a transaction that may write: committed when it returns, rolled back when it throws or when the
  /// task is
  /// cancelled.
  ///
  /// Inside everything is synchronous, so that no `await` can hold the lock.
  public func transaction<Scope: TransactionScope & ~Copyable, T: Sendable>(
    _ scope: Scope.Type, _ body: sending (borrowing Scope) throws -> T
  ) async throws -> T {
    try await writer.transaction(.immediate, scope, body)
  }

  /// The same without generated methods.
  public func transaction<T: Sendable>(_ body: sending (borrowing Transaction) throws -> T) async throws -> T {
    try await writer.transaction(.immediate, Transaction.self, body)
  }

  /// Runs `body` on one snapshot of the database; writing fails where readers are connections of their own (files).
  public func read<Scope: TransactionScope & ~Copyable, T: Sendable>(
    _ scope: Scope.Type, _ body: sending (borrowing Scope) throws -> T
  ) async throws -> T {
    let connection = try await acquireReader()
    defer { releaseReader(connection) }
    return try await connection.transaction(.deferred, scope, body)
  }

  /// The same without generated methods.
  public func read<T: Sendable>(_ body: sending (borrowing Transaction) throws -> T) async throws -> T {
    try await read(Transaction.self, body)
  }

  /// Runs every query of `queries` with one prepared statement in one transaction: all or none.
  public func executeBatch<Q: Query>(_ queries: some Sequence<Q>) async throws(DatabaseError) {
    try await writer.batch(Array(queries))
  }

  // MARK: Readers

  private func acquireReader() async throws(DatabaseError) -> ConnectionActor {
    guard let readers else { return writer }
    return try await readers.acquire()
  }

  private func releaseReader(_ connection: ConnectionActor) { readers?.release(connection) }

  func acquireReaderForStream() async throws(DatabaseError) -> ConnectionActor {
    guard let readers else { return writer }
    return try await readers.acquireForStream()
  }

  func releaseReaderFromStream(_ connection: ConnectionActor) async { await readers?.releaseFromStream(connection) }
}

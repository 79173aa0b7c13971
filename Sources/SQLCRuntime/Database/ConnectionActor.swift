// One connection and the queue it lives on.

import SQLCSQLiteHandle

/// Owns a connection; everything that touches it runs on the actor's own queue, one after another.
actor ConnectionActor {
  private let executor: QueueExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let recipe: ConnectionRecipe
  private let changes: ChangeHub
  private var state = State.unopened
  private var cursors: [UInt64: PreparedStatement] = [:]
  private var lastCursor: UInt64 = 0

  private enum State {
    case unopened
    case open(ConnectionCore)
    case closed
  }

  init(_ recipe: ConnectionRecipe, _ changes: ChangeHub, label: String) {
    self.recipe = recipe
    self.changes = changes
    executor = QueueExecutor(label: label)
  }

  /// Opens the connection unless it is open; readers open with their first query.
  @discardableResult
  func open() throws(DatabaseError) -> Bool {
    _ = try core()
    return true
  }

  private func core() throws(DatabaseError) -> ConnectionCore {
    switch state {
    case .open(let core): return core
    case .closed: throw .closed(nil)
    case .unopened:
      let core = try recipe.open()
      state = .open(core)
      return core
    }
  }

  /// Gives the connection back to the system; what comes later fails.
  func close() {
    // SQLite, pragma.html, `optimize`: "applications with short-lived database connections should run it once, just
    // prior to closing
    // each database connection". Failing to is no failure of closing.
    if case .open(let core) = state, recipe.role == .writer || recipe.role == .only,
      recipe.configuration.access == .readWrite
    {
      try? core.database.execute("PRAGMA optimize")
    }
    cursors = [:]
    state = .closed
  }

  // MARK: Work

  func run<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    let core = try core()
    defer { publish(core) }
    return try core.run(query)
  }

  func execute(_ sql: String) throws(DatabaseError) {
    let core = try core()
    defer { publish(core) }
    try core.execute(sql)
  }

  func transaction<S: TransactionScope & ~Copyable, T: Sendable>(
    _ kind: ConnectionCore.TransactionKind, _ scope: S.Type, _ body: sending (borrowing S) throws -> T
  ) throws -> T {
    let core = try core()
    defer { publish(core) }
    return try core.transaction(kind) { try body(S(connection: $0)) }
  }

  /// Lends the connection to what takes several steps that nothing may come between.
  func use<T: Sendable>(_ body: @Sendable (ConnectionCore) throws -> T) throws -> T {
    let core = try core()
    defer { publish(core) }
    return try body(core)
  }

  /// All of `queries` in one transaction; what each gives is discarded.
  func batch<Q: Query>(_ queries: [Q]) throws(DatabaseError) {
    let core = try core()
    defer { publish(core) }
    do {
      try core.transaction(.immediate) { _ in
        for query in queries { _ = try core.run(query) }
      }
    } catch let error as DatabaseError {
      throw error
    } catch {
      // Nothing but the runtime throws in there.
      throw DatabaseError(kind: .misuse, message: "\(error)")
    }
  }

  private func publish(_ core: ConnectionCore) {
    switch core.takeWritten() {
    case .nothing: break
    case .tables(let tables): changes.publish(.tables(tables))
    case .anything: changes.publish(.anything)
    }
  }

  // MARK: Cursors

  /// Starts a query whose rows are fetched in portions. End it with `endCursor`.
  func beginCursor<Q: RowsQuery>(_ query: Q) throws(DatabaseError) -> UInt64 {
    let core = try core()
    let definition = query.chosenStatement
    let prepared =
      definition.lists.isEmpty
      ? try core.prepare(definition) : try core.prepare(definition, listCounts: query.listCounts)
    do throws(DatabaseError) {
      try query.bind(to: Statement(prepared))
    } catch {
      core.finish(prepared)
      throw error
    }
    lastCursor += 1
    cursors[lastCursor] = prepared
    return lastCursor
  }

  /// The next rows, fewer than `count` at the end.
  func fetch<Q: RowsQuery>(_ count: Int, of query: Q.Type, from cursor: UInt64) throws(DatabaseError) -> [Q.Row] {
    if Task.isCancelled { throw .cancelled(Q.statement.name) }
    guard let prepared = cursors[cursor] else { throw .closed(Q.statement.name) }
    let statement = Statement(prepared)
    let row = statement.row
    var rows: [Q.Row] = []
    rows.reserveCapacity(count)
    while rows.count < count, try statement.step() { rows.append(try Q.decode(row)) }
    return rows
  }

  func endCursor(_ cursor: UInt64) {
    guard let prepared = cursors.removeValue(forKey: cursor), case .open(let core) = state else { return }
    core.finish(prepared)
  }
}

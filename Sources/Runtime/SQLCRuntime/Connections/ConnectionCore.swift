// One open connection: its statements, its transactions, what it has written. Confined to one thread at a time by its
// owner, a `PooledConnection`.

import CSQLite
import SQLCSQLiteHandle

@usableFromInline
final class ConnectionCore {
  let database: DatabaseHandle
  let supervisor: RunSupervisor
  /// Do others see the same database?
  var isOneOfSeveral = false
  /// Answers in place of the database, in the transaction of a stub.
  @usableFromInline var stub: QueryRecorder?
  /// Does no commit wait for the disk?
  var mayWriteInline = false
  /// Of the disk, shared with the other connections.
  let slowness: Slowness
  /// Does what it reads come from a disk?
  var isOnDisk = true
  /// The file, or the connection's view of it, is not to be trusted any more.
  var isBroken = false
  // Checks of exclusive access are off where every query passes: none of the methods that touch these variables calls
  // back into the
  // connection while it does, and one thread has it at a time.
  @exclusivity(unchecked) var cache = StatementCache()
  /// The scopes that are open, the outermost first: only their handles may be used.
  @exclusivity(unchecked) private var openScopes: [UInt64] = []
  private var lastScope: UInt64 = 0
  /// Are the open scopes those of a transaction that this connection has begun?
  @exclusivity(unchecked) private var isInTransaction = false
  private var written: Set<String> = []
  /// The definition whose writes were noted last: rows are mostly written many in a row by one query.
  @exclusivity(unchecked) private var lastWriter: StatementDefinition?
  var hasWrittenAnything = false
  /// Nothing where nobody asks.
  @exclusivity(unchecked) var trace: ConnectionTrace?

  init(_ database: DatabaseHandle, _ supervisor: RunSupervisor, _ slowness: Slowness) {
    self.database = database
    self.slowness = slowness
    self.supervisor = supervisor
  }

  // MARK: Running

  @inlinable
  func run<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    let prepared = try prepare(query)
    defer { finish(prepared) }
    let statement = Statement(prepared)
    try query.bind(to: statement)
    return try query.output(of: statement)
  }

  /// The query's statement, ready to be bound. Hand it back with `finish`.
  @inlinable
  func prepare<Q: Query>(_ query: Q) throws(DatabaseError) -> PreparedStatement {
    let definition = query.chosenStatement
    return definition.lists.isEmpty ? try prepare(definition) : try prepare(definition, listCounts: query.listCounts)
  }

  @usableFromInline
  func prepare(_ definition: StatementDefinition) throws(DatabaseError) -> PreparedStatement {
    if supervisor.isToCheckTime() { try checkTime(definition.name) }
    let kept = cache.statement(definition)
    if let kept, !kept.isRunning { return lend(kept) }
    return try prepareAnew(definition, [], isKept: kept == nil)
  }

  @usableFromInline
  func prepare(_ definition: StatementDefinition, listCounts: [Int]) throws(DatabaseError) -> PreparedStatement {
    if supervisor.isToCheckTime() { try checkTime(definition.name) }
    guard listCounts.count == definition.lists.count else {
      throw DatabaseError(
        kind: .misuse, message: "listCounts has \(listCounts.count) numbers for \(definition.lists.count) lists",
        query: definition.name)
    }
    let places = definition.places(for: listCounts)
    let kept = cache.statement(definition, places)
    if let kept, !kept.isRunning { return lend(kept) }
    return try prepareAnew(definition, places, isKept: kept == nil)
  }

  @discardableResult
  func lend(_ statement: PreparedStatement) -> PreparedStatement {
    statement.isRunning = true
    // Once noted, a definition's tables are noted for the whole transaction.
    if !statement.isReadOnly, lastWriter !== statement.definition { statement.changesBefore = database.totalChanges }
    if let trace { trace.begin(statement, totalChanges: database.totalChanges) }
    return statement
  }

  /// Throws when the present task is cancelled or late: then no statement begins.
  func checkTime(_ query: String?) throws(DatabaseError) {
    if Task.isCancelled { throw .cancelled(query) }
    if supervisor.isLate { throw .timedOut(query) }
  }

  private func prepareAnew(
    _ definition: StatementDefinition, _ places: [ListPlace], isKept: Bool
  ) throws(DatabaseError) -> PreparedStatement {
    let text = places.isEmpty ? definition.sql : definition.text(for: places)
    if let command = StatementStart(text).transactionCommand, !Control.isControl(definition) {
      throw .isNoQuery(command, definition.name)
    }
    trace?.willPrepare()
    do throws(SQLiteFailure) {
      let prepared = try database.prepare(text, .persistent)
      guard let handle = prepared.statement else {
        throw SQLiteFailure(extendedCode: SQLITE_MISUSE, message: "the query has no statement")
      }
      if !isBlank(text, from: prepared.tail) {
        throw SQLiteFailure(
          extendedCode: SQLITE_MISUSE, message: "the query goes on after its statement", offset: prepared.tail)
      }
      let statement = PreparedStatement(handle, definition, places)
      if isKept { cache.keep(statement) }
      return lend(statement)
    } catch {
      let error = DatabaseError(error, query: definition.name, text: text)
      trace?.failed(definition, text, error, totalChanges: database.totalChanges)
      throw error
    }
  }

  /// Ends a run, whatever came of it.
  @usableFromInline
  func finish(_ statement: PreparedStatement) {
    if let trace { return finish(statement, tracedBy: trace) }
    close(statement)
  }

  private func finish(_ statement: PreparedStatement, tracedBy trace: ConnectionTrace) {
    let ended = trace.end(
      statement, totalChanges: database.totalChanges, wasMoved: supervisor.inlineStop != nil)
    close(statement)
    if let ended { trace.report(ended) }
  }

  private func close(_ statement: PreparedStatement) {
    statement.reset()
    if statement.isSpoiled { forget(statement) }
    // A statement that changed no row is no news.
    if !statement.isReadOnly, lastWriter !== statement.definition, database.totalChanges != statement.changesBefore {
      noteWrites(of: statement.definition)
    }
  }

  private func forget(_ statement: PreparedStatement) {
    cache.evict(statement)
    if statement.isAtOdds { isBroken = true }
  }

  /// How many statements are kept prepared.
  var cachedStatements: Int { cache.count }

  // MARK: Transactions

  enum TransactionKind { case immediate, deferred }

  /// Runs `body` between BEGIN and COMMIT, or ROLLBACK when it throws or its task is cancelled.
  func transaction<T>(_ kind: TransactionKind, _ body: (Connection) throws -> T) throws -> T {
    guard let trace else { return try untraced(kind, body) }
    let start = trace.beginTransaction(writes: kind == .immediate)
    let before = database.totalChanges
    do {
      let result = try untraced(kind, body)
      trace.endTransaction(.committed, since: start, changes: database.totalChanges - before)
      return result
    } catch {
      trace.endTransaction(.rolledBack(error), since: start, changes: database.totalChanges - before)
      throw error
    }
  }

  private func untraced<T>(_ kind: TransactionKind, _ body: (Connection) throws -> T) throws -> T {
    guard database.isInAutocommit else {
      throw DatabaseError(kind: .misuse, message: "a transaction is already open on this connection")
    }
    switch kind {
    case .immediate: try run(Control.beginImmediate)
    case .deferred: try run(Control.beginDeferred)
    }
    isInTransaction = true
    defer { isInTransaction = false }
    let result: T
    supervisor.allowStopping()
    do {
      result = try scoped(body)
      try checkTime(nil)
      if database.isInAutocommit { throw DatabaseError.rolledBack(nil) }
      try run(Control.commit)
    } catch {
      rollBack()
      throw error
    }
    return result
  }

  /// Runs `body` inside a savepoint of the open transaction.
  func savepoint<T>(_ body: (Connection) throws -> T) throws -> T {
    try run(Control.savepoint)
    let before = (written, hasWrittenAnything)
    do {
      let result = try scoped(body)
      try run(Control.release)
      return result
    } catch {
      // A failure may have rolled the whole transaction back (lang_transaction.html §3), and with it the savepoint.
      if !database.isInAutocommit {
        undisturbed {
          try? database.execute("ROLLBACK TO sqlc_savepoint")
          try? database.execute("RELEASE sqlc_savepoint")
        }
        (written, hasWrittenAnything) = before
        lastWriter = nil
      }
      throw error
    }
  }

  /// Lends the connection to `body`; the handle is stale afterwards.
  func scoped<T>(_ body: (Connection) throws -> T) throws -> T {
    lastScope += 1
    let scope = lastScope
    openScopes.append(scope)
    defer { openScopes.removeLast() }
    return try body(Connection(self, scope: scope))
  }

  @usableFromInline
  func check(_ scope: UInt64, _ query: StatementDefinition?) throws(DatabaseError) {
    if openScopes.last == scope || openScopes.contains(scope) {
      if !isInTransaction || !database.isInAutocommit { return }
      // What ran now would be committed by itself.
      throw .rolledBack(query?.name)
    }
    throw DatabaseError(
      kind: .stale, code: .misuse, message: "the connection was used after its closure had ended",
      query: query?.name)
  }

  func rollBack() {
    // Nothing to roll back when SQLite already did; and what fails here leaves a connection in autocommit all the same.
    undisturbed { if !database.isInAutocommit { try? database.execute("ROLLBACK") } }
    forgetWritten()
  }

  /// What undoes is not stopped half-way by the cancellation that caused it.
  func undisturbed(_ body: () -> Void) {
    supervisor.forbidStopping()
    body()
    supervisor.allowStopping()
  }

  // MARK: What was written

  /// Once for each definition in a transaction.
  private func noteWrites(of definition: StatementDefinition) {
    lastWriter = definition
    written.formUnion(definition.writes)
  }

  enum Written: Sendable {
    case nothing
    case tables(Set<String>)
    case anything
  }

  /// What was committed since the last call; nothing while a transaction is open.
  func takeWritten() -> Written {
    guard database.isInAutocommit else { return .nothing }
    defer { forgetWritten() }
    if hasWrittenAnything { return .anything }
    return written.isEmpty ? .nothing : .tables(written)
  }

  /// For what changes the database in other ways than by statements.
  func noteAnythingWritten() { hasWrittenAnything = true }

  private func forgetWritten() {
    if written.isEmpty, !hasWrittenAnything { return }
    written = []
    lastWriter = nil
    hasWrittenAnything = false
  }
}

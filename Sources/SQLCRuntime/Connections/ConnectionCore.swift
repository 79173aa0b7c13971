// One open connection: its statements, its transactions, what it has written. Confined to one thread at a time by its
// owner, a `ConnectionActor`.

import CSQLite
import SQLCSQLiteHandle

@usableFromInline
final class ConnectionCore {
  let database: DatabaseHandle
  // Checks of exclusive access are off where every query passes: none of the methods that touch these variables calls
  // back into the
  // connection while it does, and one thread has it at a time.
  @exclusivity(unchecked) private var cache = StatementCache()
  /// The scopes that are open, the outermost first: only their handles may be used.
  @exclusivity(unchecked) private var openScopes: [UInt64] = []
  private var lastScope: UInt64 = 0
  private var written: Set<String> = []
  /// The definition whose writes were noted last: rows are mostly written many in a row by one query.
  @exclusivity(unchecked) private var lastWriter: StatementDefinition?
  private var hasWrittenAnything = false

  init(_ database: DatabaseHandle) { self.database = database }

  // MARK: Running

  @inlinable
  func run<Q: Query>(_ query: Q) throws(DatabaseError) -> Q.Output {
    let definition = query.chosenStatement
    let prepared =
      definition.lists.isEmpty ? try prepare(definition) : try prepare(definition, listCounts: query.listCounts)
    defer { finish(prepared) }
    let statement = Statement(prepared)
    try query.bind(to: statement)
    return try query.output(of: statement)
  }

  /// The statement, ready to be bound. Hand it back with `finish`.
  @usableFromInline
  func prepare(_ definition: StatementDefinition) throws(DatabaseError) -> PreparedStatement {
    if Task.isCancelled { throw .cancelled(definition.name) }
    database.hasCommitted = false
    if let kept = cache.statement(definition), !kept.isRunning {
      kept.isRunning = true
      return kept
    }
    return try prepareAnew(definition, [], isKept: cache.statement(definition) == nil)
  }

  @usableFromInline
  func prepare(_ definition: StatementDefinition, listCounts: [Int]) throws(DatabaseError) -> PreparedStatement {
    if Task.isCancelled { throw .cancelled(definition.name) }
    database.hasCommitted = false
    guard listCounts.count == definition.lists.count else {
      throw DatabaseError(
        kind: .misuse, message: "listCounts has \(listCounts.count) numbers for \(definition.lists.count) lists",
        query: definition.name)
    }
    let places = definition.places(for: listCounts)
    let kept = cache.statement(definition, places)
    if let kept, !kept.isRunning {
      kept.isRunning = true
      return kept
    }
    return try prepareAnew(definition, places, isKept: kept == nil)
  }

  private func prepareAnew(
    _ definition: StatementDefinition, _ places: [ListPlace], isKept: Bool
  ) throws(DatabaseError) -> PreparedStatement {
    do throws(SQLiteFailure) {
      let text = places.isEmpty ? definition.sql : definition.text(for: places)
      guard let handle = try database.prepare(text, .persistent).statement else {
        throw SQLiteFailure(extendedCode: SQLITE_MISUSE, message: "the query has no statement")
      }
      let statement = PreparedStatement(handle, definition, places)
      statement.isRunning = true
      if isKept { cache.keep(statement) }
      return statement
    } catch {
      throw DatabaseError(error, query: definition.name)
    }
  }

  /// Ends a run, whatever came of it.
  @usableFromInline
  func finish(_ statement: PreparedStatement) {
    statement.reset()
    if statement.isSpoiled { cache.evict(statement) }
    if !statement.isReadOnly { noteWrites(of: statement.definition) }
  }

  /// Runs SQL that is no generated query; all of its statements.
  func execute(_ sql: String) throws(DatabaseError) {
    if Task.isCancelled { throw .cancelled(nil) }
    let wasInAutocommit = database.isInAutocommit
    hasWrittenAnything = true
    let outcome: DatabaseError?
    do {
      try database.execute(sql) { keyword in
        // The transaction is the closure's: half of it must not be committed.
        guard let keyword, !wasInAutocommit else { return }
        throw DatabaseError(
          kind: .misuse, code: .misuse, message: "\(keyword.rawValue) cannot be used inside a transaction")
      }
      outcome = nil
    } catch let error as DatabaseError {
      outcome = error
    } catch let failure as SQLiteFailure {
      outcome = DatabaseError(failure, query: nil)
    } catch {
      // Nothing else is thrown in there.
      outcome = DatabaseError(kind: .misuse, message: "\(error)")
    }
    if wasInAutocommit, !database.isInAutocommit { rollBack() }
    if let outcome { throw outcome }
  }

  /// How many statements are kept prepared.
  var cachedStatements: Int { cache.count }

  // MARK: Transactions

  enum TransactionKind { case immediate, deferred }

  /// Runs `body` between BEGIN and COMMIT, or ROLLBACK when it throws or its task is cancelled.
  func transaction<T>(_ kind: TransactionKind, _ body: (Connection) throws -> T) throws -> T {
    guard database.isInAutocommit else {
      throw DatabaseError(kind: .misuse, message: "a transaction is already open on this connection")
    }
    switch kind {
    case .immediate: try run(Control.beginImmediate)
    case .deferred: try run(Control.beginDeferred)
    }
    let result: T
    do {
      result = try scoped(body)
      if Task.isCancelled { throw DatabaseError.cancelled(nil) }
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
    do {
      let result = try scoped(body)
      try run(Control.release)
      return result
    } catch {
      // A failure may have rolled the whole transaction back (lang_transaction.html §3), and with it the savepoint.
      if !database.isInAutocommit {
        try? database.execute("ROLLBACK TO sqlc_savepoint")
        try? database.execute("RELEASE sqlc_savepoint")
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
      // What ran now would be committed by itself.
      if database.isInAutocommit { throw .rolledBack(query?.name) }
      return
    }
    throw DatabaseError(
      kind: .stale, code: .misuse, message: "the connection was used after its closure had ended",
      query: query?.name)
  }

  private func rollBack() {
    // Nothing to roll back when SQLite already did; and what fails here leaves a connection in autocommit all the same.
    if !database.isInAutocommit { try? database.execute("ROLLBACK") }
    forgetWritten()
  }

  // MARK: What was written

  /// Once for each definition in a transaction.
  private func noteWrites(of definition: StatementDefinition) {
    guard lastWriter !== definition else { return }
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
    if lastWriter == nil, !hasWrittenAnything { return }
    written = []
    lastWriter = nil
    hasWrittenAnything = false
  }
}

// A transaction while its closure runs.

import SQLCRuntimeKit
import Synchronization

/// How much transactions see of one another (transaction-iso.html).
public enum IsolationLevel: String, Sendable, Hashable {
  case readCommitted = "READ COMMITTED"
  case repeatableRead = "REPEATABLE READ"
  case serializable = "SERIALIZABLE"
}

/// Whether a transaction may write.
public enum TransactionAccess: String, Sendable, Hashable {
  case readWrite = "READ WRITE"
  case readOnly = "READ ONLY"
  /// Waits until it can see a state that no serializable transaction can spoil, and is never aborted then: for long reports.
  /// With ``IsolationLevel/serializable``.
  case readOnlyDeferrable = "READ ONLY, DEFERRABLE"
}

/// A transaction, or a savepoint of one, while its closure runs.
///
/// Statements stand in line where several tasks use it at once (`async let`): a connection runs one at a time. Used after its
/// closure has ended it throws an error of kind ``DatabaseError/Kind/stale``.
public struct Transaction: TransactionScope {
  let core: TransactionCore
  let scope: TransactionCore.Scope

  init(_ core: TransactionCore, _ scope: TransactionCore.Scope) {
    self.core = core
    self.scope = scope
  }

  public init(_ transaction: Transaction) { self = transaction }
  public var transaction: Transaction { self }

  /// Runs a query in the transaction.
  public nonisolated(nonsending) func run<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    let definition = query.chosenStatement
    switch core.place {
    case .stub(let recorder): return try await recorder.answer(query)
    case .connection(let connection):
      return try await core.inTurn(scope, definition) { () throws(DatabaseError) in
        try await connection.run(query, definition)
      }
    }
  }

  /// Runs any SQL, all of its statements; it must not end the transaction.
  public nonisolated(nonsending) func execute(_ sql: String) async throws(DatabaseError) {
    switch core.place {
    case .stub: throw DatabaseError(kind: .misuse, message: "a stub has no database to run SQL on")
    case .connection(let connection):
      try await core.inTurn(scope, nil) { () throws(DatabaseError) in
        defer { connection.types.markStale() }
        core.noteAnything()
        try await connection.texts(sql, kind: .script)
      }
    }
  }
}

/// What the handles of one transaction have in common.
final class TransactionCore: Sendable {
  enum Place: Sendable {
    case connection(Connection)
    case stub(QueryRecorder)
  }

  /// A transaction's closure, or that of one of its savepoints.
  final class Scope: Sendable {
    private let hasEnded = Atomic<Bool>(false)
    let depth: Int
    init(depth: Int) { self.depth = depth }
    var isOpen: Bool { !hasEnded.load(ordering: .acquiring) }
    func end() { hasEnded.store(true, ordering: .releasing) }
  }

  let place: Place
  private let line = Mutex(Line())

  private struct Line {
    var isBusy = false
    var waiting = WaitingLine<Waiting>()
    var lastTicket: UInt64 = 0
    var savepoints = 0
    var changes = PendingChanges()
  }

  private final class Waiting: Sendable {
    let continuation: UnsafeContinuation<Void, Never>
    init(_ continuation: UnsafeContinuation<Void, Never>) { self.continuation = continuation }
  }

  init(_ place: Place) { self.place = place }

  /// Does `body` when the statements that came before have ended.
  nonisolated(nonsending) func inTurn<T>(
    _ scope: Scope, _ definition: StatementDefinition?,
    _ body: nonisolated(nonsending) () async throws(DatabaseError) -> T
  ) async throws(DatabaseError) -> T {
    await enter()
    defer { leave() }
    guard scope.isOpen else { throw .stale(definition?.name) }
    if let definition { note(definition) }
    do throws(DatabaseError) {
      return try await body()
    } catch {
      if case .connection(let connection) = place, error.isStaleStatement { connection.forgetStatements() }
      if error.sqlState == .failedTransaction {
        throw error.with(kind: .rolledBack, message: "an earlier statement of the transaction failed")
      }
      throw error
    }
  }

  private nonisolated(nonsending) func enter() async {
    let isMine = line.withLock { line in
      if line.isBusy { return false }
      line.isBusy = true
      return true
    }
    if isMine { return }
    await withUnsafeContinuation { continuation in
      let isMine = line.withLock { line in
        if !line.isBusy {
          line.isBusy = true
          return true
        }
        line.lastTicket += 1
        line.waiting.append(Waiting(continuation), line.lastTicket)
        return false
      }
      if isMine { continuation.resume() }
    }
  }

  private func leave() {
    let next = line.withLock { line in
      let next = line.waiting.popFirst()
      if next == nil { line.isBusy = false }
      return next
    }
    next?.continuation.resume()
  }

  /// A statement of the transaction's: what it changes is told once that is committed.
  func note(_ definition: StatementDefinition) {
    if !definition.writes.isEmpty { line.withLock { $0.changes.add(definition) } }
  }

  /// Nobody knows what a statement changes.
  func noteAnything() { line.withLock { $0.changes.addAnything() } }

  /// What its statements change, those of savepoints that were undone among them.
  var changes: PendingChanges { line.withLock { $0.changes } }

  /// A number that no other savepoint of the transaction has.
  func nextSavepoint() -> Int {
    line.withLock { line in
      line.savepoints += 1
      return line.savepoints
    }
  }
}

/// In whose closure a task is. A closure that uses its database beside its transaction would wait for a second connection
/// while it holds one: enough of them at once would wait forever. So that is an error every time, not only under load.
enum TransactionMark {
  struct Open: Sendable {
    let pool: ObjectIdentifier
    let scope: TransactionCore.Scope
  }

  @TaskLocal static var current: [Open] = []

  static func check(_ database: Database, _ query: String?) throws(DatabaseError) {
    let open = current
    if open.isEmpty { return }
    let pool = ObjectIdentifier(database.pool)
    guard open.contains(where: { $0.pool == pool && $0.scope.isOpen }) else { return }
    throw DatabaseError(
      kind: .misuse, message: "the database was used in a transaction's closure: use the transaction's own methods",
      query: query)
  }
}

// A transaction that stays open while its closure awaits.
//
// A connection is used on its own queue, and a transaction there is a function that does not return before the transaction is
// over. So the function is given its statements one by one: it waits for them on the queue's thread, which nobody else could use
// meanwhile, while the closure goes on wherever it belongs.

import Dispatch
import SQLCPortable
import SQLCRuntimeKit
import Synchronization

/// The line between a closure that awaits and the queue on which its transaction is open.
final class HeldTransaction: Sendable {
  enum Access: Sendable { case reading, writing }
  enum End: Sendable { case kept, undone }

  /// A transaction's closure, or that of one of its savepoints.
  final class Scope: Sendable {
    private let hasEnded = Atomic<Bool>(false)
    var isOpen: Bool { !hasEnded.load(ordering: .acquiring) }
    func end() { hasEnded.store(true, ordering: .releasing) }
  }

  private typealias Answer = CheckedContinuation<DatabaseError?, Never>

  private enum Order: Sendable {
    /// Called once: with the connection, or with the reason why there is none.
    case run(@Sendable (Connection?, DatabaseError) -> Void)
    case savepoint(Scope, Answer)
    case release(Scope, End, Answer)
    case finish(End)
  }

  private struct State {
    var orders: [Order] = []
    /// Who waits for BEGIN.
    var beginner: Answer?
    var hasBegun = false
    /// Why no order is taken any more.
    var refusal: DatabaseError?
    /// Somebody wants it to end now.
    var interruption: DatabaseError?
  }

  private let access: Access
  private let longestPause: Duration
  private let state = Mutex(State())
  /// Counts orders, and the interruption.
  private let arrivals = DispatchSemaphore(value: 0)

  private init(_ access: Access, longestPause: Duration) {
    self.access = access
    self.longestPause = longestPause
  }

  // MARK: Running

  static nonisolated(nonsending) func run<T>(
    _ database: Database, _ access: Access, _ body: nonisolated(nonsending) (PortableTransaction) async throws -> T
  ) async throws -> T {
    try checkUnused(database, nil)
    let held = HeldTransaction(access, longestPause: database.configuration.longestPauseInTransaction)
    let limit = Deadline.current
    // Of its own, since the closure and the queue are under way at the same time; it ends before this function does.
    let holder = Task.detached(priority: Task.currentPriority) {
      await Deadline.$current.withValue(limit) { await held.hold(database) }
    }
    return try await withTaskCancellationHandler {
      if let error = await held.begun() {
        _ = await holder.value
        throw PortableError(error)
      }
      let scope = Scope()
      let output: T
      do {
        output = try await $marks.withValue(marks + [Mark(database: ObjectIdentifier(database), scope: scope)]) {
          try await body(PortableTransaction(held: held, scope: scope))
        }
      } catch {
        scope.end()
        held.send(.finish(.undone))
        _ = await holder.value
        throw error
      }
      scope.end()
      held.send(.finish(.kept))
      if let error = await holder.value { throw PortableError(error) }
      return output
    } onCancel: {
      holder.cancel()
      held.interrupt(.cancelled(nil))
    }
  }

  /// The closure was left by an error, or the transaction's end was asked for.
  private struct Undone: Error {}

  /// The whole transaction, as the connection's queue sees it.
  private func hold(_ database: Database) async -> DatabaseError? {
    do {
      switch access {
      case .writing: try await database.transaction(Transaction.self) { try self.serve(first: $0.connection) }
      case .reading: try await database.read(Transaction.self) { try self.serve(first: $0.connection) }
      }
      close(.stale(nil))
      return nil
    } catch is Undone {
      close(.stale(nil))
      return nil
    } catch {
      let error = Self.seen(error)
      close(error)
      return error
    }
  }

  // MARK: On the queue

  private func serve(first connection: Connection) throws {
    let beginner = state.withLock { state in
      state.hasBegun = true
      defer { state.beginner = nil }
      return state.beginner
    }
    beginner?.resume(returning: nil)
    if case .undone = try serve(connection, nil) { throw Undone() }
  }

  /// Carries out orders until the transaction, or the savepoint, ends.
  private func serve(_ connection: Connection, _ savepoint: Savepoint?) throws -> End {
    while true {
      switch try next() {
      case .run(let body): body(connection, .stale(nil))
      case .savepoint(let scope, let answer):
        try serve(Savepoint(scope, begun: answer), on: connection)
      case .release(let scope, let end, let answer):
        guard let savepoint, savepoint.scope === scope else {
          answer.resume(returning: Self.disorder)
          continue
        }
        savepoint.ended = answer
        return end
      case .finish(let end):
        if savepoint == nil { return end }
        throw end == .kept ? Self.disorder as any Error : Undone()
      }
    }
  }

  private static var disorder: DatabaseError {
    DatabaseError(
      kind: .misuse, message: "savepoints of one transaction must end in the order opposite to that of their begin")
  }

  /// One savepoint, and who waits for its begin and its end.
  private final class Savepoint {
    let scope: Scope
    var begun: Answer?
    var ended: Answer?
    init(_ scope: Scope, begun: Answer) {
      self.scope = scope
      self.begun = begun
    }
  }

  private func serve(_ savepoint: Savepoint, on connection: Connection) throws {
    do {
      try connection.savepoint { inner in
        savepoint.begun?.resume(returning: nil)
        savepoint.begun = nil
        if case .undone = try serve(inner, savepoint) { throw Undone() }
      }
      savepoint.ended?.resume(returning: nil)
    } catch {
      guard let answer = savepoint.begun ?? savepoint.ended else { throw error }
      answer.resume(returning: error is Undone ? nil : Self.seen(error))
    }
  }

  /// Nothing but the runtime throws in there.
  private static func seen(_ error: any Error) -> DatabaseError {
    error as? DatabaseError ?? DatabaseError(kind: .misuse, message: "\(error)")
  }

  /// The next order, when it comes.
  private func next() throws(DatabaseError) -> Order {
    let pause = Moment.now.advanced(by: longestPause)
    let limit = Deadline.current
    let end = min(pause, limit)
    let came = arrivals.wait(timeout: end == .never ? .distantFuture : DispatchTime(uptimeNanoseconds: end.nanoseconds))
    return try state.withLock { state throws(DatabaseError) in
      if let interruption = state.interruption { throw interruption }
      guard came == .success, !state.orders.isEmpty else {
        throw limit < pause
          ? .timedOut(nil)
          : DatabaseError(
            kind: .timedOut,
            message:
              "the transaction's closure awaited something else for longer than \(longestPause) while it held the connection"
          )
      }
      return state.orders.removeFirst()
    }
  }

  /// Nothing more is carried out; who waits is told why.
  private func close(_ reason: DatabaseError) {
    let (beginner, orders) = state.withLock { state in
      let reason = state.interruption ?? reason
      state.refusal = reason
      defer {
        state.beginner = nil
        state.orders = []
      }
      return (state.beginner, state.orders)
    }
    beginner?.resume(returning: reason)
    for order in orders { refuse(order, reason) }
  }

  private func refuse(_ order: Order, _ reason: DatabaseError) {
    switch order {
    case .run(let body): body(nil, reason)
    case .savepoint(_, let answer), .release(_, _, let answer): answer.resume(returning: reason)
    case .finish: break
    }
  }

  // MARK: From the closure

  /// - Returns: Why the transaction has not begun; nothing when it has.
  private nonisolated(nonsending) func begun() async -> DatabaseError? {
    await withCheckedContinuation { (continuation: Answer) in
      let answer: (known: Bool, error: DatabaseError?) = state.withLock { state in
        if let refusal = state.refusal { return (true, refusal) }
        if state.hasBegun { return (true, nil) }
        state.beginner = continuation
        return (false, nil)
      }
      if answer.known { continuation.resume(returning: answer.error) }
    }
  }

  private func send(_ order: Order) {
    let refusal = state.withLock { state -> DatabaseError? in
      if let refusal = state.refusal { return refusal }
      state.orders.append(order)
      return nil
    }
    if let refusal { refuse(order, refusal) } else { arrivals.signal() }
  }

  private func interrupt(_ error: DatabaseError) {
    state.withLock { $0.interruption = error }
    arrivals.signal()
  }

  /// Does `body` with the connection when the statements before it have ended.
  nonisolated(nonsending) func perform<T: Sendable>(
    _ scope: Scope, _ definition: StatementDefinition,
    _ body: @escaping @Sendable (Connection) throws(DatabaseError) -> T
  ) async throws(PortableError) -> T {
    guard scope.isOpen else { throw PortableError(.stale(definition.name)) }
    if access == .reading, !definition.isReadOnly {
      throw PortableError(kind: .misuse, message: "a read cannot write", query: definition.name)
    }
    let outcome = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<T, DatabaseError>, Never>) in
      send(
        .run { connection, reason in
          guard let connection else { return continuation.resume(returning: .failure(reason)) }
          do throws(DatabaseError) {
            continuation.resume(returning: .success(try body(connection)))
          } catch {
            continuation.resume(returning: .failure(error))
          }
        })
    }
    do throws(DatabaseError) { return try outcome.get() } catch { throw PortableError(error) }
  }

  nonisolated(nonsending) func begin(_ inner: Scope, in outer: Scope) async throws(PortableError) {
    guard outer.isOpen else { throw PortableError(.stale(nil)) }
    if let error = await withCheckedContinuation({ send(.savepoint(inner, $0)) }) { throw PortableError(error) }
  }

  nonisolated(nonsending) func end(_ inner: Scope, _ end: End) async throws(PortableError) {
    inner.end()
    if let error = await withCheckedContinuation({ send(.release(inner, end, $0)) }) { throw PortableError(error) }
  }

  // MARK: Misuse

  /// In whose closure a task is. A closure that used its database beside its transaction would wait for the connection that it
  /// holds itself.
  private struct Mark: Sendable {
    let database: ObjectIdentifier
    let scope: Scope
  }

  @TaskLocal private static var marks: [Mark] = []

  static func checkUnused(_ database: Database, _ query: String?) throws(PortableError) {
    let open = marks
    if open.isEmpty { return }
    let database = ObjectIdentifier(database)
    guard open.contains(where: { $0.database == database && $0.scope.isOpen }) else { return }
    throw PortableError(
      kind: .misuse, message: "the database was used in a transaction's closure: use the transaction's own methods",
      query: query)
  }
}

extension DatabaseError {
  fileprivate static func stale(_ query: String?) -> DatabaseError {
    DatabaseError(kind: .stale, message: "the transaction's closure has ended", query: query)
  }
}

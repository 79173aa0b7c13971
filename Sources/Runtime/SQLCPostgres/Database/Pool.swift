// Connections, lent one at a time, first come first served, opened as they are needed.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit
import Synchronization

/// The connections of a database.
final class Pool: Sendable {
  private let recipe: ConnectionRecipe
  private let state: Mutex<State>
  /// When a connection was last found to be no more. Others that idled then may have gone with it: they are looked at.
  private let lastLoss = Atomic<UInt64>(0)
  let slowQueries = SlowQueries()

  private struct State {
    /// The last one that came back is lent next: its caches are warm. Not empty only when nobody waits.
    var idle: [Connection] = []
    var line = WaitingLine<Waiter>()
    /// An alarm is set for the first whose limit comes.
    var isWatching = false
    var lastTicket: UInt64 = 0
    /// Open, or being opened.
    var total = 0
    var opening = 0
    /// How often opening has failed since it last worked.
    var failures = 0
    var lastError: DatabaseError?
    var isClosed = false
    var closers: [Closer] = []
    var counts = PoolCounts()
  }

  private final class Closer: Sendable {
    let continuation: UnsafeContinuation<Void, Never>
    init(_ continuation: UnsafeContinuation<Void, Never>) { self.continuation = continuation }
  }

  init(_ recipe: ConnectionRecipe) {
    self.recipe = recipe
    state = Mutex(State())
  }

  var configuration: Configuration { recipe.configuration }
  var types: TypeCatalog { recipe.types }

  /// Of a connection that idled longer it is asked whether it still is one.
  private static var trust: Duration { .seconds(1) }

  // MARK: Lending

  /// A connection that is free now.
  func acquireIdle() -> Connection? {
    while true {
      guard let connection = state.withLock({ $0.isClosed ? nil : $0.idle.popLast() }) else { return nil }
      let lastLoss = Moment(nanoseconds: lastLoss.load(ordering: .relaxed))
      if connection.isFit(trust: connection.idleSince < lastLoss ? .zero : Self.trust) {
        recipe.traffic.begin()
        return connection
      }
      discard(connection)
    }
  }

  /// A connection, when its turn comes. Waiting ends when the task is cancelled or its time is up; it holds no thread.
  nonisolated(nonsending) func acquire(_ query: String?) async throws(DatabaseError) -> Connection {
    if let connection = acquireIdle() { return connection }
    return try await stand(query)
  }

  nonisolated(nonsending) func stand(
    _ query: String?, _ errand: Errand? = nil
  ) async throws(DatabaseError) -> Connection {
    if Task.isCancelled { throw .cancelled(query) }
    let start = Moment.now
    let limit = configuration.acquireTimeout.map { start.advanced(by: $0) } ?? .never
    let waiter = Waiter(query, errand, deadline: Deadline.current, start: start, limit: limit)
    let alarm = Alarm.set(at: waiter.deadline) { [self] in end(waiter, .timedOut) }
    await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in stand(waiter, continuation) }
    } onCancel: {
      end(waiter, .cancelled)
    }
    alarm?.cancel()
    return try waiter.result()
  }

  private func tookTooLong(_ query: String?) -> DatabaseError {
    let reason = state.withLock { $0.failures > 0 ? $0.lastError : nil }
    if let reason { return reason }
    return DatabaseError(
      kind: .timedOut, message: "no connection was free within \(configuration.acquireTimeout ?? .zero)", query: query)
  }

  /// What is to be done for somebody who comes.
  private enum Reception {
    case connection(Connection)
    case refusal(DatabaseError)
    case wait, watch
  }

  private func stand(_ waiter: Waiter, _ continuation: UnsafeContinuation<Void, Never>) {
    let reception = state.withLock { state -> Reception? in
      if state.isClosed { return .refusal(.closed(waiter.query)) }
      if let free = state.idle.popLast() {
        state.counts.waits += 1
        return .connection(free)
      }
      guard waiter.stand(continuation) else { return nil }
      state.lastTicket += 1
      waiter.ticket.store(state.lastTicket, ordering: .relaxed)
      state.line.append(waiter, state.lastTicket)
      guard !state.isWatching, waiter.limit != .never else { return .wait }
      state.isWatching = true
      return .watch
    }
    switch reception {
    case .connection(let connection):
      waiter.receive(connection)
      recipe.traffic.begin()
      return continuation.resume()
    case .refusal(let error):
      waiter.refuse(error)
      return continuation.resume()
    case nil: return continuation.resume()
    case .wait: break
    case .watch: watch(at: waiter.limit)
    }
    openAsNeeded()
  }

  /// One alarm for all who wait: they come in the order of their limits, and most are gone before theirs.
  private func watch(at moment: Moment) {
    _ = Alarm.set(at: moment) { [weak self] in self?.refuseLate() }
  }

  private func refuseLate() {
    let now = Moment.now
    let (late, next) = state.withLock { state in
      var late: [Waiter] = []
      while let first = state.line.first, first.limit <= now {
        late.append(first)
        _ = state.line.popFirst()
      }
      let next = state.line.first?.limit
      state.isWatching = next != nil
      return (late, next)
    }
    for waiter in late where waiter.refuse(tookTooLong(waiter.query)) { noteVain(waiter) }
    if let next { watch(at: next) }
  }

  private func end(_ waiter: Waiter, _ reason: Ending.Reason) {
    guard waiter.end(reason) else { return }
    noteVain(waiter)
  }

  private func noteVain(_ waiter: Waiter) {
    let nanoseconds = Moment.now.since(waiter.start)
    state.withLock { state in
      _ = state.line.remove(waiter.ticket.load(ordering: .relaxed))
      state.counts.waits += 1
      state.counts.waitedNanoseconds &+= nanoseconds
      state.counts.waitsInVain += 1
    }
  }

  /// How many wait for a connection.
  var waitingCount: Int { state.withLock { $0.line.count } }
  func statistics(_ listener: ListenerStatus) -> DatabaseStatistics {
    state.withLock { state in
      DatabaseStatistics(
        open: state.total - state.opening, idle: state.idle.count, opening: state.opening, waiting: state.line.count,
        failures: state.failures, lastError: state.lastError, opened: state.counts.opened,
        closed: state.counts.closed, waits: state.counts.waits,
        waited: .nanoseconds(state.counts.waitedNanoseconds), waitsInVain: state.counts.waitsInVain, observations: 0,
        listener: listener)
    }
  }

  /// How many are open, and how many of them nobody has.
  var counts: (open: Int, idle: Int) { state.withLock { ($0.total - $0.opening, $0.idle.count) } }

  // MARK: Taking back

  /// Takes a connection back. What must happen before it is lent again happens first.
  func release(_ connection: Connection) {
    recipe.traffic.end()
    if connection.isClean { return passOn(connection) }
    if connection.isLost {
      lastLoss.store(Moment.now.nanoseconds, ordering: .relaxed)
      return discard(connection)
    }
    // Of its own, so that cancelling whoever used it does not leave it half done.
    Task.detached { [self] in
      await connection.clean()
      if connection.isClean { passOn(connection) } else { discard(connection) }
    }
  }

  private func passOn(_ connection: Connection) {
    let now = Moment.now
    if connection.expires != .never, now >= connection.expires { return discard(connection) }
    connection.idleSince = now
    let (next, isUnwanted) = state.withLock { state -> ((Waiter, UnsafeContinuation<Void, Never>)?, Bool) in
      while let next = state.line.popFirst() {
        // One that is just leaving is passed over.
        guard let continuation = next.take() else { continue }
        state.counts.waits += 1
        state.counts.waitedNanoseconds &+= now.since(next.start)
        return ((next, continuation), false)
      }
      if !state.isClosed { state.idle.append(connection) }
      return (nil, state.isClosed)
    }
    if let (waiter, continuation) = next { return hand(connection, to: waiter, continuation) }
    if isUnwanted { discard(connection) }
  }

  /// Sends for the task, where that can be done at once, and else wakes it.
  private func hand(_ connection: Connection, to waiter: Waiter, _ continuation: UnsafeContinuation<Void, Never>) {
    recipe.traffic.begin()
    guard let errand = waiter.errand, connection.canStart(errand, until: waiter.deadline) else {
      waiter.receive(connection)
      return continuation.resume()
    }
    let isAwaited = connection.start(errand, until: waiter.deadline)
    let run = connection.runID
    if let reason = waiter.noteSent(connection, run) { connection.requestEnd(reason, run) }
    // From here on the connection is the task's.
    guard isAwaited else { return continuation.resume() }
    connection.socket.resume(continuation, when: .reading)
  }

  /// Closes a connection. Its deinit does, when this was the last to know it.
  private func discard(_ connection: Connection) {
    connection.isLost = true
    let closers = state.withLock { state in
      state.total -= 1
      state.counts.closed += 1
      return takeClosers(&state)
    }
    for closer in closers { closer.continuation.resume() }
    openAsNeeded()
  }

  private func takeClosers(_ state: inout State) -> [Closer] {
    guard state.isClosed, state.total == 0 else { return [] }
    defer { state.closers = [] }
    return state.closers
  }

  // MARK: Opening

  /// Opens connections as long as some wait, or there are fewer than there should be. When opening fails there is one attempt
  /// at a time.
  private func openAsNeeded() {
    while true {
      let isWanted = state.withLock { state in
        guard !state.isClosed, state.total < configuration.connections.upperBound,
          state.failures == 0 || state.opening == 0
        else { return false }
        guard state.total < configuration.connections.lowerBound || state.line.count > state.opening else {
          return false
        }
        state.total += 1
        state.opening += 1
        return true
      }
      guard isWanted else { return }
      Task.detached { [self] in await openOne() }
    }
  }

  private func openOne() async {
    do throws(DatabaseError) {
      let failures = state.withLock { $0.failures }
      if failures > 0 { try? await Task.sleep(for: Self.pause(after: failures)) }
      let connection = try await opened()
      // Another server may answer at the address now, with other numbers for its types.
      if failures > 0 { types.markStale() }
      state.withLock { state in
        state.opening -= 1
        state.counts.opened += 1
        state.failures = 0
        state.lastError = nil
      }
      passOn(connection)
    } catch {
      let closers = state.withLock { state in
        state.opening -= 1
        state.total -= 1
        state.failures += 1
        state.lastError = error
        return takeClosers(&state)
      }
      for closer in closers { closer.continuation.resume() }
    }
    openAsNeeded()
  }

  private func opened() async throws(DatabaseError) -> Connection {
    let connection = try await recipe.open()
    connection.trace = ConnectionTrace(configuration) { [weak self] run, types in self?.explain(run, types) }
    return connection
  }

  /// Doubled with each failure, up to 5 s, with full jitter.
  static func pause(after failures: Int) -> Duration {
    .milliseconds(Double.random(in: 5...min(5_000, 50 * Double(1 << min(failures, 10)))))
  }

  /// The first connection: whether the server is there is known when the database is opened.
  func openFirst() async throws(DatabaseError) {
    state.withLock { $0.total += 1 }
    do throws(DatabaseError) {
      let connection = try await opened()
      try await connection.loadTypes()
      state.withLock { $0.counts.opened += 1 }
      passOn(connection)
    } catch {
      state.withLock { $0.total -= 1 }
      throw error
    }
    openAsNeeded()
  }

  // MARK: Care

  /// Closes connections that have idled for too long or have lived for too long, the oldest first, and opens what is missing.
  func tend() {
    let now = Moment.now
    let old = state.withLock { state -> [Connection] in
      var old: [Connection] = []
      state.idle.removeAll { connection in
        let isOld = connection.expires != .never && now >= connection.expires
        let isIdle =
          configuration.idleTimeout.map { now >= connection.idleSince.advanced(by: $0) } ?? false
          && state.total - old.count > configuration.connections.lowerBound
        if isOld || isIdle { old.append(connection) }
        return isOld || isIdle
      }
      return old
    }
    for connection in old { discard(connection) }
    openAsNeeded()
  }

  // MARK: Closing

  /// Refuses everybody who waits and who comes later, and closes each connection once it is back.
  func close() async {
    let (refused, idle) = state.withLock { state in
      state.isClosed = true
      defer { state.idle = [] }
      return (state.line.removeAll(), state.idle)
    }
    for waiter in refused { waiter.refuse(.closed(waiter.query)) }
    for connection in idle { discard(connection) }
    await withUnsafeContinuation { continuation in
      let closers = state.withLock { state in
        state.closers.append(Closer(continuation))
        return takeClosers(&state)
      }
      for closer in closers { closer.continuation.resume() }
    }
  }

  /// Nobody uses the database any more: what is idle is closed.
  func forget() {
    let idle = state.withLock { state in
      state.isClosed = true
      defer { state.idle = [] }
      return state.idle
    }
    for connection in idle { discard(connection) }
  }

  /// A connection outside of the pool's count, for what keeps one to itself.
  func openOwn() async throws(DatabaseError) -> Connection { try await recipe.open() }

  /// For databases on another server; without options, on this one.
  func recipe(for options: ConnectionOptions?) throws(DatabaseError) -> ConnectionRecipe {
    guard let options else { return recipe }
    return ConnectionRecipe(
      library: recipe.library, parameters: try options.forConnecting(recipe.library), types: TypeCatalog(),
      configuration: configuration)
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }
}

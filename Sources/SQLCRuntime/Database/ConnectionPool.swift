// Connections, lent one at a time, first come first served.

import Synchronization

/// The connections that do the same: one that writes, or those that read.
@usableFromInline
final class ConnectionPool: Sendable {
  let connections: [PooledConnection]
  private let state: Mutex<State>

  private typealias Waiting = CheckedContinuation<Result<PooledConnection, DatabaseError>, Never>

  private struct State {
    /// The last one that came back is lent next: its caches are warm. Not empty only when nobody waits.
    var idle: [PooledConnection]
    var line = WaitingLine<Waiting>()
    /// The tickets that are out, and why who had one gave up before standing in line. What comes for a ticket that was
    /// given back, such as an alarm that could not be stopped in time, leaves nothing here.
    var tickets: [UInt64: DatabaseError?] = [:]
    var isClosed = false
  }

  init(_ connections: [PooledConnection]) {
    self.connections = connections
    state = Mutex(State(idle: connections.reversed()))
  }

  /// A connection that is free now. Give it back with `release`.
  @usableFromInline
  func acquireIdle() -> PooledConnection? {
    state.withLock { $0.isClosed ? nil : $0.idle.popLast() }
  }

  /// A connection, when its turn comes. Give it back with `release`.
  ///
  /// Waiting ends when the task is cancelled or its deadline passes; it holds no thread.
  @usableFromInline
  nonisolated(nonsending) func acquire(_ query: String?) async throws(DatabaseError) -> PooledConnection {
    if let free = acquireIdle() { return free }
    if Task.isCancelled { throw .cancelled(query) }
    let ticket = state.withLock { state in
      let ticket = state.line.nextTicket()
      state.tickets[ticket] = .some(nil)
      return ticket
    }
    let alarm = alarm(at: Deadline.current) { [weak self] in self?.giveUp(ticket, .timedOut(query)) }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let result = stand(ticket, continuation, query) { continuation.resume(returning: result) }
      }
    } onCancel: {
      giveUp(ticket, .cancelled(query))
    }
    alarm?.cancel()
    state.withLock { state in _ = state.tickets.removeValue(forKey: ticket) }
    return try result.get()
  }

  private func alarm(at deadline: Moment, _ ring: @escaping @Sendable () -> Void) -> Task<Void, any Error>? {
    if deadline == .never { return nil }
    return Task {
      let now = Moment.now
      if now < deadline { try await Task.sleep(nanoseconds: deadline.since(now)) }
      ring()
    }
  }

  /// Puts a continuation in line, unless its answer is known.
  private func stand(
    _ ticket: UInt64, _ continuation: Waiting, _ query: String?
  ) -> Result<PooledConnection, DatabaseError>? {
    state.withLock { state in
      if state.isClosed { return .failure(.closed(query)) }
      if case .some(.some(let error)) = state.tickets[ticket] { return .failure(error) }
      if let free = state.idle.popLast() { return .success(free) }
      state.line.append(continuation, ticket)
      return nil
    }
  }

  private func giveUp(_ ticket: UInt64, _ error: DatabaseError) {
    let waiting = state.withLock { state -> Waiting? in
      if let waiting = state.line.remove(ticket) { return waiting }
      if state.tickets[ticket] != nil { state.tickets[ticket] = .some(error) }
      return nil
    }
    waiting?.resume(returning: .failure(error))
  }

  /// Takes a connection back. What it needs before it is lent again happens first, on its own queue.
  @usableFromInline
  func release(_ connection: PooledConnection) {
    guard connection.needsCare else { return passOn(connection) }
    Task.detached(priority: .userInitiated) {
      await connection.worker.care(for: connection)
      self.passOn(connection)
    }
  }

  private func passOn(_ connection: PooledConnection) {
    let next = state.withLock { state -> Waiting? in
      if let next = state.line.popFirst() { return next }
      state.idle.append(connection)
      return nil
    }
    next?.resume(returning: .success(connection))
  }

  /// Refuses everybody who waits and who comes later, and closes each connection once it is back.
  func close() async {
    let refused = state.withLock { state in
      state.isClosed = true
      return state.line.removeAll()
    }
    for waiting in refused { waiting.resume(returning: .failure(.closed(nil))) }
    for _ in connections {
      let connection = await takeForClosing()
      await connection.worker.close(connection)
    }
  }

  private func takeForClosing() async -> PooledConnection {
    let result = await withCheckedContinuation { (continuation: Waiting) in
      let free = state.withLock { state -> PooledConnection? in
        if let free = state.idle.popLast() { return free }
        state.line.append(continuation, state.line.nextTicket())
        return nil
      }
      if let free { continuation.resume(returning: .success(free)) }
    }
    switch result {
    case .success(let connection): return connection
    // Nobody refuses those who stand in line once the pool is closed.
    case .failure: return connections[0]
    }
  }
}

/// Who waits, in order; leaving early costs no more than coming.
struct WaitingLine<Element> {
  private var places: [(ticket: UInt64, element: Element)?] = []
  private var first = 0
  private var lastTicket: UInt64 = 0

  mutating func nextTicket() -> UInt64 {
    lastTicket += 1
    return lastTicket
  }

  mutating func append(_ element: Element, _ ticket: UInt64) { places.append((ticket, element)) }

  mutating func popFirst() -> Element? {
    while first < places.count {
      let place = places[first]
      places[first] = nil
      first += 1
      if let place {
        compact()
        return place.element
      }
    }
    compact()
    return nil
  }

  mutating func remove(_ ticket: UInt64) -> Element? {
    guard let index = places[first...].firstIndex(where: { $0?.ticket == ticket }) else { return nil }
    let element = places[index]?.element
    places[index] = nil
    return element
  }

  mutating func removeAll() -> [Element] {
    let elements = places[first...].compactMap { $0?.element }
    places = []
    first = 0
    return elements
  }

  private mutating func compact() {
    if first == places.count {
      places.removeAll(keepingCapacity: true)
      first = 0
    } else if first > 64, first * 2 > places.count {
      places.removeFirst(first)
      first = 0
    }
  }
}

// One connection that listens, for all channels of a database.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit
import Synchronization

/// Listens as long as somebody has subscribed to something.
///
/// The task that has the connection waits for its socket. It is woken when channels come and go, and to ask the server
/// whether it is still there: of a connection that broke without a word nothing else tells.
final class Listener: Sendable {
  private struct State {
    var inboxes: [UInt64: (channel: String, inbox: Inbox<ChannelEvent>)] = [:]
    var last: UInt64 = 0
    /// Readers that know from where on they hear.
    var told: Set<UInt64> = []
    /// What is to be listened to has changed since it was last looked at.
    var hasChanged = false
    /// Of the connection in use; to wake its task.
    var socket: PolledSocket?
    var isRunning = false
    var isClosed = false
    var status = ListenerStatus.idle
    /// Ends a pause between two attempts.
    var pause: Task<Void, Never>?
  }

  /// What the task does next.
  private enum Step {
    case listen(Set<String>)
    case end
  }

  private let state = Mutex(State())
  private let recipe: ConnectionRecipe

  /// How long nothing may come before the server is asked for a sign of life, and how long that may take.
  private static var silence: Duration { .seconds(30) }
  private static var patience: Duration { .seconds(10) }

  init(_ recipe: ConnectionRecipe) { self.recipe = recipe }

  var status: ListenerStatus { state.withLock { $0.status } }

  // MARK: Who listens

  func subscribe(_ channel: String) -> Subscription {
    let inbox = Inbox(limit: Subscription.limit, overflow: ChannelEvent.resumed)
    guard (1...63).contains(channel.utf8.count), !channel.utf8.contains(0) else {
      return Subscription(
        self, 0, channel, inbox,
        misuse: DatabaseError(kind: .misuse, message: "the name of a channel has 1 to 63 bytes, none of them 0"))
    }
    let (id, mustStart, socket) = state.withLock { state -> (UInt64, Bool, PolledSocket?) in
      state.last += 1
      if state.isClosed { return (state.last, false, nil) }
      state.inboxes[state.last] = (channel, inbox)
      state.hasChanged = true
      defer { state.isRunning = true }
      return (state.last, !state.isRunning, state.socket)
    }
    if mustStart {
      Task.detached { [self] in await listen() }
    } else if let socket {
      socket.wake()
    } else if state.withLock({ $0.isClosed }) {
      inbox.finish()
    }
    return Subscription(self, id, channel, inbox, misuse: nil)
  }

  func unsubscribe(_ id: UInt64) {
    let (socket, pause) = state.withLock { state -> (PolledSocket?, Task<Void, Never>?) in
      guard state.inboxes.removeValue(forKey: id) != nil else { return (nil, nil) }
      state.hasChanged = true
      return (state.socket, state.inboxes.isEmpty ? state.pause : nil)
    }
    socket?.wake()
    pause?.cancel()
  }

  func close() {
    let (inboxes, socket, pause) = state.withLock { state in
      state.isClosed = true
      state.hasChanged = true
      defer { state.inboxes = [:] }
      return (state.inboxes.values.map(\.inbox), state.socket, state.pause)
    }
    for inbox in inboxes { inbox.finish() }
    socket?.wake()
    pause?.cancel()
  }

  private func send(_ event: ChannelEvent, to channels: Set<String>) {
    let inboxes = state.withLock { state in
      state.inboxes.values.filter { channels.contains($0.channel) }.map(\.inbox)
    }
    for inbox in inboxes { inbox.put(event) }
  }

  // MARK: The task

  private func listen() async {
    var failures = 0
    while true {
      do throws(DatabaseError) {
        guard case .listen = next() else { return }
        state.withLock { $0.status = .connecting }
        let connection = try await recipe.open()
        state.withLock {
          $0.socket = connection.socket
          $0.hasChanged = true
        }
        try await serve(connection) { failures = 0 }
        return
      } catch {
        failures += 1
        state.withLock { state in
          state.socket = nil
          state.status = .failed(error)
        }
        await pause(after: failures)
      }
    }
  }

  /// What is to be listened to; ends the task, in one step, when that is nothing.
  private func next() -> Step {
    state.withLock { state in
      state.hasChanged = false
      guard !state.inboxes.isEmpty else {
        state.isRunning = false
        state.socket = nil
        state.status = .idle
        return .end
      }
      return .listen(Set(state.inboxes.values.map(\.channel)))
    }
  }

  private func pause(after failures: Int) async {
    let pause = Task.detached {
      do { try await Task.sleep(for: Pool.pause(after: failures)) } catch {}
    }
    let isWanted = state.withLock { state in
      state.pause = pause
      return !state.inboxes.isEmpty
    }
    if isWanted { await pause.value }
    pause.cancel()
    state.withLock { $0.pause = nil }
  }

  /// Until nobody listens any more, or the connection breaks.
  private func serve(_ connection: Connection, _ worked: () -> Void) async throws(DatabaseError) {
    var listening: Set<String> = []
    var lastSign = Moment.now
    while true {
      if state.withLock({ $0.hasChanged }) {
        guard case .listen(let wanted) = next() else { return }
        var sql = wanted.subtracting(listening).sorted().map { "LISTEN \(quotedName([$0]))" }
        sql += listening.subtracting(wanted).sorted().map { "UNLISTEN \(quotedName([$0]))" }
        if !sql.isEmpty { try await answer(sql.joined(separator: "; "), on: connection) }
        lastSign = .now
        // Messages that came before belong to those who listened then.
        try take(from: connection)
        // Of a channel that has been listened to, a new reader learns from where on it hears too.
        begin(wanted, new: wanted.subtracting(listening))
        listening = wanted
        state.withLock { $0.status = .listening }
        worked()
        continue
      }
      try take(from: connection)
      let limit = lastSign.advanced(by: Self.silence)
      if Moment.now >= limit {
        try await answer("SELECT 1", on: connection)
        lastSign = .now
        continue
      }
      let socket = connection.socket
      let alarm = Alarm.set(at: limit) { socket.wake() }
      await socket.wait(for: .reading)
      alarm?.cancel()
    }
  }

  private func answer(_ sql: String, on connection: Connection) async throws(DatabaseError) {
    let limit = Moment.now.advanced(by: Self.patience)
    let outcome = await Deadline.$current.withValue(limit) { () async -> Result<Void, DatabaseError> in
      do throws(DatabaseError) {
        try await connection.texts(sql, name: "LISTEN")
        return .success(())
      } catch { return .failure(error) }
    }
    try outcome.get()
  }

  /// Tells readers that have not been told yet from where on they hear.
  private func begin(_ channels: Set<String>, new: Set<String>) {
    let inboxes = state.withLock { state -> [Inbox<ChannelEvent>] in
      var told: [Inbox<ChannelEvent>] = []
      for (id, entry) in state.inboxes where channels.contains(entry.channel) {
        if new.contains(entry.channel) || !state.told.contains(id) {
          told.append(entry.inbox)
          state.told.insert(id)
        }
      }
      state.told.formIntersection(state.inboxes.keys)
      return told
    }
    for inbox in inboxes { inbox.put(.resumed) }
  }

  /// Hands out what has come.
  private func take(from connection: Connection) throws(DatabaseError) {
    let library = connection.library
    guard library.consumeInput(connection.handle) == 1, library.status(connection.handle) == ConnectionStatus.ok else {
      throw connection.lost()
    }
    while let message = library.notification(connection.handle) {
      defer { library.freeMemory(message) }
      // `struct pgNotify { char *relname; int be_pid; char *extra; … }` (libpq-notify.html).
      let word = MemoryLayout<UnsafeRawPointer>.size
      let channel = message.load(as: UnsafePointer<CChar>.self)
      let processID = message.load(fromByteOffset: word, as: Int32.self)
      let payload = message.load(fromByteOffset: 2 * word, as: UnsafePointer<CChar>.self)
      let notification = Notification(
        channel: String(cString: channel), payload: String(cString: payload), processID: processID)
      send(.notification(notification), to: [notification.channel])
    }
  }
}

/// What the connection that listens does (``Database/statistics()``).
public enum ListenerStatus: Sendable {
  /// Nobody listens to anything.
  case idle
  case connecting
  case listening
  /// The last attempt failed; another will be made.
  case failed(DatabaseError)
}

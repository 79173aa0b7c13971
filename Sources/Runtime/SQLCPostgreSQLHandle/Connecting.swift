// Opening a connection, on a thread that may wait.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension LibPQ {
  /// Begins to connect. Names of hosts are looked up here, which can take long.
  package func start(_ parameters: ConnectionParameters) -> Connection? {
    let keywords = parameters.keywords
    let keys = keywords.map { strdup($0.key) }
    let values = keywords.map { strdup($0.value) }
    defer { for text in keys + values { free(text) } }
    let keyPointers = keys.map { UnsafePointer($0) } + [nil]
    let valuePointers = values.map { UnsafePointer($0) } + [nil]
    return connectStart(keyPointers, valuePointers, 0)
  }

  /// Goes on until the connection is there.
  package func finishConnecting(
    _ connection: Connection, until deadline: ContinuousClock.Instant
  ) throws(PostgreSQLFailure) {
    guard status(connection) != ConnectionStatus.bad else { throw .unreachable(reason: lastMessage(of: connection)) }
    var wanted = Readiness.write
    while true {
      guard wait(for: connection, wanted, until: deadline) else { throw .timedOut }
      switch connectPoll(connection) {
      case PollingStatus.reading: wanted = .read
      case PollingStatus.writing: wanted = .write
      case PollingStatus.ok: return
      default: throw .unreachable(reason: lastMessage(of: connection))
      }
    }
  }

  /// libpq's last words about the connection.
  package func lastMessage(of connection: Connection) -> String {
    let text = errorMessage(connection).map { String(cString: $0) } ?? ""
    let lines = text.split(whereSeparator: \.isNewline)
    return lines.isEmpty ? "the connection is closed" : lines.joined(separator: "; ")
  }

  package enum Readiness { case read, write, readOrWrite }

  /// Whether the socket became ready before the deadline.
  package func wait(
    for connection: Connection, _ readiness: Readiness, until deadline: ContinuousClock.Instant
  ) -> Bool {
    var events: Int32 = 0
    switch readiness {
    case .read: events = Int32(POLLIN)
    case .write: events = Int32(POLLOUT)
    case .readOrWrite: events = Int32(POLLIN) | Int32(POLLOUT)
    }
    while true {
      let left = deadline - ContinuousClock.now
      guard left > .zero else { return false }
      var descriptor = pollfd(fd: socket(connection), events: Int16(events), revents: 0)
      let milliseconds = min(left / .milliseconds(1), 3_600_000)
      let ready = poll(&descriptor, 1, CInt(milliseconds) + 1)
      if ready > 0 { return true }
      // What is wrong with the socket is said by whoever uses it next.
      if ready < 0 && errno != EINTR { return true }
    }
  }
}

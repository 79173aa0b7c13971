// One connection, used by one thread, whose every wait ends.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A connection to a server.
///
/// Nothing waits longer than until its deadline: what runs then is cancelled, and when the server does not even answer that,
/// the connection is given up. It owns libpq's connection and belongs to one thread at a time.
package final class PostgreSQLConnection {
  package typealias Deadline = ContinuousClock.Instant

  let library: LibPQ
  let connection: LibPQ.Connection
  let notices: NoticeCollector
  /// How long a cancelled statement may take to end.
  private static let grace = Duration.seconds(2)

  /// Opens a connection.
  package init(
    _ parameters: ConnectionParameters, library: LibPQ, deadline: Deadline
  ) throws(PostgreSQLFailure) {
    var parameters = parameters
    parameters["client_encoding"] = "UTF8"
    parameters["application_name"] = parameters["application_name"] ?? "sqlc-swift"
    guard let connection = Self.start(parameters, library) else { throw .unreachable(reason: "out of memory") }
    self.library = library
    self.connection = connection
    notices = NoticeCollector(library: library)
    // When this throws, everything has its value and `deinit` closes the connection.
    try finishConnecting(until: deadline)
    notices.listen(to: connection)
    _ = library.setNonblocking(connection, 1)
  }

  deinit { library.finish(connection) }

  /// 150018 is 15.18.
  package var serverVersion: Int { Int(library.serverVersion(connection)) }

  /// A transaction is open, failed or not.
  package var isInTransaction: Bool { library.transactionStatus(connection) != 0 }

  private static func start(_ parameters: ConnectionParameters, _ library: LibPQ) -> LibPQ.Connection? {
    let keywords = parameters.keywords
    let keys = keywords.map { strdup($0.key) }
    let values = keywords.map { strdup($0.value) }
    defer { for text in keys + values { free(text) } }
    let keyPointers = keys.map { UnsafePointer($0) } + [nil]
    let valuePointers = values.map { UnsafePointer($0) } + [nil]
    return library.connectStart(keyPointers, valuePointers, 0)
  }

  private func finishConnecting(until deadline: Deadline) throws(PostgreSQLFailure) {
    guard library.status(connection) != ConnectionStatus.bad else { throw .unreachable(reason: lastMessage) }
    var wanted = Readiness.write
    while true {
      guard wait(for: wanted, until: deadline) else { throw .timedOut }
      switch library.connectPoll(connection) {
      case PollingStatus.reading: wanted = .read
      case PollingStatus.writing: wanted = .write
      case PollingStatus.ok: return
      default: throw .unreachable(reason: lastMessage)
      }
    }
  }

  /// libpq's last words about the connection.
  var lastMessage: String {
    let text = library.errorMessage(connection).map { String(cString: $0) } ?? ""
    let lines = text.split(whereSeparator: \.isNewline)
    return lines.isEmpty ? "the connection is closed" : lines.joined(separator: "; ")
  }

  // MARK: Waiting

  enum Readiness { case read, write, readOrWrite }

  /// Whether the socket became ready before the deadline.
  func wait(for readiness: Readiness, until deadline: Deadline) -> Bool {
    var events: Int32 = 0
    switch readiness {
    case .read: events = Int32(POLLIN)
    case .write: events = Int32(POLLOUT)
    case .readOrWrite: events = Int32(POLLIN) | Int32(POLLOUT)
    }
    while true {
      let left = deadline - ContinuousClock.now
      guard left > .zero else { return false }
      var descriptor = pollfd(fd: library.socket(connection), events: Int16(events), revents: 0)
      let milliseconds = min(left / .milliseconds(1), 3_600_000)
      let ready = poll(&descriptor, 1, CInt(milliseconds) + 1)
      if ready > 0 { return true }
      // What is wrong with the socket is said by whoever uses it next.
      if ready < 0 && errno != EINTR { return true }
    }
  }

  /// Sends what libpq holds back; reads meanwhile, so that neither side waits for the other.
  func flush(until deadline: Deadline) throws(PostgreSQLFailure) {
    while true {
      switch library.flush(connection) {
      case 0: return
      case 1:
        guard wait(for: .readOrWrite, until: deadline) else { throw .timedOut }
        guard library.consumeInput(connection) == 1 else { throw .lost(reason: lastMessage) }
      default: throw .lost(reason: lastMessage)
      }
    }
  }

  /// The next result; nil at the end of one statement's.
  func nextResult(until deadline: Deadline) throws(PostgreSQLFailure) -> LibPQ.Result? {
    while library.isBusy(connection) == 1 {
      guard wait(for: .read, until: deadline) else { throw .timedOut }
      guard library.consumeInput(connection) == 1 else { throw .lost(reason: lastMessage) }
    }
    return library.getResult(connection)
  }

  /// Asks the server to end what runs, and reads what comes until it has.
  func abandon() {
    if let cancel = library.getCancel(connection) {
      var message = [CChar](repeating: 0, count: 256)
      _ = library.cancel(cancel, &message, CInt(message.count))
      library.freeCancel(cancel)
    }
    let deadline = ContinuousClock.now + Self.grace
    while let result = try? nextResult(until: deadline) { library.clear(result) }
  }
}

/// What libpq's numbers mean (`libpq-fe.h`).
enum ConnectionStatus { static let bad: CInt = 1 }
enum PollingStatus {
  static let reading: CInt = 1, writing: CInt = 2, ok: CInt = 3
}
enum ResultStatus {
  static let emptyQuery: CInt = 0, commandOK: CInt = 1, tuplesOK: CInt = 2, copyOut: CInt = 3, copyIn: CInt = 4
  static let fatalError: CInt = 7, copyBoth: CInt = 8, singleTuple: CInt = 9, pipelineSync: CInt = 10, pipelineAborted: CInt = 11
}

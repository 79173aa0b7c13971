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
    guard let connection = library.start(parameters) else { throw .unreachable(reason: "out of memory") }
    self.library = library
    self.connection = connection
    notices = NoticeCollector(library: library)
    // When this throws, everything has its value and `deinit` closes the connection.
    try library.finishConnecting(connection, until: deadline)
    notices.listen(to: connection)
    _ = library.setNonblocking(connection, 1)
  }

  deinit { library.finish(connection) }

  /// 150018 is 15.18.
  package var serverVersion: Int { Int(library.serverVersion(connection)) }

  /// A transaction is open, failed or not.
  package var isInTransaction: Bool { library.transactionStatus(connection) != 0 }

  /// libpq's last words about the connection.
  var lastMessage: String { library.lastMessage(of: connection) }

  // MARK: Waiting

  /// Whether the socket became ready before the deadline.
  func wait(for readiness: LibPQ.Readiness, until deadline: Deadline) -> Bool {
    library.wait(for: connection, readiness, until: deadline)
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

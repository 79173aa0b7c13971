// Rows by COPY (protocol-flow.html#PROTOCOL-COPY).

extension PostgreSQLConnection {
  /// Runs `COPY … FROM STDIN` and sends the data in its text form.
  package func copyIn(_ sql: String, _ data: [UInt8], deadline: Deadline) throws(PostgreSQLFailure) {
    guard sql.withCString({ library.sendQuery(connection, $0) }) == 1 else { throw .lost(reason: lastMessage) }
    try flush(until: deadline)
    var failure: PostgreSQLFailure?
    while let result = try nextResult(until: deadline) {
      defer { library.clear(result) }
      switch library.resultStatus(result) {
      case ResultStatus.copyIn: try send(data, until: deadline)
      case ResultStatus.commandOK: continue
      default:
        let error = ServerError(result, library)
        failure = failure ?? (error.sqlState.isEmpty ? .lost(reason: lastMessage) : .server(error))
      }
    }
    _ = notices.take()
    if let failure { throw failure }
  }

  private func send(_ data: [UInt8], until deadline: Deadline) throws(PostgreSQLFailure) {
    var start = 0
    while start < data.count {
      let count = min(65_536, data.count - start)
      let code = data.withUnsafeBytes { bytes in
        library.putCopyData(
          connection, bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self), CInt(count))
      }
      switch code {
      case 1: start += count
      case 0: try flush(until: deadline)
      default: throw .lost(reason: lastMessage)
      }
    }
    while true {
      let code = library.putCopyEnd(connection, nil)
      if code == 1 { break }
      guard code == 0 else { throw .lost(reason: lastMessage) }
      try flush(until: deadline)
    }
    try flush(until: deadline)
  }
}

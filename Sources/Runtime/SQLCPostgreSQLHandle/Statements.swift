// Statements that are run for what they do, and their rows as text.

/// Rows as the server prints their values.
package struct TextRows: Sendable {
  package var columns: [String] = []
  /// The object identifier of each column's type.
  package var types: [UInt32] = []
  package var rows: [[String?]] = []
  package init() {}
}

extension PostgreSQLConnection {
  /// Runs the statement, or several with semicolons between, and gives the rows of the last that has some.
  ///
  /// COPY from and to the client is ended with an error, since nobody is there to feed it.
  ///
  /// - Parameter limit: rows beyond that many are read and forgotten, one at a time; absent: all are kept.
  @discardableResult
  package func execute(
    _ sql: String, deadline: Deadline, limit: Int? = nil
  ) throws(PostgreSQLFailure) -> TextRows {
    guard !sql.utf8.contains(0) else {
      throw .server(ServerError(sqlState: "22021", message: "a NUL character in the statement"))
    }
    guard sql.withCString({ library.sendQuery(connection, $0) }) == 1 else { throw .lost(reason: lastMessage) }
    if limit != nil { _ = library.setSingleRowMode(connection) }
    do {
      return try collectRows(until: deadline, limit: limit ?? .max)
    } catch {
      if case .timedOut = error { abandon() }
      throw error
    }
  }

  private func collectRows(until deadline: Deadline, limit: Int) throws(PostgreSQLFailure) -> TextRows {
    try flush(until: deadline)
    var rows = TextRows()
    var failure: PostgreSQLFailure?
    // In single row mode each row is a result of its own, and one without rows ends them.
    var single: TextRows?
    while let result = try nextResult(until: deadline) {
      defer { library.clear(result) }
      switch library.resultStatus(result) {
      case ResultStatus.singleTuple:
        if single == nil {
          single = textRows(of: result)
        } else if let row = textRows(of: result).rows.first,
          single?.rows.count ?? 0 < limit
        {
          single?.rows.append(row)
        }
        // Nobody waits longer for many rows than for the first.
        if ContinuousClock.now >= deadline { throw .timedOut }
      case ResultStatus.tuplesOK:
        rows = single ?? textRows(of: result)
        single = nil
      case ResultStatus.commandOK, ResultStatus.emptyQuery: continue
      case ResultStatus.copyIn:
        _ = "COPY from the client".withCString { library.putCopyEnd(connection, $0) }
        try flush(until: deadline)
      case ResultStatus.copyOut, ResultStatus.copyBoth:
        // Its rows are not wanted; closing is the one way out that always works.
        throw .lost(reason: "COPY to the client")
      default:
        // A connection that breaks gives an error without a code.
        let error = ServerError(result, library)
        failure = failure ?? (error.sqlState.isEmpty ? .lost(reason: lastMessage) : .server(error))
      }
    }
    _ = notices.take()
    if let failure { throw failure }
    return rows
  }

  private func textRows(of result: LibPQ.Result) -> TextRows {
    var rows = TextRows()
    let columns = library.columnCount(result)
    rows.columns = (0..<columns).map { library.columnName(result, $0).map { String(cString: $0) } ?? "" }
    rows.types = (0..<columns).map { library.columnType(result, $0) }
    let count = library.rowCount(result)
    rows.rows.reserveCapacity(Int(count))
    for row in 0..<count {
      rows.rows.append((0..<columns).map { text(result, row, $0) })
    }
    return rows
  }

  private func text(_ result: LibPQ.Result, _ row: CInt, _ column: CInt) -> String? {
    guard library.isNull(result, row, column) == 0, let start = library.value(result, row, column) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(library.valueLength(result, row, column)))
    return String(decoding: bytes, as: UTF8.self)
  }
}

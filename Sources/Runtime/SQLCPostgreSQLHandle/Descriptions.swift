// Parse and Describe: what the server makes of a statement, without running it.

/// A statement to be described, with the types of its parameters where they are known (0: the server infers it).
package struct StatementText: Sendable, Hashable {
  package var sql: String
  package var parameterTypes: [UInt32]
  package init(_ sql: String, parameterTypes: [UInt32] = []) {
    self.sql = sql
    self.parameterTypes = parameterTypes
  }
}

/// What the server says of a statement.
package struct DescribedStatement: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    package var name: String
    /// The object identifier of the table, and the number of its column; 0 for an expression.
    package var table: UInt32
    package var number: Int
    package var type: UInt32
    package var modifier: Int
  }

  package var parameterTypes: [UInt32]
  package var columns: [Column]
  /// The analysed tree as node text, wrapped as messages are; nil where the server was not asked for it.
  package var tree: [UInt8]?
}

/// What became of one statement.
package typealias DescriptionResult = Result<DescribedStatement, ServerError>

extension PostgreSQLConnection {
  /// Describes the statements in one pipeline; an error of one concerns no other. The results are in their order.
  ///
  /// The deadline holds for each portion that is in flight together.
  package func describe(
    _ statements: [StatementText], within limit: Duration
  ) throws(PostgreSQLFailure) -> [DescriptionResult] {
    var results: [DescriptionResult] = []
    results.reserveCapacity(statements.count)
    try describe(statements, within: limit) { _, result in results.append(result) }
    return results
  }

  /// The same, each result handed over as it comes, in their order, while the server works on those that follow.
  package func describe(
    _ statements: [StatementText], within limit: Duration, each: (_ index: Int, DescriptionResult) -> Void
  ) throws(PostgreSQLFailure) {
    guard !statements.isEmpty else { return }
    _ = notices.take()
    guard library.enterPipelineMode(connection) == 1 else { throw .lost(reason: lastMessage) }
    do {
      var sent = 0
      var done = 0
      while done < statements.count {
        while sent < statements.count, sent - done < Self.portion {
          try send(statements[sent])
          sent += 1
        }
        try flush(until: ContinuousClock.now + limit)
        // Half a portion is read before more is sent: both sides always have something to do.
        let enough = sent == statements.count ? sent : done + Self.portion / 2
        while done < enough {
          // What is done with a result is not the server's time.
          let result = try receive(until: ContinuousClock.now + limit)
          each(done, result)
          done += 1
        }
      }
    } catch {
      if case .timedOut = error { abandon() }
      throw error
    }
    _ = library.exitPipelineMode(connection)
  }

  /// How many statements are in flight.
  private static var portion: Int { 96 }

  private func send(_ statement: StatementText) throws(PostgreSQLFailure) {
    // A text with a NUL character would end there and mean something else; the server refuses what is sent instead.
    let sql = statement.sql.utf8.contains(0) ? "NUL character in the statement" : statement.sql
    let types = statement.parameterTypes
    let sentAll =
      sql.withCString { sql in
        "".withCString { name in
          types.withUnsafeBufferPointer {
            library.sendPrepare(connection, name, sql, CInt(types.count), $0.baseAddress)
          }
        }
      } == 1 && "".withCString { library.sendDescribePrepared(connection, $0) } == 1
      && library.pipelineSync(connection) == 1
    guard sentAll else { throw .lost(reason: lastMessage) }
  }

  /// The answers to Parse, Describe and Sync.
  private func receive(until deadline: Deadline) throws(PostgreSQLFailure) -> DescriptionResult {
    var error: ServerError?
    var described = DescribedStatement(parameterTypes: [], columns: [], tree: nil)
    var answers = 0
    var ends = 0
    while true {
      guard let result = try nextResult(until: deadline) else {
        // One ends the answers to Parse, one those to Describe; more come only from a connection that is no more.
        ends += 1
        guard ends < 4 else { throw .lost(reason: lastMessage) }
        continue
      }
      defer { library.clear(result) }
      switch library.resultStatus(result) {
      case ResultStatus.pipelineSync:
        if let error { return .failure(error) }
        return .success(described)
      case ResultStatus.commandOK:
        answers += 1
        if answers == 1 {
          // Trees come before the answer to the Parse that they belong to, and libpq reads no further than one answer. What a
          // function that is called while analysing (a domain's CHECK) logs comes before the statement's own.
          described.tree = notices.take().last
        } else {
          read(result, into: &described)
        }
      case ResultStatus.pipelineAborted: continue
      default:
        _ = notices.take()
        let found = ServerError(result, library)
        guard !found.sqlState.isEmpty else { throw .lost(reason: lastMessage) }
        error = error ?? found
      }
    }
  }

  private func read(_ result: LibPQ.Result, into described: inout DescribedStatement) {
    described.parameterTypes = (0..<library.parameterCount(result)).map { library.parameterType(result, $0) }
    described.columns = (0..<library.columnCount(result)).map { column in
      DescribedStatement.Column(
        name: library.columnName(result, column).map { String(cString: $0) } ?? "",
        table: library.columnTable(result, column), number: Int(library.columnNumber(result, column)),
        type: library.columnType(result, column), modifier: Int(library.columnModifier(result, column)))
    }
  }
}

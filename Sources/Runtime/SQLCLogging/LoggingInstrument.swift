// What a database does, for swift-log. Needs the package's trait `Logging`; without it the module is empty, and swift-log
// is not fetched.

#if Logging
  public import Logging
  public import SQLCRuntime
  import SQLCRuntimeKit

  /// Logs statements and transactions.
  ///
  /// | what | level |
  /// |---|---|
  /// | a statement that failed | `failures`, error |
  /// | a slow statement, with its plan | `slow`, warning |
  /// | any other query or script | `statements`, debug |
  /// | BEGIN, COMMIT, ROLLBACK, savepoints; beginnings | trace |
  /// | a transaction that was rolled back | `failures` if the database failed, else `statements` |
  /// | any other transaction | `statements`, debug |
  ///
  /// ```swift
  /// configuration.instruments.append(LoggingInstrument(Logger(label: "station.db")))
  /// ```
  ///
  /// The values of parameters are logged only when ``InstrumentOptions/parameters`` includes them.
  public struct LoggingInstrument: DatabaseInstrument {
    private let logger: Logger
    public var failures = Logger.Level.error
    public var slow = Logger.Level.warning
    public var statements = Logger.Level.debug

    public init(_ logger: Logger) { self.logger = logger }

    public func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
      let level: Logger.Level =
        switch (end.outcome, run.kind) {
        case (.failed(let error), _): error.kind == .cancelled ? statements : failures
        case (.movedToQueue, _), (.finished, .control): .trace
        case (.finished, .query), (.finished, .script): end.plan.isEmpty ? statements : slow
        }
      guard level >= logger.logLevel else { return }
      var metadata: Logger.Metadata = [
        "query": "\(run.name)", "duration_ms": "\(end.duration.roundedMilliseconds)", "rows": "\(end.rows)",
        "connection": "\(run.connection.rawValue)",
      ]
      if !run.isReadOnly { metadata["changes"] = "\(end.changes)" }
      if let transaction = run.transaction { metadata["transaction"] = "\(transaction)" }
      if let sql = end.expandedSQL { metadata["sql"] = "\(sql)" }
      if !end.plan.isEmpty { metadata["plan"] = .array(end.plan.map { "\($0)" }) }
      switch end.outcome {
      case .finished: logger.log(level: level, end.plan.isEmpty ? "statement" : "slow statement", metadata: metadata)
      case .movedToQueue: logger.log(level: level, "statement moved to the queue", metadata: metadata)
      case .failed(let error):
        metadata["error"] = "\(error)"
        metadata["code"] = "\(error.code.rawValue)"
        logger.log(level: level, "statement failed", metadata: metadata)
      }
    }

    public func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
      var metadata: Logger.Metadata = [
        "transaction": "\(run.id)", "duration_ms": "\(end.duration.roundedMilliseconds)",
        "statements": "\(end.statements)", "changes": "\(end.changes)", "connection": "\(run.connection.rawValue)",
      ]
      switch end.outcome {
      case .committed: logger.log(level: statements, "transaction committed", metadata: metadata)
      case .rolledBack(let error):
        // Of an error of the application nobody knows what it says.
        if let error = error as? DatabaseError {
          metadata["error"] = "\(error)"
          logger.log(
            level: error.kind == .cancelled ? statements : failures, "transaction rolled back", metadata: metadata)
        } else {
          metadata["error"] = "\(type(of: error))"
          logger.log(level: statements, "transaction rolled back", metadata: metadata)
        }
      }
    }
  }
#endif

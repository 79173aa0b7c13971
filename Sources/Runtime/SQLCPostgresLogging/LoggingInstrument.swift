// What a database does, for swift-log. Needs the package's trait `Logging`; without it the module is empty, and swift-log
// is not fetched.

#if Logging
  public import Logging
  public import SQLCPostgres
  import SQLCRuntimeKit

  /// Logs statements and transactions.
  ///
  /// | what | level |
  /// |---|---|
  /// | a statement that failed | `failures`, error |
  /// | a statement whose task was cancelled | `statements`, debug |
  /// | the plan of a slow query, after its own line | `slow`, warning |
  /// | any other query or script | `statements`, debug |
  /// | BEGIN, COMMIT, ROLLBACK, savepoints, locks | trace |
  /// | a transaction that was rolled back | `failures` if the database failed, else `statements` |
  /// | any other transaction | `statements`, debug |
  ///
  /// ```swift
  /// configuration.instruments.append(LoggingInstrument(Logger(label: "station.db")))
  /// ```
  ///
  /// The values of parameters are logged never. The text of a statement, with places for them, is logged with its plan alone.
  public struct LoggingInstrument: DatabaseInstrument {
    private let logger: Logger
    public var failures = Logger.Level.error
    public var slow = Logger.Level.warning
    public var statements = Logger.Level.debug

    public init(_ logger: Logger) { self.logger = logger }

    public func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
      let level: Logger.Level =
        switch (end.outcome, run.kind) {
        case (.failed(let error), _): level(of: error)
        case (.finished, .control): .trace
        case (.finished, .query), (.finished, .script): statements
        }
      guard level >= logger.logLevel else { return }
      var metadata: Logger.Metadata = [
        "query": "\(run.name)", "duration_ms": "\(end.duration.roundedMilliseconds)", "rows": "\(end.rows)",
        "rows_affected": "\(end.rowsAffected)",
      ]
      if let transaction = run.transaction { metadata["transaction"] = "\(transaction)" }
      if case .failed(let error) = end.outcome {
        metadata["error"] = "\(error)"
        metadata["sqlstate"] = error.sqlState.map { "\($0)" }
        logger.log(level: level, "statement failed", metadata: metadata)
      } else {
        logger.log(level: level, "statement", metadata: metadata)
      }
    }

    public func statementExplained(_ run: StatementRun, plan: [String]) {
      logger.log(
        level: slow, "slow statement",
        metadata: ["query": "\(run.name)", "sql": "\(run.sql)", "plan": .array(plan.map { "\($0)" })])
    }

    public func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
      var metadata: Logger.Metadata = [
        "transaction": "\(run.id)", "duration_ms": "\(end.duration.roundedMilliseconds)",
        "statements": "\(end.statements)",
      ]
      switch end.outcome {
      case .committed: logger.log(level: statements, "transaction committed", metadata: metadata)
      case .rolledBack(let error as DatabaseError):
        metadata["error"] = "\(error)"
        metadata["sqlstate"] = error.sqlState.map { "\($0)" }
        // Of those nobody knows whether they were.
        let words: Logger.Message =
          error.kind == .outcomeUnknown ? "outcome of the transaction unknown" : "transaction rolled back"
        logger.log(level: level(of: error), words, metadata: metadata)
      case .rolledBack(let error):
        // Of an error of the application nobody knows what it says.
        metadata["error"] = "\(type(of: error))"
        logger.log(level: statements, "transaction rolled back", metadata: metadata)
      }
    }

    private func level(of error: DatabaseError) -> Logger.Level { error.kind == .cancelled ? statements : failures }
  }
#endif

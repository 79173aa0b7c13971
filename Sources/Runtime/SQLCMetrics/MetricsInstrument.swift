// What a database does, for swift-metrics. Needs the package's trait `Metrics`; without it the module is empty, and
// swift-metrics is not fetched.

#if Metrics
  public import CoreMetrics
  import Metrics
  import SQLCMeters
  public import SQLCRuntime
  import SQLCRuntimeKit

  /// Counts and times statements and transactions.
  ///
  /// | metric | kind | dimensions |
  /// |---|---|---|
  /// | `sqlc.statement.duration` | timer | query, connection, outcome |
  /// | `sqlc.statement.rows` | counter | query |
  /// | `sqlc.statement.changes` | counter | query |
  /// | `sqlc.statement.slow` | counter | query |
  /// | `sqlc.transaction.duration` | timer | connection, outcome |
  ///
  /// `query` is the name of a generated query, `BEGIN`, `COMMIT` …, or `SQL`: as many values as the program has queries.
  /// `outcome` is `ok`, `rolled_back`, or SQLite's primary result code, such as `19` for a constraint.
  public struct MetricsInstrument: DatabaseInstrument {
    private let prefix: String
    private let meters: Meters

    /// - Parameter factory: nil for the one that the program has bootstrapped.
    public init(prefix: String = "sqlc", factory: (any MetricsFactory)? = nil) {
      self.prefix = prefix
      meters = Meters(factory: factory ?? MetricsSystem.factory)
    }

    public func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
      let outcome: String
      switch end.outcome {
      case .movedToQueue: return
      case .finished: outcome = "ok"
      case .failed(let error): outcome = "\(error.code.primary.rawValue)"
      }
      let query = ("query", run.name)
      meters.timer(
        "\(prefix).statement.duration", [query, ("connection", run.connection.rawValue), ("outcome", outcome)]
      ).recordNanoseconds(end.duration.nanoseconds)
      if end.rows > 0 { meters.counter("\(prefix).statement.rows", [query]).increment(by: end.rows) }
      if end.changes > 0 { meters.counter("\(prefix).statement.changes", [query]).increment(by: end.changes) }
      if !end.plan.isEmpty { meters.counter("\(prefix).statement.slow", [query]).increment() }
    }

    public func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
      let outcome =
        switch end.outcome {
        case .committed: "ok"
        case .rolledBack: "rolled_back"
        }
      meters.timer(
        "\(prefix).transaction.duration", [("connection", run.connection.rawValue), ("outcome", outcome)]
      ).recordNanoseconds(end.duration.nanoseconds)
    }
  }
#endif

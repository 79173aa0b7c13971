// What a database does, for swift-metrics. Needs the package's trait `Metrics`; without it the module is empty, and
// swift-metrics is not fetched.

#if Metrics
  public import CoreMetrics
  import Metrics
  import SQLCMeters
  public import SQLCPostgres
  import SQLCRuntimeKit

  /// Counts and times statements and transactions, and shows the pool.
  ///
  /// | metric | kind | dimensions |
  /// |---|---|---|
  /// | `sqlc.statement.duration` | timer | query, outcome |
  /// | `sqlc.statement.rows` | counter | query |
  /// | `sqlc.statement.rows_affected` | counter | query |
  /// | `sqlc.statement.slow` | counter | query |
  /// | `sqlc.transaction.duration` | timer | outcome |
  /// | `sqlc.pool.open`, `.lent`, `.opening`, `.waiting` | gauge | |
  ///
  /// `query` is the name of a generated query, `BEGIN`, `COMMIT` …, or `SQL`: as many values as the program has queries.
  /// `outcome` is `ok`, `rolled_back`, `unknown`, an SQLSTATE such as `23505`, or where the server did not say one the error's
  /// ``DatabaseError/Kind``. The gauges are what the last ``record(_:)`` said.
  public struct MetricsInstrument: DatabaseInstrument {
    private let prefix: String
    private let meters: Meters

    /// - Parameter factory: nil for the one that the program has bootstrapped.
    public init(prefix: String = "sqlc", factory: (any MetricsFactory)? = nil) {
      self.prefix = prefix
      meters = Meters(factory: factory ?? MetricsSystem.factory)
    }

    public func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
      let query = ("query", run.name)
      let outcome = end.error.map { $0.sqlState?.rawValue ?? "\($0.kind)" } ?? "ok"
      meters.timer("\(prefix).statement.duration", [query, ("outcome", outcome)])
        .recordNanoseconds(end.duration.nanoseconds)
      if end.rows > 0 { meters.counter("\(prefix).statement.rows", [query]).increment(by: end.rows) }
      if end.rowsAffected > 0 {
        meters.counter("\(prefix).statement.rows_affected", [query]).increment(by: end.rowsAffected)
      }
    }

    public func statementExplained(_ run: StatementRun, plan: [String]) {
      meters.counter("\(prefix).statement.slow", [("query", run.name)]).increment()
    }

    public func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
      let outcome =
        switch end.outcome {
        case .committed: "ok"
        case .rolledBack(let error as DatabaseError) where error.kind == .outcomeUnknown: "unknown"
        case .rolledBack: "rolled_back"
        }
      meters.timer("\(prefix).transaction.duration", [("outcome", outcome)]).recordNanoseconds(end.duration.nanoseconds)
    }

    /// Sets the gauges of the pool: to be called now and then with ``Database/statistics()``.
    public func record(_ statistics: DatabaseStatistics) {
      meters.gauge("\(prefix).pool.open").record(statistics.open)
      meters.gauge("\(prefix).pool.lent").record(statistics.lent)
      meters.gauge("\(prefix).pool.opening").record(statistics.opening)
      meters.gauge("\(prefix).pool.waiting").record(statistics.waiting)
    }
  }
#endif

// What a database does, for swift-metrics. Needs the package's trait `Metrics`; without it the module is empty, and
// swift-metrics is not fetched.

#if Metrics
  public import CoreMetrics
  import Metrics
  public import SQLCRuntime
  import Synchronization

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

  /// The meters made so far: making one takes a lock and allocations in most backends.
  private final class Meters: Sendable {
    private struct Key: Hashable {
      var label: String
      var values: [String]
    }

    private struct State {
      var timers: [Key: Metrics.Timer] = [:]
      var counters: [Key: Counter] = [:]
    }

    private let factory: any MetricsFactory
    private let state = Mutex(State())

    init(factory: any MetricsFactory) { self.factory = factory }

    func timer(_ label: String, _ dimensions: [(String, String)]) -> Metrics.Timer {
      let key = Key(label: label, values: dimensions.map(\.1))
      return state.withLock { state in
        if let timer = state.timers[key] { return timer }
        let timer = Metrics.Timer(label: label, dimensions: dimensions, factory: factory)
        state.timers[key] = timer
        return timer
      }
    }

    func counter(_ label: String, _ dimensions: [(String, String)]) -> Counter {
      let key = Key(label: label, values: dimensions.map(\.1))
      return state.withLock { state in
        if let counter = state.counters[key] { return counter }
        let counter = Counter(label: label, dimensions: dimensions, factory: factory)
        state.counters[key] = counter
        return counter
      }
    }
  }

  extension Duration {
    fileprivate var nanoseconds: Int64 {
      let (seconds, attoseconds) = components
      return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
  }
#endif

// Who wants to know what a database does, and for how long.

/// Is told of every statement and transaction of a database whose ``Configuration/instruments`` has it.
///
/// ```swift
/// struct Slow: DatabaseInstrument {
///   func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
///     if end.duration > .milliseconds(50) { print(run.name, end.duration) }
///   }
///   func statementExplained(_ run: StatementRun, plan: [String]) { print(plan.joined(separator: "\n")) }
/// }
/// ```
///
/// It is called by the task that runs the statement, by several connections at once, while the connection waits: be quick, and
/// do not use the database. Every beginning is followed by its end.
public protocol DatabaseInstrument: Sendable {
  func statementBegan(_ run: StatementRun)
  func statementEnded(_ run: StatementRun, _ end: StatementEnd)
  /// The plan of a slow query (``InstrumentOptions/slowStatement``), some time after its end.
  func statementExplained(_ run: StatementRun, plan: [String])
  func transactionBegan(_ run: TransactionRun)
  func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd)
}

extension DatabaseInstrument {
  public func statementBegan(_ run: StatementRun) {}
  public func statementEnded(_ run: StatementRun, _ end: StatementEnd) {}
  public func statementExplained(_ run: StatementRun, plan: [String]) {}
  public func transactionBegan(_ run: TransactionRun) {}
  public func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {}
}

/// How much the instruments are told. Values of parameters are told never.
public struct InstrumentOptions: Sendable {
  /// A query that takes at least this long, with its waits for the network and for locks, is explained afterwards, on a connection
  /// of the pool that is free then or within a second; where none is, it is not. It is not run again: the plan is the generic
  /// one, for any values. nil: none is.
  public var slowStatement: Duration?

  public init() {}
}

/// One run of a statement, or of a batch.
public struct StatementRun: Sendable, Identifiable {
  public enum Kind: Sendable, Hashable {
    /// A generated query, or one like it. Of a batch, which goes in one flight, all of it: the name is the first one's.
    case query
    /// BEGIN, COMMIT, a savepoint, a lock, a look into the catalogue: what the runtime adds.
    case control
    /// All of what ``Database/execute(_:)`` was given.
    case script
  }

  /// Unique among the statements of one connection.
  public var id: UInt64
  public var kind: Kind
  /// The query's name, such as "GetAgentByID"; "BEGIN", "COMMIT"; "SQL" for a script.
  public var name: String
  /// With places for parameters. Empty for a script, whose values stand in its text, and for a batch of different queries.
  public var sql: String
  /// The transaction around it.
  public var transaction: TransactionRun.ID?
}

/// How a run of a statement ended.
public struct StatementEnd: Sendable {
  public enum Outcome: Sendable {
    case finished
    /// Without what is sensitive.
    case failed(DatabaseError)
  }

  public var outcome: Outcome
  /// From before it was sent until its last row was decoded; of a stream, until it ended.
  public var duration: Duration
  /// Rows that came.
  public var rows: Int
  /// Rows that the last statement inserted, changed, deleted or gave, as the server says.
  public var rowsAffected: Int

  public var error: DatabaseError? {
    switch outcome {
    case .failed(let error): error
    case .finished: nil
    }
  }
}

/// One transaction of ``Database/transaction(isolation:access:attempts:_:)`` or ``Database/read(_:)``.
public struct TransactionRun: Sendable, Hashable, Identifiable {
  /// Unique among those of one connection.
  public var id: UInt64
}

/// How a transaction ended.
public struct TransactionEnd: Sendable {
  public enum Outcome: Sendable {
    case committed
    /// By an error, which may be the application's own; also where nobody knows (``DatabaseError/Kind/outcomeUnknown``).
    case rolledBack(any Error)
  }

  public var outcome: Outcome
  /// From after BEGIN to the end of COMMIT or ROLLBACK.
  public var duration: Duration
  public var statements: Int
}

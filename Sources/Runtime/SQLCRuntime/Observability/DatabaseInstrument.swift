// Who wants to know what a database does, and for how long.

/// Is told of every statement and transaction of a database whose ``Configuration/instruments`` has it.
///
/// ```swift
/// struct Slow: DatabaseInstrument {
///   func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
///     if end.duration > .milliseconds(50) { print(run.name, end.duration, end.plan) }
///   }
/// }
/// ```
///
/// It is called on the thread that runs the statement, by several connections at once, while the connection waits: be
/// quick, and do not use the database. Every beginning is followed by its end.
public protocol DatabaseInstrument: Sendable {
  func statementBegan(_ run: StatementRun)
  func statementEnded(_ run: StatementRun, _ end: StatementEnd)
  func transactionBegan(_ run: TransactionRun)
  func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd)
}

extension DatabaseInstrument {
  public func statementBegan(_ run: StatementRun) {}
  public func statementEnded(_ run: StatementRun, _ end: StatementEnd) {}
  public func transactionBegan(_ run: TransactionRun) {}
  public func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {}
}

/// How much the instruments are told.
public struct InstrumentOptions: Sendable {
  /// Are the values of parameters told?
  public enum Parameters: Sendable, Hashable {
    /// Never: they may be anybody's secrets.
    case redacted
    /// In ``StatementEnd/expandedSQL``. For development.
    case included
  }

  public var parameters = Parameters.redacted
  /// A statement that takes at least this long is explained: ``StatementEnd/plan``. nil: none is.
  public var slowStatement: Duration? = .milliseconds(100)

  public init() {}
}

/// What a connection is for.
public enum ConnectionUse: String, Sendable, Hashable {
  case writer
  case reader
  /// The one connection of a database in memory.
  case only
}

/// One run of a statement.
public struct StatementRun: Sendable, Identifiable {
  public enum Kind: Sendable, Hashable {
    /// A generated query, or one like it.
    case query
    /// BEGIN, COMMIT, a savepoint: what ``Database/transaction(_:)`` adds. A COMMIT's duration is the disk's, a BEGIN's the
    /// wait for the lock.
    case control
    /// All of what ``Database/execute(_:)`` was given.
    case script
  }

  /// Unique among the statements of one connection.
  public var id: UInt64
  public var kind: Kind
  /// The query's name, such as "GetAgentByID"; "BEGIN", "COMMIT"; "SQL" for a script.
  public var name: String
  /// Where its text is: most instruments never ask for it.
  let source: Source
  public var isReadOnly: Bool
  public var connection: ConnectionUse
  /// The transaction around it.
  public var transaction: TransactionRun.ID?

  enum Source: Sendable {
    case text(String)
    case statement(StatementDefinition, [ListPlace])
  }

  /// As it was prepared, with places for parameters. Empty for a script unless parameters are included, for its values
  /// stand in its text.
  public var sql: String {
    switch source {
    case .text(let text): text
    case .statement(let definition, let places): places.isEmpty ? definition.sql : definition.text(for: places)
    }
  }
}

/// How a run of a statement ended.
public struct StatementEnd: Sendable {
  public enum Outcome: Sendable {
    case finished
    case failed(DatabaseError)
    /// It took longer than may be on the caller's thread, has done nothing, and begins again on the connection's queue.
    case movedToQueue
  }

  public var outcome: Outcome
  /// From the statement's preparation to its last step, the decoding of rows included; of a stream, until it ends.
  public var duration: Duration
  /// Rows that it gave.
  public var rows: Int
  /// Rows that it changed, those of triggers and foreign-key actions included.
  public var changes: Int64
  /// What SQLite had to do.
  public var work: StatementWork
  /// The SQL with the values of its parameters, where ``InstrumentOptions/parameters`` says so.
  public var expandedSQL: String?
  /// Of a slow statement: SQLite's plan (SQLite, eqp.html), a line for each step, indented by depth.
  public var plan: [String]

  public var error: DatabaseError? {
    switch outcome {
    case .failed(let error): error
    case .finished, .movedToQueue: nil
    }
  }
}

/// SQLite's counters for one run of a statement (SQLite, c3ref/c_stmtstatus_counter.html).
public struct StatementWork: Sendable, Hashable {
  /// Steps of SQLite's machine.
  public var steps = 0
  /// Rows that were looked at in full scans: where there are many, an index may be missing.
  public var scannedRows = 0
  /// Sorts that no index saved.
  public var sorts = 0
  /// Rows put into indexes that were made for this run alone.
  public var indexedRows = 0
}

/// One transaction.
public struct TransactionRun: Sendable, Hashable, Identifiable {
  public var id: UInt64
  /// Made by ``Database/transaction(_:)``, not by ``Database/read(_:)``.
  public var writes: Bool
  public var connection: ConnectionUse
}

/// How a transaction ended.
public struct TransactionEnd: Sendable {
  public enum Outcome: Sendable {
    case committed
    /// By an error, which may be the application's own.
    case rolledBack(any Error)
  }

  public var outcome: Outcome
  /// From before BEGIN, so with the wait for other processes' locks, to the end of COMMIT or ROLLBACK.
  public var duration: Duration
  public var statements: Int
  /// Rows changed, those of triggers and foreign-key actions included.
  public var changes: Int64
}

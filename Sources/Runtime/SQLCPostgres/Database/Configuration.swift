// How a database is used.

/// Settings of a database; the defaults are what a server wants.
///
/// | setting | default |
/// |---|---|
/// | ``connections`` | 1 to 10 |
/// | ``acquireTimeout`` | 30 s |
/// | ``connectTimeout`` | 10 s for each attempt |
/// | ``idleTimeout`` | 10 min, with jitter |
/// | ``maxLifetime`` | 60 min, with jitter |
/// | ``preparedStatements`` | named |
/// | ``observesOthers`` | no |
public struct Configuration: Sendable {
  /// How statements are prepared.
  public enum PreparedStatements: Sendable, Hashable {
    /// Once for each connection, under a name.
    case named
    /// Each time, without a name: for poolers that move connections between clients and do not follow what is prepared
    /// (pgbouncer in transaction mode before 1.21).
    case unnamed
  }

  /// The least and the most connections that are open.
  public var connections = 1...10
  /// How long a task waits for a connection; nil for as long as its own deadline lets it.
  public var acquireTimeout: Duration? = .seconds(30)
  /// How long one attempt to connect may take.
  public var connectTimeout = Duration.seconds(10)
  /// A connection that nobody has used for about so long is closed, unless it is one of the least; nil for never.
  public var idleTimeout: Duration? = .seconds(600)
  /// A connection that has been open for about so long is closed when it comes back: so the load spreads when servers come and
  /// go. Nil for never.
  public var maxLifetime: Duration? = .seconds(3600)
  public var preparedStatements = PreparedStatements.named

  /// The server ends a statement that takes longer (`statement_timeout`), even when this process is no more. Like the next two it
  /// is set once a connection is open; nil leaves it as the server, the role or the database has it.
  public var statementTimeout: Duration?
  /// The server ends a wait for a lock that takes longer (`lock_timeout`).
  public var lockTimeout: Duration?
  /// The server ends the connection of a transaction that waits longer for its next statement
  /// (`idle_in_transaction_session_timeout`).
  public var idleInTransactionTimeout: Duration?
  /// Whether observations see commits of other processes.
  public enum ObservesOthers: Sendable, Hashable {
    case no
    /// Triggers of the database tell of them on this channel, with the table's name as payload; `sqlc-swift migrate notify`
    /// writes the migration that makes them.
    case notifications(channel: String)
  }

  public var observesOthers = ObservesOthers.no
  /// Where what needs a session of its own connects to: LISTEN and advisory locks that outlive a transaction. Needed where the
  /// other options lead to a pooler that lends its sessions out by transaction. Nil for the same place.
  public var sessionOptions: ConnectionOptions?
  /// Who is told of statements and transactions.
  public var instruments: [any DatabaseInstrument] = []
  public var instrumentOptions = InstrumentOptions()
  /// SQL that every new connection runs first, such as `SET search_path = app`.
  public var connectionSetup = ""

  public init() {}

  /// What a new connection runs.
  var setup: String {
    var statements: [String] = []
    for (name, limit) in [
      ("statement_timeout", statementTimeout), ("lock_timeout", lockTimeout),
      ("idle_in_transaction_session_timeout", idleInTransactionTimeout),
    ] {
      guard let limit else { continue }
      let milliseconds = Int32(clamping: Int64(limit / .milliseconds(1)))
      statements.append("SET \(name) = \(max(0, milliseconds))")
    }
    if !connectionSetup.isEmpty { statements.append(connectionSetup) }
    return statements.joined(separator: "; ")
  }
}

// The pool and the connection that listens, in numbers.

import SQLCRuntimeKit

/// The connections of a database in numbers: now, or since it was opened.
public struct DatabaseStatistics: Sendable {
  /// Open connections of the pool.
  public var open: Int
  /// Of those, the ones that nobody has.
  public var idle: Int
  /// Of those, the ones that somebody has.
  public var lent: Int { open - idle }
  /// Connections that are being opened.
  public var opening: Int
  /// Tasks that wait for a connection.
  public var waiting: Int
  /// Attempts to open a connection that have failed since one last worked.
  public var failures: Int
  /// Why the last of them did.
  public var lastError: DatabaseError?

  /// Connections that were opened, and closed, so far.
  public var opened: Int
  public var closed: Int
  /// How often a task had to wait for a connection, for how long in all, and how often in vain.
  public var waits: Int
  public var waited: Duration
  public var waitsInVain: Int

  /// Observations that run, those of nobody but a task that has not looked since among them.
  public var observations: Int
  public var listener: ListenerStatus
}

/// What the pool counts.
struct PoolCounts: Sendable {
  var opened = 0
  var closed = 0
  var waits = 0
  var waitedNanoseconds: UInt64 = 0
  var waitsInVain = 0
}

extension Database {
  /// Counts for dashboards; no query is run.
  ///
  /// Where ``DatabaseStatistics/waits`` grows, more connections are wanted than the pool may have, or transactions take long.
  public func statistics() -> DatabaseStatistics {
    var statistics = pool.statistics(listener.status)
    statistics.observations = changes.count
    return statistics
  }
}

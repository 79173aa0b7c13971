// How a database is opened.

/// Settings of a database; the defaults are what a server or an app wants.
public struct Configuration: Sendable {
  public enum Access: Sendable, Hashable {
    /// Created when it does not exist.
    case readWrite
    case readOnly
  }

  /// How hard a commit is pushed to the disk (SQLite, pragma.html, `synchronous`).
  public enum Synchronous: String, Sendable, Hashable {
    /// In WAL mode a power failure may undo the latest commits; the database stays consistent.
    case normal = "NORMAL"
    case full = "FULL"
    case off = "OFF"
  }

  public var access = Access.readWrite
  /// Connections that read while another writes; databases in memory have one connection for everything.
  public var readers = 4
  /// How long a statement waits for another process's lock.
  public var busyTimeout = Duration.seconds(5)
  /// SQLite's own default is off.
  public var enforcesForeignKeys = true
  public var synchronous = Synchronous.normal
  /// SQL that every new connection runs first, such as `PRAGMA cache_size = -65536`.
  public var connectionSetup = ""

  public init() {}
}

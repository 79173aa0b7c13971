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

  /// Runs first on every new connection, before anything is read from the file.
  public var prepare: (@Sendable (RawConnection) throws -> Void)?
  /// The key of an encrypted database: for builds of SQLite that encrypt, see <doc:Operations>.
  public var encryptionKey: EncryptionKey?
  /// After a commit that leaves more pages than this in the write-ahead log, it is copied into the database without
  /// waiting for anyone; 0 switches that off. SQLite's own default is the same.
  public var walCheckpointPages = 1000
  /// Bytes above which the write-ahead log is started over even if that means waiting for readers, and to which its
  /// file is cut then; nil for no limit.
  public var walSizeLimit: Int64? = 64 << 20

  public init() {}
}

// How a database is opened.

/// Settings of a database; the defaults are what a server or an app wants.
///
/// | setting | default | SQLite's own |
/// |---|---|---|
/// | ``enforcesForeignKeys`` | on | off |
/// | ``acceptsDoubleQuotedStrings`` | no | yes, unless compiled otherwise |
/// | ``journal`` | WAL | a rollback journal |
/// | ``synchronous`` | NORMAL | FULL |
/// | ``busyTimeout`` | 5 s | none: an error at once |
/// | ``walCheckpointPages`` | 1000, out of the committing task's way | 1000, within the commit |
/// | ``walSizeLimit`` | 64 MiB | none |
/// | ``cache``, ``memoryMap``, ``temporaryStore`` | SQLite's | 2 MB a connection, none, a file |
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
    /// With a rollback journal also its folder.
    case extra = "EXTRA"
    case off = "OFF"
  }

  /// How a transaction can be undone (SQLite, pragma.html, `journal_mode`).
  public enum Journal: String, Sendable, Hashable {
    /// Readers do not wait for the writer, nor it for them; kept in the file. Not for network file systems.
    case wal = "WAL"
    case delete = "DELETE"
    case truncate = "TRUNCATE"
    case persist = "PERSIST"
    /// A crash in the middle of a transaction leaves a corrupt file.
    case memory = "MEMORY"
    /// As the file is.
    case unchanged
  }

  /// Memory for pages that were read, for each connection (SQLite, pragma.html, `cache_size`).
  public enum Cache: Sendable, Hashable {
    case standard
    case pages(Int)
    case kibibytes(Int)
  }

  /// Where temporary tables, and the rows that are sorted, go (SQLite, pragma.html, `temp_store`).
  public enum TemporaryStore: String, Sendable, Hashable {
    case standard = "DEFAULT"
    case file = "FILE"
    case memory = "MEMORY"
  }

  /// A library that is loaded into each connection (SQLite, loadext.html). Only what stands here is loaded: SQL cannot.
  public struct Extension: Sendable, Hashable {
    /// Of the file, with its folder.
    public var path: String
    /// The function that is called; SQLite derives it from the file's name when there is none.
    public var entryPoint: String?
    public init(path: String, entryPoint: String? = nil) {
      self.path = path
      self.entryPoint = entryPoint
    }
  }

  public var access = Access.readWrite
  /// Connections that read while another writes; databases in memory have one connection for everything.
  public var readers = 4
  /// How long a statement waits for another process's lock.
  public var busyTimeout = Duration.seconds(5)
  /// How long the closure of ``Database/portableTransaction(attempts:_:)`` may await something else than its statements: it
  /// holds the connection meanwhile.
  public var longestPauseInTransaction = Duration.seconds(10)
  public var enforcesForeignKeys = true
  /// Does `"text"` that is no column mean a string? Misspelt columns then become strings (SQLite, quirks.html §8).
  public var acceptsDoubleQuotedStrings = false
  public var journal = Journal.wal
  public var synchronous = Synchronous.normal
  public var cache = Cache.standard
  /// Bytes of the file that are mapped into memory instead of being read. An I/O error is then a signal that ends the
  /// process (SQLite, mmap.html).
  public var memoryMap = 0
  public var temporaryStore = TemporaryStore.standard
  /// Loaded into each connection, in this order.
  public var extensions: [Extension] = []
  /// SQL that every new connection runs first, such as `PRAGMA analysis_limit = 400`.
  public var connectionSetup = ""
  /// How often observations look whether another process, or another ``Database``, has changed the file; nil for never.
  public var observesOthersEvery: Duration?

  /// Runs first on every new connection, before anything is read from the file.
  public var prepare: (@Sendable (RawConnection) throws -> Void)?
  /// The key of an encrypted database: for builds of SQLite that encrypt, see <doc:Operations>.
  public var encryptionKey: EncryptionKey?
  /// Who is told of statements and transactions, see <doc:Observability>; with none that costs nothing.
  public var instruments: [any DatabaseInstrument] = []
  public var instrumentOptions = InstrumentOptions()
  /// Functions and collating sequences written in Swift, see <doc:Extending>.
  public var functions: [SQLFunction] = []
  public var collations: [SQLCollation] = []
  /// After a commit that leaves more pages than this in the write-ahead log, it is copied into the database without
  /// waiting for anyone; 0 switches that off. SQLite's own default is the same. The task that committed does not wait for
  /// it; the next one that writes does.
  public var walCheckpointPages = 1000
  /// Bytes above which the write-ahead log is started over even if that means waiting for readers, and to which its
  /// file is cut then; nil for no limit.
  public var walSizeLimit: Int64? = 64 << 20

  public init() {}
}

// What `migrate` and `schema` need of an engine: the databases of applications, migrated and compared as the engine's runtime
// library does it.

public import SQLCModel

/// Reaches the databases of one engine.
public protocol DatabaseAccess: Sendable {
  /// What `--database` names, for people.
  var nameMeaning: String { get }

  /// The database where `--database` is not given; nothing when it must be.
  var usualName: String? { get }

  /// The name as it may be shown: without a password.
  func shown(_ name: String) -> String

  /// - Parameter name: what `--database` says: a file, or an address.
  /// - Throws: what is wrong with it, to be shown.
  func open(_ name: String, for use: DatabaseUse) async throws -> any MigratedDatabase

  /// The definitions that migrations make in an empty database, in an order in which they can be run.
  func definitions(madeBy migrations: [MigrationModel]) throws -> [String]
}

/// What a command does with a database.
public enum DatabaseUse: Sendable, Hashable {
  /// One that is not there is looked at as an empty one, and is not made.
  case looking
  /// It must be there, and is only read.
  case comparing
  /// One that is not there is made.
  case changing
  /// It must be there.
  case mending
}

/// A database of an application, open.
public protocol MigratedDatabase: Sendable {
  /// What is said of one that is not there, and is looked at as an empty one.
  var absence: String? { get }

  /// What is recorded of each migration, and what is recorded that is none of them; nothing is changed.
  func records(of migrations: [MigrationModel]) async throws -> [MigrationRecord]

  /// Brings the database to a version: later migrations are applied, or earlier ones taken back.
  ///
  /// - Parameter progress: told before each step.
  func migrate(
    _ migrations: [MigrationModel], to destination: MigrationDestination, _ conduct: MigrationConduct,
    _ order: MigrationOrderPolicy, progress: @escaping @Sendable (MigrationStep) -> Void
  ) async throws -> MigrationResult

  /// Records the migrations up to a version as applied, for a database that has their schema by other means.
  ///
  /// - Parameter version: absent: as the table of another tool says.
  func baseline(_ migrations: [MigrationModel], at version: String?) async throws -> BaselineResult

  /// Throws what `baseline` would, and changes nothing, on a database that was opened to be compared.
  func confirmBaseline(_ migrations: [MigrationModel], at version: String?) async throws

  /// What the database lacks and what it has besides, against the schema that the migrations make, for people.
  func differences(from migrations: [MigrationModel]) async throws -> [String]

  func close() async
}

extension MigratedDatabase {
  /// For an engine whose databases are not changed by opening them.
  public func confirmBaseline(_ migrations: [MigrationModel], at version: String?) async throws {}
}

/// Where migrating ends.
public enum MigrationDestination: Sendable, Hashable {
  case latest
  /// That version is the last one applied.
  case version(String)
  /// Nothing is applied.
  case empty
}

/// Is it done, or only said?
public enum MigrationConduct: Sendable, Hashable { case performed, rehearsed }

/// May a migration be applied that is older than one that is applied?
public enum MigrationOrderPolicy: Sendable, Hashable { case strict, any }

public enum MigrationStep: Sendable, Hashable {
  /// The version table of another tool is taken over.
  case adopting(tool: String, count: Int)
  case applying(version: String, name: String)
  case reverting(version: String, name: String)
}

/// The versions that were applied or reverted, or would be, in order.
public struct MigrationResult: Sendable, Hashable {
  public var applied: [String]
  public var reverted: [String]

  public init(applied: [String], reverted: [String]) {
    self.applied = applied
    self.reverted = reverted
  }
}

/// What a baseline recorded.
public struct BaselineResult: Sendable, Hashable {
  public var recorded: [String]
  /// What another tool had noted, for people.
  public var found: String?

  public init(recorded: [String], found: String?) {
    self.recorded = recorded
    self.found = found
  }
}

/// One migration, and what a database has recorded of it.
public struct MigrationRecord: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    case pending, applied
    /// Applied, and its statements are others now.
    case edited
    /// Applied, and the project does not have it.
    case unknown
    /// Stopped behind so many of its statements; migrating goes on there.
    case halfApplied(done: Int)
    case halfReverted(done: Int)
    /// Stopped behind so many of its statements, which are others now: migrating does not go on.
    case halfDoneAndEdited(done: Int)
    /// Begun by an earlier release, which did not note how far it came.
    case unfinished
    /// A snapshot of which the database has a part: it is refused.
    case beforeSnapshot(missing: [String])
  }

  public var version: String
  public var name: String
  public var state: State
  /// `YYYY-MM-DD HH:MM:SS`, UTC.
  public var appliedAt: String?

  public init(version: String, name: String, state: State, appliedAt: String? = nil) {
    self.version = version
    self.name = name
    self.state = state
    self.appliedAt = appliedAt
  }
}

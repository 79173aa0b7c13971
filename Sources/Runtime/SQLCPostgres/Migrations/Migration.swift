// What migrations are, for whoever imports this runtime: the same types for all databases.

// Exported, since generated code and applications say `Migration` and `DatabaseSchema`, and import the runtime only.
@_exported public import SQLCRuntimeKit

/// Why the schema was not migrated.
public typealias MigrationError = MigrationFailure<DatabaseError>

/// How migrating goes about it.
public struct MigrationOptions: Sendable {
  /// Says what would be done, and does nothing.
  public var isDryRun = false
  /// Are migrations applied that are older than one that is applied already?
  public var order = MigrationOrder.strict
  /// How long another process may hold the lock that migrating takes, migration by migration.
  public var lockTimeout = Duration.seconds(60)
  /// How long a statement waits for the lock of a table (`lock_timeout`); nil for as long as it takes. While it waits, all who
  /// want the table after it wait behind it. A migration can set another one for itself; `CONCURRENTLY`, for which nobody waits,
  /// has none.
  public var tableLockTimeout: Duration? = .seconds(5)
  /// How often a migration is tried at most that did not get a table's lock in that time. It is undone in between, and others
  /// have their turn.
  public var tableLockAttempts = 5
  /// Called before each step.
  public var progress: @Sendable (MigrationStep) -> Void = { _ in }

  public init() {}
}

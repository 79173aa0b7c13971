// Migrating and verifying, as applications call it.

import CSQLite
import SQLCRuntimeKit
import SQLCSQLiteHandle

extension Database {
  /// Brings the database to a version of the schema: later migrations are applied, or earlier ones taken back.
  ///
  /// Each migration is one transaction with the record of it, and with the write lock held: of two processes that start at
  /// once one migrates and the other waits. (Where it asks for none and has a statement that SQLite refuses in one, it is
  /// several, and goes on behind the last one when it was stopped.) Foreign keys are not enforced meanwhile, so that tables
  /// can be rebuilt, and are checked before each commit. Which versions are applied is kept in the table
  /// `sqlc_schema_migrations`; the version table of goose, golang-migrate, dbmate, sql-migrate or tern is taken over once
  /// and kept up to date.
  ///
  /// - Throws: ``MigrationError``; the database is then as it was before the migration that failed.
  @discardableResult
  public func migrate<S: DatabaseSchema>(
    _ schema: S.Type, to target: MigrationTarget = .latest, options: MigrationOptions = MigrationOptions()
  ) async throws(MigrationError) -> MigrationSummary {
    try await migrate(S.migrations, to: target, options: options)
  }

  /// The same with migrations at hand.
  @discardableResult
  public func migrate(
    _ migrations: [Migration], to target: MigrationTarget = .latest, options: MigrationOptions = MigrationOptions()
  ) async throws(MigrationError) -> MigrationSummary {
    try await migrating { core in try Migrator(core, migrations, options).run(to: target) }
  }

  /// The versions that are applied, in the order of the migrations; nothing is changed.
  public func appliedVersions(of migrations: [Migration]) async throws(MigrationError) -> [String] {
    try await migrationStatus(of: migrations).filter { $0.state == .applied || $0.state == .edited }
      .map(\.version).filter(Set(migrations.map(\.version)).contains)
  }

  /// What is recorded of each migration, and what is recorded that the code does not know; nothing is changed.
  public func migrationStatus(of migrations: [Migration]) async throws(MigrationError) -> [MigrationStatus] {
    try await migrating { core in
      let versionTable = VersionTable(database: core.database)
      var adopted: [Migration] = []
      if try !versionTable.has("sqlc_schema_migrations"), let record = try versionTable.foreignRecord() {
        adopted = try record.adopted(migrations, as: MigrationError.self)
      }
      return MigrationHistory(migrations, try versionTable.applied()).statuses(adopted: adopted)
    }
  }

  /// Records migrations as applied, for a database that has got their schema by other means. The schema is compared first.
  ///
  /// - Parameter version: the last one that is recorded; absent: what the table of goose, golang-migrate, dbmate, sql-migrate
  ///   or tern says. Where there is such a table, it has to say the same; golang-migrate's mark of a migration that stopped
  ///   inside is taken away when the schema is that of `version`.
  /// - Throws: ``MigrationFailure/mismatch(differences:)`` when the database does not have that schema;
  ///   ``MigrationFailure/hasHistory(version:)`` when some migration is recorded already;
  ///   ``MigrationFailure/otherHistory(_:)`` when the table of another tool says something else.
  @discardableResult
  public func baseline<S: DatabaseSchema>(
    _ schema: S.Type, at version: String? = nil
  ) async throws(MigrationError) -> BaselineSummary {
    try await baseline(S.migrations, at: version)
  }

  /// The same with migrations at hand.
  @discardableResult
  public func baseline(
    _ migrations: [Migration], at version: String? = nil
  ) async throws(MigrationError) -> BaselineSummary {
    let (taken, found) = try await confirmed(migrations, at: version)
    try await migrating { core in try Migrator(core, migrations, MigrationOptions()).adopt(taken) }
    return BaselineSummary(recorded: taken.map(\.version), found: found)
  }

  /// What ``baseline(_:at:)-([Migration],_)`` would record. Nothing is changed, so that the database can be open for reading only.
  public func rehearseBaseline(
    _ migrations: [Migration], at version: String? = nil
  ) async throws(MigrationError) -> BaselineSummary {
    let (taken, found) = try await confirmed(migrations, at: version)
    return BaselineSummary(recorded: taken.map(\.version), found: found)
  }

  /// The migrations that a baseline is about, once the schema is theirs.
  private func confirmed(
    _ migrations: [Migration], at version: String?
  ) async throws(MigrationError) -> (migrations: [Migration], found: ToolHistory?) {
    let (taken, found) = try await migrating { core in
      try Migrator(core, migrations, MigrationOptions()).taken(at: version)
    }
    let differences = try await schemaDifferences(from: taken)
    if differences.isEmpty { return (taken, found) }
    // A database that has the last step can have what is repeated after it.
    if let all = taken.withRepeatables(of: migrations), try await schemaDifferences(from: all).isEmpty {
      return (all, found)
    }
    throw .mismatch(differences: differences)
  }

  /// What goose, golang-migrate, dbmate, sql-migrate or tern has noted of its migrations in this database; nothing where it
  /// has no table of theirs. Nothing is changed.
  public func toolHistory() async throws(MigrationError) -> ToolHistory? {
    try await migrating { core in try VersionTable(database: core.database).foreignRecord()?.history }
  }

  /// A database in memory as it was at a version: for tests that open an old one.
  public static func inMemory<S: DatabaseSchema>(
    migratedTo target: MigrationTarget = .latest, _ schema: S.Type, configuration: Configuration = .init()
  ) async throws -> Database {
    let database = try await inMemory(configuration: configuration)
    try await database.migrate(schema, to: target)
    return database
  }

  func migrating<T: Sendable>(
    _ body: @Sendable (ConnectionCore) throws -> T
  ) async throws(MigrationError) -> T {
    do {
      return try await onWriter(body)
    } catch let error as MigrationError {
      throw error
    } catch let error as DatabaseError {
      throw .database(error)
    } catch let failure as SQLiteFailure {
      throw .database(DatabaseError(failure, query: nil))
    } catch {
      // Nothing but the runtime throws in there.
      throw .database(DatabaseError(kind: .misuse, message: "\(error)"))
    }
  }
}

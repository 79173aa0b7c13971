// Migrating, as applications call it.

import SQLCRuntimeKit

extension Database {
  /// Brings the database to a version of the schema: later migrations are applied, or earlier ones taken back.
  ///
  /// Each migration is one transaction with the record of it, and with an advisory lock held: of several processes that start
  /// at once one migrates and the others wait. One that asks for none (`-- +goose NO TRANSACTION`) is a transaction for each
  /// statement, or none where PostgreSQL refuses one (`CREATE INDEX CONCURRENTLY`), and goes on behind the last one when it was
  /// stopped. Which versions are applied is kept in the table `sqlc_schema_migrations`; the version table of goose,
  /// golang-migrate, dbmate, sql-migrate or tern is taken over once and kept up to date.
  ///
  /// It is done on a connection of its own, with no `statement_timeout`, and with a `lock_timeout` of
  /// ``MigrationOptions/tableLockTimeout``.
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
    defer { pool.types.markStale() }
    return try await migrating(options) { session in try await Migrator(session, migrations).run(to: target) }
  }

  /// The versions that are applied, in the order of the migrations; nothing is changed.
  public func appliedVersions(of migrations: [Migration]) async throws(MigrationError) -> [String] {
    try await migrationStatus(of: migrations).filter { $0.state == .applied || $0.state == .edited }
      .map(\.version).filter(Set(migrations.map(\.version)).contains)
  }

  /// What is recorded of each migration, and what is recorded that the code does not know; nothing is changed.
  public func migrationStatus(of migrations: [Migration]) async throws(MigrationError) -> [MigrationStatus] {
    try await migrating(MigrationOptions()) { session in try await Migrator(session, migrations).statuses() }
  }

  /// Records migrations as applied, for a database that has got their schema by other means. The schema is compared first.
  ///
  /// - Parameters:
  ///   - version: the last one that is recorded; absent: what the table of goose, golang-migrate, dbmate, sql-migrate or tern
  ///     says. Where there is such a table, it has to say the same; golang-migrate's mark of a migration that stopped inside is
  ///     taken away when the schema is that of `version`.
  ///   - scratch: as with ``schemaDifferences(from:additions:scratch:)``.
  /// - Throws: ``MigrationFailure/mismatch(differences:)`` when the database does not have that schema;
  ///   ``MigrationFailure/hasHistory(version:)`` when some migration is recorded already;
  ///   ``MigrationFailure/otherHistory(_:)`` when the table of another tool says something else.
  @discardableResult
  public func baseline<S: DatabaseSchema>(
    _ schema: S.Type, at version: String? = nil, scratch: ConnectionOptions? = nil
  ) async throws(MigrationError) -> BaselineSummary {
    try await baseline(S.migrations, at: version, scratch: scratch)
  }

  /// The same with migrations at hand.
  @discardableResult
  public func baseline(
    _ migrations: [Migration], at version: String? = nil, scratch: ConnectionOptions? = nil
  ) async throws(MigrationError) -> BaselineSummary {
    let (named, found) = try await migrating(MigrationOptions()) { session in
      try await Migrator(session, migrations).taken(at: version)
    }
    var taken = named
    let differences = try await schemaDifferences(from: taken, scratch: scratch)
    if !differences.isEmpty {
      // A database that has the last step can have what is repeated after it.
      guard let all = named.withRepeatables(of: migrations),
        try await schemaDifferences(from: all, scratch: scratch).isEmpty
      else { throw .mismatch(differences: differences) }
      taken = all
    }
    let adopted = taken
    try await migrating(MigrationOptions()) { session in try await Migrator(session, migrations).adopt(adopted) }
    return BaselineSummary(recorded: adopted.map(\.version), found: found)
  }

  /// What goose, golang-migrate, dbmate, sql-migrate or tern has noted of its migrations in this database; nothing where it
  /// has no table of theirs. Nothing is changed.
  public func toolHistory() async throws(MigrationError) -> ToolHistory? {
    try await migrating(MigrationOptions()) { session in
      try await VersionTable(session.connection, session.tables).foreignRecord()?.history
    }
  }

  func migrating<T: Sendable>(
    _ options: MigrationOptions, _ body: (MigrationSession) async throws -> T
  ) async throws(MigrationError) -> T {
    do {
      try TransactionMark.check(self, "migrate")
      // It is closed when nobody has it any more, and with it go its transaction and its locks.
      return try await body(MigrationSession(pool.openOwn(), pool.configuration, options))
    } catch {
      throw migrationError(error)
    }
  }
}

func migrationError(_ error: any Error) -> MigrationError {
  switch error {
  case let error as MigrationError: error
  case let error as DatabaseError: .database(error)
  case is CancellationError: .database(.cancelled("migrate"))
  // Nothing but the runtime throws in there.
  default: .database(DatabaseError(kind: .misuse, message: "\(error)"))
  }
}

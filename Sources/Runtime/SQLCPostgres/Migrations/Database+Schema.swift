// Has the database the schema that the code was generated for?

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

extension Database {
  /// Opens a database that has the schema that the code was generated for, or says what is different.
  ///
  /// ```swift
  /// let database = try await Database.open("postgres://app@db.internal/agents", schema: Schema.self)
  /// ```
  ///
  /// The migrations are applied to a scratch database, see ``schemaDifferences(from:additions:scratch:)``: that is for tests and
  /// for release checks rather than for every start of a server. To bring the database to the schema instead, open it without and
  /// call ``migrate(_:to:options:)-(S.Type,_,_)``.
  ///
  /// - Throws: ``MigrationFailure/mismatch(differences:)``, the differences in words; ``MigrationFailure/database(_:)`` when it
  ///   cannot be opened.
  public static func open<S: DatabaseSchema>(
    _ options: ConnectionOptions = .environment, schema: S.Type, additions: SchemaAdditions = .none,
    scratch: ConnectionOptions? = nil, configuration: Configuration = .init()
  ) async throws(MigrationError) -> Database {
    let database: Database
    do throws(DatabaseError) {
      database = try await open(options, configuration: configuration)
    } catch {
      throw .database(error)
    }
    do throws(MigrationError) {
      try await database.verifySchema(schema, additions: additions, scratch: scratch)
    } catch {
      await database.close()
      throw error
    }
    return database
  }

  /// Throws ``MigrationFailure/mismatch(differences:)`` when the database does not have the schema that its migrations make,
  /// for those who migrate by other means.
  public func verifySchema<S: DatabaseSchema>(
    _ schema: S.Type, additions: SchemaAdditions = .none, scratch: ConnectionOptions? = nil
  ) async throws(MigrationError) {
    let differences = try await schemaDifferences(from: S.migrations, additions: additions, scratch: scratch)
    if !differences.isEmpty { throw .mismatch(differences: differences) }
  }

  /// What the database lacks and what it has besides, against the schema that all of the migrations make; empty when they
  /// are the same.
  ///
  /// Compared are tables with their columns, defaults, constraints and partitions, indexes, views, triggers, rules, policies,
  /// functions and procedures, enumerations, domains, composites and ranges, sequences, statistics, schemas and extensions: what
  /// the server's catalogue says of them. Comments, owners, rights, storage, and the order of columns make no difference.
  ///
  /// - Parameter scratch: A server on which the role may create databases: the migrations are applied to one that is dropped
  ///   again. Where it is not given it is the database's own server. One of another major version may write definitions
  ///   differently.
  public func schemaDifferences(
    from migrations: [Migration], additions: SchemaAdditions = .none, scratch: ConnectionOptions? = nil
  ) async throws(MigrationError) -> [String] {
    do {
      try TransactionMark.check(self, "verifySchema")
      let connection = try await pool.openOwn()
      let searchPath = try await connection.texts("SHOW search_path").first?.first.flatMap { $0 } ?? ""
      let server = try pool.recipe(for: scratch)
      let wanted = try await schema(madeBy: migrations, on: server, searchPath)
      var found = try await connection.schemaSnapshot()
      switch additions {
      case .none: break
      case .objects: found = found.withoutObjects(unknownTo: wanted)
      }
      let differences = found.differences(from: wanted)
      if differences.isEmpty { return [] }
      return try await unapplied(migrations, connection) + differences
    } catch {
      throw migrationError(error)
    }
  }

  private func schema(
    madeBy migrations: [Migration], on server: ConnectionRecipe, _ searchPath: String
  ) async throws -> SchemaSnapshot {
    let scratch = try await ScratchDatabase(on: server, searchPath: searchPath)
    do {
      let session = try await MigrationSession(
        scratch.recipe.open(), scratch.recipe.configuration, MigrationOptions())
      _ = try await Migrator(session, migrations).run(to: .latest)
      let snapshot = try await session.connection.schemaSnapshot()
      await scratch.drop()
      return snapshot
    } catch {
      await scratch.drop()
      throw error
    }
  }

  /// Of a database with a version table, the migrations that are not in it.
  private func unapplied(_ migrations: [Migration], _ connection: Connection) async throws -> [String] {
    let table = VersionTable(connection, try await VersionTables(connection))
    let applied = Set(try await table.applied().map(\.version))
    if applied.isEmpty { return [] }
    return migrations.filter { !applied.contains($0.version) }.map { "missing: migration \($0.version) (\($0.name))" }
  }
}

extension Connection {
  /// The schema of the connection's database.
  func schemaSnapshot() async throws(DatabaseError) -> SchemaSnapshot {
    var rows: [[String?]] = []
    try await texts("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    for statement in SchemaCatalog.statements(versionTables: MigrationTool.versionTables) {
      rows = try await texts(statement)
    }
    try await texts("COMMIT")
    return SchemaSnapshot(rows)
  }
}

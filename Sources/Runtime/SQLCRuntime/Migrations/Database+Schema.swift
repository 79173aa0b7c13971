// Has the database the schema that the code was generated for?

import SQLCRuntimeKit
import SQLCSQLiteHandle

extension Database {
  /// Opens a database that has the schema that the code was generated for, or says what is different.
  ///
  /// ```swift
  /// let database = try await Database.open("station.db", schema: Schema.self)
  /// ```
  ///
  /// The schema that the migrations make, in a database in memory, is compared with the one that is found, once:
  /// opening takes longer by applying them there. To bring the database to the schema instead, open it without and call
  /// ``migrate(_:to:options:)``.
  ///
  /// - Throws: ``MigrationFailure/mismatch(differences:)``, the differences in words; ``MigrationError/database(_:)`` when it
  ///   cannot be opened.
  public static func open<S: DatabaseSchema>(
    _ path: String, schema: S.Type, additions: SchemaAdditions = .none, configuration: Configuration = .init()
  ) async throws(MigrationError) -> Database {
    let database: Database
    do throws(DatabaseError) {
      database = try await open(path, configuration: configuration)
    } catch {
      throw .database(error)
    }
    do throws(MigrationError) {
      try await database.verifySchema(schema, additions: additions)
    } catch {
      await database.close()
      throw error
    }
    return database
  }

  /// Throws ``MigrationFailure/mismatch(differences:)`` when the database does not have the schema that its migrations make,
  /// for those who migrate by other means.
  public func verifySchema<S: DatabaseSchema>(
    _ schema: S.Type, additions: SchemaAdditions = .none
  ) async throws(MigrationError) {
    let differences = try await schemaDifferences(from: S.migrations, additions: additions)
    if !differences.isEmpty { throw .mismatch(differences: differences) }
  }

  /// What the database lacks and what it has besides, against the schema that all of the migrations make; empty when they
  /// are the same.
  public func schemaDifferences(
    from migrations: [Migration], additions: SchemaAdditions = .none
  ) async throws(MigrationError) -> [String] {
    // Migrations may use what the application adds to SQL.
    var extended = Configuration()
    extended.functions = configuration.functions
    extended.collations = configuration.collations
    extended.extensions = configuration.extensions
    let recipe = ConnectionRecipe(path: ":memory:", role: .only, configuration: extended)
    return try await migrating { core in
      let wanted = try recipe.open()
      _ = try Migrator(wanted, migrations, MigrationOptions()).run(to: .latest)
      let schema = try SchemaSnapshot(of: wanted.database)
      var found = try SchemaSnapshot(of: core.database)
      switch additions {
      case .none: break
      case .objects: found = found.withoutObjects(unknownTo: schema)
      }
      let differences = found.differences(from: schema)
      if differences.isEmpty { return [] }
      return try unapplied(migrations, core) + differences
    }
  }
}

/// Of a database with a version table, the migrations that are not in it.
private func unapplied(_ migrations: [Migration], _ core: ConnectionCore) throws(SQLiteFailure) -> [String] {
  let applied = Set(try VersionTable(database: core.database).applied().map(\.version))
  if applied.isEmpty { return [] }
  return migrations.filter { !applied.contains($0.version) }.map { "missing: migration \($0.version) (\($0.name))" }
}

// The version tables of other tools, which are taken over.

/// Tools whose version table is understood. Their tables are kept up to date, so that they still work.
package enum MigrationTool: String, Sendable, CaseIterable {
  case goose
  case golangMigrate = "golang-migrate"
  case dbmate
  case sqlMigrate = "sql-migrate"
  case tern

  /// Tables of migration tools, by name in lower case: no part of a schema.
  package static let versionTables: Set<String> = [
    "sqlc_schema_migrations", "goose_db_version", "schema_migrations", "gorp_migrations", "schema_version",
    "atlas_schema_revisions", "flyway_schema_history", "_prisma_migrations", "__diesel_schema_migrations",
    "_sqlx_migrations",
  ]

  /// Tables that hold numbers have no place for another version, nor any for one that is applied again when it changes.
  package func records(_ migration: Migration) -> Bool {
    switch self {
    case .goose, .golangMigrate, .tern: isNumber(migration.version) && !migration.isRepeatable
    case .dbmate, .sqlMigrate: true
    }
  }

  /// What the tool's table says of a migration that is applied; nothing where it has no place for it.
  package func key(of migration: Migration) -> String? {
    guard records(migration) else { return nil }
    return switch self {
    case .goose, .golangMigrate, .tern: migration.version
    case .dbmate: leadingDigits(of: migration.name) ?? migration.version
    case .sqlMigrate: migration.name + ".sql"
    }
  }

  /// All that the tool's table may say of a migration and, of a snapshot, of what it holds.
  package func keys(of migration: Migration) -> [String] {
    guard records(migration) else { return [] }
    return ([(migration.version, migration.name)] + migration.squashed.map { ($0.version, $0.name) }).flatMap {
      (version, name) -> [String] in
      switch self {
      case .goose, .golangMigrate, .tern: isNumber(version) ? [version] : []
      case .dbmate: [version, leadingDigits(of: name) ?? version]
      case .sqlMigrate: [name + ".sql"]
      }
    }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

private func isNumber(_ version: String) -> Bool { !version.isEmpty && version.utf8.allSatisfy(isDigit) }

/// What dbmate keeps: the digits that the file's name begins with, zeros and all.
private func leadingDigits(of name: String) -> String? {
  let digits = name.utf8.prefix(while: isDigit)
  return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
}

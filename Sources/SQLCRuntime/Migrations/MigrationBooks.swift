// The table that says which migrations were applied, and those of other tools, which are taken over.

import SQLCSQLiteHandle

/// One line of the books.
struct AppliedMigration: Sendable, Hashable {
  var version: String
  var checksum: String?
  var isFinished: Bool
}

/// Tools whose version table is understood. Their tables are kept up to date, so that they still work.
enum MigrationTool: String, Sendable, CaseIterable {
  case goose
  case golangMigrate = "golang-migrate"
  case dbmate
  case sqlMigrate = "sql-migrate"
  case tern
}

/// The books of one database.
struct MigrationBooks {
  let database: DatabaseHandle

  static let create = """
    CREATE TABLE IF NOT EXISTS sqlc_schema_migrations (
      version TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT, finished_at TEXT
    )
    """

  func has(_ table: String) throws(SQLiteFailure) -> Bool {
    try !database.texts("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", [table]).isEmpty
  }

  func applied() throws(SQLiteFailure) -> [AppliedMigration] {
    guard try has("sqlc_schema_migrations") else { return [] }
    return try database.texts("SELECT version, checksum, finished_at FROM sqlc_schema_migrations").map {
      AppliedMigration(version: $0[0] ?? "", checksum: $0[1], isFinished: $0[2] != nil)
    }
  }

  func begin(_ migration: Migration) throws(SQLiteFailure) {
    _ = try database.texts(
      "INSERT INTO sqlc_schema_migrations (version, name, checksum) VALUES (?1, ?2, ?3)",
      [migration.version, migration.name, migration.checksum])
  }

  func finish(_ migration: Migration) throws(SQLiteFailure) {
    _ = try database.texts(
      "UPDATE sqlc_schema_migrations SET finished_at = strftime('%Y-%m-%d %H:%M:%S', 'now') WHERE version = ?1",
      [migration.version])
    switch try tool() {
    case .goose:
      _ = try database.texts(
        "INSERT INTO goose_db_version (version_id, is_applied) VALUES (CAST(?1 AS INTEGER), 1)", [migration.version])
    case .dbmate: _ = try database.texts("INSERT INTO schema_migrations (version) VALUES (?1)", [migration.version])
    case .golangMigrate:
      try database.execute("DELETE FROM schema_migrations")
      _ = try database.texts(
        "INSERT INTO schema_migrations (version, dirty) VALUES (CAST(?1 AS INTEGER), 0)", [migration.version])
    case .sqlMigrate:
      _ = try database.texts(
        "INSERT INTO gorp_migrations (id, applied_at) VALUES (?1 || '.sql', CURRENT_TIMESTAMP)", [migration.name])
    case .tern: _ = try database.texts("UPDATE schema_version SET version = CAST(?1 AS INTEGER)", [migration.version])
    case nil: break
    }
  }

  /// - Parameter previous: the version that is the last one applied afterwards.
  func remove(_ migration: Migration, previous: String?) throws(SQLiteFailure) {
    _ = try database.texts("DELETE FROM sqlc_schema_migrations WHERE version = ?1", [migration.version])
    switch try tool() {
    case .goose:
      _ = try database.texts(
        "DELETE FROM goose_db_version WHERE version_id = CAST(?1 AS INTEGER)", [migration.version])
    case .dbmate: _ = try database.texts("DELETE FROM schema_migrations WHERE version = ?1", [migration.version])
    case .golangMigrate:
      try database.execute("DELETE FROM schema_migrations")
      if let previous {
        _ = try database.texts(
          "INSERT INTO schema_migrations (version, dirty) VALUES (CAST(?1 AS INTEGER), 0)", [previous])
      }
    case .sqlMigrate: _ = try database.texts("DELETE FROM gorp_migrations WHERE id = ?1 || '.sql'", [migration.name])
    case .tern:
      _ = try database.texts("UPDATE schema_version SET version = CAST(?1 AS INTEGER)", [previous ?? "0"])
    case nil: break
    }
  }

  // MARK: Other tools

  /// Whose table there is.
  func tool() throws(SQLiteFailure) -> MigrationTool? {
    if try has("goose_db_version") { return .goose }
    if try has("gorp_migrations") { return .sqlMigrate }
    if try has("schema_version") { return .tern }
    guard try has("schema_migrations") else { return nil }
    let columns = try database.texts("SELECT name FROM pragma_table_info('schema_migrations')").compactMap { $0[0] }
    return columns.contains("dirty") ? .golangMigrate : .dbmate
  }

  /// The versions that another tool has applied, of those that the schema has.
  func adopted(from tool: MigrationTool, _ migrations: [Migration]) throws -> [Migration] {
    switch tool {
    case .goose:
      // Each row is an event; the latest counts.
      let rows = try database.texts("SELECT version_id, is_applied FROM goose_db_version ORDER BY id")
      var applied: [String: Bool] = [:]
      for row in rows { applied[row[0] ?? ""] = row[1] == "1" }
      return try known(applied.filter { $0.value && $0.key != "0" }.map(\.key), migrations)
    case .dbmate:
      return try known(
        try database.texts("SELECT version FROM schema_migrations").compactMap { $0[0] }, migrations)
    case .golangMigrate:
      guard let row = try database.texts("SELECT version, dirty FROM schema_migrations LIMIT 1").first,
        let version = row[0]
      else { return [] }
      if row[1] != "0" { throw MigrationError.dirty(tool: tool.rawValue, version: version) }
      return try through(version, migrations)
    case .tern:
      guard let version = try database.texts("SELECT version FROM schema_version LIMIT 1").first?[0], version != "0"
      else { return [] }
      return try through(version, migrations)
    case .sqlMigrate:
      let names = Set(
        try database.texts("SELECT id FROM gorp_migrations").compactMap { $0[0] }.map {
          $0.hasSuffix(".sql") ? String($0.dropLast(4)) : $0
        })
      return migrations.filter { names.contains($0.name) }
    }
  }

  private func known(_ versions: [String], _ migrations: [Migration]) throws -> [Migration] {
    // Leading zeros are no part of a version here.
    let wanted = Set(versions.map { $0.drop { $0 == "0" } })
    let found = migrations.filter { wanted.contains($0.version[...]) }
    if found.count < wanted.count {
      let missing = wanted.subtracting(found.map { $0.version[...] }).sorted().first ?? ""
      throw MigrationError.unknownVersion(String(missing))
    }
    return found
  }

  private func through(_ version: String, _ migrations: [Migration]) throws -> [Migration] {
    guard let index = migrations.firstIndex(where: { $0.version == version }) else {
      throw MigrationError.unknownVersion(version)
    }
    return Array(migrations[...index])
  }
}

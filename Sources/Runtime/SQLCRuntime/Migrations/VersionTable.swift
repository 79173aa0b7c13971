// The table that says which migrations were applied, and those of other tools, which are taken over.

import SQLCRuntimeKit
import SQLCSQLiteHandle

/// The version table of one database.
struct VersionTable {
  let database: DatabaseHandle

  /// `progress` counts the statements that are done while a migration that is not one transaction is applied
  /// (`finished_at` is not set) or taken back (it is).
  private static let create = """
    CREATE TABLE IF NOT EXISTS sqlc_schema_migrations (
      version TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT, finished_at TEXT, progress INTEGER
    )
    """

  func open() throws(SQLiteFailure) {
    try database.execute(Self.create)
    // Earlier releases made it without.
    if try !hasProgress() { try database.execute("ALTER TABLE sqlc_schema_migrations ADD COLUMN progress INTEGER") }
  }

  private func hasProgress() throws(SQLiteFailure) -> Bool {
    try !database.texts("SELECT 1 FROM pragma_table_info('sqlc_schema_migrations') WHERE name = 'progress'").isEmpty
  }

  func has(_ table: String) throws(SQLiteFailure) -> Bool {
    try !database.texts("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", [table]).isEmpty
  }

  func applied() throws(SQLiteFailure) -> [AppliedMigration] {
    guard try has("sqlc_schema_migrations") else { return [] }
    let progress = try hasProgress() ? "progress" : "NULL"
    return try database.texts(
      "SELECT version, name, checksum, finished_at, \(progress) FROM sqlc_schema_migrations ORDER BY rowid"
    ).map(AppliedMigration.init)
  }

  /// Has the database tables that are no tool's version table?
  func hasTables() throws(SQLiteFailure) -> Bool {
    try database.texts(
      "SELECT lower(name) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    .contains { !SchemaSnapshot.versionTables.contains($0[0] ?? "") }
  }

  /// A repeatable migration that was changed is there already.
  func begin(_ migration: Migration) throws(SQLiteFailure) {
    _ = try database.texts(
      "INSERT OR REPLACE INTO sqlc_schema_migrations (version, name, checksum, progress) VALUES (?1, ?2, ?3, 0)",
      [migration.version, migration.name, migration.checksum])
  }

  func note(done: Int, of migration: Migration) throws(SQLiteFailure) {
    _ = try database.texts(
      "UPDATE sqlc_schema_migrations SET progress = ?2 WHERE version = ?1", [migration.version, "\(done)"])
  }

  /// Noted as applied without being run.
  func adopt(_ migration: Migration) throws(SQLiteFailure) {
    _ = try database.texts(
      """
      INSERT INTO sqlc_schema_migrations (version, name, checksum, finished_at)
      VALUES (?1, ?2, ?3, strftime('%Y-%m-%d %H:%M:%S', 'now'))
      """, [migration.version, migration.name, migration.checksum])
  }

  /// The file was moved or renamed; it is still the same migration.
  func rename(_ version: String, to migration: Migration) throws(SQLiteFailure) {
    _ = try database.texts(
      "UPDATE sqlc_schema_migrations SET version = ?2, name = ?3 WHERE version = ?1",
      [version, migration.version, migration.name])
  }

  func finish(_ migration: Migration) throws(SQLiteFailure) {
    _ = try database.texts(
      """
      UPDATE sqlc_schema_migrations SET finished_at = strftime('%Y-%m-%d %H:%M:%S', 'now'), progress = NULL
      WHERE version = ?1
      """, [migration.version])
    try noteForTool(migration)
  }

  /// In the table of another tool, where there is one.
  func noteForTool(_ migration: Migration) throws(SQLiteFailure) {
    guard let tool = try tool(), let key = tool.key(of: migration) else { return }
    switch tool {
    case .goose:
      _ = try database.texts(
        "INSERT INTO goose_db_version (version_id, is_applied) VALUES (CAST(?1 AS INTEGER), 1)", [key])
    case .dbmate: _ = try database.texts("INSERT OR IGNORE INTO schema_migrations (version) VALUES (?1)", [key])
    case .golangMigrate: try setGolangMigrate(to: key)
    case .sqlMigrate:
      _ = try database.texts(
        "INSERT OR IGNORE INTO gorp_migrations (id, applied_at) VALUES (?1, CURRENT_TIMESTAMP)", [key])
    case .tern: _ = try database.texts("UPDATE schema_version SET version = CAST(?1 AS INTEGER)", [key])
    }
  }

  /// Of a snapshot, what it holds too.
  ///
  /// - Parameter previous: the version that is the last one applied afterwards.
  func remove(_ migration: Migration, previous: String?) throws(SQLiteFailure) {
    for version in [migration.version] + migration.squashed.map(\.version) {
      _ = try database.texts("DELETE FROM sqlc_schema_migrations WHERE version = ?1", [version])
    }
    guard let tool = try tool(), tool.records(migration) else { return }
    switch tool {
    case .goose: try delete("goose_db_version WHERE version_id = CAST(?1 AS INTEGER)", tool.keys(of: migration))
    case .dbmate: try delete("schema_migrations WHERE version = ?1", tool.keys(of: migration))
    case .golangMigrate: try setGolangMigrate(to: previous)
    case .sqlMigrate: try delete("gorp_migrations WHERE id = ?1", tool.keys(of: migration))
    case .tern:
      _ = try database.texts("UPDATE schema_version SET version = CAST(?1 AS INTEGER)", [previous ?? "0"])
    }
  }

  private func delete(_ rows: String, _ keys: [String]) throws(SQLiteFailure) {
    for key in keys { _ = try database.texts("DELETE FROM " + rows, [key]) }
  }

  private func setGolangMigrate(to version: String?) throws(SQLiteFailure) {
    try database.execute("DELETE FROM schema_migrations")
    guard let version else { return }
    _ = try database.texts(
      "INSERT INTO schema_migrations (version, dirty) VALUES (CAST(?1 AS INTEGER), 0)", [version])
  }

  /// The database is as far as these migrations are: golang-migrate's mark of one that stopped inside is taken away.
  func clearMarks(_ taken: [Migration]) throws(SQLiteFailure) {
    guard let record = try foreignRecord(), record.history.dirty != nil else { return }
    try setGolangMigrate(to: taken.compactMap { record.tool.key(of: $0) }.last)
  }

  // MARK: Other tools

  /// Whose table there is.
  private func tool() throws(SQLiteFailure) -> MigrationTool? {
    if try has("goose_db_version") { return .goose }
    if try has("gorp_migrations") { return .sqlMigrate }
    if try has("schema_version") { return .tern }
    guard try has("schema_migrations") else { return nil }
    let columns = try database.texts("SELECT name FROM pragma_table_info('schema_migrations')").compactMap { $0[0] }
    return columns.contains("dirty") ? .golangMigrate : .dbmate
  }

  /// What its table says.
  func foreignRecord() throws(SQLiteFailure) -> ForeignRecord? {
    guard let tool = try tool() else { return nil }
    return ForeignRecord(of: tool, try content(of: tool))
  }

  private func content(of tool: MigrationTool) throws(SQLiteFailure) -> ForeignRecord.Content {
    switch tool {
    case .goose:
      let rows = try database.texts("SELECT version_id, is_applied FROM goose_db_version ORDER BY id")
      return .events(rows.map { .init(version: $0[0] ?? "", isApplied: $0[1] == "1") })
    case .dbmate: return .versions(try column("SELECT version FROM schema_migrations ORDER BY version"))
    case .golangMigrate:
      let row = try database.texts("SELECT version, dirty FROM schema_migrations LIMIT 1").first
      // A version below 0 is none.
      guard let version = row?[0], !version.hasPrefix("-") else { return .upTo(nil) }
      return row?[1] == "0" ? .upTo(version) : .dirty(version)
    case .tern: return .upTo(try column("SELECT version FROM schema_version WHERE version > 0 LIMIT 1").first)
    case .sqlMigrate: return .names(try column("SELECT id FROM gorp_migrations ORDER BY id"))
    }
  }

  private func column(_ sql: String) throws(SQLiteFailure) -> [String] { try database.texts(sql).compactMap { $0[0] } }
}

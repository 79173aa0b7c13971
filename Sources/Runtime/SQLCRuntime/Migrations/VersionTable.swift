// The table that says which migrations were applied, and those of other tools, which are taken over.

import SQLCSQLiteHandle

/// One row of the version table.
struct AppliedMigration: Sendable, Hashable {
  enum Progress: Sendable, Hashable {
    case finished
    /// Of a migration that is not one transaction: so many statements are noted.
    case applying(done: Int)
    case reverting(done: Int)
    /// Begun by a release that did not note how far it came.
    case unknown
  }

  var version: String
  var name: String
  var checksum: String?
  var appliedAt: String?
  var progress: Progress

  /// - Parameter row: version, name, checksum, finished_at, progress.
  init(_ row: [String?]) {
    version = row[0] ?? ""
    name = row[1] ?? ""
    checksum = row[2]
    appliedAt = row[3]
    switch (row[3], row[4].flatMap { Int($0) }) {
    case (nil, nil): progress = .unknown
    case (nil, let done?): progress = .applying(done: done)
    case (.some, nil): progress = .finished
    case (.some, let done?): progress = .reverting(done: done)
    }
  }
}

/// Tools whose version table is understood. Their tables are kept up to date, so that they still work.
enum MigrationTool: String, Sendable, CaseIterable {
  case goose
  case golangMigrate = "golang-migrate"
  case dbmate
  case sqlMigrate = "sql-migrate"
  case tern
}

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
    guard let tool = try tool(), tool.records(migration) else { return }
    switch tool {
    case .goose:
      _ = try database.texts(
        "INSERT INTO goose_db_version (version_id, is_applied) VALUES (CAST(?1 AS INTEGER), 1)", [migration.version])
    case .dbmate:
      _ = try database.texts(
        "INSERT OR IGNORE INTO schema_migrations (version) VALUES (?1)", [migration.digits])
    case .golangMigrate:
      try database.execute("DELETE FROM schema_migrations")
      _ = try database.texts(
        "INSERT INTO schema_migrations (version, dirty) VALUES (CAST(?1 AS INTEGER), 0)", [migration.version])
    case .sqlMigrate:
      _ = try database.texts(
        "INSERT OR IGNORE INTO gorp_migrations (id, applied_at) VALUES (?1 || '.sql', CURRENT_TIMESTAMP)",
        [migration.name])
    case .tern: _ = try database.texts("UPDATE schema_version SET version = CAST(?1 AS INTEGER)", [migration.version])
    }
  }

  /// Of a snapshot, what it holds too.
  ///
  /// - Parameter previous: the version that is the last one applied afterwards.
  func remove(_ migration: Migration, previous: String?) throws(SQLiteFailure) {
    let tool = try tool()
    for (version, name) in [(migration.version, migration.name)] + migration.squashed.map({ ($0.version, $0.name) }) {
      _ = try database.texts("DELETE FROM sqlc_schema_migrations WHERE version = ?1", [version])
      switch tool {
      case .goose:
        if tool?.records(migration) == true {
          _ = try database.texts("DELETE FROM goose_db_version WHERE version_id = CAST(?1 AS INTEGER)", [version])
        }
      case .dbmate:
        _ = try database.texts(
          "DELETE FROM schema_migrations WHERE version IN (?1, ?2)", [version, digits(of: name) ?? version])
      case .sqlMigrate: _ = try database.texts("DELETE FROM gorp_migrations WHERE id = ?1 || '.sql'", [name])
      case .golangMigrate, .tern, nil: break
      }
    }
    guard let tool, tool.records(migration) else { return }
    switch tool {
    case .golangMigrate:
      try database.execute("DELETE FROM schema_migrations")
      if let previous {
        _ = try database.texts(
          "INSERT INTO schema_migrations (version, dirty) VALUES (CAST(?1 AS INTEGER), 0)", [previous])
      }
    case .tern:
      _ = try database.texts("UPDATE schema_version SET version = CAST(?1 AS INTEGER)", [previous ?? "0"])
    case .goose, .dbmate, .sqlMigrate: break
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
      return try known(try gooseEvents().filter { $0.isApplied && $0.version != "0" }.map(\.version), migrations)
    case .dbmate:
      return try known(
        try database.texts("SELECT version FROM schema_migrations").compactMap { $0[0] }, migrations)
    case .golangMigrate, .tern:
      guard let history = try history() else { return [] }
      if let dirty = history.dirty { throw MigrationError.dirty(tool: tool.rawValue, version: dirty) }
      return try history.applied.first.map { try through($0, migrations) } ?? []
    case .sqlMigrate:
      let names = Set(
        try database.texts("SELECT id FROM gorp_migrations").compactMap { $0[0] }.map {
          $0.hasSuffix(".sql") ? String($0.dropLast(4)) : $0
        })
      return try migrations.filter { migration in
        if names.contains(migration.name) { return true }
        let applied = migration.squashed.filter { names.contains($0.name) }
        if applied.isEmpty { return false }
        return try migration.isApplied(in: Set(applied.map(\.version)))
      }
    }
  }

  private func known(_ versions: [String], _ migrations: [Migration]) throws -> [Migration] {
    // Leading zeros are no part of a version here.
    let wanted = Set(versions.map { String($0.drop { $0 == "0" }) })
    let known = Set(migrations.flatMap { $0.squashedVersions + [$0.version] })
    if let missing = wanted.subtracting(known).sorted().first { throw MigrationError.unknownVersion(missing) }
    return try migrations.filter { try $0.isApplied(in: wanted) }
  }

  private func through(_ version: String, _ migrations: [Migration]) throws -> [Migration] {
    if let index = migrations.firstIndex(where: { $0.version == version }) { return Array(migrations[...index]) }
    guard let snapshot = migrations.first(where: { $0.squashedVersions.contains(version) }) else {
      throw MigrationError.unknownVersion(version)
    }
    let all = snapshot.squashedVersions
    let count = (all.firstIndex(of: version) ?? 0) + 1
    throw MigrationError.beforeSnapshot(
      version: snapshot.version, name: snapshot.name, applied: Array(all.prefix(count)),
      missing: Array(all.dropFirst(count)))
  }
}

extension MigrationTool {
  /// Tables that hold numbers have no place for another version, nor any for one that is applied again when it changes.
  func records(_ migration: Migration) -> Bool {
    switch self {
    case .goose, .golangMigrate, .tern: migration.isNumbered && !migration.isRepeatable
    case .dbmate, .sqlMigrate: true
    }
  }
}

extension Migration {
  fileprivate var isNumbered: Bool { version.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
  /// What dbmate keeps: the digits that the file's name begins with, zeros and all.
  fileprivate var digits: String { SQLCRuntime.digits(of: name) ?? version }
}

private func digits(of name: String) -> String? {
  let digits = name.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
  return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
}

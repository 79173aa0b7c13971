// The table that says which migrations were applied, and those of other tools.

import SQLCRuntimeKit

/// Where the version tables are. A migration may set another search path, so that they are always named with their schema.
struct VersionTables: Sendable {
  /// The schema of ours.
  let schema: String
  /// Those that are there, by name; written with their schema.
  private let found: [String: String]
  /// Has `schema_migrations` the column of golang-migrate?
  private let hasDirty: Bool

  var ours: String { quotedIdentifier(schema) + ".sqlc_schema_migrations" }

  init(_ connection: Connection) async throws(DatabaseError) {
    let names = [
      "sqlc_schema_migrations", "goose_db_version", "gorp_migrations", "schema_version", "schema_migrations",
    ]
    let rows = try await connection.texts(
      """
      SELECT coalesce(pg_catalog.current_schema(), 'public'), c.relname, n.nspname,
        EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'dirty')
      FROM (SELECT 1) one LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace)
        ON c.oid IN (\(names.map { "to_regclass('\($0)')" }.joined(separator: ", ")))
      """)
    var found: [String: String] = [:]
    var (schema, hasDirty) = ("public", false)
    for row in rows {
      schema = row[0] ?? schema
      guard let name = row[1], let home = row[2] else { continue }
      found[name] = quotedIdentifier(home) + "." + quotedIdentifier(name)
      if name == "schema_migrations" { hasDirty = row[3] == "t" }
    }
    if let home = rows.first(where: { $0[1] == "sqlc_schema_migrations" })?[2] { schema = home }
    self.schema = schema
    self.found = found
    self.hasDirty = hasDirty
  }

  /// Was ours there when it was looked for?
  var hasOurs: Bool { found["sqlc_schema_migrations"] != nil }

  /// Whose table there is, and how it is written.
  var tool: (tool: MigrationTool, table: String)? {
    if let table = found["goose_db_version"] { return (.goose, table) }
    if let table = found["gorp_migrations"] { return (.sqlMigrate, table) }
    if let table = found["schema_version"] { return (.tern, table) }
    if let table = found["schema_migrations"] { return (hasDirty ? .golangMigrate : .dbmate, table) }
    return nil
  }
}

func quotedIdentifier(_ name: String) -> String { "\"" + name.replacingScalars("\"", with: "\"\"") + "\"" }

/// Reads and writes the version tables of one database.
struct VersionTable {
  let connection: Connection
  let tables: VersionTables

  init(_ connection: Connection, _ tables: VersionTables) {
    self.connection = connection
    self.tables = tables
  }

  @discardableResult
  private func run(_ sql: String) async throws(DatabaseError) -> [[String?]] { try await connection.texts(sql) }

  private var table: String { tables.ours }

  /// `progress` counts the statements that are done while a migration that is not one transaction is applied (`finished_at`
  /// is not set) or taken back (it is); `is_running` says that the next one was begun outside of any transaction.
  func create() async throws(DatabaseError) {
    // IF NOT EXISTS would say so each time, and want the right to create.
    guard try await !isThere() else { return }
    try await run(
      """
      CREATE TABLE \(table) (
        version text PRIMARY KEY, name text NOT NULL, checksum text, finished_at timestamptz, progress integer,
        is_running boolean NOT NULL DEFAULT false, place bigint GENERATED ALWAYS AS IDENTITY
      )
      """)
  }

  func isThere() async throws(DatabaseError) -> Bool {
    try await run("SELECT to_regclass(\(quotedLiteral(table))) IS NOT NULL").first?.first == "t"
  }

  func applied() async throws(DatabaseError) -> [AppliedMigration] {
    guard try await isThere() else { return [] }
    return try await run(
      """
      SELECT version, name, checksum, to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), progress
      FROM \(table) ORDER BY place
      """
    ).map(AppliedMigration.init)
  }

  func entry(of work: MigrationWork) async throws(DatabaseError) -> (done: Int, isRunning: Bool)? {
    let version = quotedLiteral(work.migration.version)
    let row = try await run(
      "SELECT version, name, checksum, finished_at, progress, is_running FROM \(table) WHERE version = \(version)"
    ).first
    guard let row, let done = AppliedMigration(row).done(of: work) else { return nil }
    return (done, row[5] == "t")
  }

  /// Has the database tables that are no tool's version table?
  func hasTables() async throws(DatabaseError) -> Bool {
    let known = MigrationTool.versionTables.map(quotedLiteral).joined(separator: ", ")
    return try await run(
      """
      SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
          AND c.relname NOT IN (\(known)) AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
      """
    ).first?.first == "t"
  }

  /// A repeatable migration that was changed is there already.
  func begin(_ migration: Migration) async throws(DatabaseError) {
    try await run(
      """
      INSERT INTO \(table) (version, name, checksum, progress) VALUES (\(values(migration)), 0)
      ON CONFLICT (version) DO UPDATE
      SET name = excluded.name, checksum = excluded.checksum, finished_at = NULL, progress = 0, is_running = false
      """)
  }

  /// - Parameter isRunning: Is the next statement begun outside of a transaction?
  func note(done: Int, isRunning: Bool = false, of migration: Migration) async throws(DatabaseError) {
    try await run(
      "UPDATE \(table) SET progress = \(done), is_running = \(isRunning) WHERE version = \(quotedLiteral(migration.version))"
    )
  }

  /// Noted as applied without being run.
  func adopt(_ migration: Migration) async throws(DatabaseError) {
    try await run(
      """
      INSERT INTO \(table) (version, name, checksum, finished_at) VALUES (\(values(migration)), clock_timestamp())
      """)
  }

  private func values(_ migration: Migration) -> String {
    [migration.version, migration.name, migration.checksum].map(quotedLiteral).joined(separator: ", ")
  }

  /// The file was moved or renamed; it is still the same migration.
  func rename(_ version: String, to migration: Migration) async throws(DatabaseError) {
    try await run(
      """
      UPDATE \(table) SET version = \(quotedLiteral(migration.version)), name = \(quotedLiteral(migration.name))
      WHERE version = \(quotedLiteral(version))
      """)
  }

  func finish(_ migration: Migration) async throws(DatabaseError) {
    let version = quotedLiteral(migration.version)
    try await run(
      """
      UPDATE \(table) SET finished_at = clock_timestamp(), progress = NULL, is_running = false WHERE version = \(version)
      """)
    try await noteForTool(migration)
  }

  /// In the table of another tool, where there is one.
  func noteForTool(_ migration: Migration) async throws(DatabaseError) {
    guard let (tool, table) = tables.tool, let key = tool.key(of: migration).map(quotedLiteral) else { return }
    switch tool {
    case .goose: try await run("INSERT INTO \(table) (version_id, is_applied) VALUES (\(key)::bigint, true)")
    case .dbmate: try await run("INSERT INTO \(table) (version) VALUES (\(key)) ON CONFLICT DO NOTHING")
    case .golangMigrate: try await setGolangMigrate(table, to: key)
    case .sqlMigrate:
      try await run("INSERT INTO \(table) (id, applied_at) VALUES (\(key), now()) ON CONFLICT DO NOTHING")
    case .tern: try await run("UPDATE \(table) SET version = \(key)::integer")
    }
  }

  /// Of a snapshot, what it holds too.
  ///
  /// - Parameter previous: the version that is the last one applied afterwards.
  func remove(_ migration: Migration, previous: String?) async throws(DatabaseError) {
    let versions = list([migration.version] + migration.squashed.map(\.version))
    try await run("DELETE FROM \(table) WHERE version IN (\(versions))")
    guard let (tool, table) = tables.tool, tool.records(migration) else { return }
    let keys = list(tool.keys(of: migration))
    switch tool {
    case .goose: try await run("DELETE FROM \(table) WHERE version_id IN (\(keys))")
    case .dbmate: try await run("DELETE FROM \(table) WHERE version IN (\(keys))")
    case .golangMigrate: try await setGolangMigrate(table, to: previous.map(quotedLiteral))
    case .sqlMigrate: try await run("DELETE FROM \(table) WHERE id IN (\(keys))")
    case .tern: try await run("UPDATE \(table) SET version = \(quotedLiteral(previous ?? "0"))::integer")
    }
  }

  private func list(_ values: [String]) -> String { values.map(quotedLiteral).joined(separator: ", ") }

  /// - Parameter version: a literal.
  private func setGolangMigrate(_ table: String, to version: String?) async throws(DatabaseError) {
    try await run("DELETE FROM \(table)")
    guard let version else { return }
    try await run("INSERT INTO \(table) (version, dirty) VALUES (\(version)::bigint, false)")
  }

  /// The database is as far as these migrations are: golang-migrate's mark of one that stopped inside is taken away.
  func clearMarks(_ taken: [Migration]) async throws(DatabaseError) {
    guard let (tool, table) = tables.tool, try await foreignRecord()?.history.dirty != nil else { return }
    try await setGolangMigrate(table, to: taken.compactMap { tool.key(of: $0) }.last.map(quotedLiteral))
  }

  /// What the table of another tool says.
  func foreignRecord() async throws(DatabaseError) -> ForeignRecord? {
    guard let (tool, table) = tables.tool else { return nil }
    func column(_ sql: String) async throws(DatabaseError) -> [String] { try await run(sql).compactMap { $0[0] } }
    let content: ForeignRecord.Content
    switch tool {
    case .goose:
      let rows = try await run("SELECT version_id, is_applied FROM \(table) ORDER BY id")
      content = .events(rows.map { .init(version: $0[0] ?? "", isApplied: $0[1] == "t") })
    case .dbmate: content = .versions(try await column("SELECT version FROM \(table) ORDER BY version COLLATE \"C\""))
    case .golangMigrate:
      // A version below 0 is none.
      let row = try await run("SELECT version, dirty FROM \(table) WHERE version >= 0 LIMIT 1").first
      let version = row?[0]
      content = row?[1] == "t" ? .dirty(version ?? "") : .upTo(version)
    case .tern: content = .upTo(try await column("SELECT version FROM \(table) WHERE version > 0 LIMIT 1").first)
    case .sqlMigrate: content = .names(try await column("SELECT id FROM \(table) ORDER BY id COLLATE \"C\""))
    }
    return ForeignRecord(of: tool, content)
  }
}

// Every migration, tried on a database with rows: up, down, and up again.

public import SQLCDiagnostics
public import SQLCEngineSQLite
import SQLCExercise
public import SQLCOracleSQLite
import SQLCSQLiteHandle

/// Tries each migration from the version before it, on tables filled with generated rows, and reads what its statements do.
///
/// - Parameters:
///   - unreadable: files whose way back cannot be read, which is not tried.
///   - sources: for the notes in the files that say what is meant (`-- sqlc:ignore dropped-table`).
/// - Throws: `MigrationCheckError` when SQLite cannot open a database in memory.
public func checkMigrations(
  _ scripts: [MigrationScript], withoutWayBack unreadable: Set<String> = [], sources: [String: String],
  extensions: ScratchExtensions = ScratchExtensions()
) throws(MigrationCheckError) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  do throws(SQLiteFailure) {
    for index in scripts.indices {
      var trial = MigrationTrial(
        scripts: scripts, index: index, triesDown: !unreadable.contains(scripts[index].source.path),
        connection: try Connection(extensions: extensions))
      try trial.run()
      // What fails on rows has run without them, when the schema was loaded: the next one starts from there.
      diagnostics += trial.diagnostics
    }
  } catch {
    throw MigrationCheckError(message: error.message)
  }
  return diagnostics.filter { diagnostic in
    sources[diagnostic.primary.source.path]?.contains("sqlc:ignore \(diagnostic.id.name)") != true
  }
}

/// SQLite could not be used.
public struct MigrationCheckError: Error, Sendable, Hashable {
  public var message: String
}

private struct MigrationTrial {
  let scripts: [MigrationScript]
  let index: Int
  let triesDown: Bool
  let connection: Connection
  var diagnostics: [Diagnostic] = []
  private var script: MigrationScript { scripts[index] }
  private var database: DatabaseHandle { connection.database }

  init(scripts: [MigrationScript], index: Int, triesDown: Bool, connection: Connection) {
    self.scripts = scripts
    self.index = index
    self.triesDown = triesDown
    self.connection = connection
  }

  mutating func run() throws(SQLiteFailure) {
    try connection.execute("PRAGMA foreign_keys = OFF")
    for earlier in scripts[..<index] {
      // Its own trial has said what fails there.
      for statement in earlier.up { try? connection.execute(statement.sql) }
    }
    try connection.execute("PRAGMA foreign_keys = ON")
    _ = try connection.fill(FillPlan(rows: 3...8), seed: UInt64(index + 1))
    try connection.execute("PRAGMA foreign_keys = OFF")

    let schema = try SchemaSnapshot(of: database)
    let rows = try rowCounts()
    lint(schema)
    guard apply(script.up, { .failingUp($0) }) else { return }
    let after = try SchemaSnapshot(of: database)
    lostObjects(schema, after)
    try lostRows(rows)
    try references()

    guard triesDown else { return }
    guard let down = script.down else {
      diagnostics.append(CheckDiagnostic.missingDown.at(script.source))
      return
    }
    guard apply(down, { .failingDown($0) }) else { return }
    let differences = try SchemaSnapshot(of: database).differences(from: schema)
    if !differences.isEmpty {
      diagnostics.append(CheckDiagnostic.incompleteDown(differences).at(down.first?.source ?? script.source))
    }
    _ = apply(script.up, { .failingAgain($0) })
  }

  /// Runs the statements in a transaction, as the runtime does; false when one fails.
  private mutating func apply(
    _ statements: [MigrationStatement], _ diagnostic: (String) -> CheckDiagnostic
  ) -> Bool {
    try? connection.execute(script.isInTransaction ? "BEGIN" : "SELECT 1")
    for statement in statements {
      do throws(SQLiteFailure) {
        try connection.execute(statement.sql)
      } catch {
        diagnostics.append(diagnostic(error.message).at(statement.source))
        if !database.isInAutocommit { try? connection.execute("ROLLBACK") }
        return false
      }
    }
    if !database.isInAutocommit { try? connection.execute("COMMIT") }
    return true
  }

  // MARK: What is gone

  /// Indexes, triggers and views that went away with a table that was rebuilt.
  private mutating func lostObjects(_ before: SchemaSnapshot, _ after: SchemaSnapshot) {
    let kept = Set(after.facts.compactMap(object))
    for gone in before.facts.compactMap(object).filter({ !kept.contains($0) }).sorted(by: { $0.name < $1.name }) {
      let isSaid = script.up.contains { statement in
        let words = statement.sql.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return words.first == "drop" && words.contains { $0 == gone.name }
      }
      // What belonged to a table that is gone is gone with it.
      let isOrphan = gone.table.map { table in
        !after.facts.contains { $0 == "table \(table)" || $0.hasPrefix("table \(table) ") }
      }
      if !isSaid, isOrphan != true {
        diagnostics.append(
          CheckDiagnostic.lostObject(kind: gone.kind, name: gone.name).at(script.up.first?.source ?? script.source))
      }
    }
  }

  private struct Object: Hashable {
    var kind: String
    var name: String
    var table: String?
  }

  /// `index x on t (a)`, `unique index x on t …`, `trigger x on t: …`, `view x: …`.
  private func object(_ fact: String) -> Object? {
    var words = fact.split(separator: " ", maxSplits: 5).map(String.init)
    if words.starts(with: ["unique", "index"]) { words.removeFirst() }
    guard words.count > 1, ["index", "trigger", "view"].contains(words[0]) else { return nil }
    func bare(_ word: String) -> String { word.hasSuffix(":") ? String(word.dropLast()) : word }
    return Object(
      kind: words[0], name: bare(words[1]), table: words.count > 3 && words[2] == "on" ? bare(words[3]) : nil)
  }

  private func rowCounts() throws(SQLiteFailure) -> [String: Int] {
    var counts: [String: Int] = [:]
    for row in try database.texts(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ) {
      guard let name = row[0] else { continue }
      let count = try database.texts("SELECT count(*) FROM \"\(name.replacing("\"", with: "\"\""))\"").first?[0]
      counts[name.lowercased()] = count.flatMap { Int($0) } ?? 0
    }
    return counts
  }

  private mutating func lostRows(_ before: [String: Int]) throws(SQLiteFailure) {
    let after = try rowCounts()
    for (table, count) in before.sorted(by: { $0.key < $1.key }) {
      guard let left = after[table], left < count else { continue }
      diagnostics.append(
        CheckDiagnostic.lostRows(table: table, before: count, after: left).at(script.up.first?.source ?? script.source))
    }
  }

  private mutating func references() throws(SQLiteFailure) {
    guard let rows = try? database.texts("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check") else { return }
    for row in rows {
      diagnostics.append(
        CheckDiagnostic.brokenReferences(table: row[0] ?? "").at(script.up.first?.source ?? script.source))
    }
  }

  private mutating func lint(_ schema: SchemaSnapshot) {
    diagnostics += MigrationLint(script: script, schema: schema).run()
  }
}

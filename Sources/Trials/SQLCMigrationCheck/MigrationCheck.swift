// Every migration, tried on a database with rows: up, down, and up again.

public import SQLCDiagnostics
public import SQLCEngineSQLite
import SQLCMigrations
public import SQLCOracleSQLite
import SQLCSQLiteHandle

/// Tries each migration from the version before it, on tables filled with generated rows, and reads what its statements do.
///
/// Two databases go through the versions side by side: one with the rows that the migrations write, which says what the
/// schema is, and one with generated rows besides. A version is one step from the one before.
///
/// - Parameter unreadable: files whose way back cannot be read, which is not tried.
/// - Throws: `MigrationCheckError` when SQLite cannot open a database in memory.
public func checkMigrations(
  _ scripts: [MigrationScript], withoutWayBack unreadable: Set<String> = [],
  extensions: ScratchExtensions = ScratchExtensions()
) throws(MigrationCheckError) -> [Diagnostic] {
  do {
    var trial = try MigrationTrial(extensions)
    for script in scripts {
      try trial.step(script, triesDown: !unreadable.contains(script.source.path) ? .tried : .unreadable)
    }
    return trial.diagnostics
  } catch {
    throw MigrationCheckError(message: (error as? SQLiteFailure)?.message ?? "\(error)")
  }
}

/// SQLite could not be used.
public struct MigrationCheckError: Error, Sendable, Hashable {
  public var message: String
}

private struct MigrationTrial {
  enum WayBack { case tried, unreadable }

  /// Has the rows that migrations write, and no others.
  private let base: TrialDatabase
  /// Has generated rows too.
  private let filled: TrialDatabase
  /// What went down, to see what it writes.
  private let spare: TrialDatabase
  private var reader = SchemaReader()
  private var schema = SchemaSnapshot()
  /// Tables that may have no rows.
  private var unfilled: Set<String> = []
  private var count: UInt64 = 0
  private(set) var diagnostics: [Diagnostic] = []

  init(_ extensions: ScratchExtensions) throws(SQLiteFailure) {
    base = try TrialDatabase(extensions)
    filled = try TrialDatabase(extensions)
    spare = try TrialDatabase(extensions)
  }

  mutating func step(_ script: MigrationScript, triesDown wayBack: WayBack) throws {
    count += 1
    let migration = ParsedMigration(script)
    let transactions: MigrationTransactions = script.isInTransaction ? .one : .whereSQLiteAllows
    let before = schema
    let written = migration.up.changedTables(in: before)
    let rowsBefore = rows(of: written, before, base)

    let outcome = try base.run(migration.up, transactions)
    if let failure = outcome.failure {
      say(.failingUp(failure.reason, .none), at: failure.index, of: migration.up)
      base.runLoosely(migration.up)
      return try startOver()
    }
    schema = try reader.read(base.database)
    if script.role == .definition { return try startOver() }

    try fill(before)
    let lint = MigrationLint(migration: migration, before: before, after: schema)
    let newKeys = lint.uniqueKeys()
    diagnostics += lint.run() + newKeys.map(\.diagnostic)
    // With one row no key can fail: that it can has been said.
    for table in Set(newKeys.map(\.table)).sorted() {
      filled.clear(table)
      try filled.fill([table], rows: 1...1, seed: count)
    }
    makeRoom(for: rowsBefore, from: base, before)
    let counts = Dictionary(uniqueKeysWithValues: written.compactMap { name in filled.count(name).map { (name, $0) } })

    guard try run(migration.up, transactions, on: filled, { .failingUp($0, .generated) }) else {
      return try startOver()
    }
    for (table, count) in counts.sorted(by: { $0.key < $1.key }) {
      guard schema.hasTable(table), let left = filled.count(table), left < count else { continue }
      say(.lostRows(table: table, before: count, after: left), at: 0, of: migration.up)
    }
    unfilled.formUnion(written)
    unfilled.formUnion(migration.up.compactMap(\.newTable))
    try goBack(migration, to: before, wayBack, transactions)
  }

  private mutating func goBack(
    _ migration: ParsedMigration, to before: SchemaSnapshot, _ wayBack: WayBack, _ transactions: MigrationTransactions
  ) throws {
    if migration.down.isEmpty {
      if migration.script.mayGoDown, migration.script.role == .step, wayBack == .tried {
        diagnostics.append(CheckDiagnostic.missingDown.at(migration.script.source))
      }
      return
    }
    guard wayBack == .tried else { return }
    if migration.down.contains(where: { if case .insert = $0.syntax { true } else { false } }) {
      try spare.become(base)
      let written = migration.down.changedTables(in: schema)
      let rows = rows(of: written, schema, spare)
      if try spare.run(migration.down, transactions).failure == nil { makeRoom(for: rows, from: spare, schema) }
    }
    guard try run(migration.down, transactions, on: filled, { .failingDown($0) }) else { return try startOver() }
    let differences = try reader.read(filled.database).differences(from: before)
    if !differences.isEmpty {
      say(.incompleteDown(differences), at: 0, of: migration.down)
    }
    let again = try run(migration.up, transactions, on: filled, { .failingAgain($0) })
    if !again || !differences.isEmpty { return try startOver() }
    unfilled.formUnion(migration.down.changedTables(in: before))
  }

  private mutating func say(_ diagnostic: CheckDiagnostic, at index: Int, of statements: [ParsedStatement]) {
    guard statements.indices.contains(index) else { return }
    diagnostics.append(diagnostic.at(statements[index].source))
  }

  /// False when a statement fails.
  private mutating func run(
    _ statements: [ParsedStatement], _ transactions: MigrationTransactions, on database: TrialDatabase,
    _ diagnostic: (String) -> CheckDiagnostic
  ) throws -> Bool {
    let outcome = try database.run(statements, transactions)
    if let failure = outcome.failure {
      say(diagnostic(failure.reason), at: failure.index, of: statements)
      return false
    }
    for table in outcome.brokenReferences { say(.brokenReferences(table: table), at: 0, of: statements) }
    return true
  }

  /// The next migration begins on what the migrations alone have made.
  private mutating func startOver() throws {
    schema = try reader.read(base.database)
    try filled.become(base)
    unfilled = Set(schema.objects.filter { $0.kind == .table }.map(\.name))
  }

  private mutating func fill(_ schema: SchemaSnapshot) throws(SQLiteFailure) {
    let empty = unfilled.filter { schema.hasTable($0) && (filled.count($0) ?? 0) < 3 }
    unfilled = []
    try filled.fill(empty, seed: count)
  }

  // MARK: Rows that migrations write

  private func storedColumns(_ table: String, _ schema: SchemaSnapshot) -> [String] {
    schema.columns(of: table).filter { $0.storage == .stored }.map(\.name).sorted()
  }

  private func rows(
    of tables: Set<String>, _ schema: SchemaSnapshot, _ database: TrialDatabase
  ) -> [String: Set<[String]>] {
    Dictionary(
      uniqueKeysWithValues: tables.filter(schema.hasTable).map { table in
        (table, database.rows(of: table, storedColumns(table, schema)))
      })
  }

  /// Generated rows have no key that the migration writes.
  private func makeRoom(
    for before: [String: Set<[String]>], from database: TrialDatabase, _ schema: SchemaSnapshot
  ) {
    for (table, rows) in before.sorted(by: { $0.key < $1.key }) {
      let columns = storedColumns(table, schema)
      let keys = schema.columns(of: table).filter { $0.keyPlace > 0 }.map(\.name)
      for row in database.rows(of: table, columns).subtracting(rows) {
        filled.makeRoom(in: table, columns, for: row, key: keys)
      }
    }
  }
}

// Every migration, tried on a database with rows: up, down, and up again.

public import SQLCDiagnostics
public import SQLCEngine
import SQLCExercise
public import SQLCMigrations
public import SQLCModel

/// Tries each migration from the version before it, on tables filled with generated rows, and reads what its statements do.
///
/// Two databases go through the versions side by side: one with the rows that the migrations write, which says what the
/// schema is, and one with generated rows besides. A version is one step from the one before.
///
/// - Parameters:
///   - unreadable: files whose down migration cannot be read, which is not tried.
///   - queries: of the project; what they need of indexes is seen where they can be prepared.
/// - Throws: `MigrationCheckError` when the engine cannot open a database.
public func checkMigrations(
  _ scripts: [MigrationScript], withoutDown unreadable: Set<String> = [], queries: [QueryModel] = [],
  on engine: some TrialEngine
) throws(MigrationCheckError) -> [Diagnostic] {
  do throws(TrialFailure) {
    var trial = try MigrationTrial(engine, queries)
    for script in scripts {
      try trial.step(script, triesDown: !unreadable.contains(script.source.path) ? .tried : .unreadable)
    }
    return trial.diagnostics
  } catch {
    throw MigrationCheckError(message: error.message)
  }
}

/// The engine could not be used.
public struct MigrationCheckError: Error, Sendable, Hashable {
  public var message: String
}

private struct MigrationTrial<Engine: TrialEngine> {
  typealias Database = Engine.Database
  typealias Schema = Database.Schema
  typealias Rows = Set<[TrialValue]>

  enum DownMigration { case tried, unreadable }

  private let engine: Engine
  private let queries: [QueryModel]
  /// Has the rows that migrations write, and no others.
  private let base: Database
  /// Has generated rows too.
  private let filled: Database
  /// What went down, to see what it writes.
  private let spare: Database
  private var schema = Schema()
  /// Tables that may have no rows.
  private var unfilled: Set<String> = []
  private var count: UInt64 = 0
  private(set) var diagnostics: [Diagnostic] = []

  init(_ engine: Engine, _ queries: [QueryModel]) throws(TrialFailure) {
    self.engine = engine
    self.queries = queries
    base = try engine.open(until: .none)
    filled = try base.makeAnother()
    spare = try base.makeAnother()
  }

  mutating func step(_ script: MigrationScript, triesDown down: DownMigration) throws(TrialFailure) {
    count += 1
    let migration = ParsedMigration(script, on: engine)
    let mode: MigrationMode = script.isInTransaction ? .oneTransaction : .whereAllowed
    let before = schema
    let written = migration.up.changedTables(in: before)
    let rowsBefore = rows(of: written, before, base)

    let statements = migration.up.map(\.sql)
    let outcome = try base.migrate(statements, mode)
    if let failure = outcome.failure {
      let remarks = outcome.remarks.filter { $0.index == failure.index }
      if remarks.isEmpty { report(.failingUp(failure.reason, .none), at: failure.index, of: migration.up) }
      report(remarks, of: migration.up)
      _ = try base.migrate(statements, .loose)
      return try startOver()
    }
    schema = try base.schema()
    if script.role == .definition { return try startOver() }

    try fill(before)
    let lint = MigrationLint(engine: engine, migration: migration, before: before, after: schema)
    let newKeys = lint.uniqueKeys()
    diagnostics += lint.run()
    for key in newKeys {
      let isLossy = try losesEqualRows(of: key.table, key.columns, migration, mode)
      diagnostics.append(isLossy ? CheckDiagnostic.equalRowsLost(key.table).at(key.source) : key.diagnostic)
    }
    // With one row no key can fail: that it can has been said.
    for table in Set(newKeys.map(\.table)).sorted() {
      try? filled.removeRows(of: table)
      try filled.fill([table], FillPlan(rows: 1...1, nullPercentage: 0), seed: count)
    }
    let tightened = try refusedNulls(lint, migration, mode)
    makeRoom(for: rowsBefore, from: base, before)
    try leaveOutOrphans(lint.newForeignKeys(), migration, mode)
    let dropped = lint.droppedIndexes()
    let accesses = dropped.isEmpty ? [:] : accesses(in: filled)
    func countRows() -> [(String, Int)] {
      written.compactMap { table in (try? filled.count(of: table)).map { (table, $0) } }
    }
    var counts = countRows()
    var outcomeOnRows = try filled.migrate(statements, mode)
    if let failure = outcomeOnRows.failure, try leaveOutRefused(failure, migration, mode, before) {
      counts = countRows()
      outcomeOnRows = try filled.migrate(statements, mode)
    }
    guard judge(outcomeOnRows, of: migration.up, remarks: .reported, { .failingUp($0, .generated) }) else {
      return try startOver()
    }
    diagnostics += tightened
    if !dropped.isEmpty { report(dropped, accesses) }
    let said = Set(diagnostics.filter { $0.id == MigrateRule.lostRows.rule.id }.map(\.primary.source.path))
    for (table, count) in counts.sorted(by: { $0.0 < $1.0 }) where !said.contains(script.source.path) {
      guard schema.hasTable(table), let left = try? filled.count(of: table), left < count else { continue }
      report(.lostRows(table: table, before: count, after: left), at: 0, of: migration.up)
    }
    unfilled.formUnion(written)
    unfilled.formUnion(migration.up.flatMap(\.newTables))
    try goBack(migration, to: before, down, mode)
  }

  /// Columns in which a NULL is refused by what makes them NOT NULL; their tables have no NULL afterwards.
  private mutating func refusedNulls(
    _ lint: MigrationLint<Engine>, _ migration: ParsedMigration, _ mode: MigrationMode
  ) throws(TrialFailure) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var tables: Set<String> = []
    for column in lint.tightenedColumns() {
      try spare.become(filled)
      // A rule of the table that refuses NULL already leaves nothing to be refused.
      guard let count = try? spare.count(of: column.table), count > 0,
        (try? spare.update(column.column, of: column.table, to: .null)) != nil
      else { continue }
      if let failure = try spare.migrate(migration.up.map(\.sql), mode).failure {
        found.append(column.diagnostic(failure.reason))
      } else if let left = try? spare.count(of: column.newTable), left < count {
        found.append(CheckDiagnostic.lostRows(table: column.newTable, before: count, after: left).at(column.source))
      } else {
        continue
      }
      tables.insert(column.table)
    }
    for table in tables.sorted() {
      try? filled.removeRows(of: table)
      try filled.fill([table], FillPlan(rows: 3...8, nullPercentage: 0), seed: count)
    }
    return found
  }

  /// Does a definition delete equal rows, or leave them out, where it could refuse them?
  private func losesEqualRows(
    of table: String, _ columns: [String], _ migration: ParsedMigration, _ mode: MigrationMode
  ) throws(TrialFailure) -> Bool {
    guard !columns.isEmpty, let count = try? filled.count(of: table), count > 1 else { return false }
    try spare.become(filled)
    for column in columns {
      let values = try? spare.rows(of: table, [column], where: RowFilter(notNull: [column]), limit: 1)
      guard let value = values?.first?.first, (try? spare.update(column, of: table, to: value)) != nil else {
        return false
      }
    }
    guard try spare.migrate(migration.up.map(\.sql), mode).failure == nil else { return false }
    return ((try? spare.count(of: table)) ?? count) < count
  }

  /// Foreign keys that are new refuse rows: that they can is said, and the rows that do not are kept.
  private mutating func leaveOutOrphans(
    _ keys: [NewForeignKey], _ migration: ParsedMigration, _ mode: MigrationMode
  ) throws(TrialFailure) {
    diagnostics += keys.map(\.diagnostic)
    let names = Dictionary(keys.map { ($0.table, $0.oldTable) }, uniquingKeysWith: { first, _ in first })
    let search = RowSearch(filled: filled, spare: spare, statements: migration.up.map(\.sql), mode: mode)
    for (new, old) in names.sorted(by: { $0.key < $1.key }) { try search.removeOrphans(from: old, calledNow: new) }
  }

  /// Rows that a new rule refuses, where others are taken: said, and removed. False where no row is taken.
  private mutating func leaveOutRefused(
    _ failure: MigrationOutcome.Failure, _ migration: ParsedMigration, _ mode: MigrationMode, _ before: Schema
  ) throws(TrialFailure) -> Bool {
    let statements = migration.up.map(\.sql)
    // What is no single transaction has done a part of its work.
    guard engine.transactions(of: statements).count <= 1 else { return false }
    let changed = Set(schema.changedObjects(from: before).map { $0.owner ?? $0.name }).filter(before.hasTable).sorted()
    let search = RowSearch(filled: filled, spare: spare, statements: statements, mode: mode)
    guard let refused = try search.removeRefused(from: changed) else { return false }
    for one in refused {
      report(
        .refusedRows(table: one.table, count: one.count, of: one.all, reason: failure.reason), at: failure.index,
        of: migration.up)
    }
    return true
  }

  /// How each query that can be prepared finds its rows, by its place among the queries.
  private func accesses(in database: Database) -> [Int: RowAccess] {
    var found: [Int: RowAccess] = [:]
    for (index, query) in queries.enumerated() {
      // One that cannot be prepared is of another version's schema.
      found[index] = try? database.access(of: TrialQuery(unbound: query.sql))
    }
    return found
  }

  private mutating func report(_ dropped: [(index: TrialObject, source: SourceRange)], _ before: [Int: RowAccess]) {
    let after = accesses(in: filled)
    for (index, source) in dropped {
      let table = index.owner ?? ""
      let harmed = queries.indices.filter { query in
        before[query]?.indexes.contains(index.name) == true && after[query]?.scannedTables.contains(table) == true
      }
      if harmed.isEmpty { continue }
      diagnostics.append(
        CheckDiagnostic.droppedIndex(index.name, table: table, queries: harmed.map { queries[$0].name }).at(source))
    }
  }

  private mutating func goBack(
    _ migration: ParsedMigration, to before: Schema, _ down: DownMigration, _ mode: MigrationMode
  ) throws(TrialFailure) {
    if migration.down.isEmpty {
      if migration.script.mayGoDown, migration.script.role == .step, down == .tried {
        diagnostics.append(CheckDiagnostic.missingDown.at(migration.script.source))
      }
      return
    }
    guard down == .tried else { return }
    if migration.down.contains(where: \.inserts) {
      try spare.become(base)
      let written = migration.down.changedTables(in: schema)
      let rows = rows(of: written, schema, spare)
      if try spare.migrate(migration.down.map(\.sql), mode).failure == nil { makeRoom(for: rows, from: spare, schema) }
    }
    guard try run(migration.down, mode, on: filled, { .failingDown($0) }) else { return try startOver() }
    let differences = try filled.schema().differences(from: before)
    if !differences.isEmpty {
      report(.incompleteDown(differences), at: 0, of: migration.down)
    }
    let again = try run(migration.up, mode, on: filled, { .failingAgain($0) })
    if !again || !differences.isEmpty { return try startOver() }
    unfilled.formUnion(migration.down.changedTables(in: before))
  }

  private mutating func report(_ diagnostic: CheckDiagnostic, at index: Int, of statements: [ParsedStatement]) {
    guard statements.indices.contains(index) else { return }
    diagnostics.append(diagnostic.at(statements[index].source))
  }

  /// What the engine holds against statements.
  private mutating func report(_ remarks: [MigrationOutcome.Remark], of statements: [ParsedStatement]) {
    for remark in remarks where statements.indices.contains(remark.index) {
      diagnostics.append(
        Diagnostic(
          remark.rule, remark.message, at: DiagnosticLabel(statements[remark.index].source), notes: remark.notes))
    }
  }

  /// What becomes of the engine's remarks: they are said once, of the way up.
  private enum Remarks { case reported, known }

  /// False when a statement fails.
  private mutating func run(
    _ statements: [ParsedStatement], _ mode: MigrationMode, on database: Database, remarks: Remarks = .known,
    _ diagnostic: (String) -> CheckDiagnostic
  ) throws(TrialFailure) -> Bool {
    judge(try database.migrate(statements.map(\.sql), mode), of: statements, remarks: remarks, diagnostic)
  }

  /// Says what came of statements; false when one failed.
  private mutating func judge(
    _ outcome: MigrationOutcome, of statements: [ParsedStatement], remarks: Remarks,
    _ diagnostic: (String) -> CheckDiagnostic
  ) -> Bool {
    if remarks == .reported { report(outcome.remarks, of: statements) }
    if let failure = outcome.failure {
      report(diagnostic(failure.reason), at: failure.index, of: statements)
      return false
    }
    for table in outcome.brokenReferences { report(.brokenReferences(table: table), at: 0, of: statements) }
    return true
  }

  /// The next migration begins on what the migrations alone have made.
  private mutating func startOver() throws(TrialFailure) {
    schema = try base.schema()
    try filled.become(base)
    unfilled = Set(schema.objects.filter { $0.kind == .table }.map(\.name))
  }

  private mutating func fill(_ schema: Schema) throws(TrialFailure) {
    let empty = unfilled.filter { schema.hasTable($0) && ((try? filled.count(of: $0)) ?? 0) < 3 }
    unfilled = []
    if !empty.isEmpty { try filled.fill(empty, FillPlan(rows: 3...8), seed: count) }
  }

  // MARK: Rows that migrations write

  private func rows(of tables: Set<String>, _ schema: Schema, _ database: Database) -> [String: Rows] {
    Dictionary(
      uniqueKeysWithValues: tables.filter(schema.hasTable).map { ($0, rows(of: $0, schema, database)) })
  }

  private func rows(of table: String, _ schema: Schema, _ database: Database) -> Rows {
    let columns = schema.storedColumns(of: table)
    guard !columns.isEmpty else { return [] }
    return Set((try? database.rows(of: table, columns, where: RowFilter(), limit: nil)) ?? [])
  }

  /// Generated rows have no key that the migration writes.
  private func makeRoom(for before: [String: Rows], from database: Database, _ schema: Schema) {
    for (table, old) in before.sorted(by: { $0.key < $1.key }) {
      let columns = schema.storedColumns(of: table)
      let key = schema.primaryKey(of: table)
      for row in rows(of: table, schema, database).subtracting(old) {
        filled.removeRows(
          of: table, inWayOf: Dictionary(uniqueKeysWithValues: zip(columns, row)), key: key)
      }
    }
  }
}

extension TrialQuery {
  /// A query with NULL for every argument: to be prepared, not to be run.
  fileprivate init(unbound sql: [SQLSegment]) {
    self.init(
      sql.flatMap { segment -> [Piece] in
        switch segment {
        case .text(let text): [.text(text)]
        case .parameter(let index): [.value(.null, parameter: index)]
        case .list: [.list([.null])]
        case .rows(let template): TrialQuery(unbound: template.single).pieces
        }
      })
  }
}

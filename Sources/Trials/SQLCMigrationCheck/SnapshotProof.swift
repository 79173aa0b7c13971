// A snapshot, tried against the migrations that it takes the place of.

public import SQLCEngine
public import SQLCModel

/// What is not the same whether a database came by the migrations or by their snapshot; empty when all is.
///
/// - Parameters:
///   - later: what is applied after them. It has to lead to the same from both.
///   - rows: are values compared? Where they depend on clock or chance, their number is.
/// - Throws: ``MigrationCheckError`` when the engine cannot open a database.
public func snapshotProblems(
  of snapshot: SnapshotPlan, instead migrations: [MigrationModel], before later: [MigrationModel],
  on engine: some TrialEngine
) throws(MigrationCheckError) -> [String] {
  do throws(TrialFailure) {
    var trial = try SnapshotTrial(snapshot, migrations, engine)
    try trial.run(later)
    return trial.problems
  } catch {
    throw MigrationCheckError(message: error.message)
  }
}

private struct SnapshotTrial<Engine: TrialEngine> {
  typealias Database = Engine.Database

  let snapshot: SnapshotPlan
  let migrations: [MigrationModel]
  /// Goes through the migrations.
  let long: Database
  /// Goes through the snapshot.
  let short: Database
  var problems: [String] = []

  init(_ snapshot: SnapshotPlan, _ migrations: [MigrationModel], _ engine: Engine) throws(TrialFailure) {
    self.snapshot = snapshot
    self.migrations = migrations
    long = try engine.open(until: .none)
    short = try long.makeAnother()
  }

  mutating func run(_ later: [MigrationModel]) throws(TrialFailure) {
    let empty = try short.schema()
    let untouched = try short.hiddenState()
    for migration in migrations where try !apply(migration, to: long) { return }
    guard try apply(snapshot.up, "the snapshot", .oneTransaction) else { return }
    try compare("the snapshot", rows: snapshot.varying.isEmpty)
    guard problems.isEmpty else { return }
    if !snapshot.down.isEmpty {
      guard try apply(snapshot.down, "the way back", .oneTransaction) else { return }
      problems += try short.schema().differences(from: empty).map { "the way back leaves: \($0)" }
      if problems.isEmpty, try short.hiddenState() != untouched {
        problems.append("the way back leaves \(try short.hiddenState()["", default: []].joined(separator: ", "))")
      }
      guard try apply(snapshot.up, "the snapshot, once more,", .oneTransaction) else { return }
      try compare("the snapshot, once more,", rows: snapshot.varying.isEmpty)
    }
    for migration in later {
      guard problems.isEmpty, try apply(migration, to: long), try apply(migration, to: short) else { return }
    }
    try compare("what comes after it", rows: false)
  }

  private mutating func apply(_ migration: MigrationModel, to database: Database) throws(TrialFailure) -> Bool {
    let outcome = try database.migrate(migration.up, migration.isInTransaction ? .oneTransaction : .whereAllowed)
    if let failure = outcome.failure { problems.append("version \(migration.version) fails: \(failure.reason)") }
    return outcome.failure == nil
  }

  private mutating func apply(
    _ statements: [PlannedStatement], _ what: String, _ mode: MigrationMode
  ) throws(TrialFailure) -> Bool {
    let outcome = try short.migrate(statements.map(\.sql), mode)
    if let failure = outcome.failure { problems.append("\(what) fails: \(failure.reason)") }
    problems += outcome.brokenReferences.map { "\(what) leaves rows of '\($0)' without those they refer to" }
    return problems.isEmpty
  }

  private mutating func compare(_ what: String, rows comparesRows: Bool) throws(TrialFailure) {
    let schema = try long.schema()
    problems += try short.schema().differences(from: schema).map { "\(what) leads to another schema: \($0)" }
    guard problems.isEmpty else { return }
    for table in schema.objects.filter({ $0.kind == .table }).map(\.name).sorted() {
      // A table that cannot be read cannot be in one either.
      guard let wanted = try? long.count(of: table) else { continue }
      let found = try short.count(of: table)
      if found != wanted {
        problems.append("\(what) leads to \(found) rows of '\(table)' in place of \(wanted)")
      } else if comparesRows, try rows(of: table, schema, short) != rows(of: table, schema, long) {
        problems.append("\(what) leads to other rows of '\(table)'")
      }
    }
    if comparesRows {
      let (found, wanted) = (try short.hiddenState(), try long.hiddenState())
      for name in Set(found.keys).union(wanted.keys).sorted() where found[name] != wanted[name] {
        problems.append(
          name.isEmpty
            ? "\(what) leads to other numbers of the file"
            : "\(what) leads to another index or other settings of '\(name)'")
      }
    }
    if comparesRows, try short.lastNumbers() != long.lastNumbers() {
      problems.append("\(what) leads to other numbers of rows that are yet to come")
    }
  }

  private func rows(
    of table: String, _ schema: Database.Schema, _ database: Database
  ) throws(TrialFailure) -> [[TrialValue]: Int] {
    let columns = schema.storedColumns(of: table)
    guard !columns.isEmpty else { return [:] }
    let rows = try database.rows(of: table, columns, where: RowFilter(), limit: nil)
    return Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
  }
}

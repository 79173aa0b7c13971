// A planned migration, tried before it is written: up, down, up, on tables with rows and on tables without.

public import SQLCEngine
import SQLCExercise

/// What trying a plan has shown.
public struct MigrationProof: Sendable, Hashable {
  /// Why it is not to be written; empty when it holds.
  public var failures: [String] = []
  /// Generated rows, by table in lower case, by its name before.
  public var rows: [String: Int] = [:]
  /// Rows that the plan's new rules refuse. The plan is tried without them.
  public var refused: [String: Int] = [:]
}

/// Tries a plan on generated rows.
///
/// - Parameters:
///   - definitions: what the plan begins with.
///   - wanted: what it leads to.
/// - Throws: ``MigrationCheckError`` when the engine cannot open a database or make the schemas.
public func prove(
  _ plan: SchemaPlan, from definitions: [String], to wanted: [String], on engine: some TrialEngine, seed: UInt64 = 1
) throws(MigrationCheckError) -> MigrationProof {
  do throws(TrialFailure) {
    var trial = try PlanTrial(plan, definitions, wanted, engine)
    try trial.run(seed: seed)
    return trial.proof
  } catch {
    throw MigrationCheckError(message: error.message)
  }
}

private struct PlanTrial<Engine: TrialEngine> {
  typealias Database = Engine.Database

  let plan: SchemaPlan
  let up: [String]
  let down: [String]
  /// Has the old schema, and generated rows.
  let old: Database
  /// Has the wanted schema alone.
  let new: Database
  let oldSchema: Database.Schema
  let newSchema: Database.Schema
  var proof = MigrationProof()

  init(_ plan: SchemaPlan, _ definitions: [String], _ wanted: [String], _ engine: Engine) throws(TrialFailure) {
    self.plan = plan
    up = plan.up.map(\.sql)
    down = plan.down.map(\.sql)
    old = try engine.open(until: .none)
    new = try old.makeAnother()
    for definition in definitions { try old.execute(definition) }
    for definition in wanted { try new.execute(definition) }
    oldSchema = try old.schema()
    newSchema = try new.schema()
  }

  mutating func run(seed: UInt64) throws(TrialFailure) {
    let empty = try copy(of: old)
    try goAround(empty, rows: [], numbers: [:], "on empty tables")
    guard proof.failures.isEmpty else { return }
    _ = try old.fill(FillPlan(rows: 8...16, nullPercentage: 40), seed: seed)
    try old.useUpNumbers()
    for table in plan.kept { proof.rows[table.old.lowercased()] = try old.count(of: table.old) }
    try RefusedRows(plan: plan, up: up).remove(from: old, &proof)
    if !proof.refused.isEmpty {
      // No trigger told them that rows are gone.
      for table in try old.tables(ColumnExpectations(), only: nil) where table.kind == .derived {
        try old.refresh(table)
      }
    }
    let broken = Set(try old.inconsistencies())
    let rows = try plan.kept.map { table throws(TrialFailure) in try KeptRows(of: table, in: old) }
    let filled = try copy(of: old)
    try goAround(filled, rows: rows, numbers: try old.lastNumbers(), "on tables with rows", besides: broken)
  }

  private func copy(of database: Database) throws(TrialFailure) -> Database {
    let copy = try database.makeAnother()
    try copy.become(database)
    return copy
  }

  /// Up, down, and up again.
  private mutating func goAround(
    _ database: Database, rows: [KeptRows], numbers: [String: Int64], _ place: String, besides known: Set<String> = []
  ) throws(TrialFailure) {
    for (statements, schema, way, side, path) in [
      (up, newSchema, "going up", KeptRows.Side.new, KeptRows.Path.upOnly),
      (down, oldSchema, "going back", .old, .back),
      (up, newSchema, "going up again", .new, .back),
    ] {
      let outcome = try database.migrate(statements, .oneTransaction)
      if let failure = outcome.failure {
        let statement = statements.indices.contains(failure.index) ? statements[failure.index] : ""
        proof.failures.append("\(way) \(place) fails: \(failure.reason), in: \(statement)")
        return
      }
      for table in outcome.brokenReferences {
        proof.failures.append("\(way) \(place) leaves rows of '\(table)' that refer to rows that are not there")
      }
      for difference in try database.schema().differences(from: schema) {
        proof.failures.append("\(way) \(place) leads to another schema: \(difference)")
      }
      for kept in rows {
        if let problem = try kept.problem(on: side, after: path, in: database) {
          proof.failures.append("\(way) \(problem)")
        }
      }
      for problem in try database.inconsistencies() where !known.contains(problem) {
        proof.failures.append("\(way) \(place) leaves \(problem)")
      }
      for (old, new, number) in keptNumbers(numbers, schema) {
        let reached = try database.lastNumbers()[side == .new ? new : old] ?? 0
        if reached < number {
          proof.failures.append("\(way), '\(side == .new ? new : old)' forgets that it gave number \(number)")
        }
      }
      try readViews(of: schema, in: database, like: side == .new ? new : old, way)
      if !proof.failures.isEmpty { return }
    }
  }

  /// Counters that stay: of tables that are kept, and that have one in both schemas.
  private func keptNumbers(
    _ numbers: [String: Int64], _ schema: Database.Schema
  ) -> [(old: String, new: String, number: Int64)] {
    plan.kept.compactMap { table in
      guard table.keepsNumbers, let number = numbers[table.old.lowercased()] else { return nil }
      return (table.old.lowercased(), table.new.lowercased(), number)
    }
  }

  /// Views that could be read where nothing was migrated can be read here.
  private mutating func readViews(
    of schema: Database.Schema, in database: Database, like model: Database, _ way: String
  ) throws(TrialFailure) {
    for view in schema.objects where view.kind == .view {
      guard (try? model.rows(of: view.name, [], where: RowFilter(), limit: nil)) != nil else { continue }
      do throws(TrialFailure) {
        _ = try database.rows(of: view.name, [], where: RowFilter(), limit: nil)
      } catch {
        proof.failures.append("\(way), view '\(view.name)' cannot be read: \(error.message)")
      }
    }
  }
}

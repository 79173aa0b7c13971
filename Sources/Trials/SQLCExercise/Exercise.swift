// Runs every query of a project on databases full of generated rows, and holds what comes back against what was claimed.

public import SQLCEngine
public import SQLCModel

/// How much is tried.
public struct ExerciseOptions: Sendable, Hashable {
  public var seed: UInt64
  /// How often the whole series of databases is gone through, each time with other rows.
  public var rounds: Int
  /// After this many seconds nothing is begun, and a statement that runs is interrupted.
  public var seconds: Double

  public init(seed: UInt64 = 1, rounds: Int = 3, seconds: Double = 60) {
    self.seed = seed
    self.rounds = rounds
    self.seconds = seconds
  }
}

/// Exercises the queries of a model on databases of an engine.
///
/// - Parameter schema: the statements that make the schema, in order.
/// - Throws: ``ExerciseError`` when the engine does not take the schema.
public func exercise(
  _ model: GenerationModel, schema: [String], on engine: some TrialEngine, options: ExerciseOptions = ExerciseOptions()
) throws(ExerciseError) -> ExerciseReport {
  var runner = ExerciseRunner(engine: engine, model: model, schema: schema, options: options)
  do throws(TrialFailure) {
    try runner.run()
  } catch {
    guard error.cause == .outOfTime else { throw ExerciseError(message: error.message) }
    runner.report.isCutShort = true
  }
  return runner.report
}

/// The schema could not be set up.
public struct ExerciseError: Error, Sendable, Hashable {
  /// The engine's words.
  public var message: String
}

private struct ExerciseRunner<Engine: TrialEngine> {
  let engine: Engine
  let model: GenerationModel
  let schema: [String]
  let options: ExerciseOptions
  let deadline: TrialDeadline
  let claims: ClaimChecker
  let expectations: ColumnExpectations
  var report: ExerciseReport
  private var filledOnce: Set<String> = []

  init(engine: Engine, model: GenerationModel, schema: [String], options: ExerciseOptions) {
    self.engine = engine
    self.model = model
    self.schema = schema
    self.options = options
    deadline = .after(seconds: options.seconds)
    expectations = columnExpectations(of: model, on: engine)
    claims = ClaimChecker(types: engine.types, enumerations: model.enumerations)
    report = ExerciseReport(
      engine: engine.name, seed: options.seed, queries: model.queries.map { QueryOutcome(query: $0) })
  }

  mutating func run() throws(TrialFailure) {
    let template = try engine.open(until: deadline)
    for statement in schema { try template.execute(statement) }
    let tables = Set(model.queries.flatMap { $0.reads + $0.writes }.map(\.description)).sorted()
    for round in 0..<max(1, options.rounds) {
      for (index, scenario) in scenarios(round, tables: tables, deadline).enumerated() {
        let seed = options.seed &* 1_000_003 &+ UInt64(round * 1000 + index)
        if deadline.isOver { report.isCutShort = true }
        if report.isCutShort { return }
        try run(scenario, on: template.fresh(), seed: seed)
      }
    }
  }

  private mutating func run(
    _ scenario: Scenario, on database: Engine.Database, seed: UInt64
  ) throws(TrialFailure) {
    let tables = try database.tables(expectations, only: nil)
    let filled = database.fill(scenario.plan, seed: seed, tables: tables)
    // What the time did not suffice for says nothing of the schema.
    guard !deadline.isOver else {
      report.isCutShort = true
      return
    }
    report.databases += 1
    note(filled, scenario.plan, tables)
    report.besideTriggers.merge(filled.besideTriggers) { first, _ in first }
    let doubtful = filled.doubtful(tables)

    let maker = ValueMaker(types: database.types, random: SeededGenerator(seed: seed ^ 0xA5A5))
    var arguments = ArgumentMaker(
      database: database, tables: tables, enumerations: model.enumerations, maker: maker)
    let excluded = scenario.plan.excluded.first
    for index in report.queries.indices {
      let query = report.queries[index].query
      if let excluded, !query.reads.contains(where: { $0.description.lowercased() == excluded }) { continue }
      guard !deadline.isOver else {
        report.isCutShort = true
        return
      }
      let known = report.queries[index].findings.count
      exercise(&report.queries[index], on: database, &arguments, "\(scenario.name), seed \(seed)")
      // On rows that the triggers of the schema refuse, nothing is a counterexample.
      if query.reads.contains(where: { doubtful.contains($0.description.lowercased()) }) {
        if report.queries[index].doubts.isEmpty {
          report.queries[index].doubts += report.queries[index].findings.dropFirst(known)
        }
        report.queries[index].findings.removeSubrange(known...)
      }
    }
  }

  /// Which tables have had rows at all; what a table without its parents lacks is no news.
  private mutating func note(_ filled: FillReport, _ plan: FillPlan, _ tables: [TrialTable]) {
    guard plan.rows.upperBound > 0, plan.excluded.isEmpty else { return }
    for table in tables where !filledOnce.contains(table.name) {
      report.unfilled[table.name] = filled.refused[table.name]
      if filled.refused[table.name] == nil { filledOnce.insert(table.name) }
    }
  }

  /// The pages of a query, a few orders on each database.
  private func walkPages(
    _ outcome: inout QueryOutcome, on database: Engine.Database, _ arguments: Arguments, _ place: String
  ) {
    guard let walk = PageWalk(database, outcome.query, arguments) else { return }
    do throws(TrialFailure) {
      let (runs, found) = try walk.walk(report.databases)
      outcome.executions += runs
      let isKnown = outcome.findings.contains { if case .page = $0.kind { true } else { false } }
      if let found, !isKnown {
        outcome.findings.append(
          Finding(kind: found.kind, reproduction: "\(found.query.reproduction(engine.types)) -- \(place)"))
      }
    } catch {
      // What does not run is said of the query itself.
      return
    }
  }

  /// Runs one query some times; more often as long as it finds or changes nothing.
  private func exercise(
    _ outcome: inout QueryOutcome, on database: Engine.Database, _ arguments: inout ArgumentMaker<Engine.Database>,
    _ place: String
  ) {
    let choices = outcome.query.variants?.choices ?? []
    let usual = max(outcome.query.parameters.isEmpty ? 1 : 6, choices.count)
    var attempts = 0
    var useful = 0
    while attempts < usual || (useful == 0 && attempts < 30 && !outcome.query.parameters.isEmpty) {
      // Every combination in turn.
      let choice = choices.isEmpty ? nil : choices[attempts % choices.count]
      attempts += 1
      let values = arguments.arguments(for: outcome.query)
      let sql = choice.flatMap { outcome.query.variants?.sql(for: $0) } ?? outcome.query.sql
      let query = TrialQuery(sql, values)
      do throws(TrialFailure) {
        let run = try database.attempt(query, limit: 500)
        let rows = run.rows
        outcome.executions += 1
        if let choice { outcome.choicesRun.insert(choice) }
        outcome.rows += rows.count
        if !rows.isEmpty || outcome.query.results.isEmpty { useful += 1 }
        claims.check(run, of: &outcome, "\(query.reproduction(engine.types)) -- \(place)")
      } catch {
        switch error.cause {
        case .outOfTime: return
        case .constraint: outcome.refusals[error.message, default: 0] += 1
        case .statement, .schema: outcome.failures[error.message, default: 0] += 1
        }
      }
    }
    walkPages(&outcome, on: database, arguments.arguments(for: outcome.query), place)
  }
}

/// What the queries of a model and its analysis expect of columns.
func columnExpectations(of model: GenerationModel, on engine: some TrialEngine) -> ColumnExpectations {
  var expectations = engine.expectations(of: model.queries)
  for table in model.tables where table.kind == .table {
    expectations.types[table.name.description.lowercased()] = Dictionary(
      table.columns.map { ($0.name.lowercased(), $0.type) }, uniquingKeysWith: { first, _ in first })
  }
  return expectations
}

// Runs every query of a project on databases full of generated rows, and holds what comes back against what was claimed.

import CSQLite
public import SQLCModel
public import SQLCOracleSQLite
import SQLCSQLiteHandle

/// How much is tried.
public struct ExerciseOptions: Sendable, Hashable {
  public var seed: UInt64
  /// How often the whole series of databases is gone through, each time with other rows.
  public var rounds: Int
  /// Nothing new is begun after this many seconds.
  public var seconds: Double
  public var times: TimeStorage
  public var storesUUIDsAsBlobs: Bool
  public var keyNulls = KeyNulls.none
  /// What the application registers with SQLite.
  public var extensions = ScratchExtensions()

  public init(
    seed: UInt64 = 1, rounds: Int = 3, seconds: Double = 60, times: TimeStorage = .text,
    storesUUIDsAsBlobs: Bool = false
  ) {
    self.seed = seed
    self.rounds = rounds
    self.seconds = seconds
    self.times = times
    self.storesUUIDsAsBlobs = storesUUIDsAsBlobs
  }
}

/// Exercises the queries of a model.
///
/// - Parameter schema: the statements that make the schema, in order.
/// - Throws: ``ExerciseError`` when SQLite does not take the schema.
public func exercise(
  _ model: GenerationModel, schema: [String], options: ExerciseOptions = ExerciseOptions()
) throws(ExerciseError) -> ExerciseReport {
  var runner = ExerciseRunner(model: model, schema: schema, options: options)
  do throws(SQLiteFailure) {
    try runner.run()
  } catch {
    throw ExerciseError(message: error.message)
  }
  return runner.report
}

/// The schema could not be set up.
public struct ExerciseError: Error, Sendable, Hashable {
  /// SQLite's words.
  public var message: String
}

/// A kind of database that a query may meet.
private struct Scenario {
  var name: String
  var plan: FillPlan
}

private struct ExerciseRunner {
  let model: GenerationModel
  let schema: [String]
  let options: ExerciseOptions
  let checker: ValueChecker
  let knowledge: ColumnKnowledge
  var report: ExerciseReport
  private var filledOnce: Set<String> = []
  private let start = ContinuousClock.now

  init(model: GenerationModel, schema: [String], options: ExerciseOptions) {
    self.model = model
    self.schema = schema
    self.options = options
    knowledge = ColumnKnowledge(model)
    checker = ValueChecker(
      enumerations: Dictionary(uniqueKeysWithValues: model.enumerations.map { ($0.id, Set($0.values)) }),
      times: options.times)
    report = ExerciseReport(seed: options.seed, queries: model.queries.map { QueryOutcome(query: $0) })
  }

  private var isTimeUp: Bool { ContinuousClock.now - start > .seconds(options.seconds) }

  mutating func run() throws(SQLiteFailure) {
    for round in 0..<max(1, options.rounds) {
      for (index, scenario) in scenarios(round).enumerated() {
        guard !isTimeUp else {
          report.isCutShort = true
          return
        }
        let seed = options.seed &* 1_000_003 &+ UInt64(round * 1000 + index)
        try run(scenario, seed: seed)
      }
    }
  }

  /// Empty, full, with NULLs wherever they may be, with hardly any, and with one table left empty at a time, so that joins
  /// find no match.
  private func scenarios(_ round: Int) -> [Scenario] {
    var plan = FillPlan(
      keyNulls: options.keyNulls, times: options.times, storesUUIDsAsBlobs: options.storesUUIDsAsBlobs)
    plan.guardedTables = .filledBesideTriggers
    var scenarios: [Scenario] = []
    func add(_ name: String) { scenarios.append(Scenario(name: name, plan: plan)) }
    plan.rows = 0...0
    if round == 0 { add("no rows") }
    plan.rows = 1...1
    add("one row in each table")
    plan.rows = 4...12
    add("some rows")
    plan.nullPercentage = 90
    add("NULL wherever it may be")
    plan.nullPercentage = 0
    add("no NULL")
    plan.nullPercentage = 40
    let tables = Set(model.queries.flatMap { $0.reads + $0.writes }).sorted()
    for table in tables where tables.count > 1 {
      plan.excluded = [table.lowercased()]
      add("no row in \(table)")
    }
    return scenarios
  }

  private mutating func run(_ scenario: Scenario, seed: UInt64) throws(SQLiteFailure) {
    let connection = try Connection(extensions: options.extensions)
    for statement in schema { try connection.execute(statement) }
    let shapes = try connection.shapes(knowledge)
    let filled = connection.fill(scenario.plan, seed: seed, shapes: shapes)
    report.databases += 1
    note(filled, scenario.plan, shapes)
    report.besideTriggers.merge(filled.besideTriggers) { first, _ in first }
    let doubtful = filled.doubtful(shapes)

    var maker = ValueMaker(random: SeededGenerator(seed: seed ^ 0xA5A5))
    maker.timeStorage = options.times
    maker.storesUUIDsAsBlobs = options.storesUUIDsAsBlobs
    var arguments = ArgumentMaker(
      connection: connection, shapes: shapes, enumerations: model.enumerations, maker: maker)
    let excluded = scenario.plan.excluded.first
    for index in report.queries.indices {
      let query = report.queries[index].query
      if let excluded, !query.reads.contains(where: { $0.lowercased() == excluded }) { continue }
      guard !isTimeUp else { break }
      let known = report.queries[index].findings.count
      try exercise(&report.queries[index], on: connection, &arguments, "\(scenario.name), seed \(seed)")
      // On rows that the triggers of the schema refuse, nothing is a counterexample.
      if query.reads.contains(where: { doubtful.contains($0.lowercased()) }) {
        if report.queries[index].doubts.isEmpty {
          report.queries[index].doubts += report.queries[index].findings.dropFirst(known)
        }
        report.queries[index].findings.removeSubrange(known...)
      }
    }
  }

  /// Which tables have had rows at all; what a table without its parents lacks is no news.
  private mutating func note(_ filled: FillReport, _ plan: FillPlan, _ shapes: [TableShape]) {
    guard plan.rows.upperBound > 0, plan.excluded.isEmpty else { return }
    for shape in shapes where !filledOnce.contains(shape.name) {
      report.unfilled[shape.name] = filled.refused[shape.name]
      if filled.refused[shape.name] == nil { filledOnce.insert(shape.name) }
    }
  }

  /// Runs one query some times; more often as long as it finds or changes nothing.
  private func exercise(
    _ outcome: inout QueryOutcome, on connection: Connection, _ arguments: inout ArgumentMaker, _ place: String
  ) throws(SQLiteFailure) {
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
      let run = BoundQuery(sql, values)
      // Whatever it changes is undone, so that every run meets the same database.
      try connection.execute("SAVEPOINT exercise")
      do throws(SQLiteFailure) {
        let rows = try connection.rows(run.sql, run.arguments, limit: 500)
        outcome.executions += 1
        if let choice { outcome.choicesRun.insert(choice) }
        outcome.rows += rows.count
        if !rows.isEmpty || outcome.query.results.isEmpty { useful += 1 }
        check(rows, of: &outcome, "\(run.reproduction) -- \(place)")
      } catch {
        switch error.primaryCode {
        case SQLITE_CONSTRAINT: outcome.refusals[error.message, default: 0] += 1
        default: outcome.failures[error.message, default: 0] += 1
        }
      }
      if !connection.database.isInAutocommit { try connection.execute("ROLLBACK TO exercise; RELEASE exercise") }
    }
  }

  private func check(_ rows: [[Value]], of outcome: inout QueryOutcome, _ reproduction: String) {
    let query = outcome.query
    let count = query.nesting.map { parents(in: rows, $0) } ?? rows.count
    let isWrong =
      switch query.rowCount {
      case .exactlyOne: count != 1 && !query.results.isEmpty
      case .atMostOne: count > 1
      case .many: false
      }
    if isWrong, !outcome.findings.contains(where: \.isAboutRows) {
      outcome.findings.append(
        Finding(kind: .rowCount(claim: query.rowCount, found: count), reproduction: reproduction))
    }
    if let nesting = query.nesting {
      let keys = Set(rows.map { row in nesting.key.map { row[$0].literal } }).count
      if keys != count, !outcome.findings.contains(where: \.isAboutParents) {
        outcome.findings.append(Finding(kind: .parents(keys: keys, found: count), reproduction: reproduction))
      }
    }
    for row in rows {
      var place = 0
      for result in query.results {
        switch result {
        case .column(let column):
          check(row, place, column, isOptional: column.nullability.isOptional, &outcome, reproduction)
          place += 1
        case .embed(let embed):
          let range = place..<min(row.count, place + embed.columns.count)
          let absence = embed.marker.map { $0..<min(row.count, $0 + 1) } ?? range
          let isAbsent = embed.nullability.isOptional && row[absence].allSatisfy(\.isNull)
          for column in embed.columns {
            if !isAbsent {
              check(row, place, column, isOptional: column.nullability.isOptional, &outcome, reproduction)
            }
            place += 1
          }
        }
      }
    }
  }

  /// Rows of one parent agree in all that is not in a list.
  private func parents(in rows: [[Value]], _ nesting: NestingModel) -> Int {
    // What tells whether a child is there may stand behind the results.
    let lists = Set(nesting.lists.flatMap { list in Array(list.first..<(list.first + list.count)) + list.presence })
    return Set(
      rows.map { row in row.indices.filter { !lists.contains($0) }.map { row[$0].literal }.joined(separator: "\u{0}") }
    ).count
  }

  private func check(
    _ row: [Value], _ place: Int, _ column: ResultColumnModel, isOptional: Bool, _ outcome: inout QueryOutcome,
    _ reproduction: String
  ) {
    guard place < row.count else { return }
    let value = row[place]
    if isOptional {
      outcome.optionalColumns[column.name, default: (0, 0)].nulls += value.isNull ? 1 : 0
      outcome.optionalColumns[column.name, default: (0, 0)].values += value.isNull ? 0 : 1
    }
    guard let problem = checker.problem(with: value, as: column.type, isOptional: isOptional) else { return }
    let found: String
    switch problem {
    case .overflow:
      outcome.overflows.insert(column.name)
      return
    case .null: found = "NULL"
    case .storage(let storage): found = "\(storage) \(value.literal)"
    case .form(let what): found = what
    }
    guard !outcome.findings.contains(where: { $0.isAbout(column) }) else { return }
    outcome.findings.append(
      Finding(
        kind: .value(column: column, claim: "\(column.type)" + (isOptional ? " or NULL" : ""), found: found),
        reproduction: reproduction))
  }
}

extension Finding {
  fileprivate var isAboutRows: Bool {
    if case .rowCount = kind { true } else { false }
  }

  fileprivate var isAboutParents: Bool {
    if case .parents = kind { true } else { false }
  }

  fileprivate func isAbout(_ column: ResultColumnModel) -> Bool {
    if case .value(let known, _, _) = kind { known == column } else { false }
  }
}

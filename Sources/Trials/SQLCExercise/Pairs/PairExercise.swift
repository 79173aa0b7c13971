// Runs every pair of queries on two databases that are filled alike, with the same arguments, and compares what comes back.

public import SQLCEngine
public import SQLCModel

/// One side of a pair.
public struct PairSide: Sendable {
  public var model: GenerationModel
  /// The statements that make the schema, in order.
  public var schema: [String]

  public init(model: GenerationModel, schema: [String]) {
    self.model = model
    self.schema = schema
  }
}

/// Exercises the queries of one engine against those of another.
///
/// - Parameters:
///   - orders: of queries, by name; absent: the rows of a query come in any order.
///   - now: microseconds since 1970, when queries say what time it is.
/// - Throws: ``ExerciseError`` when an engine does not take its schema.
public func exercise(
  _ first: PairSide, on engine: some TrialEngine, against second: PairSide, on other: some TrialEngine,
  orders: [String: QueryOrder], now: Int64, options: ExerciseOptions = ExerciseOptions()
) throws(ExerciseError) -> PairReport {
  var runner = PairRunner(first, engine, second, other, orders, now, options)
  do throws(TrialFailure) {
    try runner.run()
  } catch {
    guard error.cause == .outOfTime else { throw ExerciseError(message: error.message) }
    runner.report.isCutShort = true
  }
  return runner.report
}

/// Findings whose rows are looked for: each costs two databases.
private let mostShrunk = 12

private struct PairRunner<One: TrialEngine, Two: TrialEngine> {
  let engines: (One, Two)
  let sides: (PairSide, PairSide)
  let options: ExerciseOptions
  let deadline: TrialDeadline
  let now: Int64
  let expectations: (ColumnExpectations, ColumnExpectations)
  var queries: [PairedQuery] = []
  var report: PairReport
  private var filledOnce: Set<String> = []
  private var shrunk = 0

  typealias Database = PairDatabase<One.Database, Two.Database>

  init(
    _ first: PairSide, _ engine: One, _ second: PairSide, _ other: Two, _ orders: [String: QueryOrder], _ now: Int64,
    _ options: ExerciseOptions
  ) {
    engines = (engine, other)
    sides = (first, second)
    self.options = options
    self.now = now
    deadline = .after(seconds: options.seconds)
    expectations = (columnExpectations(of: first.model, on: engine), columnExpectations(of: second.model, on: other))
    report = PairReport(engines: [engine.name, other.name], seed: options.seed)
    for query in first.model.queries {
      guard let counterpart = second.model.queries.first(where: { $0.name == query.name }) else {
        report.uncompared.append((query, "\(other.name) has no query of that name"))
        continue
      }
      do throws(Incomparable) {
        queries.append(try PairedQuery(query, counterpart, order: orders[query.name] ?? .none))
        report.outcomes.append(PairOutcome(first: query, second: counterpart))
      } catch {
        report.uncompared.append((query, error.reason))
      }
    }
    for query in second.model.queries where !first.model.queries.contains(where: { $0.name == query.name }) {
      report.uncompared.append((query, "\(engine.name) has no query of that name"))
    }
  }

  mutating func run() throws(TrialFailure) {
    let templates = (try engines.0.open(until: deadline), try engines.1.open(until: deadline))
    for statement in sides.0.schema { try templates.0.execute(statement) }
    for statement in sides.1.schema { try templates.1.execute(statement) }
    let tables = Set(
      queries.flatMap { $0.first.reads + $0.first.writes }.map(\.description)
    ).sorted()
    for round in 0..<max(1, options.rounds) {
      for (index, scenario) in scenarios(round, tables: tables, deadline).enumerated() {
        let seed = options.seed &* 1_000_003 &+ UInt64(round * 1000 + index)
        if deadline.isOver { report.isCutShort = true }
        if report.isCutShort { return }
        try run(scenario, templates, seed: seed)
      }
    }
  }

  private func makePair(_ templates: (One.Database, Two.Database)) throws(TrialFailure) -> Database {
    let (one, two) = (try templates.0.fresh(), try templates.1.fresh())
    return try PairDatabase(
      one, two, engines: (engines.0.name, engines.1.name), models: (sides.0.model, sides.1.model),
      expectations: expectations)
  }

  private mutating func run(
    _ scenario: Scenario, _ templates: (One.Database, Two.Database), seed: UInt64
  ) throws(TrialFailure) {
    let pair = try makePair(templates)
    let filled = pair.fill(scenario.plan, seed: seed, tables: pair.shared)
    guard !deadline.isOver else {
      report.isCutShort = true
      return
    }
    report.databases += 1
    report.lonely = pair.lonely
    note(pair)
    note(filled, scenario.plan, pair.shared)
    try compareRows(of: pair)
    let enumerations =
      sides.0.model.enumerations
      + sides.1.model.enumerations.filter { enumeration in
        !sides.0.model.enumerations.contains { $0.id == enumeration.id }
      }
    var arguments = ArgumentMaker(
      database: pair, tables: pair.shared, enumerations: enumerations,
      maker: ValueMaker(types: pair.types, random: SeededGenerator(seed: seed ^ 0xA5A5)))
    let excluded = scenario.plan.excluded.first
    var found: [(query: Int, place: Int, arguments: (Arguments, Arguments), choice: VariantChoice?)] = []
    for index in queries.indices {
      let query = queries[index]
      if let excluded, !query.first.reads.contains(where: { $0.description.lowercased() == excluded }) { continue }
      guard !deadline.isOver else {
        report.isCutShort = true
        break
      }
      let trial = PairTrial(
        pair: pair, query: query, now: now, engines: report.engines, keptDifferently: keptDifferently)
      let choices = query.choices
      let usual = max(query.first.parameters.isEmpty ? 1 : 8, choices.count)
      var (attempts, useful) = (0, 0)
      while attempts < usual || (useful == 0 && attempts < 30 && !query.first.parameters.isEmpty) {
        let choice = choices.isEmpty ? nil : choices[attempts % choices.count]
        attempts += 1
        let carried = arguments.arguments(for: query.asked)
        guard let own = query.arguments(carried, pair.first.types, pair.second.types) else { continue }
        let known = report.outcomes[index].differences.count
        do throws(TrialFailure) {
          let before = report.outcomes[index].rows
          try trial.run(own, choice, &report.outcomes[index])
          if report.outcomes[index].rows > before || query.columns.isEmpty { useful += 1 }
        } catch {
          guard error.cause == .outOfTime else { throw error }
          report.isCutShort = true
          break
        }
        if report.outcomes[index].differences.count > known { found.append((index, known, own, choice)) }
      }
    }
    for finding in found where shrunk < mostShrunk && !deadline.isOver {
      shrunk += 1
      let again = try makePair(templates)
      _ = again.fill(scenario.plan, seed: seed, tables: again.shared)
      let trial = PairTrial(
        pair: again, query: queries[finding.query], now: now, engines: report.engines, keptDifferently: keptDifferently)
      guard
        let small = try trial.shrink(
          report.outcomes[finding.query].differences[finding.place], finding.arguments, finding.choice, deadline)
      else { continue }
      report.outcomes[finding.query].differences[finding.place] = small
    }
  }

  private mutating func note(_ pair: Database) {
    for row in pair.refusedRows
    where !report.refusedRows.contains(where: { $0.table == row.table && $0.engine == row.engine }) {
      report.refusedRows.append(row)
    }
  }

  private mutating func note(_ filled: FillReport, _ plan: FillPlan, _ tables: [TrialTable]) {
    guard plan.rows.upperBound > 0, plan.excluded.isEmpty else { return }
    for table in tables where !filledOnce.contains(table.name) {
      report.unfilled[table.name] = filled.refused[table.name]
      if filled.refused[table.name] == nil { filledOnce.insert(table.name) }
    }
  }

  private var keptDifferently: [String: Set<String>] {
    Dictionary(
      report.storage.map { ($0.table.lowercased(), Set($0.columns.map { $0.lowercased() })) },
      uniquingKeysWith: { $0.union($1) })
  }

  /// What was put in is the same in both, or a column keeps it in another way.
  private mutating func compareRows(of pair: Database) throws(TrialFailure) {
    let comparison = AnswerComparison(order: .none, now: now)
    for (_, table) in pair.pairs.sorted(by: { $0.key < $1.key }) where table.first.kind == .ordinary {
      guard !report.storage.contains(where: { $0.table == table.first.name }) else { continue }
      let (one, two) = try pair.contents(of: table)
      guard case .rows(let mine, let theirs) = comparison.compare(one, two) else { continue }
      let names = table.sortedColumns.map(\.first.name)
      let columns = comparison.differingColumns(one, two, (mine, theirs)) ?? Array(names.indices)
      func shown(_ rows: [[PortableValue]], _ place: Int?) -> String {
        guard let place else { return "no row" }
        return columns.map { "\(names[$0]) = \(rows[place][$0])" }.joined(separator: ", ")
      }
      report.storage.append(
        StorageDifference(
          table: table.first.name, columns: columns.map { names[$0] },
          rows: [shown(one, mine.first), shown(two, theirs.first)]))
    }
  }
}

extension PairTable {
  /// In the order of the first table.
  var sortedColumns: [PairColumn] { first.columns.compactMap { columns[$0.key] } }
}

extension PairDatabase {
  /// All rows of a table, as each engine has them.
  func contents(of table: PairTable) throws(TrialFailure) -> ([[PortableValue]], [[PortableValue]]) {
    let columns = table.sortedColumns
    let one = try first.rows(of: table.first.name, columns.map(\.first.name), where: RowFilter(), limit: nil)
    let two = try second.rows(of: table.second.name, columns.map(\.second.name), where: RowFilter(), limit: nil)
    func read(_ row: [TrialValue], _ types: any TrialTypes, _ side: (PairColumn) -> PairColumn.Side) -> [PortableValue]
    {
      zip(row, columns).map { types.portableOrPlain($0, as: side($1).type) }
    }
    return (one.map { read($0, first.types, \.first) }, two.map { read($0, second.types, \.second) })
  }
}

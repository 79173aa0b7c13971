// `exercise --against`: the queries of two engines on the same rows, and where their answers differ.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCExercise
import SQLCFacts
import SQLCModel
import SQLCVet

/// Fills databases of both engines with the same rows, runs each query of a pair of blocks on both, and compares what comes back.
/// Exits with 1 when something differs.
///
/// The blocks of a face are a pair; without faces, the one block of each engine.
public func exerciseAgainst(_ context: CommandContext, effort: ExerciseEffort) throws -> CommandOutcome {
  let workspace = Workspace(at: context.location, files: context.fileSystem, engines: context.engines)
  let snapshot = try workspace.snapshot(progress: context.progress)
  let analyzed = AnalyzedProject(snapshot)
  let errors = analyzed.diagnostics.filter { $0.severity == .error }
  let pairs = blockPairs(of: analyzed)
  guard !pairs.isEmpty, pairs.contains(where: { !$0.first.model.queries.isEmpty }) else {
    let nothing =
      "sqlc-swift: error: there is no pair of blocks with queries: two blocks of one face, or one block for each engine\n"
    return CommandOutcome(
      standardError: errors.isEmpty
        ? nothing : render(errors, in: analyzed.project.sources, as: context.format), exit: .failure)
  }
  let hints = PortableHints(snapshot)
  var reports: [PairReport] = []
  var diagnostics: [Diagnostic] = []
  for pair in pairs {
    let report = try SQLCExercise.exercise(
      PairSide(model: pair.first.model, schema: schemaStatements(of: pair.first.block)),
      on: trialEngine(of: pair.first.block.settings),
      against: PairSide(model: pair.second.model, schema: schemaStatements(of: pair.second.block)),
      on: comparedEngine(of: pair.second.block.settings), orders: queryOrders(of: pair.first),
      now: Int64(Date().timeIntervalSince1970 * 1_000_000),
      options: ExerciseOptions(
        seed: effort.seed, rounds: effort.rounds, seconds: effort.seconds / Double(pairs.count)))
    diagnostics += report.diagnostics(in: pair, hints)
    reports.append(report)
  }
  let judged = analyzed.project.judged(
    diagnostics, tried: reports.contains { $0.isCutShort } ? .part : .exercise)
  let isLeftOpen = effort.unverified == .refused && reports.contains { !$0.uncompared.isEmpty || $0.isCutShort }
  let text =
    switch effort.format {
    case .text: reports.map(\.summary).joined()
    case .json: PairDocument(reports: reports).render()
    }
  return CommandOutcome(
    standardOutput: text,
    standardError: render(errors + judged, in: analyzed.project.sources, as: context.format),
    exit: !errors.isEmpty ? .failure : judged.hasErrors || isLeftOpen ? .drift : .success)
}

/// Blocks of one application for two engines.
struct BlockPair {
  /// For the engine that has no server.
  var first: BlockAnalysis
  var second: BlockAnalysis
}

/// The pairs of a project: the blocks of each face; without faces, the one block of each engine.
func blockPairs(of analyzed: AnalyzedProject) -> [BlockPair] {
  func pair(_ blocks: [BlockAnalysis]) -> BlockPair? {
    let (local, remote) = (
      blocks.filter { !needsServer($0.block.settings) }, blocks.filter { needsServer($0.block.settings) }
    )
    guard local.count == 1, remote.count == 1 else { return nil }
    return BlockPair(first: local[0], second: remote[0])
  }
  let faces = analyzed.project.faces.compactMap { face in
    pair(analyzed.blocks.filter { $0.block.settings.face?.value == face.module.value })
  }
  if !faces.isEmpty { return faces }
  return pair(analyzed.blocks).map { [$0] } ?? []
}

// MARK: Orders

/// Which rows of a query come first, as far as its words say it.
private func queryOrders(of block: BlockAnalysis) -> [String: QueryOrder] {
  guard let inspector = block.snapshot.inspector as? any SyntaxInspector else { return [:] }
  let reader = inspector.syntaxReader(elsewhere: ForeignColumns())
  var orders: [String: QueryOrder] = [:]
  for query in block.snapshot.queries {
    guard let model = query.model, let facts = reader.facts(of: query.annotated) else { continue }
    orders[query.name] = order(of: model, facts, in: query.annotated.source.text)
  }
  return orders
}

private func order(of query: QueryModel, _ facts: SyntaxFacts, in text: String) -> QueryOrder {
  if query.rowCount != .many { return .total }
  // A statement that writes gives its rows in any order.
  guard query.writes.isEmpty else { return .none }
  let bytes = Array(text.utf8)
  let terms = facts.orderTerms.filter { term in
    let expression = facts.expressions[term.expression]
    return term.context == .query && expression.parent == nil
      && !isEnclosed(expression.range.upper, query.statement.range.upper, bytes)
  }
  guard let first = terms.first else { return .none }
  if first.reach == .total { return .total }
  // Of what the caller chooses nothing is known.
  guard query.variants?.orders.isEmpty ?? true else { return .none }
  let columns = query.results.flatMap { result in
    switch result {
    case .column(let column): [column]
    case .embed(let embed): embed.columns
    }
  }
  var places: [Int] = []
  for term in terms {
    let expression = facts.expressions[term.expression]
    let place: Int?
    switch expression.kind {
    case .column:
      place =
        expression.column.flatMap { column in columns.firstIndex { $0.origin.map(isSame(as: column)) ?? false } }
        ?? columns.firstIndex { $0.name.lowercased() == expression.name.lowercased() }
    case .integer: place = Int(expression.name).map { $0 - 1 }.flatMap { columns.indices.contains($0) ? $0 : nil }
    default: place = nil
    }
    guard let place else { break }
    places.append(place)
  }
  return places.isEmpty ? .none : .partial(columns: places)
}

private func isSame(as column: ColumnReference) -> (ColumnReference) -> Bool {
  { $0.description.lowercased() == column.description.lowercased() }
}

/// Does a parenthesis close behind the place that opened before it?
private func isEnclosed(_ place: Int, _ end: Int, _ bytes: [UInt8]) -> Bool {
  var depth = 0
  var quote: UInt8?
  for byte in bytes[min(place, bytes.count)..<min(max(place, end), bytes.count)] {
    if let open = quote {
      if byte == open { quote = nil }
    } else if byte == 0x27 || byte == 0x22 {
      quote = byte
    } else if byte == 0x28 {
      depth += 1
    } else if byte == 0x29 {
      depth -= 1
      if depth < 0 { return true }
    }
  }
  return false
}

// MARK: Hints

/// What the pack `portable` says of the project's queries: likely causes of differences.
struct PortableHints {
  private var found: [Diagnostic] = []

  init(_ snapshot: Snapshot) {
    let rules = shippedRules.filter { $0.id.pass == "portable" }
    guard let database = try? makeFactDatabase(),
      let vetting = try? Vetting(
        snapshot, in: database, policies: [], options: [:], planning: nil, scope: VetScope(neededBy: rules))
    else { return }
    found = rules.flatMap { vetting.violations(of: $0) }.map(\.diagnostic)
  }

  /// Of one query.
  func notes(on query: QueryModel) -> [String] {
    let range = query.statement.range
    let own = found.filter { diagnostic in
      let source = diagnostic.primary.source
      return source.path == query.source.path
        && (range.lower...range.upper).contains(source.range.lower)
        || source.path == query.source.path && source.range == query.source.range
    }
    var seen: Set<String> = []
    return own.compactMap { diagnostic in
      seen.insert(diagnostic.id.description).inserted ? "\(diagnostic.id): \(diagnostic.message)" : nil
    }
  }
}

// MARK: Diagnostics

extension PairReport {
  func diagnostics(in pair: BlockPair, _ hints: PortableHints) -> [Diagnostic] {
    outcomes.flatMap { outcome in outcome.differences.map { $0.diagnostic(of: outcome, engines, hints) } }
      + storage.map { keptDifferently($0, pair) } + refusedRows.map { takenByOne($0, pair) }
  }

  private func place(of table: String, in block: BlockAnalysis) -> SourceRange {
    block.model.tables.first { $0.name.description.lowercased() == table.lowercased() }?.source
      ?? block.block.settings.out.source
  }

  private func keptDifferently(_ found: StorageDifference, _ pair: BlockPair) -> Diagnostic {
    Diagnostic(
      ExerciseRule.differentRow.rule,
      "the same row of '\(found.table)' is kept differently in \(found.columns.map { "'\($0)'" }.joined(separator: ", "))",
      at: DiagnosticLabel(place(of: found.table, in: pair.first)),
      secondary: [DiagnosticLabel(place(of: found.table, in: pair.second), "the table for \(engines[1])")],
      notes: zip(engines, found.rows).map { "\($0) has \($1)" } + [familyNote(.storage)])
  }

  private func takenByOne(_ row: RefusedRow, _ pair: BlockPair) -> Diagnostic {
    let other = engines.first { $0 != row.engine } ?? ""
    let places = row.engine == engines[0] ? (pair.first, pair.second) : (pair.second, pair.first)
    return Diagnostic(
      ExerciseRule.refusedRow.rule, "\(row.engine) refuses a row of '\(row.table)' that \(other) takes",
      at: DiagnosticLabel(place(of: row.table, in: places.0)),
      secondary: [DiagnosticLabel(place(of: row.table, in: places.1), "the table for \(other)")],
      notes: ["\(row.engine): \(row.message)", "the row: \(row.row.joined(separator: ", "))", familyNote(.storage)])
  }
}

private func familyNote(_ family: DifferenceFamily) -> String {
  "see \"\(family.rawValue)\" in the article EngineDifferences"
}

extension Difference {
  fileprivate func diagnostic(of outcome: PairOutcome, _ engines: [String], _ hints: PortableHints) -> Diagnostic {
    let name = outcome.first.name
    let message: String
    var rule = ExerciseRule.differentAnswer
    switch kind {
    case .order: message = "'\(name)' gives its rows in another order on \(engines[1])"
    case .rows: message = "'\(name)' gives other rows on \(engines[1])"
    case .values(let columns):
      message =
        "'\(name)' gives another value for \(columns.map { "'\($0)'" }.joined(separator: ", ")) on \(engines[1])"
    case .refusal(let engine, _):
      rule = .differentRefusal
      message = "\(engine) refuses what '\(name)' does on \(engines.first { $0 != engine } ?? "")"
    case .effect(let table):
      rule = .differentEffect
      message = "'\(name)' leaves other rows in '\(table)' on \(engines[1])"
    }
    var notes = zip(engines, statements).map { "\($0): \($1)" }
    if statements.count == 2, statements[0] == statements[1] { notes = ["both: \(statements[0])"] }
    notes += zip(engines, answers).map { engine, rows in "\(engine) gives \(Self.cut(rows))" }
    notes += rows.map { "rows of '\($0.table)' that show it: \(Self.cut($0.rows))" }
    notes += hints.notes(on: outcome.first)
    notes.append(familyNote(family))
    let isShared = outcome.first.source == outcome.second.source
    return Diagnostic(
      rule.rule, message, at: DiagnosticLabel(outcome.first.source),
      secondary: isShared ? [] : [DiagnosticLabel(outcome.second.source, "the query for \(engines[1])")],
      notes: notes)
  }

  private static func cut(_ rows: [String]) -> String {
    if rows.isEmpty { return "no row" }
    return rows.prefix(6).joined(separator: ", ") + (rows.count > 6 ? ", … (\(rows.count) in all)" : "")
  }
}

extension PairReport {
  /// `compared 34 queries on 9 databases of each engine: …`, and what is left to say.
  var summary: String {
    let runs = outcomes.reduce(0) { $0 + $1.runs }
    let refusals = outcomes.reduce(0) { $0 + $1.refusals }
    let rows = outcomes.reduce(0) { $0 + $1.rows }
    var lines = [
      "compared \(count(outcomes.count, "query", "queries")) of \(engines.joined(separator: " and ")) on \(databases) databases of each: \(runs) runs, \(rows) rows, \(refusals) refused by both, seed \(seed)"
        + (isCutShort ? "; the time was up before all was tried" : "")
    ]
    lines.append(
      count(differences, "difference", "differences") + ", "
        + count(refusedRows.count, "kind of row", "kinds of rows") + " that one engine alone takes")
    func list(_ title: String, _ members: [String]) {
      guard !members.isEmpty else { return }
      lines.append(title)
      lines += members.map { "  \($0)" }
    }
    list(
      "rows came in another order, which the query leaves open:",
      outcomes.filter { $0.openOrders > 0 }.map(\.first.name))
    list(
      "gave something else when asked again, and was not compared then:",
      outcomes.filter { $0.varying > 0 }.map(\.first.name))
    list("not compared:", uncompared.map { "\($0.query.name): \($0.reason)" })
    list("never ran to the end on both:", outcomes.filter { $0.runs == 0 }.map(\.first.name))
    list("no row was found that both take:", unfilled.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })
    for (engine, tables) in lonely.sorted(by: { $0.key < $1.key }) where !tables.isEmpty {
      list("tables of \(engine) alone, which stayed empty:", tables)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

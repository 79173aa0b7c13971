// `exercise`: the project's queries run on generated data, and what that shows.

package import SQLCDiagnostics
package import SQLCExercise
import SQLCModel

/// How `exercise` prints its report.
public enum ExerciseFormat: Sendable, Hashable { case text, json }

/// What becomes of queries whose claims no run could confirm: they are named, or the command fails as well (`--strict`).
public enum UnverifiedQueries: Sendable, Hashable { case listed, refused }

/// How much `exercise` tries.
public struct ExerciseEffort: Sendable, Hashable {
  public var seed: UInt64
  public var rounds: Int
  /// In all, over every block.
  public var seconds: Double
  public var format: ExerciseFormat
  public var unverified = UnverifiedQueries.listed

  public init(seed: UInt64 = 1, rounds: Int = 3, seconds: Double = 60, format: ExerciseFormat = .text) {
    self.seed = seed
    self.rounds = rounds
    self.seconds = seconds
    self.format = format
  }
}

/// Runs every query on databases full of generated rows and checks each value against its declared type, nullability and
/// row count. Exits with 1 when a claim is found wrong.
public func exercise(_ context: CommandContext, effort: ExerciseEffort) throws -> CommandOutcome {
  let analyzed = try AnalyzedProject(context)
  let project = analyzed.project
  let sources = project.sources
  // Queries with errors are left out and said; the others can be run all the same. Warnings are `check`'s to give.
  let errors = analyzed.diagnostics.filter { $0.severity == .error }
  if analyzed.blocks.allSatisfy(\.model.queries.isEmpty) {
    let nothing = "sqlc-swift: error: there is no query to run\n"
    return CommandOutcome(
      standardError: errors.isEmpty ? nothing : render(errors, in: sources, as: context.format), exit: .failure)
  }
  var reports: [ExerciseReport] = []
  for block in analyzed.blocks {
    let options = ExerciseOptions(
      seed: effort.seed, rounds: effort.rounds, seconds: effort.seconds / Double(analyzed.blocks.count))
    reports.append(
      try SQLCExercise.exercise(
        block.model, schema: schemaStatements(of: block.block), on: trialEngine(of: block.block.settings),
        options: options))
  }
  let diagnostics = project.judged(
    reports.flatMap(\.diagnostics),
    tried: reports.contains { $0.isCutShort || !$0.unverified.isEmpty } ? .part : .exercise)
  let isUnsound =
    diagnostics.hasErrors || (effort.unverified == .refused && reports.contains { !$0.unverified.isEmpty })
  let text =
    switch effort.format {
    case .text: reports.map(\.summary).joined()
    case .json: ExerciseDocument(reports: reports, sources: sources).render()
    }
  return CommandOutcome(
    standardOutput: text, standardError: render(errors + diagnostics, in: sources, as: context.format),
    exit: errors.isEmpty ? (isUnsound ? .drift : .success) : .failure)
}

extension ExerciseReport {
  /// What is wrong, query by query.
  package var diagnostics: [Diagnostic] {
    queries.flatMap { outcome in
      (outcome.findings + outcome.brokenAssertions).map { $0.diagnostic(in: outcome.query) }
        + outcome.silence(engine, isCutShort: isCutShort)
    } + unfilled.sorted { $0.key < $1.key }.compactMap { unfilledTable($0.key, $0.value) }
  }

  /// A table that stays empty matters to the queries that read it.
  private func unfilledTable(_ table: String, _ reason: String) -> Diagnostic? {
    guard let reader = queries.first(where: { $0.query.reads.contains(where: { $0.description == table }) }) else {
      return nil
    }
    return Diagnostic(
      ExerciseRule.unfilledTable.rule, "no row could be generated for '\(table)'",
      at: DiagnosticLabel(reader.query.source, "reads it"), notes: [words(reason, "\(engine)'s last word")])
  }

  /// `exercised 120 queries on 96 databases: 4,021 runs, 18,113 rows, seed 1`, and what is left to say.
  package var summary: String {
    var lines = [
      "exercised \(queries.count) queries on \(databases) databases: \(executions) runs, \(rows) rows, seed \(seed)"
        + (isCutShort ? "; the time was up before all was tried" : "")
    ]
    let unsound = queries.reduce(0) { $0 + $1.findings.count }
    lines.append("\(unsound) wrong claims, \(queries.count { $0.executions == 0 }) queries never ran to their end")
    let variants = queries.filter { $0.query.variants != nil }
    if !variants.isEmpty {
      lines.append("combinations of predicates, assignments and orders that ran:")
      lines += variants.map {
        "  \($0.query.name) \($0.choicesRun.count) of \($0.query.variants?.choices.count ?? 0)"
      }
    }
    let neverNull = queries.flatMap { outcome in outcome.neverNull.map { "  \(outcome.query.name).\($0)" } }
    if !neverNull.isEmpty {
      lines.append("optional, and never NULL in what was seen:")
      lines += neverNull
    }
    if !besideTriggers.isEmpty {
      lines.append("triggers refuse every row of these tables, which got theirs while triggers were off:")
      lines += besideTriggers.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
    }
    let unverified = unverified
    if !unverified.isEmpty {
      lines.append("not verified, \(unverified.count) of \(count(queries.count, "query", "queries")):")
      lines += unverified.map { "  \($0.query.name): \($0.reason)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Finding {
  fileprivate func diagnostic(in query: QueryModel) -> Diagnostic {
    switch kind {
    case .value(let column, let claim, let found):
      Diagnostic(
        ExerciseRule.unsoundColumn.rule,
        "'\(column.name)' of '\(query.name)' is said to be \(claim), and gave \(found)",
        at: DiagnosticLabel(column.source), notes: ["reproduce with: \(reproduction)"])
    case .assertion(let column, let source):
      Diagnostic(
        ExerciseRule.brokenAssertion.rule,
        "'\(column)' of '\(query.name)' is NULL on rows that the schema admits, though the query says it never is",
        at: DiagnosticLabel(source), notes: ["seen with: \(reproduction)"])
    case .rowCount(let claim, let found):
      Diagnostic(
        ExerciseRule.unsoundRowCount.rule,
        "'\(query.name)' is said to give \(claim.words), and gave \(found)", at: DiagnosticLabel(query.source),
        notes: ["reproduce with: \(reproduction)"])
    case .parents(let keys, let found):
      Diagnostic(
        ExerciseRule.unsoundKey.rule,
        "the key of '\(query.name)' tells \(keys) parents apart, and there were \(found)",
        at: DiagnosticLabel(query.source), notes: ["reproduce with: \(reproduction)"])
    case .page(let row, let count, let order):
      Diagnostic(
        ExerciseRule.unsoundPage.rule,
        "behind row \(row) of \(count) of '\(query.name)'\(order.isEmpty ? "" : " by \(order)") come other rows by its cursor",
        at: DiagnosticLabel(query.source), notes: ["reproduce with: \(reproduction)"])
    case .writes(let tables):
      Diagnostic(
        ExerciseRule.unsoundEffect.rule,
        "'\(query.name)' changed rows of \(tables.map { "'\($0)'" }.joined(separator: ", ")), which it is not said to write",
        at: DiagnosticLabel(query.source), notes: ["reproduce with: \(reproduction)"])
    }
  }
}

extension RowCount {
  fileprivate var words: String {
    switch self {
    case .exactlyOne: "exactly one row"
    case .atMostOne: "at most one row"
    case .many: "any number of rows"
    }
  }
}

extension QueryOutcome {
  /// What is to be said of a query that never ran to its end.
  fileprivate func silence(_ engine: String, isCutShort: Bool) -> [Diagnostic] {
    guard executions == 0, !(isCutShort && failures.isEmpty && refusals.isEmpty) else { return [] }
    let said = (failures.isEmpty ? refusals : failures).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return [
      Diagnostic(
        ExerciseRule.failingQuery.rule, "'\(query.name)' never ran to its end",
        at: DiagnosticLabel(query.source), notes: said.prefix(3).map { words($0.key, "\(engine) says") })
    ]
  }
}

/// Who says so: the engine, unless it was we who kept it from something.
private func words(_ message: String, _ speaker: String) -> String {
  message.hasPrefix("sqlc-swift ") ? message : "\(speaker): \(message)"
}

// `seed`: a database file with generated rows.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCExercise

/// How `seed` is asked.
public struct SeedRequest: Sendable {
  /// Seen from where the user stands.
  public var file: String
  /// Of each table.
  public var rows = 100
  public var seed: UInt64 = 1
  /// From 1.
  public var block = 1
  /// No row is begun afterwards.
  public var seconds = 60.0

  public init(file: String) { self.file = file }
}

/// Writes a new database file with the project's schema, its migrations recorded, and rows that its constraints admit.
public func seed(_ context: CommandContext, _ request: SeedRequest) throws -> CommandOutcome {
  let path = join(context.location.workingDirectory, request.file)
  guard context.fileSystem.kind(of: path) == nil, !context.fileSystem.isLink(path) else {
    return failed("'\(request.file)' exists, and is left as it is")
  }
  let made: (bytes: [UInt8], report: FillReport)
  switch try onDeepStack({ try filled(context, request) }) {
  case .failure(let failure): return failure.outcome
  case .success(let file): made = file
  }
  do throws(FileSystemError) {
    try replace(path, with: made.bytes, on: context.fileSystem)
  } catch {
    return failed("'\(request.file)' cannot be written: \(error.reason)")
  }
  // So that an application's 'migrate' finds nothing to do.
  let recorded = try withDatabase(context, block: request.block, request.file, use: .mending) {
    database, _, migrations in
    if let last = migrations.last { _ = try await database.baseline(migrations, at: last.version) }
    return CommandOutcome()
  }
  guard recorded.exit == .success else {
    try? context.fileSystem.remove(path)
    return recorded
  }
  return outcome(of: made.report, request)
}

private func filled(
  _ context: CommandContext, _ request: SeedRequest
) throws -> Result<(bytes: [UInt8], report: FillReport), OutcomeError> {
  let analyzed = try AnalyzedProject(context)
  let project = analyzed.project
  let diagnostics = project.judged(analyzed.diagnostics, tried: .part)
  guard !diagnostics.hasErrors else {
    return .failure(
      OutcomeError(
        outcome: CommandOutcome(
          standardError: render(diagnostics, in: project.sources, as: context.format), exit: .failure)))
  }
  guard analyzed.blocks.indices.contains(request.block - 1) else {
    return .failure(
      OutcomeError(
        outcome: failed(
          "the configuration has \(count(project.blocks.count, "sql block")), and no block \(request.block)")))
  }
  let analysis = analyzed.blocks[request.block - 1]
  var plan = FillPlan(rows: request.rows...request.rows)
  plan.deadline = .after(seconds: request.seconds)
  guard let file = try seededFile(analysis.model, of: analysis.block, plan, seed: request.seed) else {
    return .failure(OutcomeError(outcome: failed("databases of \(analysis.engine.name) are no files")))
  }
  return .success(file)
}

/// What came of it: a table that has fewer rows than were asked for is named, with the last refusal where it has none.
private func outcome(of report: FillReport, _ request: SeedRequest) -> CommandOutcome {
  let total = report.inserted.values.reduce(0, +)
  let isFull = report.inserted.values.allSatisfy { $0 == request.rows } && report.refused.isEmpty
  var outcome = CommandOutcome(
    standardOutput:
      "wrote \(request.file): \(count(total, "row")) in \(count(report.inserted.count, "table")), seed \(request.seed)\n"
  )
  guard !isFull else { return outcome }
  for (table, rows) in report.inserted.sorted(by: { $0.key < $1.key }) where rows != request.rows {
    let reason = report.refused[table].map { ": \($0)" } ?? ""
    outcome.standardError += "sqlc-swift: warning: '\(table)' got \(count(rows, "row"))\(reason)\n"
  }
  return outcome
}

private func failed(_ message: String) -> CommandOutcome {
  CommandOutcome(standardError: "sqlc-swift: error: \(message)\n", exit: .failure)
}

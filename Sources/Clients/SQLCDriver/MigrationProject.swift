// The migrations of one block of a project whose schema is sound.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCMigrationCheck
import SQLCMigrations
import SQLCModel

struct MigrationProject {
  var project: Project
  var block: ProjectBlock
  var engine: any Engine
  var scripts: [MigrationScript]
  /// What is wrong with the down migrations of some; the up migrations are sound.
  var diagnostics: [Diagnostic]

  init(project: Project, block: ProjectBlock, engine: any Engine) {
    self.project = project
    self.block = block
    self.engine = engine
    let found = SQLCAnalysis.migrations(of: block, engine: engine)
    scripts = found.value
    diagnostics = found.diagnostics
  }

  var migrations: [MigrationModel] { scripts.map(MigrationModel.init) }
  /// Without what is a schema edited in place.
  var stepCount: Int { scripts.count { $0.role != .definition } }

  /// Tries every migration on tables with rows: up, down, and up again.
  ///
  /// - Parameter queries: of the block.
  func check(_ context: CommandContext, queries: [QueryModel]) throws -> CommandOutcome {
    try onDeepStack { try tried(context, queries) }
  }

  private func tried(_ context: CommandContext, _ queries: [QueryModel]) throws -> CommandOutcome {
    let lock = lockFile(of: scripts, in: project, on: context.fileSystem)
    var sources = project.sources
    if let lock { sources.insert(lock) }
    // A down migration that cannot be read has been faulted, and is not tried.
    let unreadable = Set(diagnostics.filter { $0.severity == .error }.map(\.primary.source.path))
    let found = project.judged(
      try diagnostics + (lock.map { lockProblems(of: scripts, in: $0) } ?? [])
        + engine.historyProblems(of: block.schema)
        + SQLCMigrationCheck.checkMigrations(
          scripts, withoutDown: unreadable, queries: queries, on: trialEngine(of: block.settings)),
      tried: .migrations)
    let errors = found.count { $0.severity == .error }
    var summary = "checked \(stepCount) migrations: \(errors) errors, \(found.count - errors) warnings\n"
    for snapshot in scripts where !snapshot.squashed.isEmpty {
      summary +=
        "\(snapshot.version) is a snapshot of \(Set(snapshot.squashed.map(\.version)).count) migrations: databases that have"
        + " some of them and not all are refused\n"
    }
    return CommandOutcome(
      standardOutput: summary, standardError: render(found, in: sources, as: context.format),
      exit: errors > 0 ? .drift : .success)
  }
}

/// Reads the project and its schema; a failed outcome when something is wrong with either.
func migrationProject(_ context: CommandContext, block number: Int) throws -> Result<MigrationProject, OutcomeError> {
  try onDeepStack { try readMigrations(context, block: number) }
}

private func readMigrations(
  _ context: CommandContext, block number: Int
) throws -> Result<MigrationProject, OutcomeError> {
  let project = loadProject(at: context.location, on: context.fileSystem, engines: context.engines)
  var diagnostics = project.diagnostics
  func failure(_ text: String? = nil) -> Result<MigrationProject, OutcomeError> {
    .failure(
      OutcomeError(
        outcome: CommandOutcome(
          standardError: text ?? render(diagnostics, in: project.value.sources, as: context.format), exit: .failure)))
  }
  guard !diagnostics.hasErrors else { return failure() }
  guard project.value.blocks.indices.contains(number - 1) else {
    return failure(
      "sqlc-swift: error: the configuration has \(project.value.blocks.count) sql blocks, and no block \(number)\n")
  }
  let block = project.value.blocks[number - 1]
  let engine = project.value.engines.make(block.settings)
  diagnostics += engine.diagnostics
  diagnostics += try engine.value.load(block.schema).diagnostics
  guard !diagnostics.hasErrors else { return failure() }
  return .success(MigrationProject(project: project.value, block: block, engine: engine.value))
}

struct OutcomeError: Error { var outcome: CommandOutcome }

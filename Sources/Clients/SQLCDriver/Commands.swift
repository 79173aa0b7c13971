// What each command does, as a function from a place on the disk to what is printed and how the process ends.

public import SQLCAnalysis
public import SQLCDiagnostics
import SQLCModel
import SQLCTargetSwift

/// How a command ended.
public struct CommandOutcome: Sendable, Hashable {
  public enum Exit: Int32, Sendable, Hashable {
    case success = 0
    /// What the command looks for is there: drift, a wrong claim, a migration that does not hold, another schema.
    case drift = 1
    /// The input has errors, or the disk refused.
    case failure = 2
    case usage = 64
  }

  public var standardOutput: String
  public var standardError: String
  public var exit: Exit

  public init(standardOutput: String = "", standardError: String = "", exit: Exit = .success) {
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.exit = exit
  }
}

/// Everything a command needs from outside.
public struct CommandContext {
  public var location: ProjectLocation
  public var fileSystem: any FileSystem
  public var format: DiagnosticFormat
  package var engines = EngineSet.standard
  /// Told after each query; for a progress line.
  public var progress: (_ done: Int, _ total: Int) -> Void

  public init(
    location: ProjectLocation, fileSystem: any FileSystem = LocalFileSystem(), format: DiagnosticFormat = .text(.plain),
    progress: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) {
    self.location = location
    self.fileSystem = fileSystem
    self.format = format
    self.progress = progress
  }
}

/// Writes the generated files: all of them or, when anything is wrong, none.
public func generate(_ context: CommandContext) throws -> CommandOutcome {
  try ProjectRun(context).generate(on: context.fileSystem)
}

/// Prints what `generate` would change, as a unified diff.
public func diff(_ context: CommandContext) throws -> CommandOutcome {
  let run = try ProjectRun(context)
  guard !run.diagnostics.hasErrors else { return run.failure() }
  if let missing = run.missingRuntime { return run.failure(adding: missing) }
  return run.success(
    renderDiff(run.changes, base: run.project.base), adding: run.drift, exit: run.changes.isEmpty ? .success : .drift)
}

/// What `check` does about migrations.
public enum MigrationChecks: Sendable, Hashable { case tried, skipped }

/// Everything but writing; migrations are tried as `migrate check` does, and end the process as it does.
public func check(_ context: CommandContext, migrations: MigrationChecks = .tried) throws -> CommandOutcome {
  try ProjectRun(context).check(migrations) { project, queries in try project.check(context, queries: queries) }
}

/// Prints the analysis as JSON; queries with errors are left out of it, and the command fails.
public func analyze(_ context: CommandContext) throws -> CommandOutcome {
  let analyzed = try AnalyzedProject(context)
  let project = analyzed.project
  let diagnostics = project.judged(analyzed.diagnostics, tried: .analysis)
  return CommandOutcome(
    standardOutput: AnalysisDocument(
      engines: project.blocks.map(\.settings.engine), analyses: analyzed.blocks, sources: project.sources
    ).render(),
    standardError: render(diagnostics, in: project.sources, as: context.format),
    exit: diagnostics.hasErrors ? .failure : .success)
}

/// One run of the whole way, up to the change set.
struct ProjectRun {
  let project: Project
  let analyses: [BlockAnalysis]
  let changes: ChangeSet
  let diagnostics: [Diagnostic]
  private let queryCount: Int
  private let format: DiagnosticFormat

  init(_ context: CommandContext) throws { self.init(try AnalyzedProject(context), context) }

  /// - Parameter makeFiles: the files of a block whose analysis has no errors.
  init(
    _ analyzed: AnalyzedProject, _ context: CommandContext,
    files makeFiles: (BlockAnalysis) -> Diagnosed<[GeneratedFile]> = generateFiles(for:)
  ) {
    let project = analyzed.project
    var diagnostics = analyzed.diagnostics
    var changes = ChangeSet()
    if !diagnostics.hasErrors {
      let outputs = generatedOutputs(of: analyzed, files: makeFiles)
      diagnostics += outputs.diagnostics
      for output in outputs.value {
        let out = output.out
        let folder = outputFolder(out, base: project.base, on: context.fileSystem)
        diagnostics += folder.diagnostics
        guard !folder.diagnostics.hasErrors else { continue }
        let plan = planChanges(
          output.files, in: folder.value, named: OutputName(text: out.value, source: out.source),
          header: SwiftCodeGenerator.header, on: context.fileSystem)
        diagnostics += plan.diagnostics
        changes.changes += plan.value.changes
      }
    }
    self.project = project
    analyses = analyzed.blocks
    self.changes = changes
    self.diagnostics = project.judged(
      diagnostics, tried: analyzed.blocks.allSatisfy { $0.engine.runtime != nil } ? .generation : .analysis)
    queryCount = analyzed.blocks.reduce(0) { $0 + $1.queryCount }
    format = context.format
  }

  /// Writes the files, unless something is wrong.
  func generate(on fileSystem: any FileSystem) -> CommandOutcome {
    guard !diagnostics.hasErrors else { return failure() }
    if let missingRuntime { return failure(adding: missingRuntime) }
    do throws(FileSystemError) {
      try apply(changes, on: fileSystem)
    } catch {
      return failure(adding: writeFailure(error))
    }
    return success(summary(verb: "generated"))
  }

  /// - Parameter tryMigrations: of one block, whose queries it is given.
  func check(
    _ migrations: MigrationChecks, trying tryMigrations: (MigrationProject, [QueryModel]) throws -> CommandOutcome
  ) throws -> CommandOutcome {
    guard !diagnostics.hasErrors else { return failure() }
    if let nothingChecked { return failure(adding: nothingChecked) }
    var outcome = success(checkSummary)
    guard migrations == .tried else { return outcome }
    for analysis in analyses where hasMigrationSteps(analysis.block, rules: analysis.engine.lexicalRules) {
      guard analysis.snapshot.witness == .engine else {
        outcome.standardOutput += "migrations were not tried: there is no server to try them on\n"
        continue
      }
      let found = MigrationProject(project: project, block: analysis.block, engine: analysis.engine)
      let tried = try tryMigrations(found, analysis.model.queries)
      outcome.standardOutput += tried.standardOutput
      outcome.standardError += tried.standardError
      if tried.exit != .success { outcome.exit = tried.exit }
    }
    return outcome
  }

  func failure(adding extra: Diagnostic? = nil) -> CommandOutcome {
    let diagnostics = diagnostics + (extra.map { [$0] } ?? [])
    return CommandOutcome(standardError: render(diagnostics, in: project.sources, as: format), exit: .failure)
  }

  func success(
    _ output: String, adding extra: [Diagnostic] = [], exit: CommandOutcome.Exit = .success
  ) -> CommandOutcome {
    CommandOutcome(
      standardOutput: output, standardError: render(diagnostics + extra, in: project.sources, as: format), exit: exit)
  }

  /// What `diff` says beside the differences, for each output folder: what to do about them, and which files differ in
  /// line ends alone.
  var drift: [Diagnostic] {
    (project.blocks.map(\.settings.out) + project.faces.map(\.out)).flatMap { out -> [Diagnostic] in
      let folder = join(project.base, out.value)
      let files = changes.changes.filter { parent(of: $0.path) == folder }
      let stale = files.count(where: \.isDrift)
      let converted = files.count { $0.kind == .otherLineEnds }
      return [
        stale > 0 ? DriverDiagnostic.outdatedFiles(count: stale, of: files.count, path: out.value).at(out.source) : nil,
        converted > 0 ? DriverDiagnostic.otherLineEnds(count: converted, path: out.value).at(out.source) : nil,
      ].compactMap(\.self)
    }
  }

  func writeFailure(_ error: FileSystemError) -> Diagnostic {
    let path = relativePath(error.path, from: project.base)
    return DriverDiagnostic.unwritable(path: path, reason: error.reason)
      .at(SourceRange(path: path, range: ByteRange(at: 0)))
  }

  /// A check that looked at no query at all must not pass.
  var nothingChecked: Diagnostic? {
    let entries = project.blocks.flatMap(\.settings.queries)
    guard queryCount == 0, let first = entries.first else { return nil }
    return DriverDiagnostic.noQueries(paths: entries.map(\.value)).at(first.source)
  }

  /// A block whose code cannot be made yet.
  var missingRuntime: Diagnostic? {
    guard let block = analyses.first(where: { $0.engine.runtime == nil }) else { return nil }
    let settings = block.block.settings
    return DriverDiagnostic.missingRuntime(engine: block.engine.name.rawValue)
      .at(settings.analysis.enginePlace ?? settings.out.source)
  }

  /// `checked 40 queries; the generated code is up to date`
  var checkSummary: String {
    let checked = "checked \(count(queryCount, "query", "queries"))"
    if analyses.allSatisfy({ $0.engine.runtime == nil }) { return checked + "\n" }
    return checked + "; "
      + (changes.isEmpty
        ? "the generated code is up to date\n" : "'sqlc-swift generate' would change the generated code\n")
  }

  /// `generated 12 files from 40 queries: 3 changed, 1 removed`
  func summary(verb: String) -> String {
    var changed = 0
    var removed = 0
    for change in changes.changes {
      switch change.kind {
      case .create, .modify: changed += 1
      case .deleteOrphan: removed += 1
      case .unchanged, .otherLineEnds: break
      }
    }
    let files = changes.changes.count - removed
    let parts = [changed > 0 ? "\(changed) changed" : nil, removed > 0 ? "\(removed) removed" : nil]
    let detail = parts.compactMap { $0 }.joined(separator: ", ")
    return "\(verb) \(count(files, "file")) from \(count(queryCount, "query", "queries")): "
      + (detail.isEmpty ? "all up to date" : detail) + "\n"
  }

}

/// `1 file`, `3 files`
func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(number) " + (number == 1 ? singular : plural ?? singular + "s")
}

private func renderDiff(_ changes: ChangeSet, base: String) -> String {
  changes.changes.reduce(into: "") { text, change in
    let name = relativePath(change.path, from: base)
    switch change.kind {
    case .create(let new):
      text += UnifiedDiff(from: "", to: new).render(oldName: "/dev/null", newName: "b/" + name)
    case .modify(let old, let new):
      // Lines that differ in their ends alone are the same here.
      text += UnifiedDiff(from: withLineFeeds(old), to: withLineFeeds(new))
        .render(oldName: "a/" + name, newName: "b/" + name)
    case .deleteOrphan(let old):
      text += UnifiedDiff(from: withLineFeeds(old), to: "").render(oldName: "a/" + name, newName: "/dev/null")
    case .unchanged, .otherLineEnds:
      break
    }
  }
}

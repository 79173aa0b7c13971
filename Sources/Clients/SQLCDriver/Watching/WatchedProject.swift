// A project that is looked at again and again: what is news of it, and which paths its answers come from.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCFileEvents
import SQLCModel

/// Belongs to the thread of `watch`.
final class WatchedProject {
  private let command: WatchedCommand
  private let context: CommandContext
  private let ending: Cancellation
  private let disk: RecordingFiles
  private let workspace: Workspace
  private(set) var interest = Interest()
  private var memory: Memory?
  private var migrations = TriedMigrations()

  /// What the last look has found.
  private struct Memory {
    /// Absent: it could not be found out.
    var inputs: Inputs?
    var outcome: CommandOutcome
    var files: [String: Diagnosed<[GeneratedFile]>] = [:]
  }

  /// Everything that was read.
  private struct Inputs: Hashable {
    var sources: SourceSet
    var diagnostics: [Diagnostic]
  }

  init(_ command: WatchedCommand, _ context: CommandContext, _ ending: Cancellation) {
    self.command = command
    self.context = context
    self.ending = ending
    disk = RecordingFiles(over: context.fileSystem)
    workspace = Workspace(at: context.location, files: disk, engines: context.engines)
  }

  var watchedPaths: WatchedPaths { interest.watched { context.fileSystem.kind(of: $0) } }

  /// Reads the project, does what the command does, and says so if it is news.
  func look() -> WatchRound? {
    disk.forget()
    workspace.filesChanged()
    let now: Memory
    var hasWritten = false
    do {
      let snapshot = try workspace.snapshot(cancellation: ending, progress: context.progress)
      (now, hasWritten) = try run(on: snapshot)
    } catch is CancellationError {
      return nil
    } catch {
      now = Memory(outcome: failure(error))
      listen(to: [])
    }
    defer { memory = now }
    guard let before = memory else { return WatchRound(outcome: now.outcome, changed: []) }
    let isNews = hasWritten || now.inputs != before.inputs || hasOtherWords(now.outcome, before.outcome)
    guard isNews else { return nil }
    let changed = now.inputs.map { inputs in
      before.inputs.map { inputs.sources.pathsThatDiffer(from: $0.sources) } ?? []
    }
    return WatchRound(outcome: now.outcome, changed: changed ?? [])
  }

  private func run(on snapshot: Snapshot) throws -> (Memory, hasWritten: Bool) {
    let analyzed = AnalyzedProject(snapshot)
    let inputs = Inputs(sources: snapshot.project.sources, diagnostics: snapshot.projectDiagnostics)
    let known = memory?.inputs == inputs ? memory?.files ?? [:] : [:]
    var files: [String: Diagnosed<[GeneratedFile]>] = [:]
    let run = ProjectRun(analyzed, context) { block in
      let out = block.block.settings.out.value
      let made = known[out] ?? generateFiles(for: block)
      files[out] = made
      return made
    }
    listen(to: snapshot.project.blocks.map { join(snapshot.project.base, $0.settings.out.value) })
    let outcome: CommandOutcome
    var hasWritten = false
    switch command {
    case .generate:
      outcome = run.generate(on: context.fileSystem)
      hasWritten = outcome.exit == .success && !run.changes.isEmpty
    case .check(let checks):
      outcome = try run.check(checks) { project, queries in try migrations.check(project, context, queries) }
    }
    return (Memory(inputs: inputs, outcome: outcome, files: files), hasWritten)
  }

  /// What was read, and the files of the output folders.
  private func listen(to folders: [String]) {
    var questions = disk.questions
    questions.listed.formUnion(folders)
    interest = Interest(questions) { context.fileSystem.destination(ofLink: $0) }
  }

  private func failure(_ error: any Error) -> CommandOutcome {
    CommandOutcome(standardError: "sqlc-swift: error: \(visibleText("\(error)"))\n", exit: .failure)
  }

  /// That everything is up to date is no news after it was written.
  private func hasOtherWords(_ a: CommandOutcome, _ b: CommandOutcome) -> Bool {
    if a.standardError != b.standardError || a.exit != b.exit { return true }
    return command != .generate && a.standardOutput != b.standardOutput
  }
}

/// What trying the migrations has said, for as long as nothing that it depends on changes.
struct TriedMigrations {
  private struct Question: Hashable {
    var schema: [SourceFile]
    var downs: [SourceFile]
    var queries: [QueryModel]
    var rules: [RuleSetting]
    var lock: SourceFile?
  }

  private var known: [String: (question: Question, outcome: CommandOutcome)] = [:]

  mutating func check(
    _ migrations: MigrationProject, _ context: CommandContext, _ queries: [QueryModel]
  ) throws -> CommandOutcome {
    let block = migrations.block
    let question = Question(
      schema: block.schema, downs: block.downs, queries: queries, rules: migrations.project.rules,
      lock: lockFile(of: migrations.scripts, in: migrations.project, on: context.fileSystem))
    let out = block.settings.out.value
    if let known = known[out], known.question == question { return known.outcome }
    let outcome = try migrations.check(context, queries: queries)
    known[out] = (question, outcome)
    return outcome
  }
}

// `migrate lock`: the lock file of a folder of migrations, read and written.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations

/// Writes the lock file anew, from the migrations as they are. From then on commands that add a migration keep it, and
/// `check` and `migrate check` hold the folder against it. A migration that is older than one that is locked is refused.
public func lockMigrations(_ context: CommandContext, block: Int) throws -> CommandOutcome {
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let found):
    guard let path = lockPath(of: found.scripts) else {
      return CommandOutcome(standardError: "sqlc-swift: error: the schema is no folder of migrations\n", exit: .failure)
    }
    if let file = lockFile(of: found.scripts, in: found.project, on: context.fileSystem) {
      // It is not to be made right by writing it down.
      let late = lockProblems(of: found.scripts, in: file).filter { $0.id == MigrationsRule.lateMigration.id }
      if !late.isEmpty {
        return CommandOutcome(
          standardError: render(late, in: found.project.sources, as: context.format), exit: .failure)
      }
    }
    return writeLock(of: found.scripts, at: path, in: found.project, on: context.fileSystem)
  }
}

private func writeLock(
  of scripts: [MigrationScript], at path: String, in project: Project, on fileSystem: any FileSystem
) -> CommandOutcome {
  let lock = MigrationLock(of: scripts)
  let place = join(project.base, path)
  let old = (try? fileSystem.read(place)).flatMap { String(validating: $0, as: UTF8.self) }
  if old == lock.text { return CommandOutcome(standardOutput: "\(path) is as it should be\n") }
  var changes = ChangeSet()
  changes.changes = [
    FileChange(path: place, kind: old.map { .modify(old: $0, new: lock.text) } ?? .create(new: lock.text))
  ]
  do throws(FileSystemError) {
    try apply(changes, on: fileSystem)
  } catch {
    return CommandOutcome(standardError: "\(path): error: \(error.reason)\n", exit: .failure)
  }
  return CommandOutcome(standardOutput: "wrote \(path): \(lock.entries.count) migrations\n")
}

/// Where the lock file of a folder is, from the project's folder.
func lockPath(of scripts: [MigrationScript]) -> String? {
  scripts.last { $0.role == .step }.map { MigrationPlace(path: $0.source.path).folder + MigrationLock.fileName }
}

/// The lock file, where there is one. One that cannot be read is no lock file, and said to be none.
func lockFile(of scripts: [MigrationScript], in project: Project, on fileSystem: any ReadableFiles) -> SourceFile? {
  guard let path = lockPath(of: scripts) else { return nil }
  let place = join(project.base, path)
  guard fileSystem.kind(of: place) != nil else { return nil }
  let text = (try? fileSystem.read(place)).flatMap { String(validating: $0, as: UTF8.self) }
  return SourceFile(path: path, text: text ?? "\u{FFFD}")
}

/// What became of a lock file when a migration had been written.
enum KeptLock {
  /// There is none.
  case none
  /// At that path.
  case written(String)
  case failed(CommandOutcome)
}

/// Keeps a lock file that there is true once a migration has been written.
func keepLock(_ context: CommandContext, block: Int) throws -> KeptLock {
  let project = loadProject(at: context.location, on: context.fileSystem, engines: context.engines).value
  guard project.blocks.indices.contains(block - 1) else { return .none }
  // The schema need not be sound: a file that was begun is in the folder, and has its line.
  let found = project.blocks[block - 1]
  let scripts = migrations(of: found, engine: project.engines.make(found.settings).value).value
  guard let path = lockPath(of: scripts), lockFile(of: scripts, in: project, on: context.fileSystem) != nil else {
    return .none
  }
  let outcome = writeLock(of: scripts, at: path, in: project, on: context.fileSystem)
  return outcome.exit == .success ? .written(path) : .failed(outcome)
}

/// Before a migration is written beside a lock file: what is wrong with the folder would be written down as right.
///
/// - Throws: what is wrong.
func confirmLock(
  of scripts: [MigrationScript], in project: Project, _ context: CommandContext
) throws(PlanningFault) {
  guard let file = lockFile(of: scripts, in: project, on: context.fileSystem) else { return }
  let problems = lockProblems(of: scripts, in: file)
  if problems.isEmpty { return }
  var sources = project.sources
  sources.insert(file)
  var text = render(problems, in: sources, as: context.format)
  if case .text = context.format { text += "nothing was written: the folder is not as its lock file says\n" }
  throw PlanningFault(text: text)
}

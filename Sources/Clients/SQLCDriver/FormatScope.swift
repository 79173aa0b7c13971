// Which files `fmt` is about: those of the project without what must not change.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCFormat
import SQLCMigrations

/// A file, read.
struct FormatFile {
  /// Absolute.
  var path: String
  /// As the user knows it.
  var shown: String
  var text: String
  var engine: EngineName
  /// A migration whose checksum its lock file keeps.
  var isLocked: Bool
}

/// What a project says of the files that are laid out.
struct FormatScope {
  var options = FormatOptions()
  var files: [FormatFile] = []
  /// Absolute; of files that are in no block nothing is known.
  var engines: [String: EngineName] = [:]
  var lockedPaths: Set<String> = []
  /// What was left out, and why.
  var notes: [String] = []
  /// What is said of files that cannot be read.
  var unreadable = ""

  /// The engine of the block that a file is in, or of all blocks; SQLite where nothing says otherwise.
  func engine(of path: String?, _ context: CommandContext) -> EngineName {
    let known = Set(engines.values)
    let other = known.count == 1 ? known.first : nil
    return path.flatMap { engines[join(context.location.workingDirectory, $0)] } ?? other ?? .sqlite
  }
}

/// Files that are named and texts need no project; where there is one, it says dialect and options.
func readScope(
  _ context: CommandContext, for input: FormatRequest.Input
) -> Result<FormatScope, OutcomeError> {
  if input != .project, context.location.file == nil, context.location.directory == nil,
    findConfiguration(at: context.location, from: context.fileSystem).value == nil
  {
    return .success(FormatScope())
  }
  let project = loadProject(at: context.location, on: context.fileSystem, engines: context.engines)
  guard !project.diagnostics.hasErrors else {
    let text = render(project.diagnostics, in: project.value.sources, as: context.format)
    return .failure(OutcomeError(outcome: CommandOutcome(standardError: text, exit: .failure)))
  }
  var reader = ScopeReader(project: project.value, context: context)
  for block in project.value.blocks { reader.read(block) }
  reader.scope.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  return .success(reader.scope)
}

/// The text of a file, byte for byte; what is wrong with it as an outcome.
func readText(
  _ path: String, shown: String, on fileSystem: any FileSystem
) -> Result<String, OutcomeError> {
  func failure(_ diagnostic: String) -> Result<String, OutcomeError> {
    .failure(OutcomeError(outcome: CommandOutcome(standardError: "\(shown): error: \(diagnostic)\n", exit: .failure)))
  }
  do throws(FileSystemError) {
    let bytes = try fileSystem.read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else { return failure("the file is not UTF-8") }
    return .success(text)
  } catch {
    return failure("the file cannot be read: \(error.reason)")
  }
}

private struct ScopeReader {
  let project: Project
  let context: CommandContext
  var scope: FormatScope

  init(project: Project, context: CommandContext) {
    self.project = project
    self.context = context
    scope = FormatScope(options: project.format)
  }

  mutating func read(_ block: ProjectBlock) {
    let engine = block.settings.engine
    if case .refused(let reason) = sourceFormatter(for: engine)
      .format(SourceFile(path: "", text: ""), options: scope.options, range: nil)
    {
      scope.notes.append("sqlc-swift: note: a block with 'engine: \(engine.rawValue)' is left as it is: \(reason)\n")
      for file in block.schema + block.downs + block.queries { scope.engines[absolute(file)] = engine }
      return
    }
    let migrations = MigrationProtection(of: block, in: project, on: context.fileSystem)
    scope.lockedPaths.formUnion(migrations.locked.map { join(project.base, $0) })
    if !migrations.unprotected.isEmpty {
      let number = migrations.unprotected.count
      scope.notes.append(
        "sqlc-swift: note: \(count(number, "migration")) without a lock file \(number == 1 ? "is left as it is" : "are left as they are")"
          + ": name new ones, or run 'sqlc-swift migrate lock' first\n")
    }
    for file in block.schema + block.downs + block.queries where scope.engines[absolute(file)] == nil {
      scope.engines[absolute(file)] = engine
      guard !migrations.unprotected.contains(file.path) else { continue }
      let shown = project.sources[file.path]?.displayPath ?? file.path
      switch readText(absolute(file), shown: shown, on: context.fileSystem) {
      case .failure(let error): scope.unreadable += error.outcome.standardError
      case .success(let text):
        scope.files.append(
          FormatFile(
            path: absolute(file), shown: shown, text: text, engine: engine,
            isLocked: migrations.locked.contains(file.path)))
      }
    }
  }

  private func absolute(_ file: SourceFile) -> String { join(project.base, file.path) }
}

/// Which files of a block's schema are migrations that may have been applied: another text has another checksum.
struct MigrationProtection {
  /// In the lock file.
  var locked: Set<String> = []
  /// There is no lock file that says what has been applied.
  var unprotected: Set<String> = []

  init(of block: ProjectBlock, in project: Project, on fileSystem: any ReadableFiles) {
    let engine = project.engines.make(block.settings).value
    let files = migrationFiles(of: block.schema, downs: block.downs, rules: engine.lexicalRules).value
    let scripts = migrations(of: block, engine: engine).value
    let steps = files.filter { $0.role == .step }
    guard !steps.isEmpty else { return }
    let paths = { (file: MigrationFile) in [file.source.path, file.down?.source.path].compactMap(\.self) }
    guard let file = lockFile(of: scripts, in: project, on: fileSystem) else {
      unprotected = Set(steps.flatMap(paths))
      return
    }
    // One that cannot be read may have them all.
    let lock = MigrationLock(text: file.text)
    for step in steps
    where lock?.entries.contains(where: { $0.version == step.version && $0.name == step.name }) ?? true {
      locked.formUnion(paths(step))
    }
  }
}

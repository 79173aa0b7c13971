// `migrate` and `schema`: the history of a project's schema, checked and run.

import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCMigrationCheck
import SQLCOracleSQLite
import SQLCRuntime

/// The migrations of one block of a project, known to be readable.
struct MigrationProject {
  var project: Project
  var block: ProjectBlock
  var scripts: [MigrationScript]
  /// What is wrong with the way back of some; the way forward is sound.
  var diagnostics: [Diagnostic]
  var migrations: [Migration] {
    scripts.map {
      Migration(
        version: $0.version, name: $0.name, up: $0.up.map(\.sql), down: $0.down?.map(\.sql),
        isInTransaction: $0.isInTransaction)
    }
  }
}

/// Reads the project and its schema; a failed outcome when something is wrong with either.
func migrationProject(_ context: CommandContext, block number: Int) throws -> Result<MigrationProject, OutcomeError> {
  try onDeepStack { try readMigrations(context, block: number) }
}

private func readMigrations(_ context: CommandContext, block number: Int) throws -> Result<
  MigrationProject, OutcomeError
> {
  let project = loadProject(at: context.location, on: context.fileSystem)
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
  var options = semanticsOptions(of: block.settings)
  let known = extensions(of: block.settings)
  (options.userFunctions, options.modules) = known.value
  let engine = SQLiteEngine(
    options: options, extensions: scratchExtensions(options.userFunctions, of: block.settings))
  let schema = try engine.loadSchema(from: block.schema)
  let scripts = migrations(of: block)
  diagnostics += schema.diagnostics
  guard !diagnostics.hasErrors else { return failure() }
  return .success(
    MigrationProject(
      project: project.value, block: block, scripts: scripts.value, diagnostics: scripts.diagnostics))
}

struct OutcomeError: Error { var outcome: CommandOutcome }

/// Tries every migration on tables with rows: up, down, and up again. Exits with 1 when one does not hold.
public func checkMigrations(_ context: CommandContext, block: Int) throws -> CommandOutcome {
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let found):
    let sources = Dictionary(
      (found.block.schema + found.block.downs).map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
    let known = extensions(of: found.block.settings).value.functions
    // A way back that cannot be read has been faulted, and is not tried.
    let unreadable = Set(found.diagnostics.filter { $0.severity == .error }.map(\.primary.source.path))
    let diagnostics =
      try found.diagnostics + versionsBothWays(found)
      + SQLCMigrationCheck.checkMigrations(
        found.scripts, withoutWayBack: unreadable, sources: sources,
        extensions: scratchExtensions(known, of: found.block.settings))
    let errors = diagnostics.count { $0.severity == .error }
    let summary =
      "checked \(found.scripts.count) migrations: \(errors) errors, \(diagnostics.count - errors) warnings\n"
    return CommandOutcome(
      standardOutput: summary, standardError: render(diagnostics, in: found.project.sources, as: context.format),
      exit: errors > 0 ? .drift : .success)
  }
}

/// The schema at every version, in our catalog and in SQLite: what they disagree about, once.
private func versionsBothWays(_ found: MigrationProject) throws -> [Diagnostic] {
  var options = semanticsOptions(of: found.block.settings)
  let known = extensions(of: found.block.settings)
  (options.userFunctions, options.modules) = known.value
  let engine = SQLiteEngine(
    options: options, extensions: scratchExtensions(options.userFunctions, of: found.block.settings))
  var seen: Set<String> = []
  var diagnostics: [Diagnostic] = []
  for count in found.block.schema.indices.dropFirst() {
    for diagnostic in try engine.loadSchema(from: Array(found.block.schema.prefix(count))).diagnostics
    where diagnostic.severity == .error && seen.insert("\(diagnostic.primary.source) \(diagnostic.message)").inserted {
      diagnostics.append(diagnostic)
    }
  }
  return diagnostics
}

/// Which migrations a database has, and which it lacks.
public func migrationStatus(_ context: CommandContext, block: Int, database path: String) throws -> CommandOutcome {
  try withDatabase(context, block: block, path, access: .readOnly) { database, migrations in
    let applied = Set(try await database.appliedVersions(of: migrations))
    let width = migrations.map(\.version.count).max() ?? 0
    let lines = migrations.map { migration in
      let padding = String(repeating: " ", count: width - migration.version.count)
      return
        "\(applied.contains(migration.version) ? "applied" : "pending")  \(padding)\(migration.version)  \(migration.name)\n"
    }
    let pending = migrations.count { !applied.contains($0.version) }
    return CommandOutcome(standardOutput: lines.joined() + "\(applied.count) applied, \(pending) pending\n")
  }
}

/// Where `migrate` goes.
public enum MigrationGoal: Sendable, Hashable {
  case up
  /// One step back.
  case down
  case to(String)
}

/// Migrates a database file.
public func migrate(
  _ context: CommandContext, block: Int, database path: String, goal: MigrationGoal, isDryRun: Bool,
  say: @escaping @Sendable (String) -> Void
) throws -> CommandOutcome {
  try withDatabase(context, block: block, path, access: .readWrite) { database, migrations in
    var target: MigrationTarget
    switch goal {
    case .up: target = .latest
    case .to("0"): target = .empty
    case .to(let version): target = .version(version)
    case .down:
      let applied = try await database.appliedVersions(of: migrations)
      guard !applied.isEmpty else { return CommandOutcome(standardOutput: "nothing is applied\n") }
      target = applied.dropLast().last.map { .version($0) } ?? .empty
    }
    var options = MigrationOptions()
    options.isDryRun = isDryRun
    options.progress = { step in
      switch step {
      case .adopting(let tool, let versions): say("adopting \(versions.count) versions of \(tool)")
      case .applying(let version, let name): say("applying \(version)  \(name)")
      case .reverting(let version, let name): say("reverting \(version)  \(name)")
      }
    }
    let summary = try await database.migrate(migrations, to: target, options: options)
    let verb = isDryRun ? "would be " : ""
    return CommandOutcome(
      standardOutput: summary.isEmpty
        ? "nothing to do\n"
        : "\(summary.applied.count) \(verb)applied, \(summary.reverted.count) \(verb)reverted"
          + (isDryRun ? ": \((summary.reverted + summary.applied).joined(separator: ", "))" : "") + "\n")
  }
}

/// Does a database have the schema that the code was generated for? Exits with 1 when it does not.
public func verifySchema(_ context: CommandContext, block: Int, database path: String) throws -> CommandOutcome {
  try withDatabase(context, block: block, path, access: .readOnly) { database, migrations in
    let differences = try await database.schemaDifferences(from: migrations)
    guard !differences.isEmpty else { return CommandOutcome(standardOutput: "the schema is the one of the project\n") }
    return CommandOutcome(
      standardOutput: differences.map { $0 + "\n" }.joined()
        + "\(differences.count) difference\(differences.count == 1 ? "" : "s")\n", exit: .drift)
  }
}

/// The definitions that all migrations together make, as SQLite keeps them.
public func dumpSchema(_ context: CommandContext, block: Int) throws -> CommandOutcome {
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let found):
    let scratch = try ScratchDatabase(
      extensions: scratchExtensions(extensions(of: found.block.settings).value.functions, of: found.block.settings))
    for script in found.scripts { for statement in script.up { try scratch.execute(statement.sql) } }
    return CommandOutcome(standardOutput: try scratch.definitions().map { $0 + ";\n" }.joined(separator: "\n"))
  }
}

/// Opens the file and runs `body`; what is wrong with the database is an outcome.
private func withDatabase(
  _ context: CommandContext, block: Int, _ path: String, access: Configuration.Access,
  _ body: @escaping @Sendable (Database, [Migration]) async throws -> CommandOutcome
) throws -> CommandOutcome {
  let found: MigrationProject
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let project): found = project
  }
  let file = join(context.location.workingDirectory, path)
  let migrations = found.migrations
  return wait {
    do {
      var configuration = Configuration()
      configuration.access = access
      let database = try await Database.open(file, configuration: configuration)
      do {
        let outcome = try await body(database, migrations)
        await database.close()
        return outcome
      } catch {
        await database.close()
        throw error
      }
    } catch {
      return CommandOutcome(standardError: "\(path): error: \(error)\n", exit: .failure)
    }
  }
}

// The database file that a command is about.

import SQLCAnalysis
import SQLCRuntime

/// What a command does with it.
enum DatabaseUse {
  /// A file that is not there is an empty database, and is not made.
  case looking
  /// The file must be there, and is only read.
  case comparing
  /// A file that is not there is made.
  case changing
  /// The file must be there.
  case mending
}

/// Opens the file and runs `body`; what is wrong with the database is an outcome.
func withDatabase(
  _ context: CommandContext, block: Int, _ path: String, use: DatabaseUse,
  _ body: @escaping @Sendable (Database, [Migration]) async throws -> CommandOutcome
) throws -> CommandOutcome {
  let found: MigrationProject
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let project): found = project
  }
  guard !path.isEmpty else {
    return CommandOutcome(
      standardError: "sqlc-swift: error: '--database' is empty; it names the database file\n", exit: .usage)
  }
  let file = join(context.location.workingDirectory, path)
  let isThere = context.fileSystem.kind(of: file) != nil
  if !isThere, use == .mending || use == .comparing {
    return CommandOutcome(standardError: "\(path): error: there is no such file\n", exit: .failure)
  }
  let migrations = found.migrations
  return wait {
    do {
      var configuration = Configuration()
      configuration.access = use == .looking || use == .comparing ? .readOnly : .readWrite
      let database =
        use == .looking && !isThere
        ? try await Database.inMemory() : try await Database.open(file, configuration: configuration)
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

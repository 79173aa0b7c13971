// The database that a command is about.

import SQLCAnalysis
import SQLCEngine
import SQLCModel

/// Opens the database and runs `body`; what is wrong with it is an outcome.
func withDatabase(
  _ context: CommandContext, block: Int, _ name: String, use: DatabaseUse,
  _ body: @escaping @Sendable (any MigratedDatabase, [MigrationModel]) async throws -> CommandOutcome
) throws -> CommandOutcome {
  let found: MigrationProject
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let project): found = project
  }
  guard !name.isEmpty else {
    return CommandOutcome(
      standardError: "sqlc-swift: error: '--database' is empty; it names the database file\n", exit: .usage)
  }
  guard let access = databaseAccess(of: found.block.settings, context) else { return found.noAccess }
  let migrations = found.migrations
  return wait {
    do {
      let database = try await access.open(name, for: use)
      do {
        let outcome = try await body(database, migrations)
        await database.close()
        return outcome
      } catch {
        await database.close()
        throw error
      }
    } catch {
      return CommandOutcome(standardError: "\(name): error: \(error)\n", exit: .failure)
    }
  }
}

extension MigrationProject {
  var noAccess: CommandOutcome {
    CommandOutcome(
      standardError: "sqlc-swift: error: databases of \(block.settings.engine) cannot be migrated yet\n",
      exit: .failure)
  }
}

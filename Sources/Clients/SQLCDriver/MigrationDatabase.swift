// The database that a command is about.

import SQLCAnalysis
import SQLCEngine
import SQLCModel

/// Opens the database and runs `body`; what is wrong with it is an outcome.
///
/// - Parameter given: what `--database` says.
func withDatabase(
  _ context: CommandContext, block: Int, _ given: String?, use: DatabaseUse,
  _ body:
    @escaping @Sendable (any MigratedDatabase, _ shownName: String, [MigrationModel]) async throws -> CommandOutcome
) throws -> CommandOutcome {
  let found: MigrationProject
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let project): found = project
  }
  guard let access = databaseAccess(of: found.block.settings, context) else { return found.noAccess }
  guard given?.isEmpty != true, let name = given ?? access.usualName else {
    let problem = given == nil ? "missing; it is" : "empty; it names"
    return CommandOutcome(
      standardError: "sqlc-swift: error: '--database' is \(problem) \(access.nameMeaning)\n", exit: .usage)
  }
  let migrations = found.migrations
  return wait {
    let shown = access.shown(name)
    do {
      let database = try await access.open(name, for: use)
      do {
        let outcome = try await body(database, shown, migrations)
        await database.close()
        return outcome
      } catch {
        await database.close()
        throw error
      }
    } catch {
      return CommandOutcome(standardError: "\(shown): error: \(error)\n", exit: .failure)
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

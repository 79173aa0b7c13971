// `migrate` and `schema`: the history of a project's schema, checked and run.

import SQLCDiagnostics
public import SQLCEngine

/// Tries every migration on tables with rows: up, down, and up again. Exits with 1 when one does not hold.
public func checkMigrations(_ context: CommandContext, block: Int) throws -> CommandOutcome {
  switch try migrationProject(context, block: block) {
  case .failure(let failure): failure.outcome
  case .success(let found):
    // Queries with mistakes are `check`'s to say.
    try found.check(
      context,
      queries: AnalyzedProject(context).blocks.first { $0.block.schema.map(\.path) == found.block.schema.map(\.path) }?
        .model.queries ?? [])
  }
}

/// Where `migrate` goes.
public enum MigrationGoal: Sendable, Hashable {
  case up
  /// One step back.
  case down
  case to(String)
}

/// Migrates a database.
public func migrate(
  _ context: CommandContext, block: Int, database path: String?, goal: MigrationGoal, conduct: MigrationConduct,
  order: MigrationOrderPolicy = .strict, report: @escaping @Sendable (String) -> Void
) throws -> CommandOutcome {
  let use: DatabaseUse =
    switch (conduct, goal) {
    case (.rehearsed, _): .looking
    case (.performed, .up): .changing
    // There is nothing to go back from in a file that is not there.
    case (.performed, .down), (.performed, .to("0")): .mending
    case (.performed, .to): .changing
    }
  return try withDatabase(context, block: block, path, use: use) { database, _, migrations in
    let destination: MigrationDestination
    switch goal {
    case .up: destination = .latest
    case .to("0"): destination = .empty
    case .to(let version): destination = .version(version)
    case .down:
      let known = Set(migrations.filter { !$0.isRepeatable }.map(\.version))
      let applied = try await database.records(of: migrations)
        .filter { ($0.state == .applied || $0.state == .edited) && known.contains($0.version) }.map(\.version)
      guard !applied.isEmpty else { return CommandOutcome(standardOutput: "nothing is applied\n") }
      destination = applied.dropLast().last.map { .version($0) } ?? .empty
    }
    let summary = try await database.migrate(migrations, to: destination, conduct, order) { step in
      switch step {
      case .adopting(let tool, let count): report("adopting \(count) versions of \(tool)")
      case .applying(let version, let name): report("applying \(version)  \(name)")
      case .reverting(let version, let name): report("reverting \(version)  \(name)")
      }
    }
    if summary.applied.isEmpty, summary.reverted.isEmpty { return CommandOutcome(standardOutput: "nothing to do\n") }
    switch conduct {
    case .performed:
      return CommandOutcome(
        standardOutput: "\(summary.applied.count) applied, \(summary.reverted.count) reverted\n")
    case .rehearsed:
      return CommandOutcome(
        standardOutput: "\(summary.applied.count) would be applied, \(summary.reverted.count) would be reverted: "
          + (summary.reverted + summary.applied).joined(separator: ", ") + "\n")
    }
  }
}

/// Records the migrations up to a version as applied, for a database that has their schema by other means.
///
/// - Parameter version: absent: as the table of another tool says.
public func baseline(
  _ context: CommandContext, block: Int, database path: String?, version: String?
) throws -> CommandOutcome {
  let confirmed = try withDatabase(context, block: block, path, use: .comparing) { database, _, migrations in
    try await database.confirmBaseline(migrations, at: version)
    return CommandOutcome()
  }
  guard confirmed.exit == .success else { return confirmed }
  return try withDatabase(context, block: block, path, use: .mending) { database, _, migrations in
    let result = try await database.baseline(migrations, at: version)
    return CommandOutcome(
      standardOutput: (result.found.map { "\($0)\n" } ?? "")
        + "the schema is that of version \(result.recorded.last ?? "0")\n"
        + "\(result.recorded.count) recorded as applied, none was run\n")
  }
}

/// Does a database have the schema that the code was generated for? Exits with 1 when it does not.
public func verifySchema(_ context: CommandContext, block: Int, database path: String?) throws -> CommandOutcome {
  try withDatabase(context, block: block, path, use: .comparing) { database, _, migrations in
    let differences = try await database.differences(from: migrations)
    guard !differences.isEmpty else { return CommandOutcome(standardOutput: "the schema is the one of the project\n") }
    return CommandOutcome(
      standardOutput: differences.map { $0 + "\n" }.joined()
        + "\(differences.count) difference\(differences.count == 1 ? "" : "s")\n", exit: .drift)
  }
}

/// The definitions that all migrations together make.
public func dumpSchema(_ context: CommandContext, block: Int) throws -> CommandOutcome {
  switch try migrationProject(context, block: block) {
  case .failure(let failure): return failure.outcome
  case .success(let found):
    guard let access = databaseAccess(of: found.block.settings, context) else { return found.noAccess }
    let definitions = try access.definitions(madeBy: found.migrations)
    return CommandOutcome(standardOutput: definitions.map { $0 + ";\n" }.joined(separator: "\n"))
  }
}

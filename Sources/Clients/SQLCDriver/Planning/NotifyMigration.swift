// `migrate notify`: the migration that makes a database tell other processes of changes.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCModel

/// What `migrate notify` is asked for.
public struct NotifyMigrationRequest {
  public var name: String
  public var channel: String
  /// Of which tables; all of them when there are none.
  public var tables: [String]
  public var conduct: MigrationDiffRequest.Conduct
  /// Now, as `YYYYMMDDHHMMSS`, for folders that number by time.
  public var timestamp: String

  public init(
    name: String, channel: String, tables: [String] = [], conduct: MigrationDiffRequest.Conduct = .written,
    timestamp: String
  ) {
    self.name = name
    self.channel = channel
    self.tables = tables
    self.conduct = conduct
    self.timestamp = timestamp
  }
}

/// Writes a migration with triggers that announce changes of tables, for the tables that have none yet. The engine has run the
/// schema with it, and without it again, before it is written.
public func writeNotifyMigration(
  _ context: CommandContext, block: Int, _ request: NotifyMigrationRequest
) throws -> CommandOutcome {
  try onDeepStack {
    do {
      return try written(context, block, request)
    } catch let fault as PlanningFault {
      return CommandOutcome(standardError: fault.text, exit: fault.exit)
    } catch let problem as ChannelProblem {
      return CommandOutcome(standardError: "sqlc-swift: error: \(problem.message)\n", exit: .usage)
    }
  }
}

private func written(
  _ context: CommandContext, _ number: Int, _ request: NotifyMigrationRequest
) throws -> CommandOutcome {
  let slug = request.name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "_")
  guard !slug.isEmpty else {
    throw PlanningFault(text: "sqlc-swift: error: '\(request.name)' has no letter or digit\n", exit: .usage)
  }
  let found: MigrationProject
  switch try migrationProject(context, block: number) {
  case .failure(let error): return error.outcome
  case .success(let project): found = project
  }
  try confirmLock(of: found.scripts, in: found.project, context)
  guard let announcer = found.engine.changeAnnouncer else {
    throw PlanningFault(
      text: "sqlc-swift: error: \(found.block.settings.engine) has no notifications between processes\n")
  }
  let schema = found.block.schema
  guard let last = schema.last(where: { !MigrationPlace(path: $0.path).isRepeatable }), last.path.contains("/") else {
    throw PlanningFault(text: "sqlc-swift: error: the schema is no folder of migrations\n")
  }
  let tables = try chosenTables(try found.engine.load(schema).value.model, request.tables)
  guard !tables.isEmpty else { throw PlanningFault(text: "sqlc-swift: error: the schema has no table\n") }
  let plan = try plan(announcer, tables, request.channel, over: schema, with: found.engine)
  guard !plan.up.isEmpty else {
    return CommandOutcome(standardOutput: "every table has its trigger\n")
  }
  let place = MigrationPlace(path: last.path)
  let template = MigrationTemplate(
    format: MigrationFormat(of: last, rules: found.engine.lexicalRules), last: place)
  let files = try MigrationDraft(template: template, engine: found.engine).files(
    version: template.nextVersion(timestamp: request.timestamp), slug: slug, plan)
  if request.conduct == .shown {
    return CommandOutcome(
      standardOutput: files.map { "-- \(place.folder)\($0.path)\n\($0.text)" }.joined(separator: "\n"))
  }
  try writeMigration(files, to: place.folder, of: found.project.base, context)
  var report = files.map { "wrote \(place.folder)\($0.path)\n" }.joined()
  switch try keepLock(context, block: number) {
  case .none: break
  case .written(let lock): report += "wrote \(lock)\n"
  case .failed(let outcome):
    return CommandOutcome(standardOutput: report, standardError: outcome.standardError, exit: .failure)
  }
  if template.format == .plain { report += MigrationTemplate.adviceForPlainFiles + "\n" }
  return CommandOutcome(standardOutput: report)
}

private func chosenTables(_ model: SchemaModel, _ names: [String]) throws(PlanningFault) -> [QualifiedName] {
  let all = model.tables.filter { $0.kind == .table }.map(\.name)
  if names.isEmpty { return all.sorted() }
  let missing = names.filter { name in !all.contains { $0.description == name } }
  guard missing.isEmpty else {
    throw PlanningFault(
      text: missing.map { "sqlc-swift: error: the schema has no table '\($0)'\n" }.joined(), exit: .usage)
  }
  return all.filter { names.contains($0.description) }.sorted()
}

/// What is not there yet: the engine says which statements the schema takes.
private func plan(
  _ announcer: any ChangeAnnouncer, _ tables: [QualifiedName], _ channel: String, over schema: [SourceFile],
  with engine: any Engine
) throws -> SchemaPlan {
  let function = try announcer.channel(channel)
  var steps: [(step: AnnouncementStep, words: String)] = [(function, "the function that notifies '\(channel)'")]
  for table in tables { steps.append((try announcer.table(table, on: channel), "\(table) announces its changes")) }
  /// Does the schema take these statements after its own?
  func isTaken(_ statements: [String]) throws -> Bool {
    let text = statements.map { $0 + ";\n" }.joined()
    return try !engine.load(schema + [SourceFile(path: "migrations/9_notify.sql", text: text)]).diagnostics.hasErrors
  }
  func isTaken(_ steps: [AnnouncementStep]) throws -> Bool {
    try isTaken(steps.map(\.up) + steps.reversed().map(\.down))
  }
  var wanted = steps
  if try !isTaken(steps.map(\.step)) {
    // Some are there already: each by itself, over what it needs.
    let needed = try isTaken([function]) ? [steps[0]] : []
    wanted = needed
    for step in steps.dropFirst() {
      if try isTaken(needed.map(\.step) + [step.step]) {
        wanted.append(step)
      } else if try !isTaken([step.step.down]) {
        throw PlanningFault(text: "sqlc-swift: error: the schema does not take this: \(step.step.up)\n")
      }
    }
    guard wanted.count > needed.count else {
      return SchemaPlan(up: [], down: [], changes: [], hazards: [], standIns: [], kept: [])
    }
    guard try isTaken(wanted.map(\.step)) else {
      throw PlanningFault(text: "sqlc-swift: error: the schema does not take the triggers together\n")
    }
  }
  return SchemaPlan(
    up: wanted.map { PlannedStatement($0.step.up) }, down: wanted.reversed().map { PlannedStatement($0.step.down) },
    changes: wanted.map(\.words), hazards: [], standIns: [], kept: [])
}

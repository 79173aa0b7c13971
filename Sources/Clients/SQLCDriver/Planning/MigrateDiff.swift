// `migrate diff`: the next migration, written and tried.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCMigrationCheck
import SQLCMigrations

/// What `migrate diff` is asked for.
public struct MigrationDiffRequest {
  /// May values be lost, and rows be refused?
  public enum DataLoss: Sendable, Hashable { case refused, allowed }
  public enum Conduct: Sendable, Hashable { case written, shown }

  public var wanted: WantedSchema
  public var name: String
  public var arguments: PlanArguments
  public var dataLoss: DataLoss
  public var conduct: Conduct
  /// Now, as `YYYYMMDDHHMMSS`, for folders that number by time.
  public var timestamp: String
  /// Asks a person, and gives the answer; absent: nobody is there.
  public var ask: ((_ question: String) -> String?)?

  public init(
    wanted: WantedSchema, name: String, arguments: PlanArguments = PlanArguments(), dataLoss: DataLoss = .refused,
    conduct: Conduct = .written, timestamp: String, ask: ((_ question: String) -> String?)? = nil
  ) {
    self.wanted = wanted
    self.name = name
    self.arguments = arguments
    self.dataLoss = dataLoss
    self.conduct = conduct
    self.timestamp = timestamp
    self.ask = ask
  }
}

/// Writes the migration that leads from what the migrations make to the wanted schema, and back. What does not hold when it is
/// tried on generated rows is not written. Exits with 1 where a decision is missing or the plan does not hold.
public func diffMigrations(
  _ context: CommandContext, block: Int, _ request: MigrationDiffRequest
) throws -> CommandOutcome {
  try onDeepStack {
    do {
      return try written(context, block, request)
    } catch let fault as PlanningFault {
      return CommandOutcome(standardError: fault.text, exit: fault.exit)
    } catch let failure as SchemaPlanFailure {
      return CommandOutcome(standardError: "sqlc-swift: error: \(failure.message)\n", exit: .failure)
    } catch let fault as PlanArguments.Fault {
      return CommandOutcome(standardError: "sqlc-swift: error: \(fault.message)\n", exit: .usage)
    }
  }
}

private func written(
  _ context: CommandContext, _ block: Int, _ request: MigrationDiffRequest
) throws -> CommandOutcome {
  var choices = try request.arguments.choices()
  let slug = request.name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "_")
  guard !slug.isEmpty else {
    throw PlanningFault(text: "sqlc-swift: error: '\(request.name)' has no letter or digit\n", exit: .usage)
  }
  let schemas = try plannedSchemas(context, block: block, request.wanted)
  if case .to = request.wanted {
    let scripts = migrations(of: schemas.block, engine: schemas.engine).value
    try confirmLock(of: scripts, in: schemas.project, context)
  }
  choices.repeatables = schemas.repeatables
  let planner = schemaPlanner(of: schemas.block.settings)
  let plan: SchemaPlan
  deciding: while true {
    switch try planner.plan(from: schemas.old, to: schemas.new, choices) {
    case .same:
      return CommandOutcome(
        standardOutput: "the migrations make the wanted schema\n", standardError: schemas.remarks.joined(),
        exit: schemas.isCovered ? .success : .drift)
    case .plan(let found):
      plan = found
      break deciding
    case .undecided(let questions):
      guard let ask = request.ask else { throw PlanningFault(text: text(of: questions), exit: .drift) }
      for question in questions { try answer(question, ask, &choices) }
    }
  }
  let proof = try prove(plan, from: schemas.old, to: schemas.new, on: trialEngine(of: schemas.block.settings))
  guard proof.failures.isEmpty else { throw PlanningFault(text: text(of: proof), exit: .drift) }
  try schemas.repeatableSide?.confirm(plan, planner)
  let open = plan.hazards.filter { !choices.drops.permits($0) }
  if !open.isEmpty, request.dataLoss == .refused {
    let text = text(of: open, proof)
    guard let ask = request.ask, ask(text + "Go on? [yes/no] ")?.lowercased() == "yes" else {
      throw PlanningFault(text: text, exit: .drift)
    }
  }
  return try write(plan, proof, schemas, slug, block, request, context)
}

private func write(
  _ plan: SchemaPlan, _ proof: MigrationProof, _ schemas: PlannedSchemas, _ slug: String, _ block: Int,
  _ request: MigrationDiffRequest, _ context: CommandContext
) throws -> CommandOutcome {
  let template =
    schemas.last.map { last in
      MigrationTemplate(
        format: MigrationFormat(of: last, rules: schemas.engine.lexicalRules), last: MigrationPlace(path: last.path))
    } ?? .first
  let draft = MigrationDraft(template: template, engine: schemas.engine)
  let files = try draft.files(
    version: template.nextVersion(timestamp: request.timestamp), slug: slug, plan)
  let rows = proof.rows.values.reduce(0, +)
  var report = plan.changes.map { "  \($0)\n" }.joined()
  for hazard in plan.hazards { report += "  warning: \(hazard)\(concern(of: hazard, proof))\n" }
  for standIn in plan.standIns { report += "  on the way back \(standIn)\n" }
  report += schemas.remarks.joined()
  report += "tried on \(rows) generated rows: up, down, and up again\n"
  if request.conduct == .shown {
    return CommandOutcome(
      standardOutput: files.map { "-- \(schemas.folder)\($0.path)\n\($0.text)" }.joined(separator: "\n"),
      standardError: report)
  }
  try writeMigration(files, to: schemas.folder, of: schemas.project.base, context)
  let written = files.map { "wrote \(schemas.folder)\($0.path)\n" }.joined()
  if case .to = request.wanted {
    switch try keepLock(context, block: block) {
    case .none: break
    case .written(let lock): report += "wrote \(lock)\n"
    case .failed(let outcome):
      return CommandOutcome(standardOutput: report + written, standardError: outcome.standardError, exit: .failure)
    }
  }
  report += written
  if template.format == .plain { report += MigrationTemplate.adviceForPlainFiles + "\n" }
  return CommandOutcome(standardOutput: report)
}

extension [PlanChoices.Subject] {
  /// Is what is lost dropped on purpose?
  fileprivate func permits(_ hazard: PlanHazard) -> Bool {
    contains { subject in
      switch (subject, hazard.kind) {
      case (.table(let table), .droppedTable): table.lowercased() == hazard.table.lowercased()
      case (.column(let column, let table), .droppedColumn(let lost)):
        table.lowercased() == hazard.table.lowercased() && column.lowercased() == lost.lowercased()
      default: false
      }
    }
  }
}

/// Writes the files of a migration, all or none, and none that is there already.
///
/// - Parameter folder: with its slash, from the project's folder.
func writeMigration(
  _ files: [(path: String, text: String)], to folder: String, of base: String, _ context: CommandContext
) throws(PlanningFault) {
  var changes = ChangeSet()
  for (path, text) in files {
    let place = join(base, folder + path)
    if context.fileSystem.kind(of: place) != nil {
      throw PlanningFault(text: "\(folder)\(path): error: the file exists\n")
    }
    changes.changes.append(FileChange(path: place, kind: .create(new: text)))
  }
  do throws(FileSystemError) {
    try apply(changes, on: context.fileSystem)
  } catch {
    throw PlanningFault(text: "\(folder): error: \(error.reason)\n")
  }
}

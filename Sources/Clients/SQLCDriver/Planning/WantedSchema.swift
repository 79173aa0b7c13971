// The schema that `migrate diff` leads to, and the migrations that it begins with.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCModel

/// Both sides of the comparison.
struct PlannedSchemas {
  var project: Project
  var block: ProjectBlock
  var engine: any Engine
  /// The folder of the migrations, with its slash, from the project's folder.
  var folder: String
  /// The migration that new ones are named after; absent where there is none yet.
  var last: SourceFile?
  var old: [String]
  var new: [String]
  /// What repeatable migrations make.
  var repeatables = PlanChoices.RepeatableObjects.none
  var repeatableSide: RepeatableSide?
  /// Lines about what is wanted and is no step's to make.
  var remarks: [String] = []
  /// Does a step make all that is wanted?
  var isCovered = true
}

/// Where the sides are: the block's schema is one of them.
public enum WantedSchema: Sendable, Hashable {
  /// The block's schema is the migrations; the wanted one is a file, a folder, or a database file.
  case to(String)
  /// The block's schema is the wanted one; the migrations are in this folder.
  case migrations(String)
}

struct PlanningFault: Error {
  var text: String
  var exit = CommandOutcome.Exit.failure
}

func plannedSchemas(_ context: CommandContext, block number: Int, _ wanted: WantedSchema) throws -> PlannedSchemas {
  let project = loadProject(at: context.location, on: context.fileSystem, engines: context.engines)
  var sources = project.value.sources
  func stop(_ diagnostics: [Diagnostic]) throws {
    if diagnostics.hasErrors { throw PlanningFault(text: render(diagnostics, in: sources, as: context.format)) }
  }
  try stop(project.diagnostics)
  guard project.value.blocks.indices.contains(number - 1) else {
    throw PlanningFault(
      text:
        "sqlc-swift: error: the configuration has \(project.value.blocks.count) sql blocks, and no block \(number)\n")
  }
  let block = project.value.blocks[number - 1]
  guard block.settings.engine == .sqlite, let access = databaseAccess(of: block.settings, context) else {
    throw PlanningFault(text: "sqlc-swift: error: migrations of \(block.settings.engine) cannot be planned yet\n")
  }
  let engine = project.value.engines.make(block.settings)
  try stop(engine.diagnostics)
  func models(_ files: [SourceFile]) -> [MigrationModel] {
    let found = migrationFiles(of: files, rules: engine.value.lexicalRules)
    return migrationScripts(of: found.value, engine: engine.value).value.map(MigrationModel.init)
  }
  func made(by files: [SourceFile]) throws -> [String] {
    for file in files { sources.insert(file) }
    try stop(try engine.value.load(files).diagnostics)
    return try access.definitions(madeBy: models(files))
  }
  var schemas = PlannedSchemas(
    project: project.value, block: block, engine: engine.value, folder: "", last: nil, old: [], new: [])
  let migrations: [SourceFile]
  switch wanted {
  case .to(let path):
    migrations = block.schema
    let place = join(context.location.workingDirectory, path)
    if context.fileSystem.kind(of: place) == .file, isDatabase(try bytes(of: place, path, context)) {
      schemas.new = try definitions(ofDatabase: place)
    } else {
      let wanted = try files(at: place, named: path, context)
      schemas.new = try made(by: wanted)
      let count = rowStatements(models(wanted), trialEngine(of: block.settings))
      if count > 0 {
        schemas.remarks.append(
          "  left out: \(count) statement\(count == 1 ? "" : "s") of \(path) that write\(count == 1 ? "s" : "") rows, which are no part of a schema\n"
        )
      }
    }
  case .migrations(let path):
    let place = join(context.location.workingDirectory, path)
    migrations = context.fileSystem.kind(of: place) == nil ? [] : try files(at: place, named: path, context)
    schemas.new = try made(by: block.schema)
    schemas.folder = path.hasSuffix("/") ? path : path + "/"
  }
  let steps = migrations.filter { !MigrationPlace(path: $0.path).isRepeatable }
  schemas.old = try made(by: steps)
  if steps.count < migrations.count {
    let repeatable = migrations.filter { MigrationPlace(path: $0.path).isRepeatable }
    for file in repeatable { sources.insert(file) }
    let side = try RepeatableSide(
      access, trialEngine(of: block.settings), steps: models(steps), repeatables: models(repeatable),
      files: repeatable.map(\.path), wanted: schemas.new)
    // What is repeated has to be right over what is wanted.
    let wanted = SourceFile(path: "the wanted schema", text: side.wantedBySteps.map { $0 + ";\n" }.joined())
    sources.insert(wanted)
    try stop(try engine.value.load([wanted] + repeatable).diagnostics)
    try side.arrange(&schemas, schemaPlanner(of: block.settings))
  }
  schemas.last = migrations.last { !MigrationPlace(path: $0.path).isRepeatable }
  if let last = schemas.last {
    let files = migrationFiles(of: migrations, rules: engine.value.lexicalRules).value
    guard files.contains(where: { $0.role != .definition }), last.path.contains("/") else {
      throw PlanningFault(
        text:
          "sqlc-swift: error: the schema is edited in place; '--migrations FOLDER' names the folder of its migrations\n",
        exit: .usage)
    }
    schemas.folder = MigrationPlace(path: last.path).folder
  }
  return schemas
}

// MARK: Files

private func bytes(of path: String, named name: String? = nil, _ context: CommandContext) throws -> [UInt8] {
  do throws(FileSystemError) {
    return try context.fileSystem.read(path)
  } catch {
    throw PlanningFault(text: "\(name ?? path): error: \(error.reason)\n")
  }
}

private func bytes(of path: String, _ name: String, _ context: CommandContext) throws -> [UInt8] {
  try bytes(of: path, named: name, context)
}

/// The SQL files of a folder in the order in which they apply, or the one file.
private func files(at path: String, named name: String, _ context: CommandContext) throws -> [SourceFile] {
  var found: [String] = []
  func look(in folder: String) throws {
    for entry in try context.fileSystem.names(in: folder).filter({ !$0.hasPrefix(".") }) {
      let path = folder + "/" + entry
      switch context.fileSystem.kind(of: path) {
      case .directory?: try look(in: path)
      case .file? where entry.lowercased().hasSuffix(".sql"): found.append(path)
      default: continue
      }
    }
  }
  switch context.fileSystem.kind(of: path) {
  case nil: throw PlanningFault(text: "\(name): error: there is no such file or folder\n")
  case .directory?:
    do {
      try look(in: path)
    } catch let error as FileSystemError {
      throw PlanningFault(text: "\(name): error: \(error.reason)\n")
    }
  default: found = [path]
  }
  return try inMigrationOrder(found).map { file in
    let shown = name + file.dropFirst(path.count)
    guard let text = String(validating: try bytes(of: file, shown, context), as: UTF8.self) else {
      throw PlanningFault(text: "\(shown): error: it is not UTF-8\n")
    }
    return SourceFile(path: shown, text: text)
  }
}

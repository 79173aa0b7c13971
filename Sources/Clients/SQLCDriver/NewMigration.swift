// `migrate new`: the next file of a folder, in the folder's own format.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCMigrations

/// Writes the next migration, up and down still to be filled in.
///
/// - Parameters:
///   - name: words, which become the file's name.
///   - timestamp: now, as `YYYYMMDDHHMMSS`, for folders that number by time.
public func newMigration(_ context: CommandContext, block: Int, name: String, timestamp: String) throws
  -> CommandOutcome
{
  let project = loadProject(at: context.location, on: context.fileSystem, engines: context.engines)
  guard !project.diagnostics.hasErrors, project.value.blocks.indices.contains(block - 1) else {
    return CommandOutcome(
      standardError: render(project.diagnostics, in: project.value.sources, as: context.format), exit: .failure)
  }
  let found = project.value.blocks[block - 1]
  guard let last = found.schema.last(where: { !MigrationPlace(path: $0.path).isRepeatable }), last.path.contains("/")
  else {
    return CommandOutcome(
      standardError: "sqlc-swift: error: the schema is no folder of migrations\n", exit: .failure)
  }
  let scripts = migrations(of: found, engine: project.value.engines.make(found.settings).value).value
  do throws(PlanningFault) {
    try confirmLock(of: scripts, in: project.value, context)
  } catch {
    return CommandOutcome(standardError: error.text, exit: error.exit)
  }
  let place = MigrationPlace(path: last.path)
  let slug = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "_")
  guard !slug.isEmpty else {
    return CommandOutcome(standardError: "sqlc-swift: error: '\(name)' has no letter or digit\n", exit: .usage)
  }
  let format = MigrationFormat(of: last, rules: found.lexicalRules)
  let template = MigrationTemplate(format: format, last: place)
  let files = template.files(version: template.nextVersion(timestamp: timestamp), slug: slug)
  var written = ""
  for (file, text) in files {
    let path = join(project.value.base, place.folder + file)
    if context.fileSystem.kind(of: path) != nil {
      return CommandOutcome(standardError: "\(place.folder)\(file): error: the file exists\n", exit: .failure)
    }
    do throws(FileSystemError) {
      try context.fileSystem.createDirectory(parent(of: path))
      try context.fileSystem.write(Array(text.utf8), to: path)
    } catch {
      return CommandOutcome(standardError: "\(place.folder)\(file): error: \(error.reason)\n", exit: .failure)
    }
    written += "wrote \(place.folder)\(file)\n"
  }
  switch try keepLock(context, block: block) {
  case .none: break
  case .written(let lock): written += "wrote \(lock)\n"
  case .failed(let outcome):
    return CommandOutcome(standardOutput: written, standardError: outcome.standardError, exit: .failure)
  }
  if format == .plain { written += MigrationTemplate.adviceForPlainFiles + "\n" }
  return CommandOutcome(standardOutput: written)
}

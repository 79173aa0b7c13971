// `migrate new`: the next file of a folder, in the folder's own format.

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
  let project = loadProject(at: context.location, on: context.fileSystem)
  guard !project.diagnostics.hasErrors, project.value.blocks.indices.contains(block - 1) else {
    return CommandOutcome(
      standardError: render(project.diagnostics, in: project.value.sources, as: context.format), exit: .failure)
  }
  let found = project.value.blocks[block - 1]
  guard let last = found.schema.last, let slash = last.path.lastIndex(of: "/") else {
    return CommandOutcome(
      standardError: "sqlc-swift: error: the schema is no folder of migrations\n", exit: .failure)
  }
  let folder = String(last.path[...slash])
  let slug = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "_")
  guard !slug.isEmpty else {
    return CommandOutcome(standardError: "sqlc-swift: error: '\(name)' has no letter or digit\n", exit: .usage)
  }
  let version = nextVersion(after: String(last.path[last.path.index(after: slash)...]), timestamp: timestamp)
  let files: [(String, String)] =
    switch MigrationFormat(of: last) {
    case .goose: [("\(version)_\(slug).sql", "-- +goose Up\n\n-- +goose Down\n")]
    case .sqlMigrate: [("\(version)_\(slug).sql", "-- +migrate Up\n\n-- +migrate Down\n")]
    case .dbmate: [("\(version)_\(slug).sql", "-- migrate:up\n\n-- migrate:down\n")]
    case .tern: [("\(version)_\(slug).sql", "\n---- create above / drop below ----\n\n")]
    case .golangMigrate: [("\(version)_\(slug).up.sql", ""), ("\(version)_\(slug).down.sql", "")]
    case .plain: [("\(version)_\(slug).sql", "")]
    }
  var written = ""
  for (file, text) in files {
    let path = join(project.value.base, folder + file)
    if context.fileSystem.kind(of: path) != nil {
      return CommandOutcome(standardError: "\(folder)\(file): error: the file exists\n", exit: .failure)
    }
    do throws(FileSystemError) {
      try context.fileSystem.write(Array(text.utf8), to: path)
    } catch {
      return CommandOutcome(standardError: "\(folder)\(file): error: \(error.reason)\n", exit: .failure)
    }
    written += "wrote \(folder)\(file)\n"
  }
  return CommandOutcome(standardOutput: written)
}

/// One more, with as many digits; the time where the last one is a time.
private func nextVersion(after file: String, timestamp: String) -> String {
  let digits = file.prefix { $0.isASCII && $0.isNumber }
  if digits.count >= 12 { return timestamp }
  let next = String((Int(digits) ?? 0) + 1)
  return String(repeating: "0", count: max(0, digits.count - next.count)) + next
}

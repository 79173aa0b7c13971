// What `vet` finds, for editors: with the additions to the schema that mend it.

public import SQLCAnalysis
import SQLCConfiguration
public import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCVet

/// What the project's rules find; nothing where its configuration has no `vet`.
///
/// A definition that is missing comes as a fix: behind the schema or, where that is a folder of migrations, in new files, which
/// are edits of files that are not there yet.
///
/// - Parameter timestamp: now, as `YYYYMMDDHHMMSS`, for folders that number by time.
public func vetDiagnostics(
  of snapshot: Snapshot, on fileSystem: any FileSystem, timestamp: String
) -> [Diagnostic] {
  guard snapshot.project.vet != VetSettings(), !snapshot.diagnostics.hasErrors else { return [] }
  let context = CommandContext(
    location: ProjectLocation(workingDirectory: snapshot.project.base), fileSystem: fileSystem)
  do {
    let run = try VetRun(snapshot, context, VetRequest()) { violation in
      addition(violation, to: snapshot, timestamp: timestamp)
    }
    return run.isSound ? run.found : run.problems
  } catch {
    // A file of rules or plans that cannot be read is told of by the command.
    return []
  }
}

/// Can a comment suppress the rule? Those of `vet` that the project has itself are in no registry.
public func isSuppressible(_ id: DiagnosticID) -> Bool { ruleRegistry[id].map { $0.adjustment == .adjustable } ?? true }

private func addition(_ violation: Violation, to snapshot: Snapshot, timestamp: String) -> FixIt? {
  guard let statement = violation.addition, let table = violation.diagnostic.secondary.first?.source,
    let block = snapshot.blocks.first(where: { block in block.block.schema.contains { $0.path == table.path } })
  else { return nil }
  let sql = statement.hasSuffix(";") ? statement : statement + ";"
  let message = "add '\(statement)'"
  guard hasMigrationSteps(block.block, rules: block.engine.lexicalRules) else {
    guard let source = block.block.schema.first(where: { $0.path == table.path }) else { return nil }
    let end = SourceRange(path: source.path, range: ByteRange(at: source.text.utf8.count))
    let gap = source.text.hasSuffix("\n") || source.text.isEmpty ? "" : "\n"
    return FixIt(message, .unsafe, edits: [FixIt.Edit(end, replacement: gap + "\n" + sql + "\n")])
  }
  guard let last = block.block.schema.last(where: { !MigrationPlace(path: $0.path).isRepeatable }) else { return nil }
  let place = MigrationPlace(path: last.path)
  let template = MigrationTemplate(format: MigrationFormat(of: last, rules: block.engine.lexicalRules), last: place)
  guard let name = indexName(of: statement) else { return nil }
  let slug = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "_")
  let files = template.files(
    version: template.nextVersion(timestamp: timestamp), slug: slug, up: sql + "\n", down: "DROP INDEX \(name);\n")
  return FixIt(
    message + " in a new migration", .unsafe,
    edits: files.map { file, text in
      FixIt.Edit(SourceRange(path: place.folder + file, range: ByteRange(at: 0)), replacement: text)
    })
}

/// As it is written in a statement that this tool has made: `CREATE [UNIQUE] INDEX name ON …`.
private func indexName(of statement: String) -> String? {
  guard let start = statement.range(of: "INDEX "), let end = statement.range(of: " ON ") else { return nil }
  return start.upperBound < end.lowerBound ? String(statement[start.upperBound..<end.lowerBound]) : nil
}

// `sqlc-swift snapshot`: the server's answers, written beside the configuration.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCModel

/// Asks the server and writes what it says, for every block that needs one: all files or, when a query has errors, none.
public func snapshot(_ context: CommandContext) throws -> CommandOutcome {
  let analyzed = try AnalyzedProject(context, answers: .ignored)
  let project = analyzed.project
  let diagnostics = project.judged(analyzed.diagnostics, tried: .analysis)
  func outcome(_ text: String, _ extra: [Diagnostic] = []) -> CommandOutcome {
    CommandOutcome(
      standardOutput: text, standardError: render(diagnostics + extra, in: project.sources, as: context.format),
      exit: (diagnostics + extra).hasErrors ? .failure : .success)
  }
  guard !diagnostics.hasErrors else { return outcome("") }
  var changes = ChangeSet()
  var count = 0
  for block in analyzed.blocks {
    guard let fresh = block.snapshot.answers else { continue }
    let path = join(project.base, answerFilePath(out: block.block.settings.out.value))
    if let link = firstLink(on: parent(of: path), base: project.base, context.fileSystem) {
      let shown = relativePath(link, from: project.base)
      return outcome(
        "", [DriverDiagnostic.linkedOutput(path: shown).at(SourceRange(path: shown, range: ByteRange(at: 0)))])
    }
    changes.changes.append(FileChange(path: path, kind: .create(new: try fresh.render())))
    count += fresh.count
  }
  guard !changes.changes.isEmpty else {
    return outcome("nothing to keep: SQLite is asked wherever the tool runs\n")
  }
  do throws(FileSystemError) {
    try apply(changes, on: context.fileSystem)
  } catch {
    let path = relativePath(error.path, from: project.base)
    return outcome(
      "",
      [
        DriverDiagnostic.unwritable(path: path, reason: error.reason)
          .at(SourceRange(path: path, range: ByteRange(at: 0)))
      ])
  }
  let names = changes.changes.map { relativePath($0.path, from: project.base) }.joined(separator: ", ")
  return outcome("kept what the server says of \(SQLCDriver.count(count, "query", "queries")) in \(names)\n")
}

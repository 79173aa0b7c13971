// `sqlc-swift snapshot`: the server's answers, written beside the configuration.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCModel

/// Where the snapshot of the block with that output folder lies, which no other block has:
/// `sqlc-snapshots/Sources-Store-Generated.jsonl`.
///
/// A hyphen is a slash, and what could be taken for one is escaped: `a/b` and `a-b` have files of their own.
package func snapshotPath(out: String) -> String {
  let name = out.unicodeScalars.reduce(into: "") { name, scalar in
    switch scalar {
    case "/": name += "-"
    case "-": name += "%2D"
    case "\\": name += "%5C"
    case "%": name += "%25"
    default: name.unicodeScalars.append(scalar)
    }
  }
  return "sqlc-snapshots/\(name).jsonl"
}

/// Asks the server and writes what it says, for every block that needs one: all files or, when a query has errors, none.
public func snapshot(_ context: CommandContext) throws -> CommandOutcome {
  let project = loadProject(at: context.location, on: context.fileSystem, engines: context.engines)
  let analysis = try analyze(project.value, snapshots: .ignored, progress: context.progress)
  let diagnostics = project.value.judged(project.diagnostics + analysis.diagnostics, tried: .analysis)
  func outcome(_ text: String, _ extra: [Diagnostic] = []) -> CommandOutcome {
    CommandOutcome(
      standardOutput: text, standardError: render(diagnostics + extra, in: project.value.sources, as: context.format),
      exit: (diagnostics + extra).hasErrors ? .failure : .success)
  }
  guard !diagnostics.hasErrors else { return outcome("") }
  var changes = ChangeSet()
  var count = 0
  for block in analysis.value {
    guard let fresh = block.snapshot else { continue }
    let path = join(project.value.base, snapshotPath(out: block.block.settings.out.value))
    changes.changes.append(FileChange(path: path, kind: .create(new: try fresh.render())))
    count += fresh.entries.count
  }
  guard !changes.changes.isEmpty else {
    return outcome("nothing to keep: SQLite is asked wherever the tool runs\n")
  }
  do throws(FileSystemError) {
    try apply(changes, on: context.fileSystem)
  } catch {
    let path = relativePath(error.path, from: project.value.base)
    return outcome(
      "",
      [
        DriverDiagnostic.unwritable(path: path, reason: error.reason)
          .at(SourceRange(path: path, range: ByteRange(at: 0)))
      ])
  }
  let names = changes.changes.map { relativePath($0.path, from: project.value.base) }.joined(separator: ", ")
  return outcome("kept what the server says of \(SQLCDriver.count(count, "query", "queries")) in \(names)\n")
}

// What `init --from` writes, `generate` takes: the converted configuration is tried before it is written.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics

/// Leaves out overrides and new names that `generate` would refuse: sqlc lets them name columns and types that no table
/// has. Errors in the schema and in queries stay, to be said where they can be seen.
func leaveOutUnfit(
  _ configuration: inout ConvertedConfiguration, in folder: String, _ context: CommandContext
) throws {
  let name = ProjectLocation.defaultNames[0]
  let file = FileID(join(folder, name))
  let workspace = Workspace(
    at: ProjectLocation(file: file.path, workingDirectory: folder), files: context.fileSystem,
    engines: context.engines)
  while true {
    let text = configuration.text
    workspace.setText(text, of: file)
    let analyzed = AnalyzedProject(try workspace.snapshot())
    let diagnostics = analyzed.diagnostics + analyzed.blocks.flatMap { generateFiles(for: $0).diagnostics }
    let lines = LineIndex(text)
    var leftOut = false
    // From the end, so that a line that goes moves none that is still to be looked at.
    let unfit = diagnostics.filter { $0.severity == .error && $0.primary.source.path == name }
      .map { (lines.position(at: $0.primary.source.range.lower).line, $0.message) }
      .sorted { $0.0 > $1.0 }
    for (line, message) in unfit where configuration.leaveOut(line: line, because: message) { leftOut = true }
    guard leftOut else { return }
  }
}

// What `init --from` writes, `generate` takes: the converted configuration is tried before it is written.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics

/// Leaves out overrides and new names that `generate` would refuse: sqlc lets them name columns and types that no table
/// has. Errors in the schema and in queries stay, to be said where they can be seen. Where a schema's server is not there,
/// nothing is known of its tables: their overrides stay as they are, and that is said.
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
    let absent = Set(analyzed.blocks.compactMap(\.engine.missingServer))
    let missing = analyzed.diagnostics.first { absent.contains($0.id) }
    let ofCode = missing == nil ? analyzed.blocks.flatMap { generateFiles(for: $0).diagnostics } : []
    let diagnostics = analyzed.diagnostics + ofCode
    let lines = LineIndex(text)
    var leftOut = false
    // From the end, so that a line that goes moves none that is still to be looked at.
    let unfit = diagnostics.filter { $0.severity == .error && $0.primary.source.path == name }
      .map { (lines.position(at: $0.primary.source.range.lower).line, $0.message) }
      .sorted { $0.0 > $1.0 }
    for (line, message) in unfit where configuration.leaveOut(line: line, because: message) { leftOut = true }
    guard !leftOut else { continue }
    if let missing { configuration.remark("overrides and new names were not tried on the schema: \(missing.message)") }
    return
  }
}

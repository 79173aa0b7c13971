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
  while true {
    let text = configuration.text
    let overlay = OverlaidFileSystem(base: context.fileSystem, path: join(folder, name), text: text)
    let location = ProjectLocation(file: join(folder, name), workingDirectory: folder)
    let project = loadProject(at: location, on: overlay)
    var diagnostics = project.diagnostics
    let analysis = try analyze(project.value)
    for block in analysis.value {
      diagnostics += generateFiles(for: block).diagnostics
    }
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

/// A disk on which one file is there that is not written yet.
private struct OverlaidFileSystem: FileSystem {
  let base: any FileSystem
  let path: String
  let text: String

  func kind(of path: String) -> FileKind? { path == self.path ? .file : base.kind(of: path) }
  func isLink(_ path: String) -> Bool { path != self.path && base.isLink(path) }
  func names(in directory: String) throws(FileSystemError) -> [String] { try base.names(in: directory) }
  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    path == self.path ? Array(text.utf8) : try base.read(path)
  }
  func createDirectory(_ path: String) throws(FileSystemError) { throw readOnly(path) }
  func write(_ bytes: [UInt8], to path: String) throws(FileSystemError) { throw readOnly(path) }
  func rename(_ old: String, to new: String) throws(FileSystemError) { throw readOnly(new) }
  func remove(_ path: String) throws(FileSystemError) { throw readOnly(path) }

  private func readOnly(_ path: String) -> FileSystemError { FileSystemError(path: path, reason: "only read here") }
}

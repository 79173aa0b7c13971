// A project read from the disk: its configuration and the text of every file it names. Nothing is understood yet.

package import SQLCConfiguration
package import SQLCDiagnostics
package import SQLCEngine
import SQLCMigrations

/// One `sql` block and its files.
package struct ProjectBlock: Sendable {
  package var settings: SQLBlock
  /// Of its engine.
  package var lexicalRules: LexicalRules
  package var schema: [SourceFile]
  /// The files beside them that go down, of tools that have such (golang-migrate, diesel, Flyway).
  package var downs: [SourceFile] = []
  package var queries: [SourceFile]
  /// What a server said of them, where that was kept.
  package var snapshot: SourceFile?
}

package struct Project: Sendable {
  /// The folder of the configuration; absolute. Paths in the configuration and in generated text are relative to it.
  package var base: String
  package var blocks: [ProjectBlock]
  /// What `rules` says.
  package var rules: [RuleSetting] = []
  /// Every file that was read, for the renderer.
  package var sources: SourceSet
  package var engines: EngineSet
}

/// Reads everything the project names. What is missing or cannot be read is diagnosed, all of it in one run.
package func loadProject(
  at location: ProjectLocation, on fileSystem: any FileSystem, engines: EngineSet = .standard
) -> Diagnosed<Project> {
  let found = findConfiguration(at: location, on: fileSystem)
  guard let path = found.value else {
    return Diagnosed(
      Project(base: startFolder(of: location), blocks: [], sources: SourceSet(), engines: engines), found.diagnostics)
  }

  let base = parent(of: path)
  var reader = InputReader(fileSystem: fileSystem, base: base, workingDirectory: location.workingDirectory)
  guard let source = reader.read(path, mentionedAt: nil) else {
    return Diagnosed(Project(base: base, blocks: [], sources: reader.sources, engines: engines), reader.diagnostics)
  }
  let configuration = readConfiguration(source, engines: engines.names)
  var diagnostics = configuration.diagnostics
  var blocks: [ProjectBlock] = []
  for settings in configuration.value?.blocks ?? [] {
    // A configuration names no engine but these.
    guard let rules = engines.rules[settings.engine] else { continue }
    let schema = reader.files(for: settings.schema, as: "schema")
    // By name, so that the order in which they are listed shows nowhere in the generated text.
    let queries = reader.files(for: settings.queries, as: "queries")
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let downs = downPaths(of: schema.map { join(base, $0.path) }, on: fileSystem)
      .compactMap { reader.read($0, mentionedAt: nil) }
    var block = ProjectBlock(
      settings: settings, lexicalRules: rules, schema: schema, downs: downs, queries: queries)
    let kept = join(base, snapshotPath(out: settings.out.value))
    if settings.engine == .postgresql, fileSystem.kind(of: kept) == .file {
      block.snapshot = reader.read(kept, mentionedAt: nil)
    }
    blocks.append(block)
  }
  diagnostics += sharedOutputs(of: blocks, base: base)
  reader.diagnoseUnreadFolders()
  diagnostics += reader.diagnostics
  return Diagnosed(
    Project(
      base: base, blocks: blocks, rules: configuration.value?.rules ?? [], sources: reader.sources, engines: engines),
    diagnostics)
}

/// The files beside them that go down.
private func downPaths(of paths: [String], on fileSystem: any FileSystem) -> [String] {
  let others = Set(paths.map(parent)).sorted().flatMap { folder in
    ((try? fileSystem.names(in: folder)) ?? []).map { folder + "/" + $0 }
  }
  return downFiles(of: paths, among: others)
}

/// Two blocks must not write into one folder: each would take the other's files for orphans.
private func sharedOutputs(of blocks: [ProjectBlock], base: String) -> [Diagnostic] {
  var first: [String: SourceRange] = [:]
  var diagnostics: [Diagnostic] = []
  for block in blocks {
    let out = block.settings.out
    if let earlier = first[join(base, out.value)] {
      var diagnostic = DriverDiagnostic.sharedOutput(path: out.value).at(out.source)
      diagnostic.secondary = [DiagnosticLabel(earlier, "the first one")]
      diagnostics.append(diagnostic)
    } else {
      first[join(base, out.value)] = out.source
    }
  }
  return diagnostics
}

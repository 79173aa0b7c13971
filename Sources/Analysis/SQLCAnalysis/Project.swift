// A project as its files are: its configuration and the text of every file it names. Nothing is understood yet.

public import SQLCConfiguration
public import SQLCDiagnostics
public import SQLCEngine
public import SQLCFormat
import SQLCMigrations

/// One `sql` block and its files.
public struct ProjectBlock: Sendable {
  public var settings: SQLBlock
  /// Of its engine.
  public var lexicalRules: LexicalRules
  public var schema: [SourceFile]
  /// The files beside them that go down, of tools that have such (golang-migrate, diesel, Flyway).
  public var downs: [SourceFile] = []
  public var queries: [SourceFile]
  /// What a server said of them, where that was kept.
  public var answers: SourceFile?
}

public struct Project: Sendable {
  /// The folder of the configuration; absolute. Paths in the configuration and in generated text are relative to it.
  public var base: String
  public var blocks: [ProjectBlock]
  /// Modules that blocks of several engines implement.
  public var faces: [FaceSettings] = []
  /// What `rules` says.
  public var rules: [RuleSetting] = []
  /// What `vet` says, and the files of rules that it names.
  public var vet = VetSettings()
  public var vetFiles: [SourceFile] = []
  /// What `fmt` says.
  public var format = FormatOptions()
  /// Every file that was read, for the renderer.
  public var sources: SourceSet
  public var engines: EngineSet
  /// The path of the configuration in `sources`; absent where none was found.
  public var configuration: String?

  /// Puts another text of a file in its place.
  mutating func replace(_ file: SourceFile) {
    sources.replace(file)
    for index in blocks.indices {
      blocks[index].schema.replace(file)
      blocks[index].downs.replace(file)
      blocks[index].queries.replace(file)
      if blocks[index].answers?.path == file.path { blocks[index].answers = file }
    }
  }
}

extension [SourceFile] {
  fileprivate mutating func replace(_ file: SourceFile) {
    for index in indices where self[index].path == file.path { self[index] = file }
  }
}

/// Reads everything the project names. What is missing or cannot be read is diagnosed, all of it in one run.
public func readProject(
  at location: ProjectLocation, from fileSystem: any ReadableFiles, engines: EngineSet
) -> Diagnosed<Project> {
  let found = findConfiguration(at: location, from: fileSystem)
  guard let path = found.value else {
    return Diagnosed(
      Project(base: startFolder(of: location), blocks: [], sources: SourceSet(), engines: engines), found.diagnostics)
  }

  let base = parent(of: path)
  var reader = InputReader(fileSystem: fileSystem, base: base, location: location)
  guard let source = reader.read(path, mentionedAt: nil) else {
    return Diagnosed(
      Project(
        base: base, blocks: [], sources: reader.sources, engines: engines,
        configuration: relativePath(path, from: base)),
      reader.diagnostics)
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
    let kept = join(base, answerFilePath(out: settings.out.value))
    if fileSystem.kind(of: kept) == .file, engines.make(settings).value.missingServer != nil {
      block.answers = reader.read(kept, mentionedAt: nil)
    }
    blocks.append(block)
  }
  let vet = configuration.value?.vet ?? VetSettings()
  let vetFiles = reader.files(for: vet.files, as: "rules")
  let faces = configuration.value?.faces ?? []
  diagnostics += sharedOutputs(of: blocks.map(\.settings.out) + faces.map(\.out), base: base)
  reader.diagnoseUnreadFolders()
  diagnostics += reader.diagnostics
  return Diagnosed(
    Project(
      base: base, blocks: blocks, faces: faces, rules: configuration.value?.rules ?? [], vet: vet, vetFiles: vetFiles,
      format: configuration.value?.format ?? FormatOptions(), sources: reader.sources, engines: engines,
      configuration: source.path), diagnostics)
}

/// The files beside them that go down.
private func downPaths(of paths: [String], on fileSystem: any ReadableFiles) -> [String] {
  let others = Set(paths.map(parent)).sorted().flatMap { folder in
    ((try? fileSystem.names(in: folder)) ?? []).map { folder + "/" + $0 }
  }
  return downFiles(of: paths, among: others)
}

/// Two blocks must not write into one folder: each would take the other's files for orphans.
private func sharedOutputs(of outs: [Located<String>], base: String) -> [Diagnostic] {
  var first: [String: SourceRange] = [:]
  var diagnostics: [Diagnostic] = []
  for out in outs {
    if let earlier = first[join(base, out.value)] {
      var diagnostic = ProjectDiagnostic.sharedOutput(path: out.value).at(out.source)
      diagnostic.secondary = [DiagnosticLabel(earlier, "the first one")]
      diagnostics.append(diagnostic)
    } else {
      first[join(base, out.value)] = out.source
    }
  }
  return diagnostics
}

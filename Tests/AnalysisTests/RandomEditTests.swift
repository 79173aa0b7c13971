// Whatever is edited, what a workspace remembers is what a fresh analysis finds.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCModel
import Testing

/// How many edits: `SQLC_SWIFT_EDITS=5000 swift test --filter RandomEditTests`.
private let edits = ProcessInfo.processInfo.environment["SQLC_SWIFT_EDITS"].flatMap(Int.init) ?? 40

/// SplitMix64: the same edits from the same seed on every machine.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// What is compared: everything that a snapshot says.
private struct Said: Equatable {
  var diagnostics: [Diagnostic]
  var queries: [[QueryModel]]
  var schemas: [SchemaModel]
  var inspections: [[QueryInspection]]

  init(_ snapshot: Snapshot, inspecting: Bool) {
    diagnostics = snapshot.diagnostics.sortedAndUnique()
    queries = snapshot.blocks.map(\.model.queries)
    schemas = snapshot.blocks.map(\.schema)
    inspections = inspecting ? snapshot.blocks.map { $0.queries.map(\.inspection) } : []
  }
}

private struct Project {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The files of this package's own project, which lie in `/p`.
  let files: [FileID: String]

  init() throws {
    var files: [FileID: String] = [:]
    for name in ["sqlc-swift.yaml", "schema", "queries"] {
      let url = Self.root.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      let names =
        isFolder.boolValue
        ? try FileManager.default.subpathsOfDirectory(atPath: url.path).map { "\(name)/\($0)" } : [name]
      for name in names where !name.hasSuffix("/") {
        if let text = try? String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8) {
          files[FileID("/p/" + name)] = text
        }
      }
    }
    self.files = files
  }

  init(_ files: [FileID: String]) { self.files = files }

  func workspace(_ texts: [FileID: String]) -> Workspace {
    Workspace(
      at: ProjectLocation(workingDirectory: "/p"),
      files: MemoryFiles(Dictionary(uniqueKeysWithValues: texts.map { ($0.key.path, $0.value) })),
      engines: .standard)
  }
}

@Suite struct RandomEditTests {
  @Test func theProjectIsRead() throws {
    let project = try Project()
    let snapshot = try project.workspace(project.files).snapshot()
    #expect(!snapshot.diagnostics.hasErrors)
    #expect(snapshot.blocks.first?.queries.isEmpty == false)
  }

  @Test(arguments: [1, 2] as [UInt64]) func everyEditIsAsIfReadAfresh(_ seed: UInt64) throws {
    // Queries are edited more often than what all of them depend on.
    try edit(try Project(), queriesAmongTen: 8, seed)
  }

  /// A small project, whose schema is edited more often.
  @Test(arguments: [1, 2] as [UInt64]) func everyEditOfASchemaIsAsIfReadAfresh(_ seed: UInt64) throws {
    let project = Project([
      FileID("/p/sqlc-swift.yaml"): RelatedSchema.configuration, FileID("/p/schema.sql"): RelatedSchema.schema,
      FileID("/p/queries.sql"): RelatedSchema.queries,
    ])
    try edit(project, queriesAmongTen: 2, seed, repetitions: 5)
  }

  private func edit(_ project: Project, queriesAmongTen: Int, _ seed: UInt64, repetitions: Int = 1) throws {
    let names = project.files.keys.sorted()
    let workspace = project.workspace(project.files)
    var texts = project.files
    var random = Seeded(state: seed)
    for number in 0..<edits * repetitions {
      let queries = names.filter { $0.path.hasPrefix("/p/queries") }
      let isQuery = Int.random(in: 0..<10, using: &random) < queriesAmongTen
      let others = names.filter { !queries.contains($0) && (repetitions == 1 || $0.path.hasSuffix(".sql")) }
      let file = try #require((isQuery ? queries : others).randomElement(using: &random))
      let original = project.files[file] ?? ""
      let new = edited(texts[file] ?? "", original, &random)
      texts[file] = new
      workspace.setText(new, of: file)
      // Not every state is looked at: several edits can lie between two snapshots.
      if Int.random(in: 0..<5, using: &random) == 0 { continue }
      let inspecting = number % 7 == 0
      let remembered = Said(try workspace.snapshot(), inspecting: inspecting)
      let fresh = Said(try project.workspace(texts).snapshot(), inspecting: inspecting)
      guard remembered == fresh else {
        Issue.record(
          """
          seed \(seed), edit \(number), \(file): not what a fresh analysis says
          diagnostics: \(remembered.diagnostics == fresh.diagnostics), queries: \(remembered.queries == fresh.queries), \
          schema: \(remembered.schemas == fresh.schemas), inspections: \(remembered.inspections == fresh.inspections)
          \(new)
          """)
        return
      }
    }
  }

  /// One edit of a kind that people make: a character more or less, a line twice or gone, a comment, a word for another.
  private func edited(_ text: String, _ original: String, _ random: inout Seeded) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard !text.isEmpty, let line = lines.indices.randomElement(using: &random) else { return original }
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1, 2: return original
    case 3: lines.insert("", at: line)
    case 4: lines.insert("-- a comment: ü 😀", at: line)
    case 5: lines.insert(lines[line], at: line)
    case 6: lines.remove(at: line)
    case 7:
      var characters = Array(lines[line])
      guard let place = characters.indices.randomElement(using: &random) else { return text }
      characters.remove(at: place)
      lines[line] = String(characters)
    case 8:
      var characters = Array(lines[line])
      let place = Int.random(in: 0...characters.count, using: &random)
      characters.insert("x;'\"(/*-:@".randomElement(using: &random) ?? "x", at: place)
      lines[line] = String(characters)
    default:
      let words = text.split { !$0.isLetter && $0 != "_" }
      guard let old = words.randomElement(using: &random), let new = words.randomElement(using: &random) else {
        return text
      }
      return String(text[..<old.startIndex]) + new + text[old.endIndex...]
    }
    return lines.joined(separator: "\n")
  }
}

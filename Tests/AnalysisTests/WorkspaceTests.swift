// What an edit costs, counted.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCModel
import Synchronization
import Testing

private let configuration = """
  version: "2"
  sql:
    - engine: sqlite
      schema: schema.toy
      queries: [a.sql, b.sql]
      gen: { swift: { out: Out } }

  """
private let schema = "table agents id name\ntable tasks id title\n"
private let first = """
  -- Their names.
  -- name: Names :many
  get name from agents;

  -- name: Titles :many
  -- All of them.
  get title from tasks;
  """
private let second = "-- name: Keys :many\nget id from tasks\n"

/// A project on the toy engine, and what it has cost so far.
private struct Toy {
  let engine: ToyEngine
  let workspace: Workspace
  static let a = FileID("/p/a.sql")
  static let b = FileID("/p/b.sql")
  static let schema = FileID("/p/schema.toy")
  static let configuration = FileID("/p/sqlc-swift.yaml")

  init(onQuery: @escaping @Sendable (AnnotatedQuery) -> Void = { _ in }) {
    let engine = ToyEngine(onQuery: onQuery)
    self.engine = engine
    workspace = Workspace(
      at: ProjectLocation(workingDirectory: "/p"),
      files: MemoryFiles([
        "/p/sqlc-swift.yaml": SQLCText.configuration, "/p/schema.toy": SQLCText.schema, "/p/a.sql": SQLCText.first,
        "/p/b.sql": SQLCText.second,
      ]),
      engines: EngineSet(rules: [.sqlite: .sqlite]) { Diagnosed(engine.keyed(by: "\($0.analysis.strictPrimaryKeys)")) })
  }

  private enum SQLCText {
    static let configuration = AnalysisTests.configuration
    static let schema = AnalysisTests.schema
    static let first = AnalysisTests.first
    static let second = AnalysisTests.second
  }

  /// The queries that the next snapshot analyses.
  func analyzed(_ edit: (Workspace) -> Void = { _ in }) throws -> [String] {
    edit(workspace)
    engine.asked.withLock { $0.analyzed = [] }
    _ = try workspace.snapshot()
    return engine.asked.withLock(\.analyzed)
  }

  var loads: Int { engine.asked.withLock(\.loads) }
}

private final class Disk: ReadableFiles {
  private let files = Mutex(MemoryFiles())

  func set(_ text: String?, of file: FileID) { files.withLock { $0[file] = text } }
  func kind(of path: String) -> FileKind? { files.withLock { $0 }.kind(of: path) }
  func names(in directory: String) throws(FileSystemError) -> [String] {
    try files.withLock { $0 }.names(in: directory)
  }
  func read(_ path: String) throws(FileSystemError) -> [UInt8] { try files.withLock { $0 }.read(path) }
}

@Suite struct WorkspaceTests {
  @Test func nothingIsDoneTwice() throws {
    let toy = Toy()
    #expect(try toy.analyzed() == ["Names", "Titles", "Keys"])
    let before = try toy.workspace.snapshot().work
    #expect(before == WorkCounters(projectsRead: 1, schemasLoaded: 1, filesSplit: 2, queriesAnalyzed: 3))
    #expect(try toy.analyzed().isEmpty)
    #expect(try toy.workspace.snapshot().work == before)
    #expect(try toy.analyzed { $0.setText(first, of: Toy.a) }.isEmpty)
    #expect(try toy.workspace.snapshot().work == before)
  }

  @Test func anEditInAStatementAnalysesThatQuery() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    let edited = first.replacing("get name", with: "get id")
    #expect(try toy.analyzed { $0.setText(edited, of: Toy.a) } == ["Names"])
    let work = try toy.workspace.snapshot().work
    #expect(work.filesSplit == 3)
    #expect(toy.loads == 1)
  }

  @Test func anEditAboveMovesAQuery() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    let edited = "-- name: Ids :many\nget id from agents;\n\n\n" + first
    #expect(try toy.analyzed { $0.setText(edited, of: Toy.a) } == ["Ids"])
    let snapshot = try toy.workspace.snapshot()
    let models = snapshot.blocks[0].queries.compactMap(\.model)
    #expect(models.map(\.name) == ["Ids", "Names", "Titles", "Keys"])
    let source = try #require(snapshot.source(of: Toy.a))
    for model in models.dropLast() {
      #expect(source.slice(model.source.range) == model.name)
      #expect(source.slice(model.statement.range).hasPrefix("get "))
    }
  }

  @Test func commentsBlanksAndOrderAnalyseNothing() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    let edited = first.replacing("Their names.", with: "What they are\n-- called.").replacing(
      "All of them", with: "All")
    #expect(try toy.analyzed { $0.setText(edited, of: Toy.a) }.isEmpty)
    #expect(try toy.workspace.snapshot().blocks[0].queries[0].model?.documentation == ["What they are", "called."])
    #expect(try toy.analyzed { $0.setText(edited + "\n\n-- behind\n", of: Toy.a) }.isEmpty)
    #expect(try toy.analyzed { $0.setText(second + first, of: Toy.a) }.isEmpty)
  }

  @Test func theAnnotationIsPartOfAQuery() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    #expect(try toy.analyzed { $0.setText(first.replacing("Names :many", with: "Names :one"), of: Toy.a) } == ["Names"])
    #expect(try toy.analyzed { $0.setText(first.replacing("Names :", with: "Called :"), of: Toy.a) } == ["Called"])
  }

  @Test func aSchemaEditAnalysesWhatDependsOnIt() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    let edited = schema.replacing("title", with: "titel")
    #expect(try toy.analyzed { $0.setText(edited, of: Toy.schema) } == ["Titles", "Keys"])
    #expect(toy.loads == 2)
    #expect(try toy.workspace.snapshot().diagnostics.map(\.message) == ["nonsense: get title from tasks"])
    #expect(try toy.workspace.snapshot().blocks[0].model.queries.map(\.name) == ["Names", "Keys"])
    // One with an error is analysed whatever has changed.
    #expect(try toy.analyzed { $0.setText(edited + "table more id\n", of: Toy.schema) } == ["Titles"])
    #expect(try toy.analyzed { $0.setText(nil, of: Toy.schema) } == ["Titles", "Keys"])
    #expect(try toy.workspace.snapshot().diagnostics.isEmpty)
    #expect(try toy.analyzed { $0.setText("# a comment\n" + schema, of: Toy.schema) }.isEmpty)
  }

  @Test func theConfiguration() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    // Of generated code only.
    #expect(
      try toy.analyzed { $0.setText(configuration.replacing("out: Out", with: "out: Other"), of: Toy.configuration) }
        .isEmpty)
    #expect(try toy.workspace.snapshot().work.projectsRead == 2)
    // Another file fewer.
    #expect(
      try toy.analyzed { $0.setText(configuration.replacing("[a.sql, b.sql]", with: "b.sql"), of: Toy.configuration) }
        .isEmpty)
    #expect(try toy.workspace.snapshot().blocks[0].queries.map(\.name) == ["Keys"])
    // What the analysis depends on.
    let strict = configuration.replacing("    gen:", with: "    strict_primary_keys: true\n    gen:")
    #expect(try toy.analyzed { $0.setText(strict, of: Toy.configuration) } == ["Names", "Titles", "Keys"])
    #expect(toy.loads == 2)
  }

  @Test func aBrokenConfigurationAndBack() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    #expect(try toy.analyzed { $0.setText("sql: [", of: Toy.configuration) }.isEmpty)
    let broken = try toy.workspace.snapshot()
    #expect(broken.blocks.isEmpty && broken.diagnostics.hasErrors)
    _ = try toy.analyzed { $0.setText(nil, of: Toy.configuration) }
    #expect(try toy.workspace.snapshot().diagnostics.isEmpty)
  }

  @Test func filesComeAndGo() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    let wide = configuration.replacing("[a.sql, b.sql]", with: "'*.sql'")
    #expect(try toy.analyzed { $0.setText(wide, of: Toy.configuration) }.isEmpty)
    let new = FileID("/p/c.sql")
    #expect(try toy.analyzed { $0.setText("-- name: More :many\nget id from agents", of: new) } == ["More"])
    #expect(try toy.analyzed { $0.setText(nil, of: new) }.isEmpty)
    #expect(try toy.workspace.snapshot().blocks[0].queries.map(\.name) == ["Names", "Titles", "Keys"])
    // A file that no block names costs nothing.
    let before = try toy.workspace.snapshot().work
    toy.workspace.setText("hello", of: FileID("/p/notes.txt"))
    toy.workspace.setText("hello again", of: FileID("/p/notes.txt"))
    #expect(try toy.workspace.snapshot().work.queriesAnalyzed == before.queriesAnalyzed)
  }

  @Test func twoOfOneTextAreAnalysedOnce() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    #expect(try toy.analyzed { $0.setText(second, of: Toy.a) }.isEmpty)
    let snapshot = try toy.workspace.snapshot()
    #expect(snapshot.blocks[0].queries.map(\.name) == ["Keys", "Keys"])
    #expect(snapshot.blocks[0].queries.compactMap(\.model).map(\.source.path) == ["a.sql", "b.sql"])
    #expect(snapshot.diagnostics.count == 1)
  }

  @Test func aSnapshotDoesNotChange() throws {
    let toy = Toy()
    let before = try toy.workspace.snapshot()
    let models = before.blocks[0].model.queries
    toy.workspace.setText(schema.replacing("agents", with: "robots"), of: Toy.schema)
    toy.workspace.setText("", of: Toy.a)
    let after = try toy.workspace.snapshot()
    #expect(after.blocks[0].model.queries.map(\.name) == ["Keys"])
    #expect(before.blocks[0].model.queries == models)
    #expect(before.source(of: Toy.a)?.text == first)
  }

  @Test func textsAreReadAsFilesAre() throws {
    let toy = Toy()
    _ = try toy.analyzed()
    #expect(try toy.analyzed { $0.setText("\u{FEFF}" + first.replacing("\n", with: "\r\n"), of: Toy.a) }.isEmpty)
    #expect(try toy.workspace.snapshot().source(of: Toy.a)?.text == first)
  }

  /// The files under the overlay: what has another text, what is new and what is gone.
  @Test func filesChangeOnTheDisk() throws {
    let disk = Disk()
    let engine = ToyEngine()
    let workspace = Workspace(
      at: ProjectLocation(workingDirectory: "/p"), files: disk,
      engines: EngineSet(rules: [.sqlite: .sqlite]) { _ in Diagnosed(engine) })
    func names() throws -> [String] { try workspace.snapshot().blocks[0].queries.map(\.name) }
    disk.set(configuration.replacing("[a.sql, b.sql]", with: "'*.sql'"), of: Toy.configuration)
    disk.set(schema, of: Toy.schema)
    disk.set(first, of: Toy.a)
    #expect(try names() == ["Names", "Titles"])
    disk.set(second, of: Toy.b)
    workspace.filesChanged([Toy.b])
    #expect(try names() == ["Names", "Titles", "Keys"])
    disk.set(second.replacing("Keys", with: "Ids"), of: Toy.b)
    #expect(try names() == ["Names", "Titles", "Keys"])
    workspace.filesChanged()
    #expect(try names() == ["Names", "Titles", "Ids"])
    // What an editor shows counts, whatever the disk has.
    workspace.setText(second, of: Toy.b)
    disk.set("", of: Toy.b)
    workspace.filesChanged([Toy.b])
    #expect(try names() == ["Names", "Titles", "Keys"])
    disk.set(nil, of: Toy.a)
    workspace.filesChanged([Toy.a])
    #expect(try names() == ["Keys"])
    #expect(engine.asked.withLock(\.analyzed) == ["Names", "Titles", "Keys", "Ids", "Keys"])
  }

  // MARK: Cancellation

  @Test func aCancelledSnapshotIsGivenUp() throws {
    let cancellation = Cancellation()
    let toy = Toy { if $0.name == "Titles" { cancellation.cancel() } }
    #expect(throws: CancellationError.self) { try toy.workspace.snapshot(cancellation: cancellation) }
    #expect(toy.engine.asked.withLock(\.analyzed) == ["Names"])
    #expect(try toy.workspace.snapshot().blocks[0].queries.count == 3)
  }

  @Test func aTaskIsCancelled() async throws {
    let started = AsyncStream<Void>.makeStream()
    let released = Cancellation()
    let toy = Toy { query in
      guard query.name == "Names", !released.isCancelled else { return }
      started.continuation.yield()
      while !released.isCancelled {}
    }
    let task = Task { try await toy.workspace.snapshot() }
    for await _ in started.stream { break }
    // An edit does not wait for the snapshot.
    toy.workspace.setText("", of: Toy.b)
    task.cancel()
    released.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await toy.workspace.snapshot().blocks[0].queries.map(\.name) == ["Names", "Titles"])
  }
}

// Schemas that blocks share, and answers that stand in for a server.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import Testing

private func configuration(_ outs: [String]) -> String {
  "version: \"2\"\nsql:\n"
    + outs.map {
      "  - { engine: sqlite, schema: schema.toy, queries: \($0).sql, gen: { swift: { out: \($0) } } }\n"
    }.joined()
}
private let schema = "table agents id name\ntable tasks id odd\n"
private let queries = """
  -- name: Names :many
  get name from agents;

  -- name: Titles :many
  get odd from tasks;
  """

private let queryFile = FileID("/p/Out.sql")
private let answerFile = FileID("/p/sqlc-snapshots/Out.jsonl")

@Suite struct SharedSchemaTests {
  private func workspace(_ engines: EngineSet) -> Workspace {
    Workspace(
      at: ProjectLocation(workingDirectory: "/p"),
      files: MemoryFiles([
        "/p/sqlc-swift.yaml": configuration(["A", "B"]), "/p/schema.toy": schema, "/p/A.sql": queries,
        "/p/B.sql": queries,
      ]), engines: engines)
  }

  @Test func blocksWithOneSchemaLoadItOnce() throws {
    let engine = ToyEngine()
    let workspace = workspace(EngineSet(rules: [.sqlite: .sqlite]) { _ in Diagnosed(engine) })
    let first = try workspace.snapshot()
    #expect(first.blocks.map { $0.model.queries.map(\.name) } == [["Names", "Titles"], ["Names", "Titles"]])
    #expect(engine.asked.withLock(\.loads) == 1 && first.work.schemasLoaded == 1)
    workspace.setText(schema + "table more id\n", of: FileID("/p/schema.toy"))
    #expect(try workspace.snapshot().blocks.map(\.schema.tables.count) == [3, 3])
    #expect(engine.asked.withLock(\.loads) == 2)
    // What no block has any more is forgotten.
    workspace.setText(schema, of: FileID("/p/schema.toy"))
    _ = try workspace.snapshot()
    #expect(engine.asked.withLock(\.loads) == 3)
  }

  @Test func anEngineThatIsSetUpOtherwiseLoadsItsOwn() throws {
    let workspace = workspace(
      EngineSet(rules: [.sqlite: .sqlite]) { Diagnosed(ToyEngine(key: $0.out.value)) })
    #expect(try workspace.snapshot().work.schemasLoaded == 2)
  }
}

@Suite struct AnswerTests {
  let engine = ToyEngine(missingServer: ToyRule.noServer.id)

  private func workspace(_ answers: String? = nil, use: KeptAnswers = .checked) -> Workspace {
    var files = MemoryFiles([
      "/p/sqlc-swift.yaml": configuration(["Out"]), "/p/schema.toy": schema, queryFile.path: queries,
    ])
    files[answerFile] = answers
    return Workspace(
      at: ProjectLocation(workingDirectory: "/p"), files: files,
      engines: EngineSet(rules: [.sqlite: .sqlite], warnings: RuleRegistry([ToyRule.self])) { _ in
        Diagnosed(engine)
      }, answers: use)
  }

  private func kept() throws -> String {
    try #require(try workspace(use: .ignored).snapshot().blocks[0].answers).render()
  }

  /// Whatever is edited around the queries, a warm workspace and a fresh one say the same, and what a server would.
  @Test func answersMoveWithTheirQueries() throws {
    let kept = try kept()
    let edits = [
      queries, "-- ü\n\n" + queries, queries.replacing("many\nget", with: "many\n-- More of it.\n\nget"),
      queries.replacing("agents;", with: "agents; -- all"), queries + "\n\n-- the end",
    ]
    let warm = workspace(kept)
    for text in edits {
      engine.asked.withLock { $0.isServerThere = true }
      let online = workspace(kept)
      online.setText(text, of: queryFile)
      let expected = try online.snapshot()
      #expect(expected.diagnostics.map(\.id) == [ToyRule.odd.id])
      engine.asked.withLock { $0.isServerThere = false }
      let fresh = workspace(kept)
      for offline in [warm, fresh] {
        offline.setText(text, of: queryFile)
        let found = try offline.snapshot()
        #expect(found.blocks[0].model.queries == expected.blocks[0].model.queries, "\(text)")
        #expect(found.blocks[0].schema == expected.blocks[0].schema)
        #expect(found.diagnostics == expected.diagnostics, "\(text)")
      }
    }
  }

  @Test func whatWasChangedSinceIsAnError() throws {
    let kept = try kept()
    for isServerThere in [true, false] {
      engine.asked.withLock { $0.isServerThere = isServerThere }
      let workspace = workspace(kept)
      func errors(_ file: FileID, _ text: String) throws -> [String] {
        workspace.setText(text, of: file)
        defer { workspace.setText(nil, of: file) }
        return try workspace.snapshot().diagnostics.filter { $0.severity == .error }.map(\.id.name)
      }
      #expect(try errors(queryFile, queries.replacing("name from", with: "id from")) == ["outdated-query"])
      #expect(try errors(queryFile, "-- name: Names :many\nget name from agents;") == ["outdated-query"])
      let gone = isServerThere ? [] : ["no-server"]
      #expect(try errors(FileID("/p/schema.toy"), schema + "\n") == ["outdated-schema"] + gone)
      #expect(try errors(answerFile, "no answers") == ["unreadable-file"] + gone)
      let other = kept.replacing("\"typeName\":\"words\"", with: "\"typeName\":\"letters\"")
      #expect(
        try errors(answerFile, other)
          == (isServerThere ? ["different-answer", "different-answer", "different-answer"] : []))
      #expect(try workspace.snapshot().diagnostics.map(\.id) == [ToyRule.odd.id])
    }
  }

  @Test func nothingIsKeptOfAnEngineThatAsksNoServer() throws {
    let workspace = Workspace(
      at: ProjectLocation(workingDirectory: "/p"),
      files: MemoryFiles([
        "/p/sqlc-swift.yaml": configuration(["Out"]), "/p/schema.toy": schema, queryFile.path: queries,
        answerFile.path: "no answers",
      ]),
      engines: EngineSet(rules: [.sqlite: .sqlite], warnings: RuleRegistry([ToyRule.self])) { _ in
        Diagnosed(ToyEngine())
      })
    let snapshot = try workspace.snapshot()
    #expect(snapshot.diagnostics.map(\.id) == [ToyRule.odd.id])
    #expect(snapshot.blocks[0].answers == nil)
  }
}

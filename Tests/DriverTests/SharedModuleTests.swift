// Two blocks whose code is compiled together.

import SQLCDriver
import Testing

@Suite struct SharedModuleTests {
  private func twoBlocks(first: String, second: String, queries: String) -> MemoryFileSystem {
    project([
      "sqlc-swift.yaml": """
      version: "2"
      sql:
        - { engine: sqlite, schema: schema, queries: queries, gen: { swift: \(first) } }
        - { engine: sqlite, schema: cache.sql, queries: \(queries), gen: { swift: \(second) } }
      """,
      "cache.sql": "CREATE TABLE entries (id INTEGER PRIMARY KEY, value TEXT NOT NULL);\n",
      "cache/agents.sql": "-- name: GetEntry :one\nSELECT * FROM entries WHERE id = ?;\n",
      "other/agents.sql": "-- name: GetAgent :one\nSELECT * FROM entries WHERE id = ?;\n",
    ])
  }

  @Test func filesOfOneModuleDiffer() throws {
    let disk = twoBlocks(
      first: "{ out: Sources/Store/Main }", second: "{ out: Sources/Store/Cache, queries_type: Cache }",
      queries: "cache")
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    let names = disk.contents(of: "/p/Sources/Store").keys.map { String($0.split(separator: "/").last ?? "") }
    #expect(Set(names).count == names.count && names.contains("CacheModels.swift"))
    #expect(names.contains("Cache.agents.sql.swift") && names.contains("agents.sql.swift"))
  }

  @Test func theSameFilesAndTypesAreErrors() throws {
    let disk = twoBlocks(
      first: "{ out: Sources/Store/Main }", second: "{ out: Sources/Store/Cache }", queries: "cache")
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.contains("'Models.swift' would be twice in the module 'Store'"))
    #expect(outcome.standardError.contains("a second 'Queries' in the module 'Store'"))
  }

  @Test func aQueryOfBothIsAnErrorAtTheSecond() throws {
    let disk = twoBlocks(
      first: "{ out: Sources/Store/Main }", second: "{ out: Sources/Store/Cache, queries_type: Cache }",
      queries: "other")
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.contains("other/agents.sql:1:"))
    #expect(outcome.standardError.contains("the query 'GetAgent' would be a second 'GetAgent'"))
  }

  /// Modules of their own may say everything twice.
  @Test func modulesAreApart() throws {
    let disk = twoBlocks(first: "{ out: Sources/Main }", second: "{ out: Sources/Cache }", queries: "other")
    #expect(try generate(context(disk)).exit == .success)
  }
}

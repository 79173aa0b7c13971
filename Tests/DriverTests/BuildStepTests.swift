// Generating as a step of a build: exactly the declared files, and what is refused.

import SQLCAnalysis
import SQLCDriver
import Testing

@Suite struct BuildStepTests {
  private let step = BuildStep(
    target: "/p", folder: "/made", shared: "shared.swift",
    outputs: [
      "/p/queries/agents.sql": "queries.agents.sql.swift", "/p/schema/001_agents.sql": "schema.001_agents.sql.swift",
    ])

  private func run(_ step: BuildStep, _ disk: MemoryFileSystem) throws -> CommandOutcome {
    var context = context(disk)
    context.location.shownPaths = .absolute
    return try generate(step, context)
  }

  @Test func writesExactlyWhatWasDeclared() throws {
    let disk = project()
    let outcome = try run(step, disk)
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    let files = disk.contents(of: "/made")
    #expect(
      Set(files.keys.map { $0.dropFirst(6) }) == [
        "shared.swift", "queries.agents.sql.swift", "schema.001_agents.sql.swift",
      ])
    #expect(files["/made/shared.swift"]?.contains("struct Queries") == true)
    #expect(files["/made/shared.swift"]?.contains("struct Agent") == true)
    #expect(files["/made/queries.agents.sql.swift"]?.contains("func getAgent") == true)
    #expect(files["/made/schema.001_agents.sql.swift"]?.contains("struct") == false)
    // Nothing else, and nothing twice: what depends on a file that stays the same is not built again.
    #expect(disk["/p/Generated/Queries.swift"] == nil)
    _ = disk.takeWrites()
    #expect(try run(step, disk).exit == .success)
    #expect(disk.takeWrites() == [])
  }

  @Test func aFileThatIsGoneTakesItsCodeAlong() throws {
    let disk = project(["queries/more.sql": "-- name: Count :one\nSELECT count(*) AS n FROM agents;\n"])
    var more = step
    more.outputs["/p/queries/more.sql"] = "queries.more.sql.swift"
    #expect(try run(more, disk).exit == .success)
    #expect(disk["/made/queries.more.sql.swift"]?.contains("count") == true)
    try disk.remove("/p/queries/more.sql")
    #expect(try run(step, disk).exit == .success)
    #expect(disk["/made/queries.more.sql.swift"] == nil)
  }

  @Test func pathsOfDiagnosticsAreAbsolute() throws {
    let disk = project(["queries/agents.sql": "-- name: GetAgent :one\nSELECT nam FROM agents;\n"])
    let outcome = try run(step, disk)
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.hasPrefix("/p/queries/agents.sql:2:8: error: "))
    #expect(disk.contents(of: "/made").isEmpty)
  }

  @Test func committedCodeIsRefused() throws {
    let disk = project()
    #expect(try generate(context(disk)).exit == .success)
    let outcome = try run(step, disk)
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.contains("/p/sqlc-swift.yaml:8:14: error: "))
    #expect(outcome.standardError.contains("help: output/committed-code\n"))
    #expect(disk.contents(of: "/made").isEmpty)
  }

  @Test func filesOfOthersAreNoCommittedCode() throws {
    let disk = project(["Generated/Mine.swift": "struct Mine {}\n"])
    #expect(try run(step, disk).exit == .success)
  }

  @Test func anotherTargetsBlockIsNotTaken() throws {
    var other = step
    other.target = "/p/Sources/Other"
    let outcome = try run(other, project())
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.contains("help: output/other-target\n"))
  }

  @Test func aQueryFileThatWasNotDeclaredIsRefused() throws {
    var fewer = step
    fewer.outputs["/p/queries/agents.sql"] = nil
    let outcome = try run(fewer, project())
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.contains("/p/queries/agents.sql:1:1: error: "))
    #expect(outcome.standardError.contains("help: output/undeclared-output\n"))
  }

  /// Two blocks of one target share the files: which block a query file belongs to, the build does not know.
  @Test func severalBlocksGoIntoOneTarget() throws {
    let second = """
        - engine: sqlite
          schema: cache
          queries: lookups
          gen:
            swift:
              out: Generated/Cache
              queries_type: Cache

      """
    let disk = project([
      "sqlc-swift.yaml": configuration + second, "cache/001.sql": "CREATE TABLE entries (key TEXT NOT NULL);\n",
      "lookups/keys.sql": "-- name: Keys :many\nSELECT key FROM entries;\n",
    ])
    var more = step
    more.outputs["/p/lookups/keys.sql"] = "lookups.keys.sql.swift"
    let outcome = try run(more, disk)
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    let shared = try #require(disk["/made/shared.swift"])
    #expect(shared.contains("struct Queries") && shared.contains("struct Cache"))
    #expect(disk["/made/lookups.keys.sql.swift"]?.contains("func keys") == true)
  }
}

// What generating does to the disk: all or nothing, only what changed, nothing that is not ours.

import SQLCDriver
import Testing

@Suite struct GenerateTests {
  @Test func writesOnceAndThenNothing() throws {
    let disk = project()
    let first = try generate(context(disk))
    #expect(first.exit == .success && first.standardError.isEmpty, "\(first)")
    let written = disk.contents(of: "/p/Generated")
    #expect(written.keys.contains("/p/Generated/agents.sql.swift"))
    #expect(first.standardOutput == "generated \(written.count) files from 1 query: \(written.count) changed\n")
    _ = disk.takeWrites()

    let second = try generate(context(disk))
    #expect(second.standardOutput == "generated \(written.count) files from 1 query: all up to date\n")
    #expect(disk.takeWrites().isEmpty)
    #expect(disk.contents(of: "/p/Generated") == written)
  }

  @Test func onlyWhatChangedIsWrittenAndOrphansGo() throws {
    let disk = project(["queries/notes.sql": "-- name: CountAgents :one\nSELECT count(*) FROM agents;\n"])
    _ = try generate(context(disk))
    let before = disk.contents(of: "/p/Generated")
    _ = disk.takeWrites()
    try disk.remove("/p/queries/notes.sql")
    disk.put("/p/Generated/Mine.swift", "// by hand\n")
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .success && outcome.standardOutput.contains("1 removed"), "\(outcome)")
    let after = disk.contents(of: "/p/Generated")
    #expect(after["/p/Generated/notes.sql.swift"] == nil)
    #expect(after["/p/Generated/Mine.swift"] == "// by hand\n")
    #expect(after["/p/Generated/agents.sql.swift"] == before["/p/Generated/agents.sql.swift"])
    #expect(!disk.takeWrites().contains { $0.contains("agents.sql.swift") || $0.contains("Models.swift") })
  }

  @Test func anErrorLeavesEverythingAsItWas() throws {
    let disk = project()
    _ = try generate(context(disk))
    let before = disk.contents(of: "/p/Generated")
    disk.put("/p/queries/agents.sql", "-- name: GetAgent :one\nSELECT nmae FROM agents;\n")
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.hasPrefix("queries/agents.sql:2:8: error: "), "\(outcome.standardError)")
    #expect(disk.contents(of: "/p/Generated") == before)
  }

  @Test(arguments: ["/p/Generated/agents.sql.swift", "/p/Generated/Models.swift", "/p/Generated/Queries.swift"])
  func aForeignFileInTheWayStopsEverything(path: String) throws {
    let disk = project()
    disk.put(path, "// by hand\n")
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .failure)
    #expect(outcome.standardError.hasPrefix("sqlc-swift.yaml:8:14: error: "), "\(outcome.standardError)")
    #expect(outcome.standardError.contains("output/foreign-file"))
    #expect(disk.contents(of: "/p/Generated") == [path: "// by hand\n"])
  }

  @Test func aFullDiskChangesNothing() throws {
    let disk = project()
    _ = try generate(context(disk))
    let before = disk.contents(of: "/p")
    disk.put("/p/schema/002_notes.sql", "ALTER TABLE agents ADD COLUMN note TEXT;")
    disk.fail { $0.unwritable = ["agents.sql.swift"] }
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .failure && outcome.standardError.contains("No space left on device"))
    try disk.remove("/p/schema/002_notes.sql")
    #expect(disk.contents(of: "/p") == before)
  }

  @Test func aFileThatCannotBeReplacedPutsTheOthersBack() throws {
    let disk = project()
    _ = try generate(context(disk))
    let before = disk.contents(of: "/p/Generated")
    disk.put("/p/schema/002_notes.sql", "ALTER TABLE agents ADD COLUMN note TEXT;")
    disk.fail { $0.unrenamable = ["/p/Generated/agents.sql.swift"] }
    #expect(try generate(context(disk)).exit == .failure)
    #expect(disk.contents(of: "/p/Generated") == before)
  }

  @Test func whatAKilledRunLeftBehindGoes() throws {
    let disk = project(["Generated/.gone.sql.swift.sqlc-swift-new": "half a fi"])
    #expect(try generate(context(disk)).exit == .success)
    #expect(disk.contents(of: "/p/Generated").keys.allSatisfy { !$0.hasSuffix("-new") })
  }

  @Test func whereTheUserStandsDoesNotMatter() throws {
    var outputs: [[String: String]] = []
    for (here, directory, file) in [
      ("/p", nil, nil), ("/", "p", nil), ("/p/queries", "..", nil), ("/elsewhere", "/p", nil),
      ("/", nil, "p/sqlc-swift.yaml"),
    ] as [(String, String?, String?)] {
      let disk = project()
      let outcome = try generate(context(disk, workingDirectory: here, directory: directory, file: file))
      #expect(outcome.exit == .success, "\(here): \(outcome.standardError)")
      outputs.append(disk.contents(of: "/p/Generated"))
    }
    #expect(Set(outputs).count == 1)
  }

  @Test func theOrderOfTheEntriesOfAFolderDoesNotMatter() throws {
    func configuration(_ queries: String) -> String {
      "version: 2\nsql:\n- {engine: sqlite, schema: schema, queries: \(queries), gen: {swift: {out: Generated}}}"
    }
    var outputs: [[String: String]] = []
    for queries in ["queries", "[queries/a.sql, queries/b.sql]", "[queries/b.sql, queries]", "'queries/*.sql'"] {
      let disk = project([
        "sqlc-swift.yaml": configuration(queries), "queries/agents.sql": nil,
        "queries/a.sql": "-- name: A :many\nSELECT name FROM agents;",
        "queries/b.sql": "-- name: B :many\nSELECT id, name AS title FROM agents;",
      ])
      let outcome = try generate(context(disk))
      #expect(outcome.exit == .success, "\(queries): \(outcome.standardError)")
      outputs.append(disk.contents(of: "/p/Generated"))
    }
    #expect(Set(outputs).count == 1)
  }

  @Test func byteOrderMarksAndLineEndsDoNotMatter() throws {
    let plain = project()
    let other = project([
      "queries/agents.sql": "\u{FEFF}" + queries.replacing("\n", with: "\r\n"),
      "schema/001_agents.sql": "\u{FEFF}" + schema.replacing("\n", with: "\r\n"),
      "sqlc-swift.yaml": "\u{FEFF}" + configuration.replacing("\n", with: "\r\n"),
    ])
    #expect(try generate(context(plain)).exit == .success)
    let outcome = try generate(context(other))
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    #expect(plain.contents(of: "/p/Generated") == other.contents(of: "/p/Generated"))
  }

  @Test func migrationsApplyInTheOrderOfTheirVersions() throws {
    let disk = project([
      "schema/10_b.sql":
        "-- +goose Up\nALTER TABLE agents RENAME COLUMN title TO label;\n-- +goose Down\nDROP TABLE agents;",
      "schema/2_a.sql":
        "-- +goose Up\nALTER TABLE agents RENAME COLUMN name TO title;\n-- +goose Down\nDROP TABLE agents;",
      "queries/agents.sql": "-- name: Labels :many\nSELECT label FROM agents;",
    ])
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .success, "\(outcome.standardError)")
  }

  @Test func oneFileMayBeSchemaAndQueries() throws {
    let disk = project([
      "sqlc-swift.yaml":
        "version: 2\nsql:\n- {engine: sqlite, schema: all.sql, queries: all.sql, gen: {swift: {out: Generated}}}",
      "all.sql": schema + queries,
    ])
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .success && outcome.standardError.isEmpty, "\(outcome.standardError)")
  }
}

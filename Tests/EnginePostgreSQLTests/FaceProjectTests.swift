// Two blocks with one face, as a project has them: generated when they agree, and what is not in step is said.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

@Suite(.needsPostgreSQL) struct FaceProjectTests {
  private final class Pair {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-face-\(UUID().uuidString)")

    init() throws {
      try write(
        """
        version: "2"
        faces: [{ module: Store, out: Sources/Store }]
        sql:
          - engine: sqlite
            schema: sqlite
            queries: queries
            gen: { swift: { out: Sources/StoreSQLite, face: Store, access: public, emit_schema: true } }
          - engine: postgresql
            schema: postgresql
            queries: queries
            gen: { swift: { out: Sources/StorePostgres, face: Store, access: public, emit_schema: true } }
        """, to: "sqlc-swift.yaml")
      try write(
        """
        -- name: AddAgent :one
        INSERT INTO agents (team_id, name, tags, spent) VALUES (@team_id, @name, @tags, @spent) RETURNING *;
        -- name: TeamsWithAgents :many
        SELECT sqlc.embed(teams), sqlc.nest(agents)
        FROM teams LEFT JOIN agents ON agents.team_id = teams.id ORDER BY teams.id, agents.id;
        -- name: FindAgents :many
        SELECT id, name FROM agents WHERE sqlc.optional(name = @name) AND sqlc.optional(ids, id BETWEEN @from AND @to)
        ORDER BY sqlc.order(name, id DESC);
        -- name: RenameAgent :execrows
        UPDATE agents SET name = @name WHERE id = @id;
        -- name: AddTeams :copyfrom
        INSERT INTO teams (id, state) VALUES (@id, @state);
        """, to: "queries/agents.sql")
      try write(
        """
        -- +goose Up
        CREATE TABLE teams (id INTEGER NOT NULL PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('open', 'shut')));
        CREATE TABLE agents (
          id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE, name TEXT NOT NULL UNIQUE,
          tags JSON NOT NULL, spent DECIMAL NOT NULL DEFAULT 0
        );
        CREATE UNIQUE INDEX one_open ON teams (state) WHERE state = 'open';
        """, to: "sqlite/1_agents.sql")
      try write(
        """
        -- +goose Up
        CREATE TABLE teams (id BIGINT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('open', 'shut')));
        CREATE TABLE agents (
          id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
          name TEXT NOT NULL UNIQUE, tags TEXT[] NOT NULL CHECK (array_position(tags, NULL) IS NULL),
          spent NUMERIC NOT NULL DEFAULT 0
        );
        CREATE UNIQUE INDEX one_open ON teams (state) WHERE state = 'open';
        """, to: "postgresql/1_agents.sql")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to path: String) throws {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func edit(_ path: String, _ old: String, _ new: String) throws {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      try #require(text.contains(old))
      try write(text.replacingOccurrences(of: old, with: new), to: path)
    }

    var context: CommandContext { CommandContext(location: ProjectLocation(workingDirectory: folder.path)) }

    /// The rules of what `check` says, and how it ends.
    func said() throws -> (rules: [String], exit: CommandOutcome.Exit, text: String) {
      var context = context
      context.format = .json
      let outcome = try check(context, migrations: .skipped)
      let rules = outcome.standardError.matches(of: /"id":"([a-z-]+\/[a-z-]+)"/).map { String($0.output.1) }
      return (rules.sorted(), outcome.exit, outcome.standardError)
    }
  }

  @Test func oneFaceIsGeneratedForBoth() throws {
    let pair = try Pair()
    let outcome = try generate(pair.context)
    #expect(outcome.standardError == "" && outcome.exit == .success)
    func files(_ module: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: pair.folder.appending(path: "Sources/\(module)").path)
        .sorted()
    }
    #expect(try files("Store") == ["Models.swift", "QueriesProtocol.swift", "agents.sql.swift"])
    #expect(try files("StoreSQLite") == ["Models.swift", "Queries.swift", "Schema.swift", "agents.sql.swift"])
    #expect(try files("StoreSQLite") == files("StorePostgres"))
    // Nothing more to do, and nothing of the face knows an engine.
    #expect(try diff(pair.context).exit == .success)
    for name in try files("Store") {
      let text = try String(contentsOf: pair.folder.appending(path: "Sources/Store/\(name)"), encoding: .utf8)
      for word in ["SQLite", "Postgres", "SQLCRuntime"] { #expect(!text.contains(word), "\(name): \(word)") }
    }
  }

  @Test func aLaggingSideFails() throws {
    let pair = try Pair()
    #expect(try pair.said().rules == [])
    try pair.write("-- +goose Up\nCREATE INDEX by_team ON agents (team_id);", to: "sqlite/2_index.sql")
    let lag = try pair.said()
    #expect(lag.rules == ["face/missing-migration"] && lag.exit == .failure)
    #expect(lag.text.contains("the migration '2_index' is there for SQLite, and not for PostgreSQL"), "\(lag.text)")
    try pair.write("-- +goose Up\nCREATE INDEX by_team ON agents (team_id);", to: "postgresql/2_index.sql")
    #expect(try pair.said().rules == [])
    try pair.write("-- +goose Up\nALTER TABLE agents ADD COLUMN note TEXT;", to: "postgresql/3_note.sql")
    try pair.write(
      "-- +goose Up\nALTER TABLE agents ADD COLUMN note TEXT NOT NULL DEFAULT '';", to: "sqlite/3_note.sql")
    #expect(Set(try pair.said().rules) == ["face/different-nullability"])
  }

  @Test func keysAreCompared() throws {
    let pair = try Pair()
    try pair.edit("postgresql/1_agents.sql", "name TEXT NOT NULL UNIQUE", "name TEXT NOT NULL")
    #expect(try pair.said().rules == ["face/different-key"])
    try pair.edit("postgresql/1_agents.sql", "name TEXT NOT NULL", "name TEXT NOT NULL UNIQUE")
    try pair.edit("sqlite/1_agents.sql", "ON DELETE CASCADE", "ON DELETE RESTRICT")
    #expect(try pair.said().rules == ["face/different-foreign-key", "face/different-foreign-key"])
    try pair.edit("sqlite/1_agents.sql", "ON DELETE RESTRICT", "ON DELETE CASCADE")
    try pair.edit("sqlite/1_agents.sql", " WHERE state = 'open'", "")
    #expect(try pair.said().rules == ["face/different-key", "face/different-key"])
  }

  @Test func differencesAreSaid() throws {
    let pair = try Pair()
    try pair.edit(
      "postgresql/1_agents.sql", "tags TEXT[] NOT NULL CHECK (array_position(tags, NULL) IS NULL)",
      "tags TEXT[] NOT NULL")
    #expect(Set(try pair.said().rules).isSubset(of: ["face/unshared-type", "face/different-type"]))
    try pair.edit("postgresql/1_agents.sql", "tags TEXT[] NOT NULL", "tags JSONB NOT NULL")
    #expect(try pair.said().rules == [])
    // An average of integers is a NUMERIC there.
    try pair.write("-- name: Average :one\nSELECT avg(team_id) AS average FROM agents;", to: "queries/average.sql")
    let average = try pair.said()
    #expect(average.rules == ["face/different-type"] && average.text.contains("PortableDecimal"), "\(average.text)")
    try pair.write(
      "-- name: Average :one\nSELECT CAST(avg(team_id) AS DOUBLE PRECISION) AS average FROM agents;",
      to: "queries/average.sql")
    #expect(try pair.said().rules == [])
  }

  @Test func configurationsAreChecked() throws {
    let pair = try Pair()
    try pair.edit("sqlc-swift.yaml", "face: Store, access: public", "face: Stor, access: public")
    #expect(Set(try pair.said().rules) == ["configuration/unknown-value"])
    try pair.edit("sqlc-swift.yaml", "face: Stor, access: public", "face: Store, access: internal")
    #expect(try pair.said().rules == ["face/hidden-face"])
    try pair.edit("sqlc-swift.yaml", "out: Sources/StorePostgres, face: Store,", "out: Sources/StorePostgres,")
    #expect(try pair.said().rules.contains("face/missing-block"))
    try pair.edit("sqlc-swift.yaml", "module: Store", "module: not a module")
    #expect(try pair.said().rules.contains("configuration/invalid-value"))
    try pair.edit("sqlc-swift.yaml", "faces: [{ module: not a module, out: Sources/Store }]", "")
    #expect(try pair.said().rules == ["configuration/missing-key"])
  }

  /// Each engine has its own word for an instant: times are mixed where one engine's differ.
  @Test func timesOfTwoEnginesAreNotMixed() throws {
    let pair = try Pair()
    try pair.edit("sqlc-swift.yaml", "sql:", "vet: { packs: [time] }\nsql:")
    for (engine, type) in [("sqlite", "TIMESTAMP"), ("postgresql", "TIMESTAMPTZ")] {
      try pair.write(
        "-- +goose Up\nCREATE TABLE events (id BIGINT NOT NULL PRIMARY KEY, started_at \(type), ended_at \(type), seen_at \(type));",
        to: "\(engine)/2_events.sql")
    }
    func mixed() throws -> Int {
      try vet(pair.context, VetRequest()).standardOutput.components(separatedBy: "time/mixed-storage").count - 1
    }
    #expect(try mixed() == 0)
    try pair.edit("sqlite/2_events.sql", "seen_at TIMESTAMP", "seen_at INTEGER")
    try pair.edit("postgresql/2_events.sql", "seen_at TIMESTAMPTZ", "seen_at BIGINT")
    #expect(try mixed() == 2)
  }

  /// With arguments that are left out the server is told the types of parameters that stand nowhere.
  @Test func everyCombinationIsExercised() throws {
    let pair = try Pair()
    let outcome = try exercise(pair.context, effort: ExerciseEffort(rounds: 1))
    #expect(outcome.exit == .success, "\(outcome.standardOutput) \(outcome.standardError)")
    #expect(
      outcome.standardOutput.components(separatedBy: "FindAgents 16 of 16").count == 3, "\(outcome.standardOutput)")
  }
}

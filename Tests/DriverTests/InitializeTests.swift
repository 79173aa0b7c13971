// A project to start from generates at once; one from sqlc says what it leaves behind.

import SQLCDriver
import Testing

@Suite struct InitializeTests {
  @Test func theStarterGenerates() throws {
    let disk = MemoryFileSystem()
    #expect(initialize(context(disk)).exit == .success)
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .success && outcome.standardError.isEmpty, "\(outcome.standardError)")
    #expect(!disk.contents(of: "/p/Generated").isEmpty)
  }

  @Test func nothingIsOverwritten() throws {
    let disk = project()
    let before = disk.contents(of: "/p")
    let outcome = initialize(context(disk))
    #expect(outcome.exit == .failure && outcome.standardError.hasPrefix("sqlc-swift.yaml: error: "))
    #expect(disk.contents(of: "/p") == before)

    try disk.remove("/p/sqlc-swift.yaml")
    #expect(initialize(context(disk)).exit == .success)
    #expect(disk.contents(of: "/p").keys.sorted() == before.keys.sorted())
    #expect(try generate(context(disk)).exit == .success)
  }

  @Test func fromSQLC() throws {
    let disk = project([
      "sqlc-swift.yaml": nil,
      "sqlc.yaml": """
      version: "2"
      cloud: { project: x }
      overrides:
        go:
          rename: { mcp: MCP }
      sql:
        - engine: sqlite
          schema: schema
          queries: [queries]
          strict_order_by: false
          database: { uri: x }
          gen:
            go:
              package: db
              out: internal/db
              emit_interface: true
              emit_json_tags: true
              emit_empty_slices: true
              emit_db_tags: false
              overrides:
                - column: agents.name
                  go_type: { import: github.com/google/uuid, type: UUID }
                - db_type: datetime
                  go_type: "*time.Time"
                  nullable: true
                - column: agents.id
                  go_type: github.com/example/ids.ID
        - engine: mysql
          schema: my
          queries: my
          gen: { go: { package: my, out: my } }
      """,
      "schema/events.sql": "CREATE TABLE events (at DATETIME);",
    ])
    let outcome = try initialize(context(disk, workingDirectory: "/"), from: "p/sqlc.yaml")
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    #expect(
      disk["/p/sqlc-swift.yaml"] == """
        version: "2"
        overrides:
          swift:
            rename:
              mcp: MCP
        sql:
          - engine: sqlite
            schema: schema
            queries: queries
            gen:
              swift:
                out: Generated
                access: public
                emit_protocol: true
                emit_codable: column_names
                overrides:
                  - column: agents.name
                    swift_type: { name: UUID, import: Foundation }
                  - db_type: datetime
                    swift_type: { name: Date, import: Foundation }
                    nullable: true

        """)
    for said in [
      "cloud: ", "sql[0].database: ", "sql[0].strict_order_by: ", "sql[0].gen.go.emit_empty_slices: ",
      "github.com/example/ids.ID",
      "sql[1]: skipped, since its engine is mysql",
    ] {
      #expect(outcome.standardOutput.contains(said), "\(said)")
    }
    #expect(!outcome.standardOutput.contains("emit_db_tags"))
    let generated = try generate(context(disk))
    #expect(generated.exit == .success, "\(generated.standardError)")
  }

  @Test func fromSQLCForPostgreSQL() throws {
    // Its files are not there, so that no server is asked.
    let disk = project([
      "sqlc-swift.yaml": nil,
      "sqlc.yaml": """
      version: "2"
      sql:
        - engine: postgresql
          schema: pg
          queries: pg-queries
          database: { uri: "postgresql://${PGUSER}@localhost/x", managed: false }
          gen:
            go:
              package: pg
              out: pg
              sql_package: pgx/v5
              overrides:
                - db_type: pg_catalog.timestamptz
                  go_type: time.Time
                - { engine: postgresql, db_type: uuid, nullable: true, go_type: { import: github.com/google/uuid, type: UUID } }
                - { db_type: jsonb, go_type: encoding/json.RawMessage }
                - { engine: mysql, db_type: int, go_type: int64 }
      """,
    ])
    let outcome = try initialize(context(disk, workingDirectory: "/"), from: "p/sqlc.yaml")
    #expect(
      disk["/p/sqlc-swift.yaml"] == """
        version: "2"
        sql:
          - engine: postgresql
            schema: pg
            queries: pg-queries
            database: { uri: "postgresql://${PGUSER}@localhost/x" }
            gen:
              swift:
                out: Generated
                access: public
                overrides:
                  - db_type: timestamptz
                    swift_type: { name: Date, import: Foundation }
                  - db_type: uuid
                    swift_type: { name: UUID, import: Foundation }
                    nullable: true

        """, "\(outcome.standardError)")
    for said in [
      "sql[0].gen.go.sql_package: ", "(db_type: jsonb): ", "skipped, since its engine is mysql",
      ".product(name: \"SQLCPostgres\"",
    ] {
      #expect(outcome.standardOutput.contains(said), "\(said)")
    }
  }

  @Test func fromSQLCVersion1() throws {
    let disk = project([
      "sqlc-swift.yaml": nil,
      "sqlc.json": """
      {"version": "1", "packages": [
        {"engine": "sqlite", "name": "one", "path": "one", "schema": "schema", "queries": "queries"},
        {"engine": "sqlite", "name": "two", "path": "two", "schema": "schema", "queries": "queries", "emit_interface": true}]}
      """,
    ])
    #expect(try initialize(context(disk), from: "sqlc.json").exit == .success)
    let generated = try generate(context(disk))
    #expect(generated.exit == .success, "\(generated.standardError)")
    #expect(disk["/p/Generated/one/agents.sql.swift"] != nil)
    #expect(disk["/p/Generated/two/agents.sql.swift"] != nil)
  }

  /// `-C` names the folder to write to; the original may lie in it, or where the user stands, and paths lead there.
  @Test func whereItIsWritten() throws {
    let sqlc = """
      version: "2"
      sql: [{engine: sqlite, schema: schema, queries: ["queries", "more/*.sql"], gen: {go: {package: db, out: db}}}]
      """
    let disk = project(["sqlc-swift.yaml": nil, "sqlc.yaml": sqlc, "more/a.sql": "-- name: A :one\nSELECT 1 AS a;\n"])
    let elsewhere = context(disk, workingDirectory: "/", directory: "q/deep")
    #expect(try initialize(elsewhere, from: "p/sqlc.yaml").standardOutput.hasPrefix("wrote q/deep/sqlc-swift.yaml\n"))
    #expect(disk["/p/sqlc-swift.yaml"] == nil)
    let text = try #require(disk["/q/deep/sqlc-swift.yaml"])
    #expect(
      text.contains("schema: \"../../p/schema\"\n    queries: [\"../../p/queries\", \"../../p/more/*.sql\"]"), "\(text)"
    )
    #expect(try generate(elsewhere).exit == .success)

    let inside = context(disk, workingDirectory: "/", directory: "p")
    #expect(try initialize(inside, from: "sqlc.yaml").exit == .success)
    #expect(disk["/p/sqlc-swift.yaml"]?.contains("schema: schema\n") == true)
    #expect(try initialize(inside, from: "none.yaml").exit == .failure)
  }

  /// sqlc lets rules name what no table has; they are left out and said.
  @Test func unfitRulesAreLeftOut() throws {
    let disk = project([
      "sqlc-swift.yaml": nil,
      "sqlc.yaml": """
      version: "2"
      overrides:
        go: { overrides: [{ db_type: pg_catalog.timestamptz, go_type: time.Time }] }
      sql:
        - engine: sqlite
          schema: schema
          queries: queries
          gen:
            go:
              package: db
              out: db
              overrides:
                - { column: agents.gone, go_type: string }
                - { db_type: jsonb, go_type: encoding/json.RawMessage }
                - { column: agents.name, go_type: github.com/google/uuid.UUID }
                - { column: agents.name, go_type: string }
      """,
    ])
    let outcome = try initialize(context(disk), from: "sqlc.yaml")
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    for said in [
      "sql[0].gen.go.overrides[0] (column: agents.gone): no column matches",
      "sql[0].gen.go.overrides[1] (db_type: jsonb): no column has the declared type",
      "sql[0].gen.go.overrides[3] (column: agents.name): there are two rules",
    ] {
      #expect(outcome.standardOutput.contains(said), "\(outcome.standardOutput)")
    }
    let generated = try generate(context(disk))
    #expect(generated.exit == .success, "\(generated.standardError)")
    #expect(disk["/p/Generated/Models.swift"]?.contains("UUID") == true)
  }

  @Test func everyBlockGetsATarget() throws {
    let block = { (name: String) in
      "{engine: sqlite, name: \(name), schema: schema, queries: queries, gen: {go: {package: db, out: db}}}"
    }
    let sqlc = "version: \"2\"\nsql: [\(block("job_queue")), \(block("\"../x y\"")), \(block("Job_Queue"))]\n"
    let disk = project(["sqlc-swift.yaml": nil, "sqlc.yaml": sqlc])
    let outcome = try initialize(context(disk), from: "sqlc.yaml")
    let paths = outcome.standardOutput.matches(of: #/name: "(\w+)".*\n\s+path: "([^"]+)"/#).map { "\($0.1) \($0.2)" }
    #expect(
      paths == ["JobQueueStore Generated/job_queue", "XYStore Generated/___x_y", "JobQueue2Store Generated/Job_Queue2"])
    let generated = try generate(context(disk))
    #expect(generated.exit == .success, "\(generated.standardError)")
    #expect(disk["/p/Generated/job_queue/agents.sql.swift"]?.contains("public ") == true)
  }

  @Test(arguments: [
    ("", "configuration/empty-file"), ("version: 3", "configuration/unsupported-version"),
    ("version: 2\nsql: []", "configuration/invalid-value"),
    ("version: 2\nsql: [{engine: mysql, schema: a, queries: b}]", "configuration/invalid-value"),
  ])
  func whatCannotBeConverted(text: String, id: String) throws {
    let disk = MemoryFileSystem(["/p/sqlc.yaml": text])
    let outcome = try initialize(context(disk), from: "sqlc.yaml")
    #expect(outcome.exit == .failure && outcome.standardError.contains(id), "\(outcome.standardError)")
    #expect(disk["/p/sqlc-swift.yaml"] == nil)
  }
}

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
        - engine: postgresql
          schema: pg
          queries: pg
          gen: { go: { package: pg, out: pg } }
      """,
      "schema/events.sql": "CREATE TABLE events (at DATETIME);",
    ])
    let outcome = initialize(context(disk, workingDirectory: "/"), from: "p/sqlc.yaml")
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
      "sql[1]: skipped, since its engine is postgresql",
    ] {
      #expect(outcome.standardOutput.contains(said), "\(said)")
    }
    #expect(!outcome.standardOutput.contains("emit_db_tags"))
    let generated = try generate(context(disk))
    #expect(generated.exit == .success, "\(generated.standardError)")
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
    #expect(initialize(context(disk), from: "sqlc.json").exit == .success)
    let generated = try generate(context(disk))
    #expect(generated.exit == .success, "\(generated.standardError)")
    #expect(disk["/p/Generated/one/agents.sql.swift"] != nil)
    #expect(disk["/p/Generated/two/agents.sql.swift"] != nil)
  }

  @Test(arguments: [
    ("", "configuration/empty-file"), ("version: 3", "configuration/unsupported-version"),
    ("version: 2\nsql: []", "configuration/invalid-value"),
    ("version: 2\nsql: [{engine: mysql, schema: a, queries: b}]", "configuration/invalid-value"),
  ])
  func whatCannotBeConverted(text: String, id: String) {
    let disk = MemoryFileSystem(["/p/sqlc.yaml": text])
    let outcome = initialize(context(disk), from: "sqlc.yaml")
    #expect(outcome.exit == .failure && outcome.standardError.contains(id), "\(outcome.standardError)")
    #expect(disk["/p/sqlc-swift.yaml"] == nil)
  }
}

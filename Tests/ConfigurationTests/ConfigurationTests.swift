// Every key is read, every mistake is shown where it stands.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import Testing

private func read(_ text: String) -> Diagnosed<Configuration?> {
  readConfiguration(SourceFile(path: "sqlc-swift.yaml", text: text), engines: [.sqlite])
}

private func block(_ swift: String = "", analysis: String = "") -> String {
  """
  version: "2"
  sql:
    - engine: sqlite
      schema: schema
      queries: [a.sql, "b/*.sql"]
  \(analysis)
      gen:
        swift:
          out: Generated
  \(swift)
  """
}

@Suite struct ReadConfigurationTests {
  @Test func theSmallest() throws {
    let result = read(block())
    #expect(result.diagnostics.isEmpty)
    let settings = try #require(result.value?.blocks.first)
    #expect(settings.schema.map(\.value) == ["schema"])
    #expect(settings.queries.map(\.value) == ["a.sql", "b/*.sql"])
    #expect(settings.out.value == "Generated")
    #expect(settings.swift == SwiftOptions())
  }

  @Test func everyKey() throws {
    let result = read(
      block(
        """
                access: public
                emit_protocol: true
                emit_codable: column_names
                emit_exact_table_names: true
                inflection_exclude_table_names: [meta]
                initialisms: [id, mcp]
                omit_unused_structs: true
                plain_text_columns: ["*.status"]
                queries_type: Store
                query_parameter_limit: 3
                rename: { mcp: MCP }
                datetime_storage: unix_seconds
                uuid_storage: blob
                blob_type: "[UInt8]"
                strict_primary_keys: true
                overrides:
                  - db_type: UUID
                    swift_type: { name: UUID, import: Foundation }
                  - column: agents.spec
                    swift_type: AgentSpec
                    codec: json
                    nullable: false
                  - result: GetAgent.spec
                    swift_type: AgentSpec
                    codec: SpecCodec
        """, analysis: "    name: main\n    min_sqlite: \"3.38\"\n    strict_order_by: true"))
    #expect(result.diagnostics.isEmpty)
    let settings = try #require(result.value?.blocks.first)
    let swift = settings.swift
    #expect(swift.access == .public && swift.emitProtocol && swift.emitExactTableNames && swift.omitUnusedStructs)
    #expect(swift.codable == .columnNames)
    #expect(swift.inflectionExcludeTableNames == ["meta"])
    #expect(swift.initialisms == SwiftOptions.defaultInitialisms.union(["mcp"]))
    #expect(swift.plainTextColumns == ["*.status"])
    #expect(swift.queriesTypeName == "Store" && swift.queryParameterLimit == 3)
    #expect(swift.rename == ["mcp": "MCP"])
    #expect(swift.bytesType == .array)
    #expect(settings.analysis.dateTimeStorage == .unixSeconds && settings.analysis.uuidStorage == .blob)
    #expect(settings.analysis.minimumSQLite?.value == [3, 38])
    #expect(settings.analysis.strictPrimaryKeys)
    #expect(
      swift.overrides.map(\.target) == [
        .databaseType("UUID"), .column("agents.spec"), .result(query: "GetAgent", name: "spec"),
      ])
    #expect(swift.overrides.map(\.module) == ["Foundation", nil, nil])
    #expect(swift.overrides.map(\.codec) == [.natural, .json, .custom("SpecCodec")])
    #expect(swift.overrides.map(\.scope) == [.all, .nonNullOnly, .all])
  }

  @Test func aBlocksOwnRulesReplaceSharedOnes() throws {
    let result = read(
      "overrides:\n  swift:\n    rename: { a: B, c: D }\n    overrides:\n      - { db_type: X, swift_type: Y }\n      - { db_type: W, swift_type: Y }\n"
        + block("        rename: { a: Own }\n        overrides: [{ db_type: X, swift_type: Z }]"))
    #expect(result.diagnostics.isEmpty)
    let swift = try #require(result.value?.blocks.first?.swift)
    #expect(swift.rename == ["a": "Own", "c": "D"])
    #expect(swift.overrides.map(\.typeName) == ["Z", "Y"])
  }

  @Test func jsonIsReadToo() {
    let result = read(
      #"{"version": "2", "sql": [{"engine": "sqlite", "schema": "s", "queries": "q", "gen": {"swift": {"out": "g", "emit_protocol": true}}}]}"#
    )
    #expect(result.diagnostics.isEmpty)
    #expect(result.value?.blocks.first?.swift.emitProtocol == true)
  }
}

@Suite struct ConfigurationDiagnosticTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var id: String
    var underlined: String
    var testDescription: String { "\(id): \(underlined)" }
  }

  @Test(arguments: [
    Case(text: "", id: "empty-file", underlined: ""),
    Case(text: "version: [", id: "invalid-yaml", underlined: ""),
    Case(text: "version: \"1\"\nsql: []", id: "unsupported-version", underlined: "\"1\""),
    Case(text: "sql: []", id: "missing-key", underlined: ""),
    Case(text: "version: 2", id: "missing-key", underlined: ""),
    Case(text: "version: 2\nsql: {}", id: "wrong-type", underlined: ""),
    Case(text: "version: 2\nsql:\n- engine: sqlite\n  engine: sqlite", id: "duplicate-key", underlined: "engine"),
    Case(text: block("        emit_protocl: true"), id: "unknown-key", underlined: "emit_protocl"),
    Case(text: block("        emit_json_tags: true"), id: "unknown-key", underlined: "emit_json_tags"),
    Case(text: block("        emit_protocol: maybe"), id: "wrong-type", underlined: "maybe"),
    Case(text: block("        emit_protocol: \"true\""), id: "wrong-type", underlined: "\"true\""),
    Case(text: block("        access: open"), id: "unknown-value", underlined: "open"),
    Case(text: block("        query_parameter_limit: many"), id: "wrong-type", underlined: "many"),
    Case(text: block("        rename: [a]"), id: "wrong-type", underlined: ""),
    Case(text: block("        # ü\n        min_sqlite: \"4\""), id: "invalid-value", underlined: "\"4\""),
    Case(
      text: block("        overrides: [{ column: agents, swift_type: A }]"), id: "invalid-value", underlined: "agents"),
    Case(text: block("        overrides: [{ column: a.b }]"), id: "missing-key", underlined: "column"),
    Case(
      text: block("        overrides: [{ column: a.b, swift_type: A, codec: jsn }]"), id: "unknown-value",
      underlined: "jsn"),
    Case(
      text: block("        overrides: [{ column: a.b, go_type: A, swift_type: A }]"), id: "unknown-key",
      underlined: "go_type"),
    Case(
      text: "version: 2\nsql:\n- {engine: mysql, schema: s, queries: q, gen: {swift: {out: o}}}",
      id: "unsupported-engine", underlined: "mysql"),
    Case(
      text: "version: 2\nsql:\n- {engine: sqlite, database: {uri: x}, schema: s, queries: q, gen: {swift: {out: o}}}",
      id: "unknown-key", underlined: "database"),
    Case(
      text:
        "version: 2\nsql:\n- {engine: postgresql, min_sqlite: '3.37', schema: s, queries: q, gen: {swift: {out: o}}}",
      id: "unknown-key", underlined: "min_sqlite"),
    Case(
      text:
        "version: 2\nsql:\n- {engine: postgresql, database: {version: 9}, schema: s, queries: q, gen: {swift: {out: o}}"
        + "}",
      id: "invalid-value", underlined: "9"),
    Case(
      text: "version: 2\nsql:\n- {engine: sqlite, schema: ü, qeries: q, queries: q, gen: {swift: {out: o}}}",
      id: "unknown-key", underlined: "qeries"),
    Case(
      text: "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: q, gen: {go: {out: o}}}", id: "unknown-key",
      underlined: "go"),
    Case(
      text: "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: q, gen: {swift: {access: public}}}",
      id: "missing-key", underlined: "swift"),
    Case(
      text: "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: 5.5, gen: {swift: {out: true}}}",
      id: "wrong-type", underlined: "true"),
    Case(text: "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: q}", id: "missing-key", underlined: "engine"),
    Case(
      text:
        "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: q, functions: [{name: f}], gen: {swift: {out: o}}}",
      id: "missing-key", underlined: "name"),
    Case(
      text:
        "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: q, functions: [{name: f, returns: TEXT, nullable: maybe}], gen: {swift: {out: o}}}",
      id: "unknown-value", underlined: "maybe"),
    Case(
      text: "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: q, extensions: [vek], gen: {swift: {out: o}}}",
      id: "unknown-value", underlined: "vek"),
    Case(
      text: "version: 2\nsql:\n- {engine: sqlite, schema: s, queries: q, modules: [{name: m}], gen: {swift: {out: o}}}",
      id: "missing-key", underlined: "name"),
  ])
  func saysWhereAndWhat(_ test: Case) throws {
    let source = SourceFile(path: "sqlc-swift.yaml", text: test.text)
    let result = readConfiguration(source, engines: [.postgresql, .sqlite])
    let found = result.diagnostics.first { $0.id == DiagnosticID("configuration", test.id) }
    let diagnostic = try #require(found, "\(result.diagnostics)")
    #expect(source.slice(diagnostic.primary.source.range) == test.underlined)
    #expect(result.value == nil)
  }

  @Test func whatHasNoEffectIsAWarning() {
    let result = read(block(analysis: "    strict_order_by: false"))
    #expect(result.value != nil)
    #expect(result.diagnostics.map(\.id.name) == ["ineffective-key"] && !result.diagnostics.hasErrors)
  }

  @Test func allMistakesOfAFileInOneRun() {
    let result = read(block("        acess: public\n        emit_protocol: 1\n        rename: 2"))
    #expect(result.diagnostics.map(\.id.name).sorted() == ["unknown-key", "wrong-type", "wrong-type"])
    #expect(
      result.diagnostics.first { $0.id.name == "unknown-key" }?.fixIts.first?.edits.first?.replacement == "access")
  }
}

// An engine that is none: what is above the seam asks it for types, placeholders and words, and has none of its own.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import Testing

@testable import SQLCDriver

/// Knows one table and reads `SELECT … $id …` without understanding any of it.
private struct FakeEngine: Engine {
  let name = EngineName(rawValue: "fake")
  let lexicalRules = LexicalRules.postgresql
  let placeholders = PlaceholderStyle.dollar
  let key = EngineKey("fake")
  let runtime: (any RuntimeVocabulary)? = FakeVocabulary()

  func spelled(_ name: String) -> String { name }

  func load(_ schema: [SourceFile]) -> Diagnosed<any LoadedSchema> { Diagnosed(FakeSchema()) }
  func historyProblems(of schema: [SourceFile]) -> [Diagnostic] { [] }
  func statements(of source: SourceFile, in range: ByteRange) -> Diagnosed<[ScriptStatement]> { Diagnosed([]) }
}

private final class FakeSchema: LoadedSchema {
  private let table = QualifiedName(schema: "billing", "invoices")

  var model: SchemaModel {
    func column(_ name: String, _ type: ValueType, _ spelling: String) -> TableModel.Column {
      TableModel.Column(name: name, declaredType: spelling, type: type, typeName: spelling, nullability: .never)
    }
    return SchemaModel(
      tables: [
        TableModel(
          name: table,
          columns: [
            column("id", .integer(.bits32), "integer"), column("tags", .array(of: .text, .possible), "text[]"),
            column("state", .enumeration(.type("state")), "state"), column("span", .interval, "interval"),
          ], primaryKey: ["id"])
      ], enumerations: [EnumerationModel(id: .type("state"), values: ["open", "paid"])])
  }

  func analyze(_ queries: [AnnotatedQuery], progress: (Int) -> Void) -> [Diagnosed<QueryModel?>] {
    queries.map { query in
      let source = SourceRange(path: query.source.path, range: query.bodyRange)
      let results = model.tables[0].columns.map { column in
        ResultModel.column(
          ResultColumnModel(
            name: column.name, type: column.type, typeName: column.typeName, nullability: .never,
            origin: ColumnReference(table: table, column: column.name), source: source))
      }
      return Diagnosed(
        QueryModel(
          name: query.name, command: query.command, rowCount: .atMostOne, rowCountReason: "of its key",
          documentation: [], sql: [.text("SELECT * FROM billing.invoices WHERE id = "), .parameter(1)],
          isReadOnly: true,
          reads: [table], writes: [],
          parameters: [
            ParameterModel(
              index: 1, name: "id", type: .integer(.bits32), typeName: "integer", nullability: .never, isSlice: false,
              origin: nil, source: source)
          ], results: results, source: source, statement: source))
    }
  }
}

private struct FakeVocabulary: RuntimeVocabulary {
  let engine = "Fake"
  let module: StaticString = "FakeRuntime"
  let publicTypes: Set<String> = []
  let mentionedNames: Set<String> = ["FakeRuntime", "FakeSpan"]
  let enumerationProtocol: StaticString = "FakeEnumeration"
  let anyValue: StaticString = "FakeValue"
  let placeholders = PlaceholderStyle.dollar

  func type(of type: ValueType) -> RuntimeType? {
    switch type {
    case .integer(.bits32): RuntimeType("Int32")
    case .text: RuntimeType("String")
    case .interval: RuntimeType("FakeSpan", .runtime)
    default: nil
    }
  }

  func codec(for form: StoredForm) -> StaticString? { nil }
}

@Suite struct SecondEngineTests {
  private func context(_ disk: MemoryFileSystem) -> CommandContext {
    var context = CommandContext(
      location: ProjectLocation(workingDirectory: "/p"), fileSystem: disk, format: .text(.plain))
    context.engines = EngineSet(rules: [EngineName(rawValue: "fake"): .postgresql]) { _ in Diagnosed(FakeEngine()) }
    return context
  }

  private func disk(_ more: String = "") -> MemoryFileSystem {
    MemoryFileSystem([
      "/p/sqlc-swift.yaml": """
      version: "2"
      sql:
        - engine: fake
          schema: schema.sql
          queries: queries.sql
          gen: { swift: { out: Out\(more) } }
      """, "/p/schema.sql": "CREATE TABLE billing.invoices (id int)",
      "/p/queries.sql": "-- name: GetInvoice :one\nSELECT $$-- name: NoQuery :one\n$$ WHERE id = $id;\n",
    ])
  }

  @Test func generate() throws {
    let disk = disk()
    let outcome = try SQLCDriver.generate(context(disk))
    #expect(outcome.standardError == "" && outcome.exit == .success)
    let text = try ["Models.swift", "queries.sql.swift"].map {
      String(decoding: try disk.read("/p/Out/\($0)"), as: UTF8.self)
    }.joined()
    for part in [
      "import FakeRuntime", "struct BillingInvoice", "var id: Int32", "var tags: [String?]", "var state: State",
      "var span: FakeSpan", "enum State: String, Sendable, Hashable, CaseIterable, Codable, FakeEnumeration",
      "WHERE id = $1", #"reads: ["billing.invoices"]"#,
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("SQLite") && !text.contains("SQLCRuntime") && !text.contains("?1"))
    #expect(try SQLCDriver.diff(context(disk)).exit == .success)
  }

  @Test func analyze() throws {
    let text = try SQLCDriver.analyze(context(disk())).standardOutput
    for part in [
      #""engine":"fake""#, #""sql":"SELECT * FROM billing.invoices WHERE id = $1""#, #""type":"text[]""#,
      #""origin":{"table":"billing.invoices","column":"tags"}"#, #""swiftType":"[String?]""#,
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func whatTheRuntimeHasNot() throws {
    let outcome = try SQLCDriver.generate(
      context(disk(", overrides: [{ column: '*.span', swift_type: Span, codec: unix_seconds }]")))
    #expect(outcome.standardError.contains("the runtime for Fake has no codec 'unix_seconds'"))
    #expect(outcome.exit == .failure)
  }

  @Test func engineThatIsNoPartOfTheTool() throws {
    var context = context(
      MemoryFileSystem([
        "/p/sqlc-swift.yaml": """
        version: "2"
        sql:
          - engine: mysql
            schema: s.sql
            queries: q.sql
            gen: { swift: { out: Out } }
        """
      ]))
    context.engines = .standard
    let outcome = try SQLCDriver.generate(context)
    #expect(outcome.standardError.hasPrefix("sqlc-swift.yaml:3:13: error: the engine 'mysql'"))
    #expect(outcome.exit == .failure)
  }
}

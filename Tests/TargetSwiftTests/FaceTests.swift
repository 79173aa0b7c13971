// Blocks of two engines with one face: what differs is said, with both places, and only then.

import Foundation
import SQLCDiagnostics
import SQLCEnginePostgreSQL
import SQLCEngineSQLite
import SQLCModel
import Testing

@testable import SQLCTargetSwift

/// A parameter or column with the engine's own spelling.
private func typed(_ column: TableModel.Column, as name: String) -> TableModel.Column {
  var column = column
  column.typeName = name
  return column
}

private func model(
  tables: [TableModel] = [], enumerations: [EnumerationModel] = [], queries: [QueryModel] = []
) -> GenerationModel {
  GenerationModel(tables: tables, enumerations: enumerations, queries: queries)
}

private func face(
  _ sqlite: GenerationModel, _ postgresql: GenerationModel,
  _ change: (inout SwiftOptions, _ isFirst: Bool) -> Void = { _, _ in }
) -> Diagnosed<FaceFiles?> {
  func options(_ isFirst: Bool) -> SwiftOptions {
    var options = SwiftOptions()
    options.access = .public
    change(&options, isFirst)
    return options
  }
  return FaceGenerator(
    module: "Store", place: range("sqlc-swift.yaml"),
    blocks: [
      FaceBlock(
        options: options(true), vocabulary: SQLiteVocabulary(), model: sqlite, place: range("sqlc-swift.yaml", 10)),
      FaceBlock(
        options: options(false), vocabulary: PostgreSQLVocabulary(), model: postgresql,
        place: range("sqlc-swift.yaml", 20)),
    ]
  ).generate()
}

private func rules(_ sqlite: GenerationModel, _ postgresql: GenerationModel) -> [String] {
  face(sqlite, postgresql).diagnostics.map { "\($0.severity.rawValue) \($0.id)" }
}

@Suite struct FaceTests {
  private let agents = table(
    "agents", [column("id", .integer(.bits64)), column("spec", .json(.text)), column("day", .date, optional: true)])

  @Test func sharedRowsAreDeclaredOnce() throws {
    var sqlite = get([], [result("id", .integer(.bits64)), result("name", .text)])
    sqlite.queries[0].sharedRow = SharedRow(name: "AgentName")
    let made = face(sqlite, sqlite)
    #expect(made.diagnostics.map(\.message) == [])
    let files = try #require(made.value ?? nil)
    let count = { (text: String) in text.components(separatedBy: "struct AgentName").count - 1 }
    #expect(files.face.map(\.text).map(count).reduce(0, +) == 1)
    #expect(files.implementations.joined().map(\.text).map(count).reduce(0, +) == 0)
    // Each engine reads it.
    for files in files.implementations {
      let text = files.map(\.text).joined()
      #expect(text.components(separatedBy: "extension AgentName: RowDecodable").count == 2)
    }
  }

  private func get(
    _ parameters: [ParameterModel] = [], _ results: [ResultModel] = [], rows: RowCount = .atMostOne,
    command: QueryCommand = .one
  ) -> GenerationModel {
    model(queries: [query("Get", command, rows: rows, parameters: parameters, results: results)])
  }

  // MARK: What is one

  @Test func typesMeet() throws {
    let pairs: [(ValueType, ValueType, String)] = [
      (.integer(.bits64), .integer(.bits32), "Int64"), (.integer(.bits64), .integer(.bits16), "Int64"),
      (.real(.double), .real(.double), "Double"), (.text, .text, "String"), (.boolean, .boolean, "Bool"),
      (.blob, .blob, "Data"), (.uuid, .uuid, "UUID"), (.timestamp(.withTimeZone), .timestamp(.withTimeZone), "Date"),
      (.date, .date, "PortableDay"), (.decimal, .decimal, "PortableDecimal"),
      (.json(.text), .json(.binary), "PortableJSON"), (.vector(dimensions: 3), .vector(dimensions: 3), "[Float]"),
      (.json(.text), .array(of: .text, .never), "[String]"),
      (.json(.text), .array(of: .integer(.bits64), .never), "[Int64]"),
    ]
    for (one, two, swift) in pairs {
      let generated = face(
        get([parameter(1, "given", one)], [result("value", one)]),
        get([parameter(1, "given", two)], [result("value", two)]))
      #expect(generated.diagnostics.isEmpty, "\(one) and \(two): \(generated.diagnostics.map(\.message))")
      let files = try #require(generated.value)
      let protocolFile = try #require(files.face.first { $0.path == "QueriesProtocol.swift" })
      #expect(
        protocolFile.text.contains("func get(given: \(swift)) async throws(PortableError) -> \(swift)?"), "\(swift)")
      for file in files.face {
        for word in ["SQLCRuntime", "SQLCPostgres", "SQLite", "Postgres"] {
          #expect(!file.text.contains(word), "\(word)")
        }
      }
    }
  }

  @Test func orderOfParametersAndColumnsIsEachBlocksOwn() throws {
    let (a, b) = (parameter(1, "a", .text), parameter(2, "b", .text))
    let swapped = [parameter(1, "b", .text), parameter(2, "a", .text)]
    let generated = face(
      get([a, b], [result("x", .text), result("y", .text)]), get(swapped, [result("y", .text), result("x", .text)]))
    #expect(generated.diagnostics.isEmpty)
    let implementation = try #require(generated.value?.implementations[1].first { $0.path == "sample.sql.swift" })
    #expect(implementation.text.contains("try statement.bind(b, at: 1); try statement.bind(a, at: 2)"))
    #expect(implementation.text.contains("self.init(x: try row.decode(first + 1), y: try row.decode(first))"))
  }

  @Test func tablesOfBothAreModels() throws {
    let generated = face(model(tables: [agents], queries: []), model(tables: [agents], queries: []))
    #expect(generated.diagnostics.isEmpty)
    let models = try #require(generated.value?.face.first { $0.path == "Models.swift" })
    #expect(models.text.contains("public nonisolated struct Agent: Sendable, Hashable, Identifiable {"))
    #expect(!models.text.contains("RowDecodable"))
  }

  // MARK: What is not

  @Test func missingQueries() {
    let only = get([], [result("value", .text)])
    #expect(rules(only, model()) == ["error face/missing-query"])
    #expect(rules(model(), only) == ["error face/missing-query"])
  }

  @Test func commandsAndRows() {
    #expect(
      rules(get([], [result("v", .text)]), get([], [result("v", .text)], command: .many)) == [
        "error face/different-command"
      ])
    #expect(
      rules(get([], [result("v", .text)]), get([], [result("v", .text)], rows: .exactlyOne))
        == ["error face/different-rows"])
    #expect(
      rules(get(rows: .many, command: .execlastid), get(rows: .many, command: .execlastid)) == [
        "error face/unshared-command"
      ])
    #expect(
      rules(get(rows: .many, command: .execresult), get(rows: .many, command: .execresult)) == [
        "error face/unshared-command"
      ])
  }

  @Test func parameters() {
    let v = [result("v", .text)]
    #expect(
      rules(get([parameter(1, "a", .text)], v), get([parameter(1, "b", .text)], v))
        == ["error face/missing-parameter", "error face/missing-parameter"])
    #expect(
      rules(get([parameter(1, "a", .text)], v), get([parameter(1, "a", .integer(.bits64))], v))
        == ["error face/different-type"])
    #expect(
      rules(get([parameter(1, "a", .text)], v), get([parameter(1, "a", .text, optional: true)], v))
        == ["error face/different-nullability"])
    #expect(
      rules(get([parameter(1, "a", .text)], v), get([parameter(1, "a", .text, slice: true)], v))
        == ["error face/different-type"])
    var left = parameter(1, "a", .text, optional: true)
    left.isNullableArgument = true
    #expect(
      rules(get([left], v), get([parameter(1, "a", .text, optional: true)], v)) == ["error face/different-default"])
  }

  @Test func columns() {
    let two = [result("a", .text), result("b", .text)]
    #expect(
      rules(get([], two), get([], two + [result("c", .text)])) == ["error face/missing-column"])
    #expect(
      rules(get([], two), get([], [result("a", .text), result("b", .text, optional: true)]))
        == ["error face/different-nullability"])
    #expect(
      rules(get([], two), get([], [result("a", .text), result("b", .boolean)])) == ["error face/different-type"])
  }

  @Test func typesThatOneEngineAloneHas() {
    for type: ValueType in [
      .real(.single), .timestamp(.withoutTimeZone), .time(.withTimeZone), .interval, .array(of: .text, .possible),
      .array(of: .text, .never), .range(of: .integer(.bits32)), .other("inet"), .composite("address"),
    ] {
      #expect(
        rules(get([], [result("v", .text)]), get([], [result("v", type)])).contains {
          ["error face/unshared-type", "error face/different-type"].contains($0)
        }, "\(type)")
    }
    for type: ValueType in [.any, .numeric, .time(.withoutTimeZone)] {
      #expect(rules(get([], [result("v", type)]), get([], [result("v", .text)])) == ["error face/unshared-type"])
    }
  }

  @Test func tablesAndEnumerations() {
    let shorter = table("agents", [column("id", .integer(.bits64)), column("spec", .json(.binary))])
    #expect(rules(model(tables: [agents]), model(tables: [shorter])) == ["error face/missing-column"])
    let other = table(
      "agents", [column("id", .text), column("spec", .json(.binary)), column("day", .date, optional: true)])
    #expect(rules(model(tables: [agents]), model(tables: [other])) == ["error face/different-type"])
    #expect(rules(model(tables: [agents]), model()) == ["warning face/missing-table"])
    func states(_ values: [String]) -> [EnumerationModel] {
      [EnumerationModel(id: .column(ColumnReference(table: "agents", column: "state")), values: values)]
    }
    #expect(
      rules(model(enumerations: states(["a", "b"])), model(enumerations: states(["a", "c"])))
        == ["error face/different-enumeration"])
    #expect(rules(model(enumerations: states(["a", "b"])), model(enumerations: states(["b", "a"]))) == [])
  }

  /// One mistake, one message: what queries have of the column differs on account of it.
  @Test func aColumnThatDiffersIsSaidOnce() {
    func rows(_ type: ValueType) -> GenerationModel {
      let teams = table("teams", [column("id", .integer(.bits64)), column("name", type)])
      let list = query(
        "List", .many, results: teams.columns.map { result($0.name, $0.type, of: "teams") })
      return model(tables: [teams], queries: [list])
    }
    #expect(rules(rows(.text), rows(.boolean)) == ["error face/different-type"])
  }

  @Test func aRowIsATablesForBothOrForNone() {
    func rows(_ table: TableModel) -> GenerationModel {
      model(
        tables: [table],
        queries: [
          query(
            "List", .many,
            results: agents.columns.map { result($0.name, $0.type, of: "agents", optional: $0.nullability.isOptional) })
        ])
    }
    let turned = table("agents", Array(agents.columns.reversed()))
    #expect(rules(rows(agents), rows(agents)) == [])
    #expect(rules(rows(agents), rows(turned)) == ["error face/different-row"])
  }

  @Test func blocksAndOptions() {
    let one = FaceBlock(
      options: SwiftOptions(), vocabulary: SQLiteVocabulary(), model: model(), place: range("sqlc-swift.yaml", 10))
    func problems(_ blocks: [FaceBlock]) -> [String] {
      FaceGenerator(module: "Store", place: range("sqlc-swift.yaml"), blocks: blocks).generate().diagnostics.map(
        \.id.name)
    }
    #expect(problems([]) == ["missing-block"])
    #expect(problems([one]) == ["missing-block"])
    #expect(problems([one, one]) == ["missing-block"])
    #expect(
      face(model(), model()) { options, _ in options.access = .internal }.diagnostics.map(\.id.name) == ["hidden-face"])
    let different = face(model(), model()) { options, isFirst in
      options.codable = isFirst ? .none : .columnNames
      options.queriesTypeName = isFirst ? "Queries" : "Store"
    }
    #expect(different.diagnostics.map(\.id.name) == ["different-option", "different-option"])
    #expect(
      different.diagnostics.map(\.primary.source) == [range("sqlc-swift.yaml", 20), range("sqlc-swift.yaml", 20)])
  }

  /// What the face imports is nobody's engine.
  @Test func rulesBringNoEngineIn() {
    let v = [result("v", .text)]
    func rule(_ module: String) -> Diagnosed<FaceFiles?> {
      face(get([], v), get([], v)) { options, _ in
        options.overrides = [
          SwiftOverride(.result(query: "Get", name: "v"), typeName: "Kept", module: module, source: range("c", 5))
        ]
      }
    }
    #expect(rule("SQLCRuntime").diagnostics.map(\.id.name) == ["unshared-type"])
    #expect(rule("SQLCPostgres").diagnostics.map(\.id.name) == ["unshared-type"])
    #expect(rule("Models").diagnostics.isEmpty)
    #expect(rule("Models").value?.face.contains { $0.text.contains("import Models") } ?? false)
  }

  @Test func namesOfTheFacesOwnAreTaken() {
    let methods = query("QueriesMethods", .many, results: [result("v", .text)])
    #expect(rules(model(queries: [methods]), model(queries: [methods])) == ["warning swift/hiding-name"])
    let ledger = table("transactions", [column("id", .integer(.bits64))])
    func renamed(_ name: String) -> [String] {
      face(model(tables: [ledger]), model(tables: [ledger])) { options, _ in options.rename = ["transactions": name] }
        .diagnostics.map(\.id.name)
    }
    #expect(renamed("Transaction") == ["reserved-name"])
    #expect(renamed("IsolationLevel") == ["reserved-name"])
    #expect(renamed("Transfer") == [])
  }

  /// In the module that adds `static let statement` a property of that name could not be said.
  @Test func propertiesAreNoMembersOfQueries() throws {
    let taken = ["statement", "insertion", "variants", "nesting"].enumerated().map {
      parameter($0.offset + 1, $0.element, .text)
    }
    let both = get(taken, [result("v", .text)])
    let files = try #require(face(both, both).value)
    let text = files.implementations.flatMap(\.self).map(\.text).joined()
    for name in ["statement", "insertion", "variants", "nesting"] { #expect(!text.contains("bind(\(name), at:")) }
    #expect(!text.contains("bind(self.statement,"))
  }

  @Test func unusedStructsAreLeftOut() throws {
    let other = table("teams", [column("id", .integer(.bits64)), column("name", .text)])
    let list = query(
      "List", .many,
      results: agents.columns.map { result($0.name, $0.type, of: "agents", optional: $0.nullability.isOptional) })
    let both = model(tables: [agents, other], queries: [list])
    let generated = face(both, both) { options, _ in options.omitUnusedStructs = true }
    let files = try #require(generated.value)
    for file in [files.face] + files.implementations {
      let models = try #require(file.first { $0.path == "Models.swift" })
      #expect(models.text.contains("Agent") && !models.text.contains("Team"))
    }
  }

  /// Each has the place of the one and of the other.
  @Test func differencesHaveBothPlaces() throws {
    var other = get([], [result("v", .integer(.bits64))])
    guard case .column(var column) = other.queries[0].results[0] else { return }
    column.source = range("queries/postgresql.sql", 40)
    other.queries[0].results = [.column(column)]
    let problem = try #require(face(get([], [result("v", .text)]), other).diagnostics.first)
    #expect(problem.primary.source == range("queries/postgresql.sql", 40))
    #expect(problem.secondary.map(\.source) == [range()])
    #expect(problem.message == "the column 'v' of 'Get' is 'Int64' for PostgreSQL and 'String' for SQLite")
    #expect(!problem.notes.isEmpty)
  }
}

// What rows, parameters and methods become.
import SQLCModel
import Testing

@testable import SQLCTargetSwift

@Suite struct ShapeTests {
  private let agents = table(
    "agents", [column("id", .integer(.bits64)), column("name", .text), column("spec", .json(.text), optional: true)])
  private let whole = [
    result("id", .integer(.bits64), of: "agents"), result("name", .text, of: "agents"),
    result("spec", .json(.text), of: "agents", optional: true),
  ]

  private func text(_ queries: [QueryModel], _ options: SwiftOptions = SwiftOptions()) -> String {
    generated(GenerationModel(tables: [agents], enumerations: [], queries: queries), options).text
  }

  @Test func aRowThatIsATablesIsItsStruct() {
    #expect(text([query("List", .many, results: whole)]).contains("typealias Row = Agent\n"))
  }

  @Test func anotherOrderNameOriginOrNullabilityIsARowOfItsOwn() {
    let others: [[ResultModel]] = [
      [whole[1], whole[0], whole[2]],
      [whole[0], whole[1]],
      [result("id", .integer(.bits64), of: "agents", optional: true), whole[1], whole[2]],
      [result("id", .integer(.bits64)), whole[1], whole[2]],
    ]
    for results in others {
      let text = text([query("List", .many, results: results)])
      #expect(text.contains("nonisolated struct Row:"))
      #expect(!text.contains("typealias Row"))
    }
  }

  @Test func aRuleForOneResultMakesTheRowItsOwn() {
    var options = SwiftOptions()
    options.overrides = [
      SwiftOverride(.result(query: "List", name: "spec"), typeName: "AgentSpec", codec: .json, source: range())
    ]
    let text = text([query("List", .many, results: whole), query("All", .many, results: whole)], options)
    #expect(text.contains("var spec: AgentSpec?"))
    #expect(text.contains("with: JSONCodec<AgentSpec>.self"))
    #expect(text.contains("typealias Row = Agent\n"))
  }

  @Test func embedsAreNamedAsTheirStructOrTheirAlias() {
    func embed(_ name: String, _ nullability: ModelNullability) -> ResultModel {
      let columns = whole.compactMap { if case .column(let column) = $0 { column } else { nil } }
      return .embed(
        EmbedModel(name: name, table: "agents", nullability: nullability, columns: columns, source: range()))
    }
    let text = text([
      query("Pair", .many, results: [embed("agents", .never), embed("other", .optional(reason: "of the join"))])
    ])
    #expect(text.contains("var agent: Agent\n"))
    #expect(text.contains("/// Optional: of the join.\n"))
    #expect(text.contains("var other: Agent?\n"))
    #expect(text.contains("row.areAllNull(from: first + 3, count: 3) ? nil : try Agent(from: row, at: first + 3)"))
  }

  /// Behind an outer join in a view, and beside an aggregate over no rows: a struct of the query's own, never one that
  /// promises what is not there.
  @Test(arguments: [false, true]) func anEmbedThatCanBeLooserIsNoTableStruct(isList: Bool) {
    var columns = whole.compactMap { if case .column(let column) = $0 { column } else { nil } }
    columns[0].nullability = .optional(reason: "of the join")
    let embed = EmbedModel(
      name: "found", table: "agents", nullability: .never, columns: columns, source: range(), isList: isList)
    let count = result("n", .integer(.bits64))
    var model = query("Pair", .many, results: [.embed(embed), count])
    if isList {
      model.nesting = NestingModel(
        key: [3], lists: [.init(result: 0, first: 0, count: 3, presence: [1], key: [0], outer: nil)])
    }
    let text = text([model])
    #expect(!text.contains("Agent(from:") && text.contains("struct Found"), "\(text)")
  }

  @Test func oneColumnIsItsValue() {
    let text = text([query("Count", .one, rows: .exactlyOne, results: [result("count(*)", .integer(.bits64))])])
    #expect(text.contains("struct Count: ExactlyOneQuery"))
    #expect(text.contains("func count() async throws(DatabaseError) -> Int64 {"))
  }

  @Test func slicesAreArraysWithTheirCounts() {
    let text = text([
      query(
        "ByIDs", .exec,
        sql: [.text("DELETE FROM agents WHERE id IN ("), .list(1), .text(") AND name = "), .parameter(2)],
        parameters: [parameter(1, "ids", .integer(.bits64), slice: true), parameter(2, "name", .text)])
    ])
    #expect(text.contains("var ids: [Int64]"))
    #expect(text.contains("var listCounts: [Int] { [ids.count] }"))
    #expect(text.contains(".list(1)"))
    #expect(text.contains(#".text(") AND name = ?2")"#))
    #expect(text.contains("try statement.bind(list: ids, at: 1)"))
  }

  @Test func parametersDoNotHideWhatBodiesNeed() {
    let names = ["statement", "database", "run", "connection", "self", "default", "recorder"]
    var options = SwiftOptions()
    options.emitProtocol = true
    let text = text(
      [
        query(
          "Odd", .exec, parameters: names.enumerated().map { parameter($0.offset + 1, $0.element, .integer(.bits64)) })
      ],
      options)
    #expect(text.contains("try statement.bind(self.statement, at: 1)"))
    #expect(text.contains("try statement.bind(self.`self`, at: 5)"))
    #expect(text.contains("self.database.run("))
    #expect(text.contains("try self.connection.run("))
    #expect(text.contains("self self_: Int64"))
    #expect(text.contains("self.recorder.answer(Odd("))
  }

  @Test func duplicateColumnsAreNumberedWithAWarning() {
    let model = GenerationModel(
      tables: [], enumerations: [],
      queries: [
        query(
          "Pair", .many,
          results: [result("id", .integer(.bits64)), result("id", .integer(.bits64)), result("ID", .text)])
      ])
    let (text, diagnostics) = generated(model)
    #expect(diagnostics == ["warning swift/duplicate-column", "warning swift/duplicate-column"])
    #expect(text.contains("var id2: Int64"))
    #expect(text.contains("var id3: String"))
  }

  @Test func aRowQueryWithoutColumnsIsAnError() {
    let model = GenerationModel(tables: [], enumerations: [], queries: [query("None", .one)])
    #expect(generated(model).diagnostics == ["error swift/no-columns"])
  }

  @Test(arguments: [(0, "_ query: Two"), (1, "_ query: Two"), (2, "a: Int64, b: Int64")])
  func parameterLimit(limit: Int, arguments: String) {
    var options = SwiftOptions()
    options.queryParameterLimit = limit
    let two = query(
      "Two", .exec, parameters: [parameter(1, "a", .integer(.bits64)), parameter(2, "b", .integer(.bits64))])
    #expect(text([two], options).contains("func two(\(arguments)) async"))
  }

  @Test func codingKeysAreTheColumnsNamesAndDiffer() {
    var options = SwiftOptions()
    options.codable = .columnNames
    let pair = query(
      "Pair", .many, results: [result("user_id", .integer(.bits64)), result("user_id", .integer(.bits64))])
    let text = text([pair], options)
    #expect(text.contains(#"case userID = "user_id""#))
    #expect(text.contains(#"case userID2 = "user_id2""#))
    #expect(text.contains("struct Agent: Sendable, Hashable, Identifiable, Codable, RowDecodable"))
  }

  @Test func theProtocolImportsWhatItsMethodsSay() {
    var options = SwiftOptions()
    options.emitProtocol = true
    let model = GenerationModel(
      tables: [], enumerations: [],
      queries: [
        query(
          "Put", .exec,
          parameters: [parameter(1, "at", .timestamp(.withTimeZone)), parameter(2, "n", .integer(.bits64))])
      ])
    #expect(generated(model, options, file: "QueriesProtocol.swift").text.contains("import Foundation\n"))
    options.queryParameterLimit = 1
    #expect(!generated(model, options, file: "QueriesProtocol.swift").text.contains("import Foundation"))
  }

  @Test func sameInputSameOutputInEveryOrderOfOptions() {
    var options = SwiftOptions()
    options.rename = ["id": "key", "name": "title", "spec": "plan"]
    let first = text([query("List", .many, results: whole)], options)
    for _ in 0..<5 {
      var again = SwiftOptions()
      again.rename = Dictionary(uniqueKeysWithValues: options.rename.shuffled())
      #expect(text([query("List", .many, results: whole)], again) == first)
    }
    #expect(first.hasPrefix(SwiftCodeGenerator.header + "\n"))
  }
}

// Names that would hurt, and names that two declarations want.
import Foundation
import SQLCEngineSQLite
import SQLCModel
import Testing

@testable import SQLCTargetSwift

@Suite struct CollisionTests {
  private let id = [column("id", .integer(.bits64))]

  @Test(arguments: ["tasks": "TaskRecord", "errors": "ErrorRecord", "types": "TypeRecord", "dates": "DateRecord"])
  func everydayNamesGetASuffixAndAWarning(table name: String, expected: String) {
    let (text, diagnostics) = generated(
      GenerationModel(tables: [table(QualifiedName(name), id)], enumerations: [], queries: []), file: "Models.swift")
    #expect(diagnostics == ["warning swift/hiding-name"])
    #expect(text.contains("struct \(expected): Sendable"))
  }

  @Test func aChosenNameIsTakenUnlessGeneratedCodeNeedsIt() {
    var options = SwiftOptions()
    options.rename = ["tasks": "Task"]
    let model = GenerationModel(tables: [table("tasks", id)], enumerations: [], queries: [])
    #expect(generated(model, options).diagnostics == [])
    options.rename = ["tasks": "String"]
    #expect(generated(model, options).diagnostics == ["error swift/reserved-name"])
  }

  @Test func twoTablesOfOneNameAreAnError() {
    let model = GenerationModel(tables: [table("agent", id), table("agents", id)], enumerations: [], queries: [])
    let (text, diagnostics) = generated(model)
    #expect(diagnostics == ["error swift/colliding-name"])
    #expect(text.isEmpty)
  }

  @Test func aNameThatGivesWayMeetsNoOther() {
    let (text, diagnostics) = generated(
      GenerationModel(
        tables: [], enumerations: [],
        queries: [query("Transaction", .exec), query("TransactionQuery", .exec), query("Task", .exec)]),
      file: "sample.sql.swift")
    #expect(diagnostics.allSatisfy { $0 == "warning swift/hiding-name" }, "\(diagnostics)")
    for name in ["TransactionQuery", "TransactionQueryQuery", "TaskQuery"] {
      #expect(text.contains("struct \(name): "), "\(text)")
    }
  }

  @Test func twoQueriesOfOneNameAreAnError() {
    let model = GenerationModel(
      tables: [], enumerations: [], queries: [query("get_agent", .exec), query("GetAgent", .exec)])
    #expect(generated(model).diagnostics == ["error swift/colliding-name"])
  }

  @Test func aQueryGivesWayToATableAndKeepsItsMethodsName() {
    let model = GenerationModel(
      tables: [table("agents", id)], enumerations: [],
      queries: [query("Agent", .one, rows: .atMostOne, results: [result("id", .integer(.bits64))])])
    let (text, diagnostics) = generated(model)
    #expect(diagnostics == ["warning swift/hiding-name"])
    #expect(text.contains("struct AgentQuery: AtMostOneQuery"))
    #expect(text.contains("func agent() async"))
  }

  @Test func anEnumerationGivesWayToATable() {
    let id = EnumerationModel.ID.column(ColumnReference(table: "runs", column: "status"))
    let model = GenerationModel(
      tables: [
        table("runs", [column("id", .integer(.bits64)), column("status", .enumeration(id))]),
        table("run_statuses", self.id),
      ], enumerations: [EnumerationModel(id: id, values: ["open", "", "open!", "in progress"])], queries: [])
    let (text, diagnostics) = generated(model)
    #expect(diagnostics == ["warning swift/hiding-name"])
    #expect(text.contains("enum RunStatusValue: String"))
    for line in ["case open\n", #"case empty = """#, #"case open2 = "open!""#, #"case inProgress = "in progress""#] {
      #expect(text.contains(line))
    }
  }

  /// Whoever uses generated code imports the runtime beside it.
  @Test func everyPublicTypeOfTheRuntimeIsTaken() throws {
    var types: Set<String> = []
    // The runtime exports what it shares with others.
    for module in ["SQLCRuntime", "SQLCRuntimeKit"] {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../Sources/Runtime/\(module)")
      let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /(?m)^public (?:final class|class|struct|enum|protocol|actor|typealias) (\w+)/) {
          types.insert(String(match.1))
        }
      }
    }
    #expect(types.count > 80)
    #expect(types.symmetricDifference(SQLiteVocabulary().publicTypes).sorted() == [])
  }

  @Test(arguments: [
    "transactions": "TransactionRecord", "configurations": "ConfigurationRecord", "constraints": "ConstraintRecord",
    "observations": "ObservationRecord", "migrations": "MigrationRecord", "results": "ResultRecord",
    "strings": "StringRecord", "arrays": "ArrayRecord", "optionals": "OptionalRecord", "rows": "RowRecord",
    "statements": "StatementRecord", "schemas": "Schema", "orders": "Order", "jobs": "Job", "units": "Unit",
  ])
  func namesOfTheRuntimeAndTheStandardLibraryGetASuffix(table name: String, expected: String) {
    let model = GenerationModel(tables: [table(QualifiedName(name), id)], enumerations: [], queries: [])
    let (text, diagnostics) = generated(model, file: "Models.swift")
    #expect(text.contains("struct \(expected): Sendable"))
    #expect(diagnostics == (expected.hasSuffix("Record") ? ["warning swift/hiding-name"] : []))
  }
}

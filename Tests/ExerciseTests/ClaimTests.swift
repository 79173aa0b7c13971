// Wrong claims are found: the tests of the tester.

import SQLCDiagnostics
import SQLCExercise
import SQLCModel
import SQLCTrialSQLite
import Testing

private let schema = ["CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n INTEGER NOT NULL, d DATETIME NOT NULL)"]
private let nowhere = SourceRange(path: "queries.sql", range: ByteRange(at: 0))

private func query(
  _ sql: String, _ columns: [(String, ValueType, ModelNullability)], rows: RowCount = .many
) -> GenerationModel {
  let results = columns.map { name, type, nullability in
    ResultModel.column(
      ResultColumnModel(name: name, type: type, typeName: "", nullability: nullability, origin: nil, source: nowhere))
  }
  let model = QueryModel(
    name: "Q", command: .many, rowCount: rows, rowCountReason: "", documentation: [], sql: [.text(sql)],
    isReadOnly: true, reads: ["t"], writes: [], parameters: [], results: results, source: nowhere, statement: nowhere)
  return GenerationModel(tables: [], enumerations: [], queries: [model])
}

private func findings(_ model: GenerationModel) throws -> [Finding] {
  let report = try exercise(
    model, schema: schema, on: SQLiteTrialEngine(), options: ExerciseOptions(rounds: 1, seconds: 3600))
  #expect(report.executions > 0)
  return report.queries.flatMap(\.findings)
}

@Suite struct ClaimTests {
  @Test func findsNull() throws {
    let found = try findings(query("SELECT a FROM t", [("a", .text, .never)]))
    guard case .value(let column, _, let value)? = found.first?.kind else {
      Issue.record("nothing was found")
      return
    }
    #expect(column.name == "a")
    #expect(value == "NULL")
    #expect(found.first?.reproduction.hasPrefix("SELECT a FROM t") == true)
  }

  @Test func findsAnotherStorageClass() throws {
    #expect(try !findings(query("SELECT n FROM t", [("n", .text, .never)])).isEmpty)
    #expect(try !findings(query("SELECT n / 2.0 FROM t", [("x", .integer(.bits64), .never)])).isEmpty)
  }

  @Test func findsWhatIsNoTime() throws {
    #expect(try !findings(query("SELECT 'soon' FROM t", [("x", .timestamp(.withTimeZone), .never)])).isEmpty)
  }

  /// What the runtime reads as a day or a time is one: numbers too, which the affinity of DATE and DATETIME makes of text.
  @Test(arguments: [
    ("20240101", true), ("2460310.5", true), ("17", true), ("20240230", false), ("20241301", false), ("-1", false),
    ("20240101.5", false), ("'2024-01-01'", true), ("'2024-01-01 00:00:00+00:00'", true), ("'2024-01-01T00:00Z'", true),
    ("'2024-01-01 12:00'", false), ("'2024-01'", false), ("x'00'", false),
  ])
  func daysAreAsTheRuntimeReadsThem(value: String, isDay: Bool) throws {
    let found = try findings(query("SELECT \(value) FROM t", [("x", .date, .never)]))
    #expect(found.isEmpty == isDay, "\(found)")
  }

  @Test(arguments: [("17", true), ("2460310.5", true), ("20240101", false), ("-3", false), ("'2024-01-01'", true)])
  func timesAreAsTheRuntimeReadsThem(value: String, isTime: Bool) throws {
    let found = try findings(query("SELECT \(value) FROM t", [("x", .timestamp(.withTimeZone), .never)]))
    #expect(found.isEmpty == isTime, "\(found)")
  }

  @Test func findsWrongRowCounts() throws {
    let column: [(String, ValueType, ModelNullability)] = [("n", .integer(.bits64), .never)]
    #expect(try !findings(query("SELECT n FROM t", column, rows: .exactlyOne)).isEmpty)
    #expect(try !findings(query("SELECT n FROM t", column, rows: .atMostOne)).isEmpty)
  }

  @Test func findsNothingWrongWithTheTruth() throws {
    let truth = query(
      "SELECT a, n, d FROM t",
      [("a", .text, .optional(reason: "")), ("n", .integer(.bits64), .never), ("d", .timestamp(.withTimeZone), .never)])
    #expect(try findings(truth).isEmpty)
  }

  @Test func notesOptionalColumnsThatNeverAre() throws {
    let report = try exercise(
      query("SELECT n FROM t", [("n", .integer(.bits64), .optional(reason: ""))]), schema: schema,
      on: SQLiteTrialEngine(),
      options: ExerciseOptions(rounds: 2, seconds: 3600))
    #expect(report.queries.first?.neverNull == ["n"])
  }

  @Test func saysWhatNeverRuns() throws {
    let report = try exercise(
      query("SELECT json_extract('{', '$') FROM t", [("x", .any, .optional(reason: ""))], rows: .many), schema: schema,
      on: SQLiteTrialEngine(),
      options: ExerciseOptions(rounds: 1, seconds: 3600))
    #expect(report.queries.first?.failures.keys.contains { $0.contains("JSON") } == true)
  }

  @Test func aSchemaThatIsNoneIsAnError() {
    #expect(throws: ExerciseError.self) {
      try exercise(query("SELECT 1", []), schema: ["CREATE"], on: SQLiteTrialEngine())
    }
  }
}

// Wrong claims are found: the tests of the tester.

import SQLCDiagnostics
import SQLCExercise
import SQLCModel
import SQLCTrialPostgreSQL
import Testing

private let schema = [
  """
  CREATE TYPE mood AS ENUM ('sad', 'ok');
  CREATE TABLE t (id int PRIMARY KEY, a text, n int NOT NULL, m mood NOT NULL, big bigint NOT NULL DEFAULT 5000000000);
  CREATE TABLE child (t int REFERENCES t ON DELETE CASCADE);
  """
]
private let nowhere = SourceRange(path: "queries.sql", range: ByteRange(at: 0))

private func findings(
  _ sql: [SQLSegment], _ columns: [(String, ValueType, ModelNullability)] = [], rows: RowCount = .many,
  writes: [QualifiedName] = [], parameters: [ParameterModel] = [], labels: [String] = ["sad", "ok"]
) throws -> [Finding] {
  let results = columns.map { name, type, nullability in
    ResultModel.column(
      ResultColumnModel(name: name, type: type, typeName: "", nullability: nullability, origin: nil, source: nowhere))
  }
  let query = QueryModel(
    name: "Q", command: .many, rowCount: rows, rowCountReason: "", documentation: [], sql: sql, isReadOnly: false,
    reads: ["t"], writes: writes, parameters: parameters, results: results, source: nowhere, statement: nowhere)
  let model = GenerationModel(
    tables: [], enumerations: [EnumerationModel(id: .type("mood"), values: labels)], queries: [query])
  let report = try exercise(
    model, schema: schema, on: Installed.engine, options: ExerciseOptions(rounds: 1, seconds: 3600))
  #expect(report.executions > 0)
  return report.queries.flatMap(\.findings)
}

private func parameter(_ type: ValueType, _ name: String) -> ParameterModel {
  ParameterModel(
    index: 1, name: "p", type: type, typeName: name, nullability: .never, isSlice: false,
    origin: ColumnReference(table: "t", column: "id"), source: nowhere)
}

@Suite("Claims", .needsPostgreSQL, .serialized) struct ClaimTests {
  private let id: (String, ValueType, ModelNullability) = ("id", .integer(.bits32), .never)

  @Test func findsNull() throws {
    let found = try findings([.text("SELECT a FROM t")], [("a", .text, .never)])
    guard case .value(_, _, "NULL")? = found.first?.kind else {
      Issue.record("\(found)")
      return
    }
    #expect(found.first?.reproduction.hasPrefix("SELECT a FROM t") == true)
  }

  @Test func findsOtherTypes() throws {
    #expect(try !findings([.text("SELECT n / 2.0 FROM t")], [("x", .integer(.bits64), .never)]).isEmpty)
    #expect(try !findings([.text("SELECT 100000 FROM t")], [("x", .integer(.bits16), .never)]).isEmpty)
    #expect(
      try !findings([.text("SELECT now()::timestamp FROM t")], [("x", .timestamp(.withTimeZone), .never)]).isEmpty)
    #expect(
      try !findings([.text("SELECT m FROM t")], [("m", .enumeration(.type("mood")), .never)], labels: ["x"]).isEmpty)
  }

  /// A text with a CHECK of what it may be is an enumeration too.
  @Test func knowsTheLabelsOfTexts() throws {
    let column = ("m", ValueType.enumeration(.type("mood")), ModelNullability.never)
    #expect(try findings([.text("SELECT m::text AS m FROM t")], [column]).isEmpty)
    #expect(try !findings([.text("SELECT m::text AS m FROM t")], [column], labels: ["x"]).isEmpty)
  }

  @Test func findsWrongRowCounts() throws {
    #expect(try !findings([.text("SELECT id FROM t")], [id], rows: .atMostOne).isEmpty)
    #expect(try !findings([.text("SELECT id FROM t")], [id], rows: .exactlyOne).isEmpty)
  }

  @Test func findsWrites() throws {
    let found = try findings([.text("DELETE FROM t")], writes: ["t"])
    guard case .writes(["child"])? = found.first?.kind else {
      Issue.record("\(found)")
      return
    }
    #expect(try findings([.text("DELETE FROM t")], writes: ["child", "t"]).isEmpty)
  }

  /// One parameter in two places has one type, and a list has values that are there.
  @Test func findsNothingWrongWithTheTruth() throws {
    let found = try findings(
      [.text("SELECT id, m FROM t WHERE "), .parameter(1), .text(" = id OR id = "), .parameter(1)],
      [id, ("m", .enumeration(.type("mood")), .never)], rows: .atMostOne,
      parameters: [parameter(.integer(.bits32), "integer")])
    #expect(found.isEmpty, "\(found)")
    let many = try findings(
      [.text("SELECT id FROM t WHERE id = ANY("), .parameter(1), .text(")")], [id], rows: .atMostOne,
      parameters: [parameter(.array(of: .integer(.bits32), .never), "integer[]")])
    #expect(!many.isEmpty)
  }
}

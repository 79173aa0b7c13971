// A list of rows must do what the statement with all of its rows written out does: random columns, values and lengths, in IN, NOT
// IN, INSERT and a table of rows, beside other parameters, both ways on one database, value for value.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCRuntime
import Testing

/// `ROW_LIST_SEEDS=100` tries more of them.
private let seeds = ProcessInfo.processInfo.environment["ROW_LIST_SEEDS"].flatMap { Int($0) } ?? 4

@Suite struct RowListSemanticsTests {
  private static let columns = [("a", "INTEGER"), ("b", "TEXT"), ("c", "REAL"), ("d", "BLOB"), ("e", "")]
  private static let schema =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, \(columns.map { "\($0.0) \($0.1)" }.joined(separator: ", ")), UNIQUE (a, b));"
    + "CREATE TABLE u (low INTEGER, a INTEGER, b TEXT, c REAL, d BLOB, e);"

  @Test(arguments: 0..<seeds)
  func theSameAsWrittenOut(seed: Int) async throws {
    var random = SplitMix(state: UInt64(seed) &* 7_919 &+ 3)
    let cases = (0..<15).map { Case(number: $0, &random) }
    let snapshot = try fragmentSnapshot(schema: Self.schema, queries: cases.map(\.query).joined())
    #expect(snapshot.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    let block = try #require(snapshot.blocks.first)
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    for id in 1...20 {
      let values = Self.columns.map { literal(value(of: $0.0, &random, allowsNull: true)) }
      try await database.execute("INSERT OR IGNORE INTO t VALUES (\(id), \(values.joined(separator: ", ")))")
    }
    for item in cases {
      let model = try #require(block.query(named: "Q\(item.number)")?.model)
      for count in [0, 1, 2, 7] {
        let rows = (0..<count).map { _ in item.columns.map { value(of: $0, &random, allowsNull: item.kind == .insert) }
        }
        let low = Int64.random(in: 0..<9, using: &random)
        let sent = try await database.run(RunRows(model, item.columns, rows: rows, low: low))
        let written = try await database.run(RunRows(sql: item.written(rows, low: low)))
        #expect(sent == written, "\(item.query)\n\(item.written(rows, low: low))")
      }
    }
    await database.close()
  }

  private enum Kind: CaseIterable { case members, others, insert, table }

  private struct Case {
    var number: Int
    var kind: Kind
    var columns: [String]

    init(number: Int, _ random: inout SplitMix) {
      self.number = number
      kind = Kind.allCases[number % 4]
      let all = RowListSemanticsTests.columns.map(\.0).shuffled(using: &random)
      columns = Array(all.prefix(Int.random(in: 2...4, using: &random)))
    }

    private var list: String { columns.joined(separator: ", ") }

    var query: String {
      let name = "-- name: Q\(number) "
      switch kind {
      case .members: return name + ":many\n\(body("(\(list)) IN (sqlc.slice(rows))", low: "@low"));\n"
      case .others: return name + ":many\n\(body("(\(list)) NOT IN (sqlc.slice(rows))", low: "@low"));\n"
      case .insert:
        let fields = columns.map { "sqlc.slice(rows, \($0))" }.joined(separator: ", ")
        return name + ":many\n\(insertion("(@low, \(fields))"));\n"
      case .table:
        let fields = columns.map { column in
          let type = RowListSemanticsTests.columns.first { $0.0 == column }?.1 ?? ""
          return type.isEmpty ? "sqlc.slice(rows, \(column))" : "CAST(sqlc.slice(rows, \(column)) AS \(type))"
        }.joined(separator: ", ")
        return name + ":many\n\(table("(\(fields))", low: "@low"));\n"
      }
    }

    private func body(_ condition: String, low: String) -> String {
      "SELECT id, \(condition) AS found FROM t WHERE id > \(low) AND (\(condition) OR id % 2 = 0) ORDER BY id"
    }

    private func insertion(_ rows: String) -> String { "INSERT INTO u (low, \(list)) VALUES \(rows) RETURNING *" }

    private func table(_ rows: String, low: String) -> String {
      "WITH v (\(list)) AS (VALUES \(rows)) SELECT v.*, t.id FROM v LEFT JOIN t ON t.a = v.\(columns[0]) AND t.id > \(low)"
        + " ORDER BY \(columns.indices.map { "\($0 + 1)" }.joined(separator: ", ")), t.id"
    }

    func written(_ rows: [[SQLiteValue]], low: Int64) -> String {
      func row(_ values: [SQLiteValue], _ before: [String] = []) -> String {
        "(\((before + values.map(literal)).joined(separator: ", ")))"
      }
      let condition = rows.map { values in
        "(" + zip(columns, values).map { "\($0) = \(literal($1))" }.joined(separator: " AND ") + ")"
      }.joined(separator: " OR ")
      let empty = "SELECT NULL\(String(repeating: ", NULL", count: columns.count - 1)) WHERE 0"
      switch kind {
      case .members: return body("(\(rows.isEmpty ? "0" : condition))", low: "\(low)")
      case .others: return body("(NOT (\(rows.isEmpty ? "0" : condition)))", low: "\(low)")
      case .insert:
        guard !rows.isEmpty else { return "SELECT 1 WHERE 0" }
        return insertion(rows.map { row($0, ["\(low)"]) }.joined(separator: ", "))
      case .table:
        let text = table(rows.map { row($0) }.joined(separator: ", "), low: "\(low)")
        return rows.isEmpty ? text.replacingOccurrences(of: "VALUES ", with: empty) : text
      }
    }
  }
}

private func value(of column: String, _ random: inout SplitMix, allowsNull: Bool) -> SQLiteValue {
  if allowsNull, Int.random(in: 0..<5, using: &random) == 0 { return .null }
  switch column {
  case "a": return .integer([Int64.max, 1, 2, 3, -4].randomElement(using: &random) ?? 1)
  case "b": return .text(["", "x", "it's", "é\u{0}b", "5"].randomElement(using: &random) ?? "")
  case "c": return .real([0.1 + 0.2, 1, -2.5, 1e300].randomElement(using: &random) ?? 0)
  case "d": return .blob([[], [0, 255], [120]].randomElement(using: &random) ?? [])
  default: return [.integer(5), .text("5"), .real(5.5), .blob([1])].randomElement(using: &random) ?? .integer(5)
  }
}

private func literal(_ value: SQLiteValue) -> String {
  switch value {
  case .null: "NULL"
  case .integer(let number): "\(number)"
  case .real(let number): "\(number)"
  case .text(let text): "CAST(\(literal(.blob(Array(text.utf8)))) AS TEXT)"
  case .blob(let bytes): "x'" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "'"
  }
}

/// Every row of a statement, as text.
private struct RunRows: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(name: "Rows", sql: "SELECT 1", isReadOnly: false)
  private let segments: [SQLCRuntime.SQLSegment]
  private let parameters: Int
  private var singles: [Single] = []
  private var lists: [List] = []

  private struct Single: Hashable {
    var index: Int
    var value: Int64
  }

  private struct List: Hashable {
    var index: Int
    var values: [SQLiteValue]
  }

  var chosenStatement: StatementDefinition {
    StatementDefinition(name: "Rows", sql: segments, parameters: parameters, isReadOnly: false)
  }

  init(sql: String) { (segments, parameters) = ([.text(sql)], 0) }

  init(
    _ model: QueryModel, _ columns: [String], rows: [[SQLiteValue]], low: Int64
  ) {
    (segments, parameters) = (model.sql.map(\.sent), model.parameters.count)
    for parameter in model.parameters {
      guard let field = parameter.rowList?.field, let place = columns.firstIndex(of: field) else {
        singles.append(Single(index: parameter.index, value: low))
        continue
      }
      lists.append(List(index: parameter.index, values: rows.map { $0[place] }))
    }
  }

  var listCounts: [Int] { lists.map(\.values.count) }

  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    for single in singles { try statement.bind(single.value, at: Int32(single.index)) }
    for list in lists { try statement.bind(list: list.values, at: Int32(list.index)) }
  }

  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String {
    var text = ""
    for index in 0..<Int32(row.count) { text += "\(try row.decode(index, as: SQLiteValue.self)) " }
    return text
  }
}

extension SQLCModel.SQLSegment {
  fileprivate var sent: SQLCRuntime.SQLSegment {
    switch self {
    case .text(let text): .text(text)
    case .parameter(let index): .text("?\(index)")
    case .list(let index): .list(index)
    case .rows(let template):
      .rows(
        before: template.surroundings.before, row: template.segments.map(\.sent), after: template.surroundings.after,
        empty: PlaceholderStyle.questionMark.text(of: template.empty))
    }
  }
}

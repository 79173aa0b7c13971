// Pages behind cursors against the long hand: all rows, sorted in memory, cut into pages. Random orders, directions, places of NULL,
// collations, ties and page sizes; every row comes once, in order.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct PageSemanticsTests {
  static let schema = """
    CREATE TABLE items (
      id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER, c TEXT NOT NULL, d TEXT, e REAL, UNIQUE (a, c, id)
    );
    """

  /// A term of ORDER BY: its column, whether NULLs are said to stand somewhere, and how texts are compared.
  struct Term {
    var column: Int
    var isDescending: Bool
    var nullsFirst: Bool?
    var ignoresCase = false

    static let names = ["id", "a", "b", "c", "d", "e", "len"]

    var sql: String {
      Self.names[column] + (ignoresCase ? " COLLATE NOCASE" : "") + (isDescending ? " DESC" : "")
        + (nullsFirst.map { $0 ? " NULLS FIRST" : " NULLS LAST" } ?? "")
    }

    init(_ random: inout SplitMix, column: Int? = nil) {
      self.column = column ?? Int.random(in: 1..<Self.names.count, using: &random)
      isDescending = Bool.random(using: &random)
      nullsFirst = [true, false, nil].randomElement(using: &random) ?? nil
      ignoresCase = [3, 4].contains(self.column) && Bool.random(using: &random)
    }

    /// Below zero where the first row comes first.
    func compare(_ one: [SQLiteValue], _ other: [SQLiteValue], reversed: Bool) -> Int {
      let down = isDescending != reversed
      switch (one[column], other[column]) {
      case (.null, .null): return 0
      case (.null, _): return nullsFirst ?? !down ? -1 : 1
      case (_, .null): return nullsFirst ?? !down ? 1 : -1
      case (let x, let y):
        let order = Self.order(x, y, ignoresCase)
        return down ? -order : order
      }
    }

    private static func order(_ x: SQLiteValue, _ y: SQLiteValue, _ ignoresCase: Bool) -> Int {
      switch (x, y) {
      case (.integer(let x), .integer(let y)): x < y ? -1 : x > y ? 1 : 0
      case (.real(let x), .real(let y)): x < y ? -1 : x > y ? 1 : 0
      case (.text(let x), .text(let y)):
        ignoresCase ? order(x.lowercased(), y.lowercased()) : order(x, y)
      default: 0
      }
    }

    private static func order(_ x: String, _ y: String) -> Int { x < y ? -1 : x > y ? 1 : 0 }
  }

  @Test(arguments: 0..<60)
  func everyRowOnceInOrder(seed: Int) async throws {
    var random = SplitMix(state: UInt64(seed) &* 977 &+ 5)
    let chosen = (0..<Int.random(in: 1...3, using: &random)).map { _ in Term(&random) }
    var fixed = (0..<Int.random(in: 0...2, using: &random)).map { _ in Term(&random) }
    fixed.append(Term(&random, column: 0))
    let isChosen = Bool.random(using: &random)
    var names: Set<Int> = []
    let offered = chosen.filter { names.insert($0.column).inserted }
    let order =
      (isChosen ? ["sqlc.order(\(offered.map(\.sql).joined(separator: ", ")))"] : []) + fixed.map(\.sql)
    let text = """
      -- name: Q :many
      SELECT i.id, i.a, b, c, d, e, length(d) AS len FROM items i
      WHERE i.id > 0 AND sqlc.after(@after) AND sqlc.optional(most, a < 3)
      ORDER BY \(order.joined(separator: ", "));
      """
    let schema = try SQLiteEngine().load([SourceFile(path: "s.sql", text: Self.schema)])
    let annotated = try #require(splitQueries(of: SourceFile(path: "q.sql", text: text), rules: .sqlite).value.first)
    let analyzed = try schema.value.analyze(annotated)
    #expect(analyzed.diagnostics.filter { $0.severity == .error }.map(\.message) == [], "\(text)")
    let variants = try #require(analyzed.value?.variants)
    let page = try #require(variants.page)
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    for id in 1...14 { try await database.execute("INSERT INTO items VALUES (\(id), \(row(&random)))") }
    let cursor = variants.bit(ofFilter: page.filter)
    for choice in variants.choices where choice.bits & cursor == 0 {
      let sequence = variants.sequence(for: choice) ?? 0
      let isOther = isChosen && choice.bits & variants.bit(ofTerm: sequence, isDescending: true) != 0
      let own = isChosen ? [offered[sequence]] : []
      let rows = try await database.run(PageRows(sql: self.text(of: variants.sql(for: choice), [:])))
      let sorted = rows.sorted { one, other in
        for term in own {
          let result = term.compare(one, other, reversed: isOther != term.isDescending)
          if result != 0 { return result < 0 }
        }
        for term in fixed {
          let result = term.compare(one, other, reversed: false)
          if result != 0 { return result < 0 }
        }
        return false
      }
      #expect(rows == sorted, "\(text)")
      for size in [1, 2, 3, 5, rows.count] where size > 0 {
        var seen: [[SQLiteValue]] = []
        var next = choice
        var values: [Int: SQLiteValue] = [:]
        while seen.count <= rows.count {
          let sql = self.text(of: variants.sql(for: next), values) + " LIMIT \(size)"
          let found = try await database.run(PageRows(sql: sql))
          seen += found
          guard let last = found.last else { break }
          next = choice
          next.bits |= cursor
          for key in variants.keys(for: choice) {
            values[key.parameter] = last[key.result]
            next.bits |= last[key.result] == .null ? key.nullBit : key.valueBit
          }
          #expect(variants.choices.contains(next), "\(text)")
        }
        #expect(seen == sorted, "\(text): pages of \(size)")
      }
    }
    await database.close()
  }

  private func row(_ random: inout SplitMix) -> String {
    let letters = ["'a'", "'A'", "'b'", "'B'", "'ab'", "''"]
    func text() -> String { letters.randomElement(using: &random) ?? "''" }
    let number = Int.random(in: 0...3, using: &random)
    let b = Bool.random(using: &random) ? "NULL" : "\(Int.random(in: 0...2, using: &random))"
    let c = text()
    let d = Bool.random(using: &random) ? "NULL" : text()
    let e = Bool.random(using: &random) ? "NULL" : "\(Double(Int.random(in: 0...3, using: &random)) / 2)"
    return "\(number), \(b), \(c), \(d), \(e)"
  }

  private func text(of sql: [SQLCModel.SQLSegment], _ values: [Int: SQLiteValue]) -> String {
    sql.map { segment in
      switch segment {
      case .text(let text): text
      case .rows: ""
      case .parameter(let index), .list(let index):
        switch values[index] {
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): "'\(text)'"
        default: "NULL"
        }
      }
    }.joined()
  }

  /// What an index can serve it does: the predicate of one direction, and the bound in front of mixed ones.
  @Test(arguments: [
    ("a, c, id", ["a>?", "(a,c)>(?,?)", "(a,c,id)>(?,?,?)"]),
    ("a DESC, c DESC, id DESC", ["a<?", "(a,c)<(?,?)", "(a,c,id)<(?,?,?)"]),
    ("a DESC, c, id", ["a<?"]),
  ])
  func indexesServeIt(order: String, bounds: [String]) async throws {
    let text = "-- name: Q :many\nSELECT id, a, c FROM items WHERE sqlc.after(@after) ORDER BY \(order) LIMIT 5;"
    let schema = try SQLiteEngine().load([SourceFile(path: "s.sql", text: Self.schema)])
    let annotated = try #require(splitQueries(of: SourceFile(path: "q.sql", text: text), rules: .sqlite).value.first)
    let variants = try #require(try schema.value.analyze(annotated).value?.variants)
    let sql = self.text(of: variants.sql(for: variants.whole), [1: .integer(1), 2: .text("a"), 3: .integer(1)])
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    let plan = try await database.run(PageRows(sql: "EXPLAIN QUERY PLAN \(sql)")).map { "\($0[3])" }.joined()
    #expect(plan.contains("SEARCH items USING") && bounds.contains { plan.contains($0) }, "\(plan) of \(sql)")
    await database.close()
  }
}

/// The rows of a statement.
private struct PageRows: ManyQuery {
  typealias Row = [SQLiteValue]
  static let statement = StatementDefinition(name: "Rows", sql: "SELECT 1", isReadOnly: true)
  var sql: String
  var chosenStatement: StatementDefinition { StatementDefinition(name: "Rows", sql: sql, isReadOnly: true) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> [SQLiteValue] {
    var values: [SQLiteValue] = []
    for index in 0..<Int32(row.count) { values.append(try row.decode(index, as: SQLiteValue.self)) }
    return values
  }
}

// A row that an outer join left out is told from one of NULLs, on joins that nobody wrote: what is read of the statement that is
// sent is held against a statement written by hand, where every view is spelled out and every source has a column that says
// whether it is there.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct PresenceTests {
  static let schema = """
    CREATE TABLE k (id INTEGER NOT NULL, a TEXT);
    CREATE TABLE n (a TEXT, b INTEGER);
    CREATE TABLE r (rowid TEXT, oid INTEGER);
    CREATE VIEW v AS SELECT a, b FROM n;
    CREATE VIEW w AS SELECT b, max(a) AS a, 'x' COLLATE NOCASE AS c FROM n GROUP BY b;
    CREATE VIEW j AS SELECT n.a, r.oid AS b FROM n LEFT JOIN r ON n.b = r.oid;
    """

  @Test func absenceIsTold() async throws {
    var random = SplitMix(state: 12)
    let engine = SQLiteEngine()
    let schema = try engine.load([SourceFile(path: "s.sql", text: Self.schema)])
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    for _ in 0..<4 {
      func some(_ values: [String]) -> String { values.randomElement(using: &random) ?? "NULL" }
      try await database.execute(
        """
        INSERT INTO k VALUES (\(some(["1", "2"])), \(some(["NULL", "'1'", "'x'"])));
        INSERT INTO n VALUES (\(some(["NULL", "'1'", "'x'"])), \(some(["NULL", "1", "2"])));
        INSERT INTO r VALUES (\(some(["NULL", "'1'"])), \(some(["NULL", "1", "2"])));
        """)
    }
    try await database.execute("INSERT INTO n VALUES (NULL, NULL); INSERT INTO r VALUES (NULL, NULL)")
    var decided = (byMarker: 0, byCondition: 0)
    for _ in 0..<600 {
      let query = OuterJoins(&random)
      let source = SourceFile(path: "q.sql", text: "-- name: Q :many\n\(query.sql)\n")
      let annotated = try #require(splitQueries(of: source, rules: .sqlite).value.first)
      let analyzed = try schema.value.analyze(annotated)
      let isSilent = analyzed.diagnostics.allSatisfy { ["newer-syntax", "unused-common-table"].contains($0.id.name) }
      #expect(isSilent, "\(query.sql): \(analyzed.diagnostics)")
      let model = try #require(analyzed.value, "\(query.sql)")
      let text = model.sql.reduce(into: "") { text, segment in if case .text(let part) = segment { text += part } }
      let sent = try await database.run(ValueRows(sql: text))
      let byHand = try await database.run(ValueRows(sql: query.byHand))
      var place = 0
      /// Empty where a row is always there.
      var absences: [Range<Int>] = []
      for case .embed(let embed) in model.results {
        let own = place..<place + embed.columns.count
        place = own.upperBound
        guard embed.nullability.isOptional else {
          absences.append(0..<0)
          continue
        }
        absences.append(embed.marker.map { $0..<$0 + 1 } ?? own)
        if embed.marker != nil {
          decided.byMarker += 1
        } else if embed.columns.allSatisfy(\.nullability.isOptional) {
          decided.byCondition += 1
        }
      }
      // By hand: the same columns, then one for each source that is NULL where it is absent.
      let read = sent.map { row in
        Array(row[..<place]) + absences.map { !$0.isEmpty && row[$0].allSatisfy { $0 == .null } ? .null : .integer(1) }
      }
      let wanted = byHand.map { row in
        Array(row[..<place]) + row[place...].map { $0 == .null ? .null : .integer(1) }
      }
      // In groups each row is one of those without.
      let agrees = query.isGrouped ? Set(read).isSubset(of: wanted) : counted(read) == counted(wanted)
      #expect(agrees, "\(query.sql)\n\(text)\n\(query.byHand)")
    }
    #expect(decided.byMarker > 200)
    #expect(decided.byCondition > 100)
  }

  /// A column that a view makes anew wherever it is looked at is one thing in ON and another in the result: it tells nothing.
  @Test func volatileColumnsTellNothing() async throws {
    let text = """
      CREATE TABLE p (id INTEGER PRIMARY KEY);
      CREATE TABLE n (a INTEGER);
      CREATE VIEW x AS SELECT nullif(random() % 2, 0) AS r, a FROM n;
      CREATE VIEW y AS SELECT r + 1 AS r FROM x;
      """
    let schema = try SQLiteEngine().load([SourceFile(path: "s.sql", text: text)])
    let database = try await Database.inMemory()
    try await database.execute(text)
    try await database.execute("INSERT INTO p VALUES (-1), (0), (1), (2); INSERT INTO n VALUES (NULL), (NULL)")
    for (view, condition) in [("x", "v.r IN (-1, 1)"), ("x", "v.r = p.id"), ("y", "v.r = p.id"), ("y", "v.r >= 0")] {
      let query = "SELECT p.id, sqlc.embed(v) FROM p LEFT JOIN \(view) AS v ON \(condition)"
      let source = SourceFile(path: "q.sql", text: "-- name: Q :many\n\(query);\n")
      let annotated = try #require(splitQueries(of: source, rules: .sqlite).value.first)
      let model = try #require(schema.value.analyze(annotated).value)
      let embeds = model.results.compactMap { if case .embed(let embed) = $0 { embed } else { nil } }
      #expect(embeds.map { $0.marker != nil } == [true], "\(query)")
      let isOptional = embeds.flatMap(\.columns).allSatisfy { $0.nullability.isOptional }
      #expect(isOptional, "\(query)")
      // The marker is there wherever the join has found a row, whatever the result makes of its column.
      let sent = model.sql.reduce(into: "") { text, segment in if case .text(let part) = segment { text += part } }
      var hasSeenUntold = false
      for _ in 0..<50 {
        for row in try await database.run(ValueRows(sql: sent)) {
          let isThere = row.last != .null
          let isBlank = row[1..<row.count - 1].allSatisfy { $0 == .null }
          if isThere, isBlank { hasSeenUntold = true }
          #expect(isThere || isBlank, "\(query)")
        }
      }
      #expect(hasSeenUntold, "\(query)")
    }
  }

  private func counted(_ rows: [[SQLiteValue]]) -> [[SQLiteValue]: Int] {
    rows.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}

/// A join of a few sources, each embedded, and the same by hand.
private struct OuterJoins {
  var sql: String
  /// Without groups.
  var byHand: String
  var isGrouped: Bool

  private struct Source {
    var text: String
    var byHand: String
    /// Of the alias, by hand.
    var presence: String
    var columns: [String]
  }

  private static let views = [
    "v": ("SELECT a, b, 1 AS here FROM n", ["a", "b"]),
    "w": ("SELECT b, max(a) AS a, 'x' COLLATE NOCASE AS c, 1 AS here FROM n GROUP BY b", ["b", "a", "c"]),
    "j": ("SELECT n.a, r.oid AS b, 1 AS here FROM n LEFT JOIN r ON n.b = r.oid", ["a", "b"]),
  ]

  private static func source(_ alias: String, _ random: inout SplitMix) -> Source {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return Source(text: "k AS \(alias)", byHand: "k AS \(alias)", presence: "rowid", columns: ["id", "a"])
    case 1, 2: return Source(text: "n \(alias)", byHand: "n AS \(alias)", presence: "rowid", columns: ["a", "b"])
    case 3: return Source(text: "r \(alias)", byHand: "r AS \(alias)", presence: "_rowid_", columns: ["rowid", "oid"])
    case 4:
      return Source(
        text: "(SELECT b FROM n WHERE b IS NOT 1) AS \(alias)",
        byHand: "(SELECT b, 1 AS here FROM n WHERE b IS NOT 1) AS \(alias)", presence: "here", columns: ["b"])
    case 5:
      return Source(
        text: "c \(alias)", byHand: "(SELECT a, 1 AS here FROM n LIMIT 3) AS \(alias)", presence: "here", columns: ["a"]
      )
    default:
      let (name, view) = views.sorted { $0.key < $1.key }.randomElement(using: &random) ?? ("v", ("", []))
      return Source(text: "\(name) AS \(alias)", byHand: "(\(view.0)) AS \(alias)", presence: "here", columns: view.1)
    }
  }

  init(_ random: inout SplitMix) {
    var (from, fromByHand) = ("", "")
    var columns: [String] = []
    var outputs: [String] = []
    var presences: [String] = []
    let kinds = ["LEFT JOIN", "LEFT JOIN", "JOIN", "RIGHT JOIN", "FULL JOIN"]
    for index in 0..<Int.random(in: 2...4, using: &random) {
      let alias = "s\(index)"
      let source = Self.source(alias, &random)
      let own = source.columns.map { "\(alias).\($0)" }
      if index == 0 {
        (from, fromByHand) = (source.text, source.byHand)
      } else {
        let kind = kinds.randomElement(using: &random) ?? "JOIN"
        let (mine, other) = (own.randomElement(using: &random) ?? "1", columns.randomElement(using: &random) ?? "1")
        let condition =
          ["\(mine) = \(other)", "\(mine) IS \(other)", "TRUE", "\(mine) IS NULL", "\(other) = 1", "\(mine) > 0"]
          .randomElement(using: &random) ?? "TRUE"
        from += " \(kind) \(source.text) ON \(condition)"
        fromByHand += " \(kind) \(source.byHand) ON \(condition)"
      }
      columns += own
      outputs += own
      presences.append("\(alias).\(source.presence)")
    }
    var rest = ""
    var grouping = ""
    if Int.random(in: 0...3, using: &random) == 0, let column = columns.randomElement(using: &random) {
      rest = " WHERE \(column) IS \(["NULL", "NOT NULL", "1"].randomElement(using: &random) ?? "1")"
    }
    if Int.random(in: 0...3, using: &random) == 0 {
      grouping = " GROUP BY \(Int.random(in: 1...outputs.count, using: &random))"
    }
    isGrouped = !grouping.isEmpty
    let order = Bool.random(using: &random) ? " ORDER BY \(Int.random(in: 1...outputs.count, using: &random))" : ""
    let embeds = presences.indices.map { "sqlc.embed(s\($0))" }.joined(separator: ", ")
    sql = "WITH c AS (SELECT a FROM n LIMIT 3) SELECT \(embeds) FROM \(from)\(rest)\(grouping)\(order)"
    byHand = "SELECT \((outputs + presences).joined(separator: ", ")) FROM \(fromByHand)\(rest)"
  }
}

private struct ValueRows: ManyQuery {
  typealias Row = [SQLiteValue]
  static let statement = StatementDefinition(name: "ValueRows", sql: "SELECT 1", isReadOnly: true)
  var sql: String
  var chosenStatement: StatementDefinition { StatementDefinition(name: "ValueRows", sql: sql, isReadOnly: true) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> [SQLiteValue] {
    var values: [SQLiteValue] = []
    for index in 0..<Int32(row.count) { values.append(try row.decode(index)) }
    return values
  }
}

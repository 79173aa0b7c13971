// What is claimed of `sqlc.nest`, on joins that nobody wrote: keys tell exactly the rows of their sources apart, a child is
// there when its columns say so, and a list without a key never sees a child twice. Rows are told apart by what the analysis
// does not use: their rowids.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct NestingSoundnessTests {
  static let schema = """
    CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER, code TEXT NOT NULL UNIQUE);
    CREATE TABLE b (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE l (a_id INTEGER NOT NULL, b_id INTEGER NOT NULL, PRIMARY KEY (a_id, b_id));
    CREATE TABLE n (a_id INTEGER, b_id INTEGER, body TEXT);
    """

  @Test func claimsHold() async throws {
    var random = SplitMix(state: 2026)
    let engine = SQLiteEngine()
    let schema = try engine.load([SourceFile(path: "s.sql", text: Self.schema)])
    let databases = [try await database(rows: 3, &random), try await database(rows: 6, &random)]
    var (accepted, withoutKey) = (0, 0)
    for _ in 0..<700 {
      let query = JoinedQuery(&random)
      let source = SourceFile(path: "q.sql", text: "-- name: Q :many\n\(query.sql)\n")
      let annotated = try #require(splitQueries(of: source, rules: .sqlite).value.first)
      let analyzed = try schema.value.analyze(annotated)
      // What cannot be proven is refused, by a message of this feature and no other.
      let errors = analyzed.diagnostics.filter { $0.severity == .error }
      #expect(errors.allSatisfy { $0.id.pass == "nesting" }, "\(query.sql): \(errors.map(\.message))")
      guard let model = analyzed.value, let nesting = model.nesting else { continue }
      accepted += 1
      withoutKey += nesting.lists.count { $0.key == nil }
      for database in databases { try await check(query, model, nesting, on: database) }
    }
    #expect(accepted > 100)
    #expect(withoutKey > 50)
  }

  private func check(
    _ query: JoinedQuery, _ model: QueryModel, _ nesting: NestingModel, on database: Database
  ) async throws {
    let text = model.sql.reduce(into: "") { text, segment in if case .text(let part) = segment { text += part } }
    let identities = query.sources.map(\.identity).joined(separator: ", ")
    let all = try await database.run(ValueRows(sql: "SELECT \(identities), " + text.dropFirst("SELECT ".count)))
    let rows = all.map {
      (identities: Array($0.prefix(query.sources.count)), values: Array($0.dropFirst(query.sources.count)))
    }

    let parents = rows.map { row in query.parents.map { row.identities[$0] } }
    let keys = rows.map { row in nesting.key.map { row.values[$0] } }
    #expect(Set(parents).count == Set(keys).count, "\(query.sql)")
    #expect(Set(zip(parents, keys).map { $0 + $1 }).count == Set(keys).count, "\(query.sql)")

    for (list, child) in zip(nesting.lists, query.lists) {
      var seen: Set<[SQLiteValue]> = []
      var pairs: Set<[SQLiteValue]> = []
      var children: Set<SQLiteValue> = []
      for (row, parent) in zip(rows, parents) {
        let isThere = list.presence.isEmpty || list.presence.contains { row.values[$0] != .null }
        #expect(isThere == (row.identities[child] != .null), "\(query.sql)")
        guard isThere else { continue }
        if let key = list.key {
          children.insert(row.identities[child])
          pairs.insert(key.map { row.values[$0] } + [row.identities[child]])
        } else {
          #expect(seen.insert(parent + [row.identities[child]]).inserted, "twice: \(query.sql)")
        }
      }
      #expect(pairs.count == children.count, "\(query.sql)")
    }
  }

  private func database(rows: Int, _ random: inout SplitMix) async throws -> Database {
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    func some(_ random: inout SplitMix) -> String {
      Int.random(in: 0...3, using: &random) == 0 ? "NULL" : "\(Int.random(in: 1...rows, using: &random))"
    }
    for id in 1...rows {
      try await database.execute(
        """
        INSERT INTO a VALUES (\(id), \(some(&random)), 'c\(id)');
        INSERT INTO b VALUES (\(id), \(id == 2 ? "NULL" : "'b\(id)'"));
        INSERT INTO n VALUES (\(some(&random)), \(some(&random)), NULL), (1, 1, 'x');
        INSERT OR IGNORE INTO l VALUES (\(Int.random(in: 1...rows, using: &random)), \(id)), (\(id), 1);
        """)
    }
    return database
  }
}

/// A join of a few tables, some of them the parent's, some lists, some neither.
private struct JoinedQuery {
  struct Source {
    var alias: String
    var columns: [String]
    var identity: String { "\(alias).rowid" }
  }
  var sources: [Source] = []
  var parents: [Int] = []
  var lists: [Int] = []
  var sql: String

  private static let tables = [
    ("a", ["id", "b_id"]), ("b", ["id"]), ("l", ["a_id", "b_id"]), ("n", ["a_id", "b_id"]),
  ]

  init(_ random: inout SplitMix) {
    var from = ""
    for index in 0..<Int.random(in: 2...4, using: &random) {
      let (table, columns) = Self.tables.randomElement(using: &random) ?? Self.tables[0]
      let source = Source(alias: "s\(index)", columns: columns)
      if index == 0 {
        from = "\(table) s0"
      } else {
        let kind = ["LEFT JOIN", "LEFT JOIN", "JOIN", "RIGHT JOIN"].randomElement(using: &random) ?? "JOIN"
        var conditions: [String] = []
        for _ in 0...Int.random(in: 0...1, using: &random) {
          let other = sources.randomElement(using: &random) ?? source
          conditions.append(
            "\(source.alias).\(columns.randomElement(using: &random) ?? "rowid")"
              + " = \(other.alias).\(other.columns.randomElement(using: &random) ?? "rowid")")
        }
        from += " \(kind) \(table) \(source.alias) ON \(conditions.joined(separator: " AND "))"
      }
      sources.append(source)
    }
    let shuffled = sources.indices.shuffled(using: &random)
    parents = [shuffled[0]]
    lists = [shuffled[1]]
    for index in shuffled.dropFirst(2) {
      switch Int.random(in: 0...2, using: &random) {
      case 0: parents.append(index)
      case 1: lists.append(index)
      default: break
      }
    }
    let outputs = parents.map { "sqlc.embed(s\($0))" } + lists.map { "sqlc.nest(s\($0))" }
    sql = "SELECT \(outputs.joined(separator: ", ")) FROM \(from)"
    if Int.random(in: 0...3, using: &random) == 0, let source = sources.randomElement(using: &random) {
      sql += " WHERE \(source.alias).\(source.columns[0]) = \(Int.random(in: 1...3, using: &random))"
    }
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

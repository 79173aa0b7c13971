// Leaving a predicate out must mean the same as having TRUE in its place, wherever it stands: random queries, every
// combination of each, both ways on one database.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct VariantSemanticsTests {
  static let schema = """
    CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, model TEXT);
    CREATE TABLE runs (id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL, status TEXT NOT NULL, cost REAL);
    """

  @Test(arguments: 0..<60)
  func leavingOutIsTrue(seed: Int) async throws {
    var generator = ConditionGenerator(random: SplitMix(state: UInt64(seed) &* 31 &+ 7))
    let query = generator.query()
    let source = SourceFile(path: "q.sql", text: "-- name: Q :many\n\(query.macros)\n")
    let engine = SQLiteEngine()
    let schema = try engine.load([SourceFile(path: "s.sql", text: Self.schema)])
    let annotated = try #require(splitQueries(of: source, rules: .sqlite).value.first)
    let analyzed = try schema.value.analyze(annotated)
    #expect(analyzed.diagnostics.filter { $0.severity == .error }.map(\.message) == [], "\(query.macros)")
    let model = try #require(analyzed.value)
    guard let variants = model.variants else {
      #expect(query.count == 0)
      return
    }
    #expect(variants.filters.count == query.count)
    let database = try await database(&generator)
    for choice in variants.choices {
      let sql = variants.sql(for: choice).reduce(into: "") { text, segment in
        if case .text(let part) = segment { text += part }
      }
      let rows = try await database.run(Rows(sql: sql))
      let expected = try await database.run(Rows(sql: query.reference(choice.bits)))
      #expect(rows == expected, "\(sql)")
      // What is left out is not there in another form.
      #expect(!sql.contains("TRUE") && !sql.contains("sqlc"))
    }
    await database.close()
  }

  private func database(_ generator: inout ConditionGenerator) async throws -> Database {
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    for id in 1...6 {
      let model = Bool.random(using: &generator.random) ? "NULL" : "'m\(id % 2)'"
      try await database.execute("INSERT INTO agents VALUES (\(id), 'a\(id % 4)', \(model))")
    }
    for id in 1...20 {
      let cost = Bool.random(using: &generator.random) ? "NULL" : "\(id % 5)"
      try await database.execute(
        "INSERT INTO runs VALUES (\(id), \(id % 7), '\(id.isMultiple(of: 3) ? "done" : "queued")', \(cost))")
    }
    return database
  }
}

/// A query with macros, and the same with a placeholder for each of its optional predicates.
private struct GeneratedQuery {
  var parts: [Part]
  enum Part {
    case text(String)
    case optional(Int, String)
  }

  var count: Int { parts.count { if case .optional = $0 { true } else { false } } }

  var macros: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .optional(let index, let predicate): "sqlc.optional(p\(index), \(predicate))"
      }
    }.joined()
  }

  func reference(_ choice: UInt64) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .optional(let index, let predicate): choice & (1 << UInt64(index)) == 0 ? "(TRUE)" : "(\(predicate))"
      }
    }.joined()
  }
}

private struct ConditionGenerator {
  var random: SplitMix
  private var count = 0

  init(random: SplitMix) { self.random = random }

  private let predicates = [
    "r.cost > 2", "r.cost IS NULL", "r.status = 'done'", "r.id BETWEEN 3 AND 15", "r.cost < 1 OR r.status = 'queued'",
    "r.agent_id IN (1, 2, 3)", "NOT r.id = 4", "r.id % 2", "CASE WHEN r.id > 1 AND r.id < 9 THEN r.id ELSE NULL END",
  ]

  /// The macros are numbered in the order of the text, as the analysis numbers them.
  mutating func query() -> GeneratedQuery {
    var parts: [GeneratedQuery.Part] = [.text("SELECT r.id, count(*) AS n FROM runs r LEFT JOIN agents a ON ")]
    parts += chain("a.id = r.agent_id", depth: 1)
    parts.append(.text("\nWHERE "))
    parts += chain(Bool.random(using: &random) ? "r.id > 0" : nil, depth: 2)
    parts.append(.text("\nGROUP BY r.id HAVING "))
    parts += chain("count(*) > 0", depth: 0)
    parts.append(.text("\nORDER BY r.id"))
    return GeneratedQuery(parts: parts)
  }

  /// Terms with AND between them, some of them optional; `fixed` stands somewhere among them if there is one.
  private mutating func chain(_ fixed: String?, depth: Int) -> [GeneratedQuery.Part] {
    let length = Int.random(in: 1...4, using: &random)
    let place = Int.random(in: 0..<length, using: &random)
    var parts: [GeneratedQuery.Part] = []
    for index in 0..<length {
      if index > 0 { parts.append(.text(Bool.random(using: &random) ? " AND " : "\n  and ")) }
      if index == place, let fixed {
        parts.append(.text(fixed))
      } else {
        parts += term(depth: depth)
      }
    }
    return parts
  }

  private mutating func term(depth: Int) -> [GeneratedQuery.Part] {
    let predicate = predicates.randomElement(using: &random) ?? "1"
    let shape = count >= 6 ? 9 : Int.random(in: 0..<10, using: &random)
    switch shape {
    case 0...5:
      count += 1
      return [.optional(count - 1, predicate)]
    case 6 where depth > 0:
      return [.text("EXISTS (SELECT 1 FROM agents b WHERE ")] + chain("b.id = r.agent_id", depth: depth - 1) + [
        .text(")")
      ]
    case 7 where depth > 0:
      return [.text("((")] + chain("r.id <> 7", depth: depth - 1) + [.text(") OR r.id = 2)")]
    default:
      return [.text("(\(predicate))")]
    }
  }
}

/// Every row of a statement as text.
private struct Rows: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(name: "Rows", sql: "SELECT 1", isReadOnly: true)
  var sql: String
  var chosenStatement: StatementDefinition { StatementDefinition(name: "Rows", sql: sql, isReadOnly: true) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String {
    var text = ""
    for index in 0..<Int32(row.count) { text += "\(try row.decode(index, as: SQLiteValue.self)) " }
    return text
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

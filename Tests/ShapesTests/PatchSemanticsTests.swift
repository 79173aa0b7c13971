// A statement with some assignments of `sqlc.patch` must do what the same does that is written out with these alone: random
// SETs, every subset that is tried and random ones, both ways on databases with the same rows, triggers and RETURNING
// included.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct PatchSemanticsTests {
  static let schema = """
    CREATE TABLE items (id INTEGER PRIMARY KEY, a INTEGER, b TEXT NOT NULL DEFAULT '', c REAL, d TEXT, e INTEGER);
    CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT NOT NULL, item INTEGER NOT NULL, old, new);
    CREATE TRIGGER on_a AFTER UPDATE OF a ON items BEGIN
      INSERT INTO log (what, item, old, new) VALUES ('a', old.id, old.a, new.a);
    END;
    CREATE TRIGGER on_cd BEFORE UPDATE OF c, d ON items BEGIN
      INSERT INTO log (what, item, old, new) VALUES ('cd', old.id, old.c, new.d);
    END;
    CREATE TRIGGER on_any AFTER UPDATE ON items WHEN new.e > 5 BEGIN
      UPDATE items SET e = 0 WHERE id = new.id;
    END;
    """

  @Test(arguments: 0..<80)
  func theSameAsWrittenOut(seed: Int) async throws {
    var random = SplitMix(state: UInt64(seed) &* 131 &+ 3)
    let update = GeneratedUpdate(&random)
    let source = SourceFile(path: "q.sql", text: "-- name: Q :many\n\(update.macros)\n")
    let schema = try SQLiteEngine().load([SourceFile(path: "s.sql", text: Self.schema)])
    let annotated = try #require(splitQueries(of: source, rules: .sqlite).value.first)
    let analyzed = try schema.value.analyze(annotated)
    #expect(analyzed.diagnostics.filter { $0.severity == .error }.map(\.message) == [], "\(update.macros)")
    let variants = try #require(analyzed.value?.variants)
    #expect(variants.filters.count == update.count)
    let patched = try await database()
    let written = try await database()
    var choices = variants.choices.map(\.bits)
    for _ in 0..<12 { choices.append(UInt64.random(in: 0..<(1 << UInt64(update.count)), using: &random)) }
    for choice in choices where variants.isStatement(VariantChoice(bits: choice)) {
      let sql = variants.sql(for: VariantChoice(bits: choice)).reduce(into: "") { text, segment in
        if case .text(let part) = segment { text += part }
      }
      #expect(!sql.contains("sqlc"))
      let rows = try await patched.run(WrittenRows(sql: sql))
      let expected = try await written.run(WrittenRows(sql: update.reference(choice)))
      #expect(rows == expected, "\(sql)")
      for table in ["items", "log"] {
        let all = WrittenRows(sql: "SELECT * FROM \(table) ORDER BY id")
        #expect(try await patched.run(all) == written.run(all), "\(sql)")
      }
    }
    // With nothing set there is a statement where, and only where, something stands beside.
    #expect(variants.isStatement(VariantChoice(bits: 0)) == update.hasCompany)
    await patched.close()
    await written.close()
  }

  /// Thirty columns are proven by a statement for each that is left out and each that stands alone.
  @Test(arguments: [("", 61), (", updated_at = CURRENT_TIMESTAMP", 62)])
  func manyColumns(company: String, statements: Int) throws {
    let columns = (1...30).map { "c\($0)" }
    let schema = try SQLiteEngine().load([
      SourceFile(
        path: "s.sql",
        text:
          "CREATE TABLE wide (id INTEGER PRIMARY KEY, \(columns.map { "\($0) TEXT" }.joined(separator: ", ")), updated_at)"
      )
    ])
    let assignments = columns.map { "\($0) = @\($0)" }.joined(separator: ", ")
    let source = SourceFile(
      path: "q.sql",
      text: "-- name: Q :one\nUPDATE wide SET sqlc.patch(\(assignments))\(company) WHERE id = @id RETURNING *;\n")
    let annotated = try #require(splitQueries(of: source, rules: .sqlite).value.first)
    let analyzed = try schema.value.analyze(annotated)
    #expect(analyzed.diagnostics.map(\.message) == [])
    #expect(analyzed.value?.variants?.choices.count == statements)
    #expect(analyzed.value?.parameters.dropLast().allSatisfy(\.nullability.isOptional) == true)
  }

  private func database() async throws -> Database {
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    for id in 1...5 {
      try await database.execute("INSERT INTO items (a, b, c, d, e) VALUES (\(id), 'b\(id)', \(id).5, NULL, \(id))")
    }
    return database
  }
}

/// `UPDATE items SET …` with a patch somewhere among what is always set.
private struct GeneratedUpdate {
  private var before: [String] = []
  private var patch: [(text: String, name: String)] = []
  private var behind: [String] = []
  private var condition: String
  private var separator: String

  init(_ random: inout SplitMix) {
    let values = [
      "1", "id + 3", "NULL", "a", "(SELECT max(a) FROM items)", "CASE WHEN a > 2 THEN 7 END", "coalesce(a, 4)",
    ]
    func value(_ random: inout SplitMix) -> String { values.randomElement(using: &random) ?? "1" }
    var sets: [String] =
      ["a", "c", "d", "e"].map { "\($0) = \(value(&random))" } + ["b = 'x' || \(Int.random(in: 0..<9, using: &random))"]
    sets.shuffle(using: &random)
    // Several columns at once.
    if Bool.random(using: &random) {
      sets.removeAll { $0.hasPrefix("c ") || $0.hasPrefix("d ") }
      sets.append("(c, d) = (\(value(&random)), \(value(&random)))")
      sets.shuffle(using: &random)
    }
    let count = Int.random(in: 1...sets.count, using: &random)
    for (index, set) in sets.prefix(count).enumerated() { patch.append((set, "p\(index)")) }
    for set in sets.dropFirst(count) {
      switch Int.random(in: 0..<3, using: &random) {
      case 0: before.append(set)
      case 1: behind.append(set)
      default: break
      }
    }
    condition =
      ["", " WHERE id < 4", " WHERE (id, 1) IN (SELECT item, 1 FROM log) OR id = 1"].randomElement(using: &random) ?? ""
    separator = [", ", ",\n  ", " ,"].randomElement(using: &random) ?? ", "
  }

  var count: Int { patch.count }
  var hasCompany: Bool { !before.isEmpty || !behind.isEmpty }

  var macros: String {
    let inner = patch.map { "\($0.text) AS \($0.name)" }.joined(separator: separator)
    return statement(before + ["sqlc.patch(\(inner))"] + behind)
  }

  func reference(_ choice: UInt64) -> String {
    statement(before + patch.indices.filter { choice & (1 << UInt64($0)) != 0 }.map { patch[$0].text } + behind)
  }

  private func statement(_ sets: [String]) -> String {
    "UPDATE items SET \(sets.joined(separator: separator))\(condition)\nRETURNING *"
  }
}

/// Every row of a statement that may write, as text.
private struct WrittenRows: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(name: "Rows", sql: "SELECT 1", isReadOnly: false)
  var sql: String
  var chosenStatement: StatementDefinition { StatementDefinition(name: "Rows", sql: sql, isReadOnly: false) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String {
    var text = ""
    for index in 0..<Int32(row.count) { text += "\(try row.decode(index, as: SQLiteValue.self)) " }
    return text
  }
}

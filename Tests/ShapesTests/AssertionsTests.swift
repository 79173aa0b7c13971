// The reference project `assertions`, run: the author's word is held against what is decoded and attacked by `exercise`.

import AssertionsReference
import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct AssertionsTests {
  @Test func theDecoderHoldsTheAuthorToIt() async throws {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("assertions/schema.sql"), encoding: .utf8))
    let queries = Queries(database)
    let none = await #expect(throws: DatabaseError.self) { try await queries.latestPayment() }
    #expect(none?.kind == .decoding && none?.query == "LatestPayment" && none?.column == "latest")
    let ada = try await queries.createUser(name: "Ada", email: nil)
    let date = Date(timeIntervalSince1970: 1_000)
    let first = try await queries.createOrder(userID: ada, total: 2, paidAt: date, state: .paid)
    #expect(try await queries.latestPayment() == date)
    let paid = try await queries.listPaid()
    #expect(paid.map(\.u.name) == ["Ada"] && paid.map(\.paidAt) == [date])
    #expect(try await queries.totals().map(\.total) == [2])
    let row = try #require(try await queries.payOrder(total: 3, id: first))
    #expect(row.paidAt == date && row.total == 3)
    let open = try await queries.createOrder(userID: nil, total: 1, paidAt: nil, state: .open)
    let unpaid = await #expect(throws: DatabaseError.self) { try await queries.payOrder(total: 1, id: open) }
    #expect(unpaid?.kind == .decoding && unpaid?.query == "PayOrder" && unpaid?.column == "paid_at")
    let absent = await #expect(throws: DatabaseError.self) { try await queries.listPaid() }
    #expect(absent?.kind == .decoding && absent?.query == "ListPaid")
    await database.close()
  }

  /// What the schema admits breaks the assertions: a warning each, and no wrong claim.
  @Test func exerciseAttacksIt() throws {
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(workingDirectory: reference("assertions").path)),
      effort: ExerciseEffort(rounds: 1))
    #expect(outcome.exit == .success)
    #expect(outcome.standardOutput.contains("0 wrong claims"))
    for column in [
      "'paid_at' of 'ListPaid'", "'u' of 'ListPaid'", "'latest' of 'LatestPayment'", "'paid_at' of 'PayOrder'",
    ] {
      #expect(outcome.standardError.contains("warning: \(column) is NULL"), "\(outcome.standardError)")
    }
    #expect(outcome.standardError.contains("exercise/broken-assertion"))
  }

  static let schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, n INTEGER);"

  static let misuses: [(String, [String])] = [
    ("SELECT id, sqlc.notnull(b) FROM t;", []),
    ("SELECT id, SQLC.NotNull ( b ) AS c FROM t;", []),
    ("SELECT DISTINCT sqlc.notnull(b || 'x') c, id FROM t;", []),
    ("SELECT id, sqlc.nullable(a) FROM t;", []),
    ("SELECT id, sqlc.notnull((SELECT max(n) FROM t)) AS most FROM t;", []),
    ("WITH c AS (SELECT id, b FROM t) SELECT id, sqlc.notnull(b) FROM c;", []),
    ("SELECT id, sqlc.notnull(b) FROM t UNION SELECT id, b FROM t;", []),
    // What is so anyway.
    ("SELECT id, sqlc.notnull(a) FROM t;", ["queryfile/proven-assertion"]),
    ("SELECT id, sqlc.nullable(b) FROM t;", ["queryfile/proven-assertion"]),
    ("SELECT id, sqlc.notnull(b) FROM t WHERE b IS NOT NULL;", ["queryfile/proven-assertion"]),
    // Not a whole result column.
    ("SELECT id, sqlc.notnull(b) || 'x' AS c FROM t;", ["queryfile/misplaced-assertion"]),
    ("SELECT id, sqlc.notnull(b) IS 1 AS c FROM t;", ["queryfile/misplaced-assertion"]),
    ("SELECT id, upper(sqlc.notnull(b)) AS c FROM t;", ["queryfile/misplaced-assertion"]),
    ("SELECT id, coalesce(a, sqlc.notnull(b)) AS c FROM t;", ["queryfile/misplaced-assertion"]),
    ("SELECT id FROM t WHERE sqlc.notnull(b) = 'x';", ["queryfile/misplaced-assertion"]),
    ("SELECT id FROM t ORDER BY id, sqlc.notnull(b);", ["queryfile/misplaced-assertion"]),
    ("SELECT id, (SELECT sqlc.notnull(b)) AS c FROM t;", ["queryfile/misplaced-assertion"]),
    ("WITH c AS (SELECT id, sqlc.notnull(b) FROM t) SELECT * FROM c;", ["queryfile/misplaced-assertion"]),
    ("SELECT id, b FROM t UNION SELECT id, sqlc.notnull(b) FROM t;", ["queryfile/misplaced-assertion"]),
    // Not written so.
    ("SELECT id, sqlc.notnull() FROM t;", ["queryfile/malformed-assertion"]),
    ("SELECT id, sqlc.notnull(a, b) FROM t;", ["queryfile/malformed-assertion"]),
    ("SELECT id, sqlc.notnull(sqlc.nullable(b)) FROM t;", ["queryfile/malformed-assertion"]),
    ("SELECT id, sqlc.notnull(b FROM t;", ["queryfile/malformed-assertion"]),
    // In words it is no macro.
    ("SELECT id, 'sqlc.notnull(b)' AS c FROM t; -- sqlc.notnull(b)", []),
  ]

  @Test(arguments: misuses) func isSaidWhereItStands(sql: String, expected: [String]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-assertions-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings =
      "version: '2'\nsql: [{engine: sqlite, schema: schema.sql, queries: query.sql, gen: {swift: {out: Generated}}}]\n"
    for (name, text) in [
      ("schema.sql", Self.schema), ("query.sql", "-- name: Q :many\n\(sql)\n"), ("sqlc-swift.yaml", settings),
    ] {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let outcome = try generate(CommandContext(location: ProjectLocation(workingDirectory: folder.path)))
    let found = outcome.standardError.split(separator: "\n").compactMap { line in
      line.firstRange(of: "= help: ").map { String(line[$0.upperBound...]) }
    }
    #expect(found == expected, "\(outcome.standardError)")
  }

  /// What is said of results is no part of the SQL: random queries with and without are the same statement, and differ in
  /// nothing but what may be NULL.
  @Test(arguments: 0..<60) func theStatementIsTheSame(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &* 17 &+ 5)
    let expressions = [
      "a", "b", "n", "max(n, 1)", "b || a", "(n)", "CASE WHEN n > 1 THEN b END", "t.b", "nullif(a, 'x')",
    ]
    var plain: [String] = []
    var asserted: [String] = []
    var places: Set<Int> = []
    for place in 0..<Int.random(in: 1...5, using: &random) {
      let expression = expressions.randomElement(using: &random) ?? "a"
      let alias = Bool.random(using: &random) ? " AS c\(place)" : " c\(place)"
      plain.append(expression + alias)
      let isAsserted = Bool.random(using: &random)
      if isAsserted { places.insert(place) }
      let claim = Bool.random(using: &random) ? "notnull" : "nullable"
      asserted.append(isAsserted ? "sqlc.\(claim)(\(expression))\(alias)" : expression + alias)
    }
    let schema = try SQLiteEngine().load([SourceFile(path: "s.sql", text: Self.schema)])
    func query(_ columns: [String]) throws -> (AnnotatedQuery, QueryModel) {
      let text = "-- name: Q :many\nSELECT \(columns.joined(separator: ", ")) FROM t WHERE id > @after;\n"
      let query = try #require(splitQueries(of: SourceFile(path: "q.sql", text: text), rules: .sqlite).value.first)
      return (query, try #require(try schema.value.analyze(query).value))
    }
    func words(_ model: QueryModel) -> [Substring] {
      model.sql.reduce(into: "") { text, segment in
        if case .text(let part) = segment { text += part } else { text += "?" }
      }.split(whereSeparator: \.isWhitespace)
    }
    let (_, expected) = try query(plain)
    let (annotated, found) = try query(asserted)
    #expect(annotated.assertions.count == places.count)
    #expect(words(found).joined() == words(expected).joined())
    #expect(found.results.count == expected.results.count)
    for (one, other) in zip(found.results, expected.results) {
      guard case .column(let one) = one, case .column(let other) = other else { continue }
      #expect(
        one.name == other.name && one.type == other.type && one.nullability.isOptional == other.nullability.isOptional)
    }
  }
}

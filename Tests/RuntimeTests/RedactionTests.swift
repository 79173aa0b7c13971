// Nothing of what parameters and rows say is in an error, unless its `sensitiveDetail` is asked; instruments never have it.

import Foundation
import Synchronization
import Testing

@testable import SQLCRuntime

/// Keeps every word that instruments get.
nonisolated private final class Words: DatabaseInstrument {
  let all = Mutex<[String]>([])
  func statementBegan(_ run: StatementRun) { all.withLock { $0.append("\(run)") } }
  func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
    var dumped = ""
    dump(end, to: &dumped)
    all.withLock { $0 += ["\(run) \(end)", dumped, end.error?.sensitiveDetail ?? ""] }
  }
  func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
    var dumped = ""
    dump(end, to: &dumped)
    all.withLock { $0 += ["\(end)", dumped] }
  }
}

nonisolated private struct Refused: Error, CustomStringConvertible {
  var description: String
}

nonisolated private struct OneValue<Row: SQLiteDecodable & Hashable>: ManyQuery {
  static var statement: StatementDefinition { Current.definition }
  var value: SQLiteValue
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(value, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Row { try row.decode(0) }
}

nonisolated private enum Current {
  @TaskLocal static var definition = StatementDefinition(name: "", sql: "SELECT 1", isReadOnly: true)
}

/// Whether the parameter 4711 is named. Digits beside it are another number: times are told, and 0.091784711 s may be one.
nonisolated private func saysNumber(_ text: String) -> Bool {
  text.ranges(of: "4711").contains { range in
    let before = text[..<range.lowerBound].last
    let after = text[range.upperBound...].first
    return before?.isNumber != true && before != "." && after?.isNumber != true
  }
}

nonisolated private enum Mood: String, SQLiteRawRepresentable { case calm }
nonisolated private enum Level: Int64, SQLiteRawRepresentable { case low }

@Suite struct RedactionTests {
  private static let schema = """
    CREATE VIRTUAL TABLE docs USING fts5 (x); INSERT INTO docs VALUES ('a b');
    CREATE VIRTUAL TABLE old USING fts4 (x); INSERT INTO old VALUES ('a b');
    CREATE TABLE kept (value); INSERT INTO kept VALUES ('sec"ret 4711'), ('$[secret'), ('{secret'), ('secret(');
    CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT CHECK (length(b) < 99)) STRICT;
    CREATE TRIGGER refuse BEFORE DELETE ON kept BEGIN SELECT RAISE(ABORT, 'rows stay'); END;
    """

  /// The words that instruments got, and the error.
  private func failure<Row: SQLiteDecodable & Hashable>(
    _ sql: String, _ value: SQLiteValue, reading: Row.Type = SQLiteValue.self
  ) async throws -> (error: DatabaseError?, told: [String]) {
    let words = Words()
    var configuration = Configuration()
    configuration.instruments = [words]
    configuration.functions = [
      .scalar("picky") { (text: String) throws -> Int64 in throw Refused(description: "not \(text)") }
    ]
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute(Self.schema)
    words.all.withLock { $0 = [] }
    let definition = StatementDefinition(name: "Probing", sql: sql, parameters: 1, isReadOnly: false)
    var found: DatabaseError?
    do {
      _ = try await Current.$definition.withValue(definition) {
        try await database.transaction { tx in try tx.run(OneValue<Row>(value: value)) }
      }
    } catch {
      found = error as? DatabaseError
    }
    await database.close()
    return (found, words.all.withLock { $0 })
  }

  @Test(arguments: [
    ("SELECT x FROM docs WHERE docs MATCH ?1", "\"sec ret 4711"),
    ("SELECT x FROM docs WHERE docs MATCH ?1", "secret : x"),
    ("SELECT x FROM docs WHERE docs MATCH ?1", "secret-4711"),
    ("SELECT x FROM docs WHERE docs MATCH ?1", "x AND AND secret"),
    ("SELECT x FROM docs WHERE docs MATCH ?1", "secret(("), ("SELECT x FROM docs(?1)", "4711^secret"),
    ("SELECT x FROM docs WHERE docs MATCH 'a' AND rank MATCH ?1", "secret"),
    ("SELECT x FROM docs WHERE docs MATCH 'a' AND rank MATCH ?1 ORDER BY rank", "secret(4711"),
    ("SELECT x FROM docs WHERE docs MATCH 'a' AND rank MATCH ?1 ORDER BY rank", "secret4711(1)"),
    ("INSERT INTO docs (docs) VALUES (?1)", "secret"), ("INSERT INTO docs (docs, rank) VALUES (?1, 4711)", "secret"),
    ("INSERT INTO docs (docs, rank) VALUES ('rank', ?1)", "secret("),
    ("INSERT INTO docs (docs, rank) VALUES ('automerge', ?1)", "secret"),
    ("SELECT x FROM old WHERE old MATCH ?1", "\"secret 4711"), ("SELECT x FROM old WHERE old MATCH ?1", "(secret"),
    ("SELECT matchinfo(old, ?1) FROM old WHERE old MATCH 'a'", "Zsecret"),
    ("INSERT INTO old (old) VALUES (?1)", "secret"), ("SELECT json_extract('{}', ?1)", "secret"),
    ("SELECT json_extract('{}', ?1)", "$[secret"), ("SELECT json_set('{}', ?1, 1)", "$.a[secret"),
    ("SELECT json(?1)", "{secret"), ("SELECT * FROM json_each('{}', ?1)", "secret"), ("SELECT picky(?1)", "secret"),
    ("SELECT 1 WHERE 'a' LIKE 'b' ESCAPE ?1", "secret"), ("SELECT fts3_tokenizer(?1)", "secret"),
    ("INSERT INTO t (a) VALUES (?1)", "secret"),
    ("INSERT INTO t (b) VALUES (substr(?1 || zeroblob(200), 1, 150))", "secret"),
    ("SELECT json_extract('{}', value) FROM kept WHERE ?1 <> ''", "x"),
    ("SELECT json(value) FROM kept WHERE ?1 <> ''", "x"),
    ("SELECT (SELECT x FROM docs WHERE docs MATCH kept.value) FROM kept WHERE ?1 <> ''", "x"),
    ("SELECT (SELECT x FROM docs WHERE docs MATCH upper(?1))", "\"secret"),
    ("ATTACH ?1 AS other", "/nowhere/secret/4711"),
    ("SELECT abs(-9223372036854775808), ?1", "secret"), ("DELETE FROM kept WHERE ?1 <> ''", "secret"),
  ])
  func parametersAreInNoError(sql: String, value: String) async throws {
    let (error, told) = try await failure(sql, .text(value))
    // Some of these are no error in this version of SQLite.
    guard let error else { return }
    var dumped = ""
    dump(error, to: &dumped)
    var shown = told + ["\(error)", error.message, String(reflecting: error), dumped, "\(error.constraint as Any)"]
    if sql.contains("picky") {
      // The words of the application's own function are for who calls it.
      #expect(error.message == "picky: not secret")
      shown = told
    }
    for text in shown {
      #expect(
        !text.localizedCaseInsensitiveContains("secret") && !text.contains("/nowhere"), "\(sql) \(value): \(text)")
      #expect(sql.contains("4711") || !saysNumber(text), "\(sql) \(value): \(text)")
    }
    #expect(error.message.isEmpty == false)
    #expect(error.query == "Probing")
  }

  /// `foo-bar` in the text of MATCH looks to SQLite like a column; the schema is not to blame.
  @Test(arguments: ["foo-bar", "secret : x", "foo-bar baz"]) func wordsThatLookLikeColumns(_ text: String) async throws
  {
    let error = try await failure("SELECT x FROM docs WHERE docs MATCH ?1", .text(text)).error
    #expect(error?.message == "no such column: …")
    #expect(error?.suggestion?.contains("words stand in double quotes") == true)
    #expect(error?.suggestion?.contains("verifySchema") == false)
  }

  @Test func theDetailIsThereForWhoAsks() async throws {
    let error = try await failure("SELECT x FROM docs WHERE docs MATCH ?1", "secret : x").error
    #expect(error?.message == "no such column: …")
    #expect(error?.sensitiveDetail == "no such column: secret")
    let rank = try await failure("INSERT INTO docs (docs, rank) VALUES ('rank', ?1)", "secret(").error
    #expect(rank?.sensitiveDetail != rank?.message)
    let raised = try await failure("DELETE FROM kept WHERE ?1 <> ''", "x").error
    #expect(raised?.constraint?.name == "rows stay")
    #expect(raised?.sensitiveDetail == nil)
  }

  @Test func storedValuesThatDoNotFit() async throws {
    for (error, told) in [
      try await failure("SELECT ?1", "secret", reading: Mood.self),
      try await failure("SELECT ?1", 4711, reading: Level.self),
      try await failure("SELECT ?1", 4711, reading: Int8.self),
      try await failure("SELECT ?1", 4711, reading: Bool.self),
      try await failure("SELECT ?1", 4.711e300, reading: Float.self),
      try await failure("SELECT ?1", "secret", reading: UUID.self),
      try await failure("SELECT ?1", "secret", reading: Date.self),
      try await failure("SELECT ?1", "secret", reading: SQLiteDay.self),
      try await failure("SELECT ?1", "secret", reading: SQLiteDecimal.self),
    ] {
      let error = try #require(error)
      #expect(error.kind == .decoding)
      for text in told + ["\(error)", String(reflecting: error)] {
        #expect(!text.contains("secret") && !saysNumber(text) && !text.contains("4.711"), "\(text)")
      }
    }
    let mood = try await failure("SELECT ?1", "secret", reading: Mood.self).error
    #expect(mood?.message == "the value is no Mood")
    #expect(mood?.sensitiveDetail == "secret")
  }

  nonisolated private struct Settings: Codable, Sendable, Hashable {
    enum Color: String, Codable { case red }
    var color: Color
    var since: [String: Int]
  }

  @Test(arguments: [
    #"{"color": "secret", "since": {}}"#, #"{"color": "red", "since": {"secret": "x"}}"#,
    #"{"color": "red", "since": {"secret": 1e400}}"#, #"{"secret"#, #"{"color": 4711}"#, #""secret""#,
  ])
  func jsonThatDoesNotFit(text: String) throws {
    let literal = "'\(text)'"
    let error = #expect(throws: DatabaseError.self) {
      try read("SELECT \(literal) AS doc", with: JSONCodec<Settings>.self)
    }
    #expect(error?.description.contains("secret") == false && error?.description.contains("4711") == false, "\(error!)")
    #expect(error?.sensitiveDetail?.contains(text) == true)
  }

  @Test func scriptsAreToldToWhoRunsThemAlone() async throws {
    let words = Words()
    var configuration = Configuration()
    configuration.instruments = [words]
    let database = try await Database.inMemory(configuration: configuration)
    for script in [
      "SELECT secret", "INSERT INTO secret VALUES (4711)", "SELECT 'secret", "SELECT json_extract('{}', 'secret')",
    ] {
      let error = await #expect(throws: DatabaseError.self) { try await database.execute(script) }
      #expect(error?.message.contains("secret") == true, "\(error!)")
      await #expect(throws: DatabaseError.self) { try await database.transaction { tx in try tx.execute(script) } }
    }
    #expect(words.all.withLock { $0 }.allSatisfy { !$0.contains("secret") && !saysNumber($0) })
    await database.close()
  }

  @Test func literalsOfTriggersAreKnown() throws {
    let core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open()
    try core.execute(
      """
      CREATE TABLE t (x);
      CREATE TRIGGER one BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'it''s full'); END;
      CREATE TEMP TRIGGER two BEFORE INSERT ON t BEGIN SELECT RAISE(FAIL, 'no more'); END;
      """)
    #expect(isRaised("it's full", in: core.database))
    #expect(isRaised("no more", in: core.database))
    #expect(!isRaised("full", in: core.database))
    #expect(!isRaised("secret", in: core.database))
  }
}

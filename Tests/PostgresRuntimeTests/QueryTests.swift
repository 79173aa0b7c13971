import Foundation
import SQLCPostgres
import Testing

nonisolated private struct Insert: BulkQuery {
  var number: Int64
  var text: String?
  static let insertion = BulkInsertion(
    name: "Insert", table: ["bulk_rows"], columns: ["number", "text"], parameterTypes: [20, 25], writes: ["bulk_rows"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(number, at: 1)
    try statement.bind(text, at: 2)
  }
}

nonisolated private struct InsertAnyhow: BulkQuery {
  var number: Int64
  static let insertion = BulkInsertion(
    name: "InsertAnyhow",
    sql: "INSERT INTO bulk_anyhow (number) SELECT v FROM unnest($1) AS r(v) ON CONFLICT DO NOTHING",
    parameterTypes: [20], writes: ["bulk_anyhow"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

nonisolated private struct InsertTags: BulkQuery {
  var tags: [String]
  static let insertion = BulkInsertion(
    name: "InsertTags", table: ["bulk_tags"], columns: ["tags"], parameterTypes: [1009], writes: ["bulk_tags"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(tags, at: 1) }
}

nonisolated private struct Untyped: ExactlyOneQuery {
  typealias Row = String?
  var text: String?
  static let statement = StatementDefinition(name: "Untyped", sql: "SELECT $1::text", isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(text, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String? { try row.decode(0) }
}

nonisolated private struct InsertWords: BulkQuery {
  var words: PostgresTextSearchVector
  static let insertion = BulkInsertion(
    name: "InsertWords", table: ["bulk_words"], columns: ["words"], parameterTypes: [3614])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(words, at: 1) }
}

extension PostgresRuntimeTests {
  @Suite("Queries")
  struct QueryTests {
    private func count(_ database: Database, _ table: String) async throws -> Int64 {
      try await database.run(Value<Int64>("SELECT count(*) FROM \(table)"))
    }

    @Test(
      "Rows come once each, in order, in both ways of preparing",
      arguments: [Configuration.PreparedStatements.named, .unnamed])
    func rows(_ preparation: Configuration.PreparedStatements) async throws {
      let database = try await Server.open { $0.preparedStatements = preparation }
      for count in [0, 1, 2, 255, 256, 257, 10_000] as [Int64] {
        let rows = try await database.run(Series(count: count))
        #expect(rows.map(\.number) == Array(1..<(count + 1)))
        #expect(rows.last?.text == (count == 0 ? nil : "row \(count)"))
      }
      #expect(try await database.run(Untyped(text: nil)) == nil)
      #expect(try await database.run(Untyped(text: "x")) == "x")
      #expect(try await database.run(Untyped(text: nil)) == nil)
      await database.close()
    }

    @Test("The server's refusal has its code, its place and the constraint, and no value in its description")
    func errors() async throws {
      let database = try await Server.open()
      let table = unique("people")
      try await database.execute(
        "CREATE TABLE \(table) (email text CONSTRAINT one_each UNIQUE, age int4 NOT NULL CHECK (age > 0))")
      func failure(_ sql: String) async -> DatabaseError? {
        await #expect(throws: DatabaseError.self) { try await database.run(Value<Int32>(sql)) }
      }
      try await database.execute("INSERT INTO \(table) VALUES ('secret@example.com', 1)")
      let taken = await failure("INSERT INTO \(table) VALUES ('secret@' || 'example.com', 1) RETURNING age")
      #expect(taken?.sqlState == .uniqueViolation)
      #expect(taken?.constraint?.name == "one_each")
      #expect(taken?.constraint?.columns == ["\(table).email"])
      #expect(taken?.detail?.contains("secret@example.com") == true)
      #expect(taken.map { "\($0)".contains("secret") || String(reflecting: $0).contains("secret") } == false)
      let null = await failure("INSERT INTO \(table) (email) VALUES ('x') RETURNING age")
      #expect(null?.constraint?.kind == .notNull)
      #expect(null?.constraint?.columnNames == ["age"])
      #expect(await failure("INSERT INTO \(table) VALUES ('y', 0) RETURNING age")?.constraint?.kind == .check)
      let place = await failure("SELECT 1::int4\n  + nothing")
      #expect(place?.position?.description == "2:5")
      let value = await failure("SELECT ('sec' || 'ret')::int4")
      #expect(value?.message == "invalid input syntax for type integer: \"…\"")
      #expect(value?.sensitiveDetail?.contains("secret") == true)
      // The connection works on.
      #expect(try await database.run(Number(number: 1)) == 1)
      await database.close()
    }

    @Test("Many rows by COPY: all or none")
    func copy() async throws {
      let database = try await Server.open()
      try await database.execute(
        "DROP TABLE IF EXISTS bulk_rows; CREATE TABLE bulk_rows (number int8 PRIMARY KEY, text text)")
      let rows = (0..<20_000).map { Insert(number: $0, text: $0 % 3 == 0 ? nil : "text \($0)") }
      #expect(try await database.insert(contentsOf: rows) == 20_000)
      #expect(try await count(database, "bulk_rows WHERE text IS NULL") == 6667)
      #expect(try await database.insert(contentsOf: [Insert]()) == 0)
      let twice = await #expect(throws: DatabaseError.self) {
        try await database.insert(contentsOf: [Insert(number: 50_000, text: ""), Insert(number: 7, text: "")])
      }
      #expect(twice?.sqlState == .uniqueViolation)
      let unfit = await #expect(throws: DatabaseError.self) {
        try await database.insert(
          contentsOf: (0..<5000).map { Insert(number: 60_000 + $0, text: $0 == 4999 ? "\u{0}" : "") })
      }
      #expect(unfit?.kind == .encoding)
      #expect(try await count(database, "bulk_rows") == 20_000)
      #expect(try await database.run(Insert(number: -1, text: nil)) == 1)
      let inside = try await database.transaction { tx in
        let count = try await tx.insert(contentsOf: (0..<10).map { Insert(number: 100_000 + $0, text: nil) })
        return count
      }
      #expect(inside == 10)
      await database.close()
    }

    @Test("Where COPY cannot, arrays; where arrays cannot, one flight")
    func withoutCopy() async throws {
      let database = try await Server.open()
      try await database.execute(
        """
        DROP TABLE IF EXISTS bulk_anyhow, bulk_tags; CREATE TABLE bulk_anyhow (number int8 PRIMARY KEY);
        CREATE TABLE bulk_tags (tags text[]);
        DROP TABLE IF EXISTS bulk_rows_secured; CREATE TABLE bulk_rows_secured (number int8, text text)
        """)
      let rows = (0..<2500).map { InsertAnyhow(number: $0 / 2) }
      #expect(try await database.insert(contentsOf: rows) == 1250)
      #expect(try await database.run(InsertAnyhow(number: 1)) == 0)
      #expect(try await database.run(InsertAnyhow(number: 5000)) == 1)
      #expect(try await database.insert(contentsOf: (0..<300).map { InsertTags(tags: ["a", "\($0)"]) }) == 300)
      #expect(try await count(database, "bulk_tags WHERE tags[1] = 'a'") == 300)
      // A type whose text is sent: one flight.
      try await database.execute("DROP TABLE IF EXISTS bulk_words; CREATE TABLE bulk_words (words tsvector)")
      let words = (0..<300).map { InsertWords(words: PostgresTextSearchVector("'a':\($0 + 1)")) }
      #expect(try await database.insert(contentsOf: words) == 300)
      #expect(try await count(database, "bulk_words WHERE words @@ 'a'") == 300)
      await database.close()
    }

    @Test("A batch is one flight: all or none, whoever finds the fault")
    func batches() async throws {
      let database = try await Server.open()
      let table = unique("batch")
      try await database.execute("CREATE TABLE \(table) (number int8 PRIMARY KEY)")
      let sql = "INSERT INTO \(table) VALUES ($1)"
      let statement = StatementDefinition(name: "Put", sql: sql, parameterTypes: [20], isReadOnly: false)
      func puts(_ numbers: some Sequence<Int64>) -> [Put] {
        numbers.map { Put(number: $0, chosenStatement: statement) }
      }
      #expect(try await database.run(each: puts(0..<1000)).count == 1000)
      let taken = await #expect(throws: DatabaseError.self) {
        try await database.run(each: puts([2000, 2001, 5, 2002]))
      }
      #expect(taken?.sqlState == .uniqueViolation)
      let late = await #expect(throws: DatabaseError.self) {
        try await database.run(each: puts((3000..<4000).map { $0 == 3900 ? 5 : $0 }))
      }
      #expect(late?.sqlState == .uniqueViolation)
      // The fault is found here, when most of it has been sent.
      let unfit = await #expect(throws: DatabaseError.self) {
        try await database.run(each: puts((5000..<6000).map { $0 == 5900 ? Put.unfit : $0 }))
      }
      #expect(unfit?.kind == .encoding)
      #expect(try await count(database, table) == 1000)
      #expect(try await database.run(each: (0..<2000).map { Number(number: $0) }) == Array(0..<2000))
      await database.close()
    }

    @Test("Different queries in one flight")
    func together() async throws {
      let database = try await Server.open()
      let table = unique("together")
      try await database.execute("CREATE TABLE \(table) (number int8 PRIMARY KEY)")
      let statement = StatementDefinition(
        name: "Put", sql: "INSERT INTO \(table) VALUES ($1)", parameterTypes: [20], isReadOnly: false)
      let (changed, rows, number) = try await database.run(
        together: Put(number: 1, chosenStatement: statement), Series(count: 3), Number(number: 7))
      #expect(changed == 1)
      #expect(rows.map(\.number) == [1, 2, 3])
      #expect(number == 7)
      await #expect(throws: DatabaseError.self) {
        try await database.run(
          together: Put(number: 2, chosenStatement: statement), Put(number: 1, chosenStatement: statement))
      }
      #expect(try await count(database, table) == 1)
      // In a transaction, beside others; and a single one.
      let inside = try await database.transaction { tx in
        _ = try await tx.run(together: Put(number: 2, chosenStatement: statement))
        return try await tx.run(
          together: Put(number: 3, chosenStatement: statement), Value<Int64>("SELECT count(*) FROM \(table)"))
      }
      #expect(inside.0 == 1 && inside.1 == 3)
      let failed = await #expect(throws: DatabaseError.self) {
        try await database.transaction { tx in
          _ = try await tx.run(together: Put(number: 4, chosenStatement: statement), Value<Int64>("SELECT 1 / 0"))
        }
      }
      #expect(failed?.sqlState == "22012")
      #expect(try await count(database, table) == 3)
      await database.close()
    }

    @Test("A prepared statement whose result has changed is prepared again")
    func stalePlan() async throws {
      let database = try await Server.open { $0.connections = 1...1 }
      let table = unique("changing")
      try await database.execute("CREATE TABLE \(table) (a int4); INSERT INTO \(table) VALUES (1)")
      let query = Value<Int64>("SELECT a FROM \(table)")
      await #expect(throws: DatabaseError.self) { try await database.run(query) }
      try await database.execute("ALTER TABLE \(table) ALTER a TYPE int8")
      #expect(try await database.run(query) == 1)
      let whole = Value<String>("SELECT a::text || b FROM (SELECT *, 'b' AS b FROM \(table)) AS t")
      let both = Value<Int64>("SELECT a FROM \(table)")
      let (number, text) = try await database.run(together: both, whole)
      #expect(number == 1 && text == "1b")
      try await database.execute("ALTER TABLE \(table) ALTER a TYPE int4; ALTER TABLE \(table) ALTER a TYPE int8")
      let (again, same) = try await database.run(together: both, whole)
      #expect(again == 1 && same == "1b")
      #expect(try await database.run(query) == 1)
      await database.close()
    }
  }
}

nonisolated private struct Put: ExecRowsQuery {
  /// Refused when it is bound.
  static let unfit: Int64 = .min
  var number: Int64
  let chosenStatement: StatementDefinition
  static var statement: StatementDefinition { StatementDefinition(name: "Put", sql: "", isReadOnly: false) }
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    if number == Self.unfit { try statement.bind("\u{0}", at: 1) }
    try statement.bind(number, at: 1)
  }
  static func == (a: Self, b: Self) -> Bool { a.number == b.number }
  func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

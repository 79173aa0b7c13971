// Values at the edges, through a file and back: what is read is what was written, or an error says why not; and the
// connection is as good as before.

import CSQLite
import DurabilityLedger
import Foundation
import SQLCRuntime
import Testing

private struct Put<Value: SQLiteEncodable & Hashable>: ExecQuery {
  var value: Value
  static var statement: StatementDefinition { putStatement }
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(value, at: 1) }
}
private let putStatement = StatementDefinition(
  name: "Put", sql: "INSERT INTO kept (value) VALUES (?1)", parameters: 1, isReadOnly: false, writes: ["kept"])

private struct GetLast<Value: SQLiteDecodable>: ExactlyOneQuery {
  typealias Row = Value
  static var statement: StatementDefinition { getStatement }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Value { try row.decode(0) }
  static func == (_: Self, _: Self) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}
private let getStatement = StatementDefinition(
  name: "GetLast", sql: "SELECT value FROM kept ORDER BY id DESC LIMIT 1", isReadOnly: true, reads: ["kept"])

private struct AllKept: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "AllKept", sql: "SELECT value FROM kept ORDER BY id", isReadOnly: true, reads: ["kept"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

/// Written and read back twice: the second time by a statement that is kept, on the caller's thread where that is allowed.
private func comesBack<Value: SQLiteEncodable & SQLiteDecodable & Hashable>(
  _ values: [Value], _ database: Database, by same: (Value, Value) -> Bool = { $0 == $1 }
) async throws {
  for value in values {
    for _ in 0..<2 {
      try await database.run(Put(value: value))
      let back = try await database.run(GetLast<Value>())
      #expect(same(back, value), "\(String(reflecting: value).prefix(60))")
    }
  }
}

@Suite struct ValueTests {
  private func withKept(_ configuration: Configuration = .init(), _ body: (Database) async throws -> Void) async throws
  {
    try await withFolder { folder in
      let database = try await Database.open(folder.appending(path: "kept.db").path, configuration: configuration)
      try await database.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, value BLOB)")
      try await body(database)
      await database.close()
    }
  }

  @Test func whatComesBack() async throws {
    try await withKept { database in
      try await comesBack(
        [0, 1, -1, .max, .min, .max - 1, .min + 1, 1 << 31, -(1 << 31), 1 << 53, (1 << 53) + 1] as [Int64], database)
      try await comesBack(
        [
          0, 1.5, -1.5, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
          .leastNonzeroMagnitude, .leastNormalMagnitude, .ulpOfOne, 0.1, 1e300, 9_007_199_254_740_992,
        ] as [Double], database)
      // SQLite, datatype3.html §2: a real without a fraction is stored as an integer, which has no sign of zero.
      try await comesBack([-0.0], database)
      try await comesBack([.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.1] as [Float], database)
      try await comesBack(
        [
          "", "a", "\0", "a\0b\0", "'; DROP TABLE kept; --", "\u{FEFF}bom", "\u{10FFFF}", "e\u{301}", "🧑‍🚀",
          String(repeating: "\0", count: 3000), String(repeating: "ü", count: 70_000),
        ], database
      ) { $0.utf8.elementsEqual($1.utf8) }
      try await comesBack(
        [
          [], [0], [0, 0, 0], [255], [UInt8](repeating: 7, count: 128), [UInt8](repeating: 8, count: 129),
          [UInt8](repeating: 9, count: 8_000_000),
        ] as [[UInt8]], database)
      try await comesBack([nil, [], [0]] as [[UInt8]?], database)
      try await comesBack([nil, ""] as [String?], database)
      try await comesBack([true, false], database)
    }
  }

  @Test func whatIsRefused() async throws {
    try await withKept { database in
      func refuses<Value: SQLiteEncodable & Hashable>(_ value: Value) async {
        let error = await databaseError { try await database.run(Put(value: value)) }
        #expect(error?.kind == .encoding && error?.query == "Put", "\(value): \(String(describing: error))")
      }
      await refuses(Double.nan)
      await refuses(-Double.nan)
      await refuses(Double.signalingNaN)
      await refuses(Float.nan)
      await refuses(UInt64.max)
      await refuses(UInt(Int64.max) + 1)
      try await comesBack([1] as [Int64], database)
    }
  }

  /// What SQL can store and Swift cannot hold.
  @Test(arguments: [
    "CAST(x'80' AS TEXT)", "CAST(x'6100ff' AS TEXT)", "CAST(x'c0af' AS TEXT)", "CAST(x'eda080' AS TEXT)",
    "CAST(x'f4908080' AS TEXT)", "x'00'", "1", "NULL",
  ])
  func whatIsNoText(sql: String) async throws {
    try await withKept { database in
      try await database.run(Put(value: "before"))
      try await database.execute("INSERT INTO kept (value) VALUES (\(sql))")
      for _ in 0..<3 {
        let error = await databaseError { try await database.run(GetLast<String>()) }
        #expect(error?.kind == .decoding && error?.column == "value")
        let streamed = await databaseError { for try await _ in database.stream(GetLast<String>()) {} }
        #expect(streamed?.kind == .decoding)
      }
      try await database.execute("DELETE FROM kept WHERE id = 2")
      #expect(try await database.run(GetLast<String>()) == "before")
    }
  }

  /// A stream gives the rows before the one that cannot be read, then the error, then nothing.
  @Test(arguments: [0, 1, 255, 256, 257, 700]) func rowsBeforeAnError(count: Int) async throws {
    try await withKept { database in
      try await database.executeBatch((0..<count).map { Put(value: "row \($0)") })
      try await database.execute("INSERT INTO kept (value) VALUES (x'00'), ('after')")
      var iterator = database.stream(AllKept()).makeAsyncIterator()
      var rows: [String] = []
      let error = await databaseError { while let row = try await iterator.next() { rows.append(row) } }
      #expect(rows == (0..<count).map { "row \($0)" })
      #expect(error?.kind == .decoding)
      #expect(try await iterator.next() == nil)
    }
  }

  /// Longer than SQLite takes (limits.html §1): refused whole, at the limit kept whole.
  @Test func aroundTheLimitOfLength() async throws {
    var configuration = Configuration()
    configuration.prepare = { connection in sqlite3_limit(connection.pointer, SQLITE_LIMIT_LENGTH, 100_000) }
    try await withKept(configuration) { database in
      // The row's own header counts as well.
      try await comesBack([[UInt8](repeating: 1, count: 99_990)], database)
      for length in [100_000, 100_001, 300_000] {
        let blob = await databaseError { try await database.run(Put(value: [UInt8](repeating: 1, count: length))) }
        #expect(blob?.code.primary == .tooBig, "\(String(describing: blob))")
        let text = await databaseError { try await database.run(Put(value: String(repeating: "t", count: length))) }
        #expect(text?.code.primary == .tooBig, "\(String(describing: text))")
        try await comesBack(["after"], database)
      }
      let made = await databaseError {
        try await database.execute("INSERT INTO kept (value) VALUES (zeroblob(200000))")
      }
      #expect(made?.code.primary == .tooBig)
      let sql = "SELECT '" + String(repeating: "s", count: 200_000) + "'"
      let statement = await databaseError { try await database.execute(sql) }
      #expect(statement?.code.primary == .tooBig)
      try await comesBack(["after all"], database)
    }
    // The limit that SQLite is built with, asked by a query: a gigabyte that is never made.
    try await withKept { database in
      let error = await databaseError { try await database.execute("SELECT length(zeroblob(2147483647) || 'x')") }
      #expect(error.map { [.tooBig, .noMemory].contains($0.code.primary) } == true)
      try await comesBack(["after"], database)
    }
  }
}

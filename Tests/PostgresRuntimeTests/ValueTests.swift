import Foundation
import SQLCPostgres
import Testing

nonisolated private enum Mood: String, PostgresEnumeration, Hashable {
  static let postgresType: PostgresType = "values_mood"
  case happy, sad
}

nonisolated private struct Pair: PostgresComposite, Hashable {
  var number: Int64?
  var mood: Mood
  static let postgresType: PostgresType = "values_pair"
  static let fieldTypes: [PostgresType] = [20, "values_mood"]
  init(number: Int64?, mood: Mood) {
    self.number = number
    self.mood = mood
  }
  init(from fields: borrowing CompositeReader) throws(ConversionError) {
    number = try fields.decode(0)
    mood = try fields.decode(1)
  }
  func encode(to fields: inout CompositeWriter) throws(ConversionError) {
    try fields.encode(number, at: 0)
    try fields.encode(mood, at: 1)
  }
}

extension PostgresRuntimeTests {
  @Suite("Values, there and back")
  struct ValueTests {
    /// What is sent comes back, the server writes it like that, and reads that as the same value.
    private func check<T: PostgresDecodable & PostgresEncodable & Hashable>(
      _ database: Database, _ type: String, _ value: T, _ text: String,
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let row = try await database.run(Echo(value, type))
      #expect(row.value == value, "\(type)", sourceLocation: sourceLocation)
      #expect(row.text == text, "\(type)", sourceLocation: sourceLocation)
      let literal = "'" + text.replacing("'", with: "''") + "'::" + type
      #expect(try await database.run(Value<T>("SELECT \(literal)")) == value, sourceLocation: sourceLocation)
      let none = try await database.run(Echo<T?>(nil, type))
      #expect(none == Echo<T?>.Row(value: nil, text: nil), sourceLocation: sourceLocation)
    }

    @Test("Numbers, at their extremes")
    func numbers() async throws {
      let database = try await Server.open()
      try await check(database, "int2", Int16.min, "-32768")
      try await check(database, "int4", Int32.max, "2147483647")
      try await check(database, "int8", Int64.min, "-9223372036854775808")
      try await check(database, "oid", UInt32.max, "4294967295")
      try await check(database, "float4", Float(1.5), "1.5")
      try await check(database, "float8", Double.leastNonzeroMagnitude, "5e-324")
      try await check(database, "float8", -Double.infinity, "-Infinity")
      try await check(database, "bool", true, "true")
      for number in [Int(Int16.max), -1] {
        for type in ["int2", "int4", "int8"] { try await check(database, type, number, "\(number)") }
      }
      await #expect(throws: DatabaseError.self) { try await database.run(Echo(70_000, "int2")) }
      await database.close()
    }

    @Test("numeric keeps every digit")
    func decimals() async throws {
      let database = try await Server.open()
      for text in [
        "0", "0.00", "1", "-1", "10000", "9999.9999", "0.0001", "0.00010", "-0.000000001",
        "123456789012345678901234567890.5",
        "1000000000000000000000000", "NaN", "Infinity", "-Infinity", "0.1", "99999999", "1.50", "12345678.000",
      ] {
        let decimal = try #require(PostgresDecimal(text))
        #expect(decimal.description == text)
        try await check(database, "numeric", decimal, text)
      }
      let exact = try await database.run(Value<PostgresDecimal>("SELECT 1e-20::numeric + 1e20::numeric"))
      #expect(exact.description == "100000000000000000000.00000000000000000001")
      #expect(PostgresDecimal("1.5") == PostgresDecimal("1.50"))
      #expect(PostgresDecimal(-3) < PostgresDecimal("-2.9")!)
      #expect(PostgresDecimal("99999")! < PostgresDecimal("100000.1")!)
      #expect(PostgresDecimal("12e3")?.description == "12000")
      #expect(PostgresDecimal("1e") == nil)
      #expect(PostgresDecimal(".")?.description == nil)
      await database.close()
    }

    @Test("Text, bytes, UUIDs, JSON")
    func text() async throws {
      let database = try await Server.open()
      for text in ["", "plain", "Übergröße 🧭", String(repeating: "x", count: 100_000)] {
        try await check(database, "text", text, text)
      }
      try await check(database, "varchar", "a'b\"c\\", "a'b\"c\\")
      #expect(try await database.run(Value<String>("SELECT 'ab'::char(4)")) == "ab  ")
      #expect(try await database.run(Value<String>("SELECT 'ab'::name")) == "ab")
      try await check(database, "bytea", Data([0, 255, 16]), "\\x00ff10")
      try await check(database, "bytea", [UInt8](), "\\x")
      try await check(database, "\"char\"[]", [65, 98] as [UInt8], "{A,b}")
      try await check(database, "\"char\"[]", [] as [UInt8], "{}")
      try await check(database, "\"char\"[]", [65, nil] as [UInt8?], "{A,NULL}")
      let uuid = try #require(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
      try await check(database, "uuid", uuid, "00112233-4455-6677-8899-aabbccddeeff")
      try await check(database, "jsonb", PostgresJSON("{\"a\": [1, null]}"), "{\"a\": [1, null]}")
      try await check(database, "json", PostgresJSON("{\"a\":1}"), "{\"a\":1}")
      let error = await #expect(throws: DatabaseError.self) { try await database.run(Echo("a\u{0}b", "text")) }
      #expect(error?.kind == .encoding)
      #expect(error?.column == "$1")
      await database.close()
    }

    @Test("Times, at their extremes")
    func times() async throws {
      let database = try await Server.open()
      try await check(database, "date", try #require(PostgresDay(year: 2024, month: 2, day: 29)), "2024-02-29")
      try await check(database, "date", try #require(PostgresDay(year: 1, month: 1, day: 1)), "0001-01-01")
      let first = try await database.run(Value<PostgresDay>("SELECT '4713-01-01 BC'::date"))
      #expect(first == PostgresDay(year: -4712, month: 1, day: 1))
      let last = try await database.run(Value<PostgresDay>("SELECT '5874897-12-31'::date"))
      #expect(last == PostgresDay(year: 5_874_897, month: 12, day: 31))
      #expect(try await database.run(Echo(first, "date")).text == "4713-01-01 BC")
      let noon = try #require(PostgresTime(hour: 12, minute: 30, second: 1, microsecond: 250_000))
      try await check(database, "time", noon, "12:30:01.25")
      try await check(database, "time", try #require(PostgresTime(hour: 24)), "24:00:00")
      try await check(
        database, "timetz", PostgresTimeWithZone(time: noon, secondsFromUTC: -12_600), "12:30:01.25-03:30")
      let day = try #require(PostgresDay(year: 1969, month: 12, day: 31))
      try await check(
        database, "timestamp", try #require(PostgresTimestamp(day: day, time: noon)), "1969-12-31 12:30:01.25")
      try await check(
        database, "timestamptz", Date(timeIntervalSince1970: 1_700_000_000.123456), "2023-11-14 22:13:20.123456+00")
      try await check(
        database, "interval", PostgresInterval(months: 14, days: -3, microseconds: 1_500_000),
        "1 year 2 mons -3 days +00:00:01.5")
      for (type, sql) in [("timestamptz", "'infinity'::timestamptz"), ("timestamptz", "'-infinity'::timestamptz")] {
        let error = await #expect(throws: DatabaseError.self, "\(type)") {
          try await database.run(Value<Date>("SELECT \(sql)"))
        }
        #expect(error?.kind == .decoding)
      }
      await database.close()
    }

    @Test("Arrays, with NULLs only where the Swift type has them")
    func arrays() async throws {
      let database = try await Server.open()
      try await check(database, "int8[]", [1, -2, 3] as [Int64], "{1,-2,3}")
      try await check(database, "text[]", [] as [String], "{}")
      try await check(database, "text[]", ["a", nil, ""] as [String?], "{a,NULL,\"\"}")
      try await check(database, "float4[]", [0.5, 2] as [Float], "{0.5,2}")
      try await check(database, "uuid[]", [UUID(uuid: noUUID)], "{00000000-0000-0000-0000-000000000000}")
      try await check(database, "numeric[]", [PostgresDecimal("1.50")!], "{1.50}")
      let null = await #expect(throws: DatabaseError.self) {
        try await database.run(Value<[Int64]>("SELECT '{1,NULL}'::int8[]"))
      }
      #expect(null?.kind == .decoding)
      #expect(null?.column == "int8")
      let matrix = await #expect(throws: DatabaseError.self) {
        try await database.run(Value<[Int64]>("SELECT '{{1},{2}}'::int8[]"))
      }
      #expect(matrix?.message.contains("2 dimensions") == true)
      await database.close()
    }

    @Test("Ranges and multiranges")
    func ranges() async throws {
      let database = try await Server.open()
      try await check(database, "int4range", PostgresRange(3..<(7 as Int32)), "[3,7)")
      try await check(database, "int4range", PostgresRange<Int32>.empty, "empty")
      try await check(
        database, "numrange",
        PostgresRange<PostgresDecimal>.bounds(lower: .excluding(PostgresDecimal("1.5")!), upper: .unbounded), "(1.5,)")
      try await check(
        database, "int8multirange", PostgresMultirange([PostgresRange(1..<(3 as Int64)), PostgresRange(5..<9)]),
        "{[1,3),[5,9)}")
      await database.close()
    }

    @Test("Addresses, bits, money, text search")
    func others() async throws {
      let database = try await Server.open()
      try await check(
        database, "inet", try #require(PostgresInet(bytes: [192, 168, 0, 7], prefixLength: 24)), "192.168.0.7/24")
      let six = try #require(
        PostgresInet(bytes: [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]))
      #expect(six.description == "2001:db8::1")
      #expect(try await database.run(Value<String>("SELECT host('\(six)'::inet)")) == "2001:db8::1")
      try await check(
        database, "cidr", try #require(PostgresCIDR(bytes: [10, 0, 0, 0], prefixLength: 8)), "10.0.0.0/8")
      try await check(
        database, "macaddr", try #require(PostgresMACAddress(bytes: [8, 0, 0x2B, 1, 2, 3])), "08:00:2b:01:02:03")
      try await check(
        database, "macaddr8", try #require(PostgresMACAddress(bytes: [8, 0, 0x2B, 1, 2, 3, 4, 255])),
        "08:00:2b:01:02:03:04:ff")
      // What travels as text travels alone.
      let words = await #expect(throws: DatabaseError.self) {
        try await database.run(Echo([PostgresTextSearchVector("'a'")], "tsvector[]"))
      }
      #expect(words?.kind == .encoding)
      try await check(database, "varbit", try #require(PostgresBits("10110000101")), "10110000101")
      try await check(database, "bit varying", try #require(PostgresBits("")), "")
      #expect(try await database.run(Value<PostgresMoney>("SELECT 12.34::money")).units == 1234)
      let vector = try await database.run(Value<PostgresTextSearchVector>("SELECT 'a:1A fat:2,4C cat''s:3'::tsvector"))
      #expect(vector.description == "'a':1A 'cat''s':3 'fat':2,4C")
      #expect(try await database.run(Echo(vector, "tsvector")).text == vector.description)
      for text in [
        "'fat' & ( 'cat' | 'rat':*A )", "!'a'", "!( 'a' | 'b' )", "'a' <-> 'b' <2> 'c'", "'a' <-> ( 'b' <-> 'c' )", "",
        "'it''s' & 'x':AB",
      ] {
        try await check(database, "tsquery", PostgresTextSearchQuery(text), text)
      }
      await database.close()
    }

    @Test("Types of the database's own: enums, domains, composites, and arrays of them")
    func own() async throws {
      let database = try await Server.open()
      try await database.execute(
        """
        DROP TYPE IF EXISTS values_pair; DROP DOMAIN IF EXISTS values_email; DROP TYPE IF EXISTS values_mood;
        CREATE TYPE values_mood AS ENUM ('happy', 'sad', 'new');
        CREATE DOMAIN values_email AS text CHECK (VALUE LIKE '%@%');
        CREATE TYPE values_pair AS (number int8, mood values_mood)
        """)
      try await check(database, "values_mood", Mood.sad, "sad")
      try await check(database, "values_mood[]", [Mood.sad, .happy], "{sad,happy}")
      try await check(database, "values_email", "a@b", "a@b")
      try await check(database, "values_email[]", ["a@b"], "{a@b}")
      try await check(database, "values_pair", Pair(number: nil, mood: .happy), "(,happy)")
      try await check(database, "public.values_pair[]", [Pair(number: 5, mood: .sad)], "{\"(5,sad)\"}")
      #expect(try await database.run(Value<String>("SELECT 'sad'::values_mood")) == "sad")
      let unknown = await #expect(throws: DatabaseError.self) {
        try await database.run(Value<Mood>("SELECT 'new'::values_mood"))
      }
      #expect(unknown?.message == "'new' is no label of Mood")
      let refused = await #expect(throws: DatabaseError.self) { try await database.run(Echo("nobody", "values_email")) }
      #expect(refused?.constraint?.kind == .check)
      let missing = await #expect(throws: DatabaseError.self) { try await database.run(Echo("x", "no_such_type")) }
      #expect(missing?.message == "the database has no type 'no_such_type'")
      await database.close()
    }

    @Test("What does not fit is an error that names query, column and both types")
    func strict() async throws {
      let database = try await Server.open()
      let narrow = await #expect(throws: DatabaseError.self) {
        try await database.run(Value<Int64>("SELECT 1::int4 AS n"))
      }
      #expect(narrow?.description.hasPrefix("Value, column 'n': expected int8, found int4") == true)
      let null = await #expect(throws: DatabaseError.self) {
        try await database.run(Value<String>("SELECT NULL::text AS t"))
      }
      #expect(null?.kind == .decoding)
      #expect(null?.message == "found NULL, and the Swift type is no optional")
      let wide = await #expect(throws: DatabaseError.self) { try await database.run(Echo(1 as Int64, "int4")) }
      #expect(wide?.kind == .encoding)
      #expect(try await database.run(Number(number: 3)) == 3)
      await database.close()
    }
  }
}

nonisolated private let noUUID: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

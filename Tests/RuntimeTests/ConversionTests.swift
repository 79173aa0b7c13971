// Every conversion, in both directions, and what is refused.

import Foundation
import SQLCRuntime
import Testing

@Suite struct ConversionTests {
  @Test func integers() throws {
    #expect(try read("SELECT 9223372036854775807") == Int64.max)
    #expect(try read("SELECT -9223372036854775808") == Int64.min)
    #expect(try read("SELECT 255") == UInt8(255))
    #expect(try read("SELECT -1") == Int32(-1))
    #expect(try read("SELECT NULL") == Int64?.none)
    #expect(try write(Int64.min) == .integer(.min))
    #expect(try write(7 as Int) == 7)
    #expect(try write(Int64?.none) == .null)
    #expect(throws: DatabaseError.self) { try read("SELECT 256", as: UInt8.self) }
    #expect(throws: DatabaseError.self) { try write(UInt64.max) }
  }

  @Test func aMismatchNamesEverything() throws {
    let error = #expect(throws: DatabaseError.self) { try read("SELECT 'x' AS age", as: Int64.self) }
    #expect(error?.kind == .decoding)
    #expect(error?.query == "Probe")
    #expect(error?.column == "age")
    #expect(error?.expected == "INTEGER")
    #expect(error?.found == .text)
    #expect(error?.description == "Probe, column 'age': expected INTEGER, found TEXT")
  }

  @Test(arguments: ["'1'", "1.0", "x'31'", "NULL"])
  func nothingButIntegersIsAnInteger(sql: String) {
    #expect(throws: DatabaseError.self) { try read("SELECT \(sql)", as: Int64.self) }
  }

  @Test func reals() throws {
    #expect(try read("SELECT 0.1") == 0.1)
    #expect(try read("SELECT 3") == 3.0)
    #expect(try read("SELECT 9e999") == Double.infinity)
    #expect(try write(-0.5) == .real(-0.5))
    #expect(try write(Float(0.1)) == .real(Double(Float(0.1))))
    #expect(try read("SELECT 0.1", as: Float.self) == Float(0.1))
    let error = #expect(throws: DatabaseError.self) { try write(Double.nan) }
    #expect(error?.kind == .encoding)
    #expect(throws: DatabaseError.self) { try read("SELECT 1e300", as: Float.self) }
    #expect(throws: DatabaseError.self) { try read("SELECT '0.5'", as: Double.self) }
  }

  @Test func truth() throws {
    #expect(try read("SELECT 1 < 2") == true)
    #expect(try read("SELECT 0") == false)
    #expect(try write(true) == 1)
    #expect(throws: DatabaseError.self) { try read("SELECT 2", as: Bool.self) }
    #expect(throws: DatabaseError.self) { try read("SELECT 'true'", as: Bool.self) }
  }

  @Test(arguments: ["", "a", "grüße 🐘 e\u{301}", "a\0b\0", String(repeating: "x", count: 100_000)])
  func texts(text: String) throws {
    #expect(try write(text) == .text(text))
    #expect(try write(text, into: "length(CAST(?1 AS BLOB))") == .integer(Int64(text.utf8.count)))
    #expect(try write(text, into: "typeof(?1)") == "text")
  }

  @Test(arguments: [
    "CAST(x'ff' AS TEXT)", "CAST(x'61c3' AS TEXT)", "CAST(x'f09f98' AS TEXT)", "CAST(x'eda080' AS TEXT)",
  ])
  func textThatIsNotUnicode(sql: String) {
    let error = #expect(throws: DatabaseError.self) { try read("SELECT \(sql)", as: String.self) }
    #expect(error?.message == "the text is not valid UTF-8")
  }

  @Test func blobs() throws {
    #expect(try read("SELECT x'0001ff'") == [0, 1, 255] as [UInt8])
    #expect(try read("SELECT x''") == [] as [UInt8])
    #expect(try read("SELECT zeroblob(3)") == Data([0, 0, 0]))
    #expect(try write([] as [UInt8], into: "typeof(?1)") == "blob")
    #expect(try write(Data(), into: "typeof(?1)") == "blob")
    #expect(try write(Data([1, 2]), into: "hex(?1)") == "0102")
    #expect(throws: DatabaseError.self) { try read("SELECT 'text'", as: Data.self) }
  }

  @Test func vectors() throws {
    #expect(try write([1, -2.5] as [Float], into: "hex(?1)") == "0000803F000020C0")
    #expect(try read("SELECT x'0000803F000020C0'") == [1, -2.5] as [Float])
    #expect(throws: DatabaseError.self) { try read("SELECT x'000080'", as: [Float].self) }
  }

  @Test func valuesOfAnyType() throws {
    for value: SQLiteValue in [nil, 1, 2.5, "t", .blob([1]), .blob([])] { #expect(try write(value) == value) }
    #expect(try read("SELECT 1.5") == SQLiteNumber.real(1.5))
    #expect(try read("SELECT 2") == SQLiteNumber.integer(2))
    #expect(throws: DatabaseError.self) { try read("SELECT '2'", as: SQLiteNumber.self) }
  }

  @Test func enumerations() throws {
    #expect(try read("SELECT 'busy'") == AgentStatus.busy)
    #expect(try write(AgentStatus.idle) == "idle")
    let error = #expect(throws: DatabaseError.self) { try read("SELECT 'gone' AS status", as: AgentStatus.self) }
    #expect(error?.message == "the value is no AgentStatus")
    #expect(error?.sensitiveDetail == "gone")
  }

  @Test func uuids() throws {
    let uuid = try #require(UUID(uuidString: "0E984725-C51C-4BF4-9960-E1C80E27ABA0"))
    #expect(try write(uuid) == "0e984725-c51c-4bf4-9960-e1c80e27aba0")
    #expect(try read("SELECT '0e984725-c51c-4bf4-9960-e1c80e27aba0'") == uuid)
    #expect(try read("SELECT '0E984725-C51C-4BF4-9960-E1C80E27ABA0'") == uuid)
    #expect(try write(uuid, with: UUIDBlobCodec.self) == .blob([UInt8](bytes(of: uuid))))
    #expect(try read("SELECT x'0E984725C51C4BF49960E1C80E27ABA0'", with: UUIDBlobCodec.self) == uuid)
    for bad in ["''", "'0e984725-c51c-4bf4-9960-e1c80e27aba'", "'0e984725xc51c-4bf4-9960-e1c80e27aba0'", "x'00'"] {
      #expect(throws: DatabaseError.self) { try read("SELECT \(bad)", as: UUID.self) }
    }
  }

  private func bytes(of uuid: UUID) -> [UInt8] { withUnsafeBytes(of: uuid.uuid) { [UInt8]($0) } }

  nonisolated struct Spec: Codable, Sendable, Hashable {
    var model: String
    var tools: [String]
  }

  @Test func json() throws {
    let spec = Spec(model: "m/1", tools: ["a"])
    #expect(try write(spec, with: JSONCodec<Spec>.self) == #"{"model":"m/1","tools":["a"]}"#)
    #expect(try read(#"SELECT '{"tools":["a"],"model":"m/1"}'"#, with: JSONCodec<Spec>.self) == spec)
    let error = #expect(throws: DatabaseError.self) {
      try read(#"SELECT '{"model":"secret"}'"#, with: JSONCodec<Spec>.self)
    }
    #expect(error?.message == "the JSON is no Spec: 'tools' is missing at $")
    let document: SQLiteJSON = try read("SELECT json_array(1, 2)")
    #expect(try document.decode([Int].self) == [1, 2])
    #expect(try write(SQLiteJSON("[1]"), into: "json_extract(?1, '$[0]')") == 1)
  }

  @Test(arguments: [
    ("12.50", SQLiteValue.real(12.5), "12.5"), ("-0.1", .real(-0.1), "-0.1"), ("100", 100, "100"),
    ("9223372036854775807", .integer(.max), "9223372036854775807"),
    ("123456789012.345", .real(123_456_789_012.345), "123456789012.345"),
    ("1e3", 1000, "1000"), ("0.000", 0, "0"), (".5", 0.5, "0.5"),
  ])
  func decimals(text: String, stored: SQLiteValue, read back: String) throws {
    let decimal = try #require(SQLiteDecimal(text))
    #expect(try write(decimal) == stored)
    #expect(decimal.description == back)
    #expect(SQLiteDecimal(back) == decimal)
  }

  @Test func decimalsComeBack() throws {
    // Deterministic, over all magnitudes that have fifteen digits.
    var state: UInt64 = 42
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let decimal = SQLiteDecimal(
        coefficient: Int128(state >> 1) % 1_000_000_000_000_000, exponent: -Int(state % 20))
      guard decimal.exponent < 0 else { continue }
      #expect(SQLiteDecimal(String(decimal.doubleValue)) == decimal)
    }
    #expect(throws: DatabaseError.self) { try write(#require(SQLiteDecimal("0.1234567890123456"))) }
    #expect(throws: DatabaseError.self) { try write(#require(SQLiteDecimal("9223372036854775808"))) }
    #expect(throws: DatabaseError.self) { try read("SELECT 'x'", as: SQLiteDecimal.self) }
  }

  @Test func decimalsAreOrdered() {
    let ordered = ["-100", "-1.5", "-1", "0", "0.001", "0.01", "9", "10", "10.5"].compactMap { SQLiteDecimal($0) }
    #expect(ordered.count == 9)
    #expect(ordered.shuffled().sorted() == ordered)
  }

  nonisolated struct Money: SQLiteDecodable, SQLiteEncodable, Hashable {
    var cents: Int64
    init(cents: Int64) { self.cents = cents }
    init(from value: borrowing ValueReader) throws(ConversionError) { cents = try value.integer() }
    func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.integer(cents) }
  }

  @Test func typesOfUsers() throws {
    #expect(try read("SELECT 250") == Money(cents: 250))
    #expect(try read("SELECT NULL") == Money?.none)
    #expect(try write(Money(cents: 3)) == 3)
  }
}

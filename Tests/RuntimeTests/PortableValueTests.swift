// Values of shared faces: what they are, and how SQLite keeps them.

import Foundation
import SQLCPortable
import SQLCRuntime
import Testing

@Suite struct PortableValueTests {
  @Test func decimalsAreExact() throws {
    for (text, shown) in [
      ("0", "0"), ("-0.0", "0"), ("12.50", "12.5"), ("+1e3", "1000"), (".5", "0.5"), ("5.", "5"),
      ("-0.000125", "-0.000125"),
      ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"), ("1e60", "1e60"),
      ("100e-2", "1"), ("1.5e-60", "15e-61"),
    ] {
      let decimal = try #require(PortableDecimal(text), "\(text)")
      #expect(decimal.description == shown)
      #expect(PortableDecimal(decimal.description) == decimal)
      #expect(try JSONDecoder().decode(PortableDecimal.self, from: JSONEncoder().encode(decimal)) == decimal)
    }
    for text in ["", ".", "-", "1,5", "NaN", "Infinity", "1e", "1e1234567", "0x10", " 1", "1 ", "١"] {
      #expect(PortableDecimal(text) == nil, "\(text)")
    }
    let sorted = ["-12", "-1.5", "-0.3", "0", "0.02", "0.3", "1.5", "1.51", "2", "10", "1e40"].map {
      PortableDecimal($0)!
    }
    for (i, a) in sorted.enumerated() {
      for (j, b) in sorted.enumerated() {
        #expect((a < b) == (i < j), "\(a) \(b)")
      }
    }
    #expect(PortableDecimal(Int64.min).description == "-9223372036854775808")
    #expect(PortableDecimal("2.5")?.decimal == Decimal(string: "2.5"))
  }

  @Test func daysAreOfTheCalendar() throws {
    #expect(PortableDay("2024-02-29")?.description == "2024-02-29")
    for text in ["2023-02-29", "2024-2-9", "2024-02-29T", "-024-01-01", "20240229", "2024-13-01", "+024-01-01"] {
      #expect(PortableDay(text) == nil, "\(text)")
    }
    let day = try #require(PortableDay(year: 1999, month: 12, day: 31))
    #expect(day < PortableDay(year: 2000, month: 1, day: 1)!)
    #expect(try JSONDecoder().decode(PortableDay.self, from: JSONEncoder().encode(day)) == day)
  }

  @Test func sqliteKeepsThem() throws {
    #expect(try write(PortableDay("2024-02-29")) == .text("2024-02-29"))
    #expect(try read("SELECT '2024-02-29'") == PortableDay("2024-02-29"))
    #expect(try write(PortableJSON("{}")) == .text("{}"))
    // A JSON column has NUMERIC affinity.
    #expect(try read("SELECT 7") == PortableJSON("7"))
    #expect(try read("SELECT 0.1") == PortableDecimal("0.1"))
    #expect(try write(PortableDecimal("12.50")) == .real(12.5))
    #expect(throws: DatabaseError.self) { try write(PortableDecimal("1.2345678901234567")) }
    #expect(throws: DatabaseError.self) { try read("SELECT 'x'", as: PortableDecimal.self) }
  }

  @Test func errorsSayWhatTheyWere() async throws {
    let database = try await stationInMemory()
    try await database.answer(CreateTag(name: "a"))
    let error = await #expect(throws: PortableError.self) { try await database.answer(CreateTag(name: "a")) }
    #expect(error?.kind == .refused && error?.query == "CreateTag" && error?.isRetryable == false)
    #expect(error?.engineError is DatabaseError)
    #expect(error?.description == (error?.engineError as? DatabaseError)?.description)
  }
}

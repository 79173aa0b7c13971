// Dates of every form, against SQLite's own functions.

import Foundation
import SQLCRuntimeKit
import Testing

@testable import SQLCRuntime

@Suite struct DateTests {
  /// lang_datefunc.html, "Time Values", with and without zones, and days that carry over.
  nonisolated static let readable = [
    "2024-05-01", "2024-05-01 10:20", "2024-05-01 10:20:30", "2024-05-01 10:20:30.5", "2024-05-01 10:20:30.123",
    "2024-05-01T10:20", "2024-05-01T10:20:30", "2024-05-01T10:20:30.123Z", "2024-05-01 10:20:30Z",
    "2024-05-01 10:20:30+02:00", "2024-05-01T10:20:30-07:30", "2024-05-01 10:20:30.25 +05:45", "2024-05-01 10:20 Z ",
    "10:20", "10:20:30", "10:20:30.75", "23:59+14:00", "2460431.5", "2460431", "0", "5373484.4", "1970-01-01",
    "1969-12-31 23:59:59.5", "0000-01-01", "9999-12-31 23:59:59.999", "2000-02-29", "1900-02-29", "2023-02-31",
    "2024-12-31 24:00:00", "-0001-06-15 12:00:00", "2024-05-01   10:20:30", "2024-01-01", "2024-02-01", "2024-03-01",
    "1582-10-04", "1582-10-15", "1600-02-29", "2100-02-28 23:59:59",
  ]
  nonisolated static let unreadable = [
    "", "x", "2024-5-1", "2024-05-32", "2024-13-01", "2024-05-01 25:00", "2024-05-01 10", "2024-05-01 10:60",
    "2024-05-01 10:20:60", "2024-05-01 10:20:30 +2", "2024-05-01 10:20:30 +15:00", "2024-05-01x", "10", "24",
    "9999999", "2024/05/01", "20240501T102030",
  ]

  @Test(arguments: readable)
  func readsWhatSQLiteReads(text: String) throws {
    let sqlite: Double = try read("SELECT julianday('\(text)')")
    let date: Date = try read("SELECT '\(text)'")
    #expect((date.timeIntervalSince1970 * 1000).rounded() == ((sqlite - 2_440_587.5) * 86_400_000).rounded())
  }

  @Test(arguments: unreadable)
  func refusesWhatSQLiteRefuses(text: String) throws {
    let sqlite: Double? = try read("SELECT julianday('\(text)')")
    if sqlite == nil {
      #expect(throws: DatabaseError.self) { try read("SELECT '\(text)'", as: Date.self) }
    } else {
      // A bare number is a Julian day.
      #expect(Double(text) != nil)
    }
  }

  @Test func everyDayOfFourCenturiesAndTheEdges() throws {
    for days in stride(from: -719_528, through: 2_932_896, by: 97) {
      let date = civilDate(ofUnixDays: days)
      #expect(unixDays(year: date.year, month: date.month, day: date.day) == days)
    }
    for days in stride(from: -719_528, through: 2_932_896, by: 36_527) {
      let text: String = try read("SELECT date(\(days) * 86400, 'unixepoch')")
      let date = civilDate(ofUnixDays: days)
      #expect(SQLiteDay(year: date.year, month: date.month, day: date.day)?.description == text)
    }
  }

  @Test(arguments: [
    (0.0, "1970-01-01 00:00:00"), (1_714_558_830, "2024-05-01 10:20:30"), (1_714_558_830.5, "2024-05-01 10:20:30.500"),
    (-0.25, "1969-12-31 23:59:59.750"), (0.9996, "1970-01-01 00:00:01"), (-62_167_219_200, "0000-01-01 00:00:00"),
    (253_402_300_799.999, "9999-12-31 23:59:59.999"),
  ])
  func writesAsSQLiteWrites(seconds: Double, text: String) throws {
    #expect(try write(Date(timeIntervalSince1970: seconds)) == .text(text))
  }

  @Test func comparesWithCurrentTimestamp() throws {
    let near = Date().addingTimeInterval(-60)
    let far = Date().addingTimeInterval(60)
    #expect(try write(near, into: "?1 < CURRENT_TIMESTAMP") == 1)
    #expect(try write(far, into: "?1 > CURRENT_TIMESTAMP") == 1)
  }

  @Test func refusesWhatTextCannotHold() {
    for seconds in [253_402_300_800, -62_167_219_201, .infinity] as [Double] {
      #expect(throws: DatabaseError.self) { try write(Date(timeIntervalSince1970: seconds)) }
    }
  }

  @Test func numbersByCodec() throws {
    let date = Date(timeIntervalSince1970: 1_714_558_830.25)
    #expect(try write(date, with: UnixSecondsCodec.self) == 1_714_558_830)
    #expect(try write(date, with: UnixMillisecondsCodec.self) == 1_714_558_830_250)
    #expect(try read("SELECT 1714558830", with: UnixSecondsCodec.self) == date.addingTimeInterval(-0.25))
    #expect(try read("SELECT 1714558830250", with: UnixMillisecondsCodec.self) == date)
    guard case .real(let day) = try write(date, with: JulianDayCodec.self) else {
      Issue.record("a Julian day is a REAL")
      return
    }
    #expect(try read("SELECT \(day)", with: JulianDayCodec.self) == date)
    #expect(try read("SELECT julianday('2024-05-01 10:20:30.250')", with: JulianDayCodec.self) == date)
    #expect(try read("SELECT julianday('2024-05-01 10:20:30.250')", as: Date.self) == date)
    #expect(throws: DatabaseError.self) { try read("SELECT 1714558830", as: Date.self) }
    #expect(throws: DatabaseError.self) { try read("SELECT '2024-05-01'", with: UnixSecondsCodec.self) }
  }

  @Test func days() throws {
    let day = try #require(SQLiteDay("2024-02-29"))
    #expect(try write(day) == "2024-02-29")
    #expect(try read("SELECT date('2024-02-28', '+1 day')") == day)
    #expect(try read("SELECT '2024-02-29 00:00:00+00:00'") == day)
    #expect(SQLiteDay(year: 2023, month: 2, day: 29) == nil)
    #expect(SQLiteDay("2024-02-29 10:00") == nil)
    #expect(throws: DatabaseError.self) { try read("SELECT '2024-02-30'", as: SQLiteDay.self) }
    // What '20240229' becomes in a column of NUMERIC affinity, such as one declared DATE.
    #expect(try read("SELECT 20240229", as: SQLiteDay.self) == day)
    #expect(throws: DatabaseError.self) { try read("SELECT 20240230", as: SQLiteDay.self) }
  }
}

// A day of the calendar, without a time and without a time zone.

import SQLCRuntimeKit

/// A day, stored as `YYYY-MM-DD`.
public struct SQLiteDay: Sendable, Hashable, Comparable, CustomStringConvertible, LosslessStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nothing when the month has no such day, or outside the years 0 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      civilDate(ofUnixDays: unixDays(year: year, month: month, day: day)) == (year, month, day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// From `YYYY-MM-DD`.
  public init?(_ description: String) {
    var text = description
    guard let day = text.withUTF8({ SQLiteDay(text: $0) }) else { return nil }
    self = day
  }

  /// Also reads a midnight in UTC, which drivers without a type for days write: `2024-05-01 00:00:00+00:00`.
  init?(text: UnsafeBufferPointer<UInt8>) {
    var scanner = TimeScanner(text)
    guard let date = scanner.date() else { return nil }
    scanner.skipSeparator()
    if !scanner.isAtEnd {
      guard scanner.time() == 0 else { return nil }
    }
    self.init(year: date.year, month: date.month, day: date.day)
  }

  /// A Julian day, as SQLite's date functions read a number, or a day written `YYYYMMDD`, which a DATE column, whose affinity is
  /// NUMERIC, stores as a number. The last Julian day that they read, in 9999, is less than the number of any day from year 1000 on.
  init?(number: Double) {
    if let seconds = unixSeconds(ofJulianDay: number) {
      let date = civilDate(ofUnixDays: Int((seconds / 86_400).rounded(.down)))
      self.init(year: date.year, month: date.month, day: date.day)
    } else if let digits = Int(exactly: number), digits >= 10_000_000, digits <= 99_999_999 {
      self.init(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    } else {
      return nil
    }
  }

  public static func < (a: SQLiteDay, b: SQLiteDay) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  public var description: String {
    var text: [UInt8] = []
    appendDigits(year, 4, to: &text)
    text.append(0x2D)
    appendDigits(month, 2, to: &text)
    text.append(0x2D)
    appendDigits(day, 2, to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

/// An object of `year`, `month` and `day`.
extension SQLiteDay: Codable {
  private enum CodingKeys: CodingKey { case year, month, day }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let (year, month) = (try container.decode(Int.self, forKey: .year), try container.decode(Int.self, forKey: .month))
    guard let day = SQLiteDay(year: year, month: month, day: try container.decode(Int.self, forKey: .day)) else {
      throw DecodingError.dataCorruptedError(forKey: .day, in: container, debugDescription: "no such day")
    }
    self = day
  }
}

extension SQLiteDay: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    switch value.storageClass {
    case .integer, .real:
      guard let day = SQLiteDay(number: try value.real()) else {
        throw .invalid("the number is neither a Julian day nor a day written YYYYMMDD")
      }
      self = day
    case .text, .blob, .null:
      self = try value.withText { text throws(ConversionError) in
        guard let day = SQLiteDay(text: text) else { throw .invalid("the text is no day (YYYY-MM-DD)") }
        return day
      }
    }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.text(description) }
}

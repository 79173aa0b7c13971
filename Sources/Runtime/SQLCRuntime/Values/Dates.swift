// Points in time: text by nature, numbers by codec. Always UTC.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Written as SQLite's own functions write it, `YYYY-MM-DD HH:MM:SS`, with `.SSS` when there are milliseconds, so that
/// it
/// compares with CURRENT_TIMESTAMP; finer fractions are rounded to milliseconds. Every form that SQLite's date
/// functions read
/// is read; a number is a Julian day, as it is for them.
extension Date: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    switch value.storageClass {
    case .text:
      let seconds = try value.withText { text throws(ConversionError) in
        guard let seconds = unixSeconds(ofTimeValue: text) else { throw .invalid("the text is no date and time") }
        return seconds
      }
      self.init(timeIntervalSince1970: seconds)
    case .integer, .real:
      guard let seconds = unixSeconds(ofJulianDay: try value.real()) else {
        throw .invalid("the number is no Julian day; for Unix time configure a codec for the column")
      }
      self.init(timeIntervalSince1970: seconds)
    case .null, .blob:
      throw value.mismatch("TEXT with a date and time")
    }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    guard let text = timeText(ofUnixSeconds: timeIntervalSince1970) else {
      throw .invalid("the date lies outside the years 0 to 9999")
    }
    try text.withUnsafeBufferPointer { bytes throws(ConversionError) in try parameter.text(bytes) }
  }
}

/// Dates as whole seconds since 1970, INTEGER; a stored REAL keeps its fraction.
public enum UnixSecondsCodec: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Date {
    Date(timeIntervalSince1970: try finite(value.real()))
  }
  /// Fractions are dropped, as `unixepoch()` drops them.
  public static func encode(_ value: Date, to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.integer(try wholeNumber(value.timeIntervalSince1970.rounded(.down)))
  }
}

/// Dates as whole milliseconds since 1970, INTEGER.
public enum UnixMillisecondsCodec: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Date {
    Date(timeIntervalSince1970: try finite(value.real()) / 1000)
  }
  public static func encode(_ value: Date, to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.integer(try wholeNumber((value.timeIntervalSince1970 * 1000).rounded()))
  }
}

/// Dates as Julian day numbers, REAL, as `julianday()` gives them.
public enum JulianDayCodec: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Date {
    guard let seconds = unixSeconds(ofJulianDay: try value.real()) else {
      throw .invalid("the number is no Julian day between 0 and the year 9999")
    }
    return Date(timeIntervalSince1970: seconds)
  }
  public static func encode(_ value: Date, to parameter: borrowing ValueWriter) throws(ConversionError) {
    guard let day = julianDay(ofUnixSeconds: value.timeIntervalSince1970) else {
      throw .invalid("the date lies outside of Julian day 0 to the year 9999")
    }
    try parameter.real(day)
  }
}

/// Calendars trap on dates that are no points in time.
private func finite(_ number: Double) throws(ConversionError) -> Double {
  guard number.isFinite else { throw .invalid("the number is infinite, and no date") }
  return number
}

private func wholeNumber(_ value: Double) throws(ConversionError) -> Int64 {
  guard let number = Int64(exactly: value) else { throw .invalid("the date is too far away for an integer") }
  return number
}

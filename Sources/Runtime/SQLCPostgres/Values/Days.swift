// Dates and times of the calendar, without a time zone.

import SQLCRuntimeKit

/// Days from 1970-01-01 to 2000-01-01, from which the server counts.
let daysToEpoch = 10_957
let microsecondsPerDay: Int64 = 86_400_000_000

/// A date: a day of the calendar, which is no point in time.
public struct PostgresDay: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Year 0 is the year 1 BC.
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nothing when the month has no such day, or for a year that no date of the server has: before −4712 (4713 BC), after 5874897.
  public init?(year: Int, month: Int, day: Int) {
    guard (-4712...5_874_897).contains(year), (1...12).contains(month), (1...31).contains(day),
      civilDate(ofUnixDays: unixDays(ofYear: year, month: month, day: day)) == (year, month, day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// From `YYYY-MM-DD`.
  public init?(_ description: String) {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count >= 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Days since 2000-01-01.
  init(daysSinceEpoch days: Int) {
    (year, month, day) = civilDate(ofUnixDays: days + daysToEpoch)
  }

  var daysSinceEpoch: Int { unixDays(ofYear: year, month: month, day: day) - daysToEpoch }

  public static func < (a: PostgresDay, b: PostgresDay) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  /// ISO 8601: `2024-05-01`; with a sign outside of the years 0 to 9999.
  public var description: String {
    let digits = String(year.magnitude)
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return sign + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + twoDigits(month) + "-"
      + twoDigits(day)
  }
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension PostgresDay: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let days = try value.number(1082, as: Int32.self)
    guard days != .max, days != .min else { throw .invalid("the date is infinite") }
    self.init(daysSinceEpoch: Int(days))
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.number(Int32(truncatingIfNeeded: daysSinceEpoch), 1082)
  }
}

/// A time of day, to the microsecond, from 00:00:00 to 24:00:00.
public struct PostgresTime: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Since midnight.
  public let microseconds: Int64

  /// Nothing outside of a day.
  public init?(microseconds: Int64) {
    guard (0...microsecondsPerDay).contains(microseconds) else { return nil }
    self.microseconds = microseconds
  }

  public init?(hour: Int, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
    guard (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...999_999).contains(microsecond)
    else { return nil }
    self.init(microseconds: Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + Int64(microsecond))
  }

  public var hour: Int { Int(microseconds / 3_600_000_000) }
  public var minute: Int { Int(microseconds / 60_000_000 % 60) }
  public var second: Int { Int(microseconds / 1_000_000 % 60) }
  public var microsecond: Int { Int(microseconds % 1_000_000) }

  public static func < (a: PostgresTime, b: PostgresTime) -> Bool { a.microseconds < b.microseconds }

  /// `13:05:00`, `13:05:00.25`
  public var description: String {
    var text = "\(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))"
    if microsecond != 0 {
      var digits = String(1_000_000 + microsecond).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      text += ".\(digits)"
    }
    return text
  }
}

extension PostgresTime: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard let time = PostgresTime(microseconds: try value.number(1083, as: Int64.self)) else {
      throw .invalid("the time lies outside of a day")
    }
    self = time
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.number(microseconds, 1083)
  }
}

/// A time of day with a distance from UTC (`timetz`).
public struct PostgresTimeWithZone: Sendable, Hashable, CustomStringConvertible {
  public var time: PostgresTime
  /// East of Greenwich.
  public var secondsFromUTC: Int

  public init(time: PostgresTime, secondsFromUTC: Int) {
    self.time = time
    self.secondsFromUTC = secondsFromUTC
  }

  public var description: String {
    let distance = Int(secondsFromUTC.magnitude)
    var text = "\(time)\(secondsFromUTC < 0 ? "-" : "+")\(twoDigits(distance / 3600)):\(twoDigits(distance / 60 % 60))"
    if distance % 60 != 0 { text += ":\(twoDigits(distance % 60))" }
    return text
  }
}

extension PostgresTimeWithZone: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    var parts = ByteParts(try value.bytes(of: 1266), value.context)
    guard let time = PostgresTime(microseconds: try parts.integer(Int64.self)) else {
      throw .invalid("the time lies outside of a day")
    }
    // The server counts west.
    self.init(time: time, secondsFromUTC: -Int(try parts.integer(Int32.self)))
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.accept(1266)
    guard secondsFromUTC.magnitude < 57_600 else { throw .invalid("the distance from UTC is 16 hours or more") }
    parameter.append(time.microseconds)
    parameter.append(Int32(truncatingIfNeeded: -secondsFromUTC))
  }
}

/// A day and a time without a zone (`timestamp`): what a calendar and a clock on the wall show, and no point in time.
public struct PostgresTimestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let day: PostgresDay
  /// Less than 24:00.
  public let time: PostgresTime

  /// Nothing for the time 24:00:00, which is the next day's 00:00:00.
  public init?(day: PostgresDay, time: PostgresTime) {
    guard time.microseconds < microsecondsPerDay else { return nil }
    self.day = day
    self.time = time
  }

  public static func < (a: PostgresTimestamp, b: PostgresTimestamp) -> Bool { (a.day, a.time) < (b.day, b.time) }

  /// `2024-05-01 13:05:00`
  public var description: String { "\(day) \(time)" }
}

extension PostgresTimestamp: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let microseconds = try value.number(1114, as: Int64.self)
    guard microseconds != .max, microseconds != .min else { throw .invalid("the timestamp is infinite") }
    let (days, rest) = floorDivision(microseconds, microsecondsPerDay)
    guard let time = PostgresTime(microseconds: rest) else { throw .invalid("the time lies outside of a day") }
    self.day = PostgresDay(daysSinceEpoch: Int(days))
    self.time = time
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    let (product, isFar) = Int64(day.daysSinceEpoch).multipliedReportingOverflow(by: microsecondsPerDay)
    let (sum, isFarther) = product.addingReportingOverflow(time.microseconds)
    guard !isFar, !isFarther, sum != .max, sum != .min else { throw .invalid("no timestamp is that far away") }
    try parameter.number(sum, 1114)
  }
}

/// Rounded down, and a rest that is not negative.
func floorDivision(_ dividend: Int64, _ divisor: Int64) -> (quotient: Int64, rest: Int64) {
  let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
  return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
}

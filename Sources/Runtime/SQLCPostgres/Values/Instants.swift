// Points in time, and distances between them.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A `timestamptz`, which is a point in time without a zone. The server keeps microseconds; a Date, which is a Double, gives
/// each of them back between the years 1858 and 2143.
extension Date: PostgresDecodable, PostgresEncodable {
  /// Microseconds from 2000-01-01, from which the server counts, to 2001-01-01, from which Date does.
  private static var distance: Int64 { 31_622_400_000_000 }

  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let microseconds = try value.number(1184, as: Int64.self)
    guard microseconds != .max, microseconds != .min else { throw .invalid("the timestamp is infinite") }
    let (difference, isFar) = microseconds.subtractingReportingOverflow(Self.distance)
    guard !isFar else { throw .invalid("the timestamp is too far away") }
    self.init(timeIntervalSinceReferenceDate: Double(difference) / 1_000_000)
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    let microseconds = (timeIntervalSinceReferenceDate * 1_000_000).rounded()
    // From 4714 BC to the year 294276 (datatype-datetime.html).
    guard microseconds >= -211_845_067_200_000_000 - 31_622_400_000_000,
      microseconds < 9_223_371_331_200_000_000 - 31_622_400_000_000
    else { throw .invalid("the date lies outside of what the server can store") }
    try parameter.number(Int64(microseconds) + Self.distance, 1184)
  }
}

/// A distance in time. A month has no fixed number of days, nor a day of hours: the three are kept apart.
public struct PostgresInterval: Sendable, Hashable, Codable, CustomStringConvertible {
  public var months: Int32
  public var days: Int32
  public var microseconds: Int64

  public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }

  /// Nothing for a duration of more than 292,000 years; fractions of microseconds are rounded down.
  public init?(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let (whole, isFar) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, isFarther) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    guard !isFar, !isFarther else { return nil }
    self.init(microseconds: sum)
  }

  /// Nothing where there are months or days, whose length depends on when they begin.
  public var duration: Duration? { months == 0 && days == 0 ? .microseconds(microseconds) : nil }

  /// ISO 8601: `P1M2DT3.5S`
  public var description: String {
    var text = "P"
    if months != 0 { text += "\(months)M" }
    if days != 0 { text += "\(days)D" }
    if microseconds != 0 || text == "P" {
      let magnitude = microseconds.magnitude
      text += "T\(microseconds < 0 ? "-" : "")\(magnitude / 1_000_000)"
      if magnitude % 1_000_000 != 0 {
        var digits = String(1_000_000 + magnitude % 1_000_000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        text += ".\(digits)"
      }
      text += "S"
    }
    return text
  }
}

extension PostgresInterval: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    var parts = ByteParts(try value.bytes(of: 1186), value.context)
    microseconds = try parts.integer(Int64.self)
    days = try parts.integer(Int32.self)
    months = try parts.integer(Int32.self)
    // From 17 on an interval can be infinite: all three are the largest, or the smallest.
    let isInfinite =
      (microseconds == .max && days == .max && months == .max)
      || (microseconds == .min && days == .min && months == .min)
    if isInfinite { throw .invalid("the interval is infinite") }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.accept(1186)
    parameter.append(microseconds)
    parameter.append(days)
    parameter.append(months)
  }
}

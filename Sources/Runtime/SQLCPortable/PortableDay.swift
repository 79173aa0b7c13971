// A day of the calendar that both engines can keep.

import SQLCRuntimeKit

/// A day without a time and without a time zone, of the years 0 to 9999: those that both engines have.
public struct PortableDay: Sendable, Hashable, Comparable, CustomStringConvertible, LosslessStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nothing when the month has no such day, or outside the years 0 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      civilDate(ofUnixDays: unixDays(ofYear: year, month: month, day: day)) == (year, month, day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// From `YYYY-MM-DD`.
  public init?(_ description: String) {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public static func < (a: PortableDay, b: PortableDay) -> Bool {
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

/// Its text.
extension PortableDay: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let day = PortableDay(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no day (YYYY-MM-DD)")
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

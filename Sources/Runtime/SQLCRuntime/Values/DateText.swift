// Time values as SQLite's date functions read them (lang_datefunc.html, "Time Values"; date.c), by hand: about 50 times
// faster than Foundation's parsers.
//
// | form                                        | means                                   |
// |---------------------------------------------|-----------------------------------------|
// | YYYY-MM-DD                                  | midnight                                |
// | YYYY-MM-DD HH:MM, …:SS, …:SS.SSS            | also with T between date and time       |
// | HH:MM, HH:MM:SS, HH:MM:SS.SSS               | that time on 2000-01-01                 |
// | DDDDDDDDDD                                  | a Julian day number, with a fraction    |
//
// All but the last may end in `Z`, `+HH:MM` or `-HH:MM`. Not read: `now`, which is no stored time. As in SQLite a day up to
// 31 is accepted in every month and carries over (2023-02-31 is 2023-03-03), there may be white space after a time or a
// date and around a number, a NUL ends the text, and the whole lies between Julian day 0 and the end of the year 9999.

import SQLCRuntimeKit

/// SQLite's own measure: milliseconds since Julian day 0, whole.
struct JulianMilliseconds {
  var count: Int64

  /// 1970-01-01.
  static let unixEpoch: Int64 = 210_866_760_000_000

  /// Nothing outside of SQLite's range (date.c, `validJulianDay`).
  init?(_ count: Int64) {
    guard count >= 0, count <= 464_269_060_799_999 else { return nil }
    self.count = count
  }

  /// A Julian day number (date.c, `setRawDateNumber`).
  init?(day: Double) {
    guard day >= 0, day < 5_373_484.5 else { return nil }
    self.init(Int64(day * 86_400_000 + 0.5))
  }

  var unixSeconds: Double { Double(count - Self.unixEpoch) / 1000 }
}

/// Seconds since 1970-01-01 00:00:00 UTC, or nil for what is no time value.
func unixSeconds(ofTimeValue text: UnsafeBufferPointer<UInt8>) -> Double? {
  if let seconds = unixSeconds(ofPlainTime: text) { return seconds }
  return julianMilliseconds(ofTimeValue: text)?.unixSeconds
}

private func julianMilliseconds(ofTimeValue text: UnsafeBufferPointer<UInt8>) -> JulianMilliseconds? {
  var scanner = TimeScanner(text)
  if let date = scanner.date() {
    // date.c, computeJD
    guard date.year >= -4713 else { return nil }
    let midnight = Int64(unixDays(year: date.year, month: date.month, day: date.day)) * 86_400_000
    scanner.skipSeparator()
    guard let time = scanner.isAtEnd ? 0 : scanner.time() else { return nil }
    return JulianMilliseconds(JulianMilliseconds.unixEpoch + midnight + time)
  }
  scanner = TimeScanner(text)
  // 2000-01-01 is day 10957.
  if let time = scanner.time() { return JulianMilliseconds(JulianMilliseconds.unixEpoch + 10_957 * 86_400_000 + time) }
  scanner = TimeScanner(text)
  return scanner.number().flatMap { JulianMilliseconds(day: $0) }
}

/// `YYYY-MM-DD HH:MM:SS`, as SQLite's own functions write it, without a branch for each character; nothing else.
private func unixSeconds(ofPlainTime text: UnsafeBufferPointer<UInt8>) -> Double? {
  guard text.count == 19, let start = text.baseAddress else { return nil }
  // What is above nine in any digit, or differs in any separator, is left over here.
  var wrong: UInt8 = (start[4] ^ 0x2D) | (start[7] ^ 0x2D) | (start[13] ^ 0x3A) | (start[16] ^ 0x3A)
  wrong |= start[10] == 0x20 || start[10] == 0x54 ? 0 : 1
  func pair(_ index: Int) -> Int {
    let high = start[index] &- 0x30
    let low = start[index + 1] &- 0x30
    wrong |= (high > 9 ? 1 : 0) | (low > 9 ? 1 : 0)
    return Int(high) &* 10 &+ Int(low)
  }
  let year = pair(0) &* 100 &+ pair(2)
  let (month, day, hour, minute, second) = (pair(5), pair(8), pair(11), pair(14), pair(17))
  // Hour 24 goes the long way: on the last day it is outside of SQLite's range.
  guard wrong == 0, month &- 1 < 12, month > 0, day &- 1 < 31, day > 0, hour < 24, minute < 60, second < 60 else {
    return nil
  }
  let days = unixDays(year: year, month: month, day: day)
  return Double(days &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ second)
}

/// SQLite takes numbers from 0 up to the end of the year 9999 for Julian days, and keeps whole milliseconds: a day number
/// that a division gave reads as the time it was made from.
func unixSeconds(ofJulianDay day: Double) -> Double? { JulianMilliseconds(day: day)?.unixSeconds }

/// Nothing for what SQLite could not read back.
func julianDay(ofUnixSeconds seconds: Double) -> Double? {
  let day = seconds / 86_400 + 2_440_587.5
  return JulianMilliseconds(day: day) == nil ? nil : day
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, with SQLite's own arithmetic (date.c, computeJD), which is
/// that of Meeus, "Astronomical Algorithms", 1991, page 61.
func unixDays(year: Int, month: Int, day: Int) -> Int {
  var year = year
  var month = month
  if month <= 2 {
    year -= 1
    month += 12
  }
  let century = year / 100
  let leap = 2 - century + century / 4
  let x1 = 36_525 * (year + 4716) / 100
  let x2 = 306_001 * (month + 1) / 10_000
  // The Julian day of the midnight is this number minus 1524.5; that of 1970-01-01 is 2440587.5.
  return x1 + x2 + day + leap - 2_442_112
}

struct TimeScanner {
  private let text: Slice<UnsafeBufferPointer<UInt8>>
  private var position = 0

  /// SQLite's functions see a text up to its first NUL.
  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text.prefix { $0 != 0 } }

  var isAtEnd: Bool { position == text.count }

  private var byte: UInt8 { position < text.count ? text[position] : 0 }

  private mutating func take(_ expected: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: expected) else { return false }
    position += 1
    return true
  }

  private mutating func digits(_ count: Int, _ range: ClosedRange<Int>) -> Int? {
    guard position + count <= text.count else { return nil }
    var number = 0
    for offset in 0..<count {
      let digit = text[position + offset] &- 0x30
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    guard range.contains(number) else { return nil }
    position += count
    return number
  }

  private mutating func skipSpace() {
    while byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { position += 1 }
  }

  /// White space and the letter T.
  mutating func skipSeparator() {
    while byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || byte == 0x54 { position += 1 }
  }

  mutating func date() -> (year: Int, month: Int, day: Int)? {
    let isNegative = take("-")
    guard let year = digits(4, 0...9999), take("-"), let month = digits(2, 1...12), take("-"),
      let day = digits(2, 1...31)
    else { return nil }
    return (isNegative ? -year : year, month, day)
  }

  /// Milliseconds since midnight UTC, up to the end of the text; rounded as SQLite rounds them.
  mutating func time() -> Int64? {
    guard let hour = digits(2, 0...24), take(":"), let minute = digits(2, 0...59) else { return nil }
    var seconds = 0.0
    if take(":") {
      guard let second = digits(2, 0...59) else { return nil }
      seconds = Double(second)
      if byte == 0x2E, position + 1 < text.count, text[position + 1] &- 0x30 < 10 {
        position += 1
        var fraction = 0.0
        var scale = 1.0
        while case let digit = byte &- 0x30, digit < 10 {
          fraction = fraction * 10 + Double(digit)
          scale *= 10
          position += 1
        }
        seconds += fraction / scale
      }
    }
    // After three hundred digits both are infinite.
    guard let offset = zone(), !seconds.isNaN else { return nil }
    return Int64(hour * 3_600_000 + minute * 60_000) + Int64(seconds * 1000 + 0.5) - offset
  }

  /// A number as SQLite reads one (util.c, sqlite3AtoF), up to the end of the text: `[+-] digits [. digits] [e [+-] digits]`,
  /// with white space around it.
  mutating func number() -> Double? {
    skipSpace()
    let start = position
    if !take("-") { _ = take("+") }
    var count = skipDigits()
    if take(".") { count += skipDigits() }
    guard count > 0 else { return nil }
    if take("e") || take("E") {
      if !take("-") { _ = take("+") }
      guard skipDigits() > 0 else { return nil }
    }
    let end = position
    skipSpace()
    return isAtEnd ? Double(String(decoding: text[start..<end], as: UTF8.self)) : nil
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while byte &- 0x30 < 10 { position += 1 }
    return position - start
  }

  /// The suffix: `Z`, `+HH:MM`, `-HH:MM` or nothing, in milliseconds east of UTC.
  private mutating func zone() -> Int64? {
    skipSpace()
    var offset: Int64 = 0
    let isWest = byte == 0x2D
    if take("Z") || take("z") {
      // UTC
    } else if isWest || byte == 0x2B {
      position += 1
      guard let hours = digits(2, 0...14), take(":"), let minutes = digits(2, 0...59) else { return nil }
      offset = Int64(hours * 3_600_000 + minutes * 60_000) * (isWest ? -1 : 1)
    }
    skipSpace()
    return isAtEnd ? offset : nil
  }
}

// Days and instants of the proleptic Gregorian calendar, as both engines write them.

/// A day.
public struct CalendarDay: Sendable, Hashable {
  /// Since 1970-01-01.
  public var number: Int

  public init(number: Int) { self.number = number }

  /// `2024-01-31`, and what SQLite takes for its midnight: `2024-01-31 00:00:00`.
  public init?(_ text: String) {
    guard let (day, rest) = readDay(Array(text.utf8)[...]) else { return nil }
    guard rest.isEmpty || rest.allSatisfy({ [0x20, 0x30, 0x3A, 0x2E, 0x54, 0x5A, 0x2B].contains($0) }) else {
      return nil
    }
    number = day
  }

  /// Year, month and day (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}

extension CalendarDay: CustomStringConvertible {
  public var description: String {
    let (year, month, day) = parts
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }
}

/// `2024-01-31 09:00:00`, with as much of a second as there is.
public func instantText(_ microseconds: Int64) -> String {
  let (whole, fraction) = (Int(floorDivide(microseconds, 1_000_000)), Int(floorModulo(microseconds, 1_000_000)))
  let day = floorDivide(Int64(whole), 86_400)
  let second = Int(floorModulo(Int64(whole), 86_400))
  let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }.joined(separator: ":")
  let tail =
    fraction == 0 ? "" : fraction % 1000 == 0 ? ".\(padded(fraction / 1000, to: 3))" : ".\(padded(fraction, to: 6))"
  return "\(CalendarDay(number: Int(day))) \(clock)\(tail)"
}

/// Of `2024-01-31 09:00:00.25+02`, `2024-01-31T09:00Z`, `2024-01-31`: microseconds since 1970. What names no zone is UTC.
public func microseconds(ofInstant text: String) -> Int64? {
  guard let (day, tail) = readDay(Array(text.utf8)[...]) else { return nil }
  var rest = tail
  guard day.magnitude < 100_000_000 else { return nil }
  var micros = Int64(day) * 86_400_000_000
  guard let separator = rest.popFirst() else { return micros }
  guard separator == 0x20 || separator == 0x54 || separator == 0x74 else { return nil }
  guard let hour = readNumber(&rest, 2), hour <= 24, rest.popFirst() == 0x3A, let minute = readNumber(&rest, 2),
    minute < 60
  else { return nil }
  micros += Int64(hour * 3600 + minute * 60) * 1_000_000
  if rest.first == 0x3A {
    rest.removeFirst()
    guard let second = readNumber(&rest, 2), second < 61 else { return nil }
    micros += Int64(second) * 1_000_000
    if rest.first == 0x2E {
      rest.removeFirst()
      var scale: Int64 = 100_000
      while let digit = rest.first, (0x30...0x39).contains(digit) {
        rest.removeFirst()
        micros += Int64(digit - 0x30) * scale
        scale /= 10
      }
    }
  }
  while rest.first == 0x20 { rest.removeFirst() }
  switch rest.popFirst() {
  case nil: return micros
  case 0x5A, 0x7A: return rest.isEmpty ? micros : nil
  case let sign? where sign == 0x2B || sign == 0x2D:
    guard let hours = readNumber(&rest, 2) else { return nil }
    if rest.first == 0x3A { rest.removeFirst() }
    let minutes = rest.isEmpty ? 0 : readNumber(&rest, 2)
    guard let minutes else { return nil }
    if rest.first == 0x3A { rest.removeFirst() }
    let seconds = rest.isEmpty ? 0 : readNumber(&rest, 2)
    guard let seconds, rest.isEmpty else { return nil }
    let offset = Int64(hours * 3600 + minutes * 60 + seconds) * 1_000_000
    return sign == 0x2B ? micros - offset : micros + offset
  default: return nil
  }
}

/// Years of more than four digits are PostgreSQL's, to 294276; SQLite's end at 9999.
private func readDay(_ bytes: ArraySlice<UInt8>) -> (day: Int, rest: ArraySlice<UInt8>)? {
  var rest = bytes
  var year = 0
  var digits = 0
  while let digit = rest.first, (0x30...0x39).contains(digit), digits < 7 {
    year = year * 10 + Int(digit - 0x30)
    digits += 1
    rest.removeFirst()
  }
  guard digits >= 4, rest.popFirst() == 0x2D, let month = readNumber(&rest, 2), rest.popFirst() == 0x2D,
    let day = readNumber(&rest, 2), (1...12).contains(month), day >= 1
  else { return nil }
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  guard day <= length else { return nil }
  return (daysFromCivil(year, month, day), rest)
}

/// Howard Hinnant, days_from_civil.
private func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func readNumber(_ rest: inout ArraySlice<UInt8>, _ digits: Int) -> Int? {
  guard rest.count >= digits else { return nil }
  var number = 0
  for _ in 0..<digits {
    guard let digit = rest.popFirst(), (0x30...0x39).contains(digit) else { return nil }
    number = number * 10 + Int(digit - 0x30)
  }
  return number
}

private func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((b - 1 - a) / b) }
private func floorModulo(_ a: Int64, _ b: Int64) -> Int64 { a - floorDivide(a, b) * b }

private func padded(_ number: Int, to width: Int) -> String {
  let digits = "\(abs(number))"
  return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}

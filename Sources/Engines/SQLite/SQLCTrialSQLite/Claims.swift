// Is a value what was claimed of it?

import SQLCEngine
import SQLCEngineSQLite
import SQLCModel

extension SQLiteTrialTypes {
  func problem(
    with value: TrialValue, as type: ValueType, _ enumerations: [EnumerationModel.ID: Set<String>]
  ) -> ValueProblem? {
    // lang_expr.html#operators: an integer that no longer fits 64 bits becomes REAL.
    if case .integer = type, case .real(let number) = value, abs(number) >= 0x1p63 { return .overflow }
    guard storageFits(value, type) else { return .type(found: typeName(of: value)) }
    return form(of: value, type, enumerations)
  }

  private func storageFits(_ value: TrialValue, _ type: ValueType) -> Bool {
    switch (type, value) {
    case (.any, _): true
    case (.integer, .integer), (.boolean, .integer): true
    case (.real, .real), (.real, .integer): true
    case (.numeric, .integer), (.numeric, .real): true
    case (.text, .text), (.enumeration, .text), (.date, .text), (.json, .text): true
    // JSON functions also give numbers out of JSON text; a value kept as JSON reads any of them.
    case (.json, .integer), (.json, .real), (.json, .blob): true
    // Text like a number became one (datatype3.html#type_affinity).
    case (.time, .text), (.time, .integer), (.time, .real): true
    case (.blob, .blob), (.vector, .blob): true
    case (.uuid, .text), (.uuid, .blob): true
    case (.decimal, .text), (.decimal, .integer), (.decimal, .real): true
    // A number is a Julian day, or a day written YYYYMMDD that the affinity of DATE, NUMERIC, has made a number.
    case (.date, .integer), (.date, .real): true
    case (.timestamp, .text), (.timestamp, .integer), (.timestamp, .real): true
    default: false
    }
  }

  private func form(
    of value: TrialValue, _ type: ValueType, _ enumerations: [EnumerationModel.ID: Set<String>]
  ) -> ValueProblem? {
    switch (type, value) {
    case (.boolean, .integer(let number)) where number != 0 && number != 1: .form("\(number) is no truth value")
    case (.enumeration(let id), .text(let text)) where enumerations[id]?.contains(text) == false:
      .form("\(literal(of: value)) is no value of \(id)")
    case (.uuid, .text(let text)) where text.utf8.count != 36: .form("\(literal(of: value)) is no UUID")
    case (.uuid, .blob(let bytes)) where bytes.count != 16: .form("a UUID has 16 bytes, not \(bytes.count)")
    case (.vector, .blob(let bytes)) where bytes.count % 4 != 0: .form("\(bytes.count) bytes are no vector")
    case (.timestamp, .text(let text)) where !startsWithDate(text): .form("\(literal(of: value)) is no time")
    case (.date, .text(let text)) where !startsWithDate(text) || !isMidnight(text.utf8.dropFirst(10)):
      .form("\(literal(of: value)) is no day")
    case (.date, .integer(let number)) where !isDay(Double(number)):
      .form("\(literal(of: value)) is neither a Julian day nor a day written YYYYMMDD")
    case (.date, .real(let number)) where !isDay(number):
      .form("\(literal(of: value)) is neither a Julian day nor a day written YYYYMMDD")
    case (.timestamp, .integer(let number)) where storage.times == .text && !isJulianDay(Double(number)):
      .form("\(literal(of: value)) is no Julian day")
    case (.timestamp, .real(let number)) where storage.times == .text && !isJulianDay(number):
      .form("\(literal(of: value)) is no Julian day")
    default: nil
    }
  }

  /// What SQLite's date functions take for one: from noon of 24 November 4714 BC to the end of 9999 (date.c, validJulianDay).
  private func isJulianDay(_ number: Double) -> Bool { number >= 0 && number < 5_373_484.5 }

  private func isDay(_ number: Double) -> Bool {
    if isJulianDay(number) { return true }
    guard let digits = Int(exactly: number), (10_000_000...99_999_999).contains(digits) else { return false }
    let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100)
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return days.indices.contains(month - 1) && (1...days[month - 1]).contains(day)
  }

  /// Nothing, or midnight in UTC, as drivers without a type for days write it: ` 00:00:00+00:00`.
  private func isMidnight(_ text: Substring.UTF8View) -> Bool {
    guard let rest = String(text) else { return false }
    return rest.isEmpty || rest.wholeMatch(of: /[ T]+00:00(:00(\.0*)?)?( *(Z|[+-]00:00))?/) != nil
  }

  /// `YYYY-MM-DD`, or the `HH:MM` that SQLite's date functions take for a day in 2000 (lang_datefunc.html).
  private func startsWithDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func isDigit(_ index: Int) -> Bool { index < bytes.count && bytes[index] >= 0x30 && bytes[index] <= 0x39 }
    if bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D {
      return [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy(isDigit)
    }
    return bytes.count >= 5 && bytes[2] == 0x3A && [0, 1, 3, 4].allSatisfy(isDigit)
  }
}

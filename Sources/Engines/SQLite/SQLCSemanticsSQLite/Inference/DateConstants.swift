// Calls of date functions that are known to succeed: `date('now', '-7 days')` is never NULL (inference rule 106).

import SQLCSyntaxSQLite

extension Inference {
  /// No arguments, or 'now' or a plain date, and modifiers that every supported release understands.
  ///
  /// SQLite, lang_datefunc.html: "If the result is outside 0000-01-01 to 9999-12-31" it is undefined or NULL, so amounts are bounded.
  func isGoodTime(_ arguments: ArraySlice<BoundExpression>) -> Bool {
    guard let time = arguments.first else { return true }
    guard arguments.count <= 5 else { return false }
    switch time.kind {
    case .literal(.string(let text)): guard text.asciiLowercased == "now" || isPlainDate(text) else { return false }
    case .literal(.currentDate), .literal(.currentTimestamp): break
    default: return false
    }
    return arguments.dropFirst().allSatisfy { argument in
      guard case .literal(.string(let modifier)) = argument.kind else { return false }
      return isGoodModifier(modifier.asciiLowercased)
    }
  }

  func isGoodFormat(_ expression: BoundExpression) -> Bool {
    guard case .literal(.string(let format)) = expression.kind, !format.isEmpty else { return false }
    var rest = format.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else { continue }
      guard let directive = rest.popFirst(), "dfHjJmMsSwWY%".utf8.contains(directive) else { return false }
    }
    return true
  }

  /// `unixepoch(t, 'subsec')` is REAL (3.42).
  func unixEpochStorage(_ call: BoundCall) -> StorageClasses {
    for modifier in call.arguments {
      switch modifier.kind {
      case .literal(.string(let text)):
        let folded = text.asciiLowercased
        if folded == "subsec" || folded == "subsecond" { return .real }
      case .literal: break
      default: if call.arguments.count > 1 { return modifier.isFirst(of: call) ? .integer : .numeric }
      }
    }
    return .integer
  }

  private func isPlainDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return false }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return false }
    return (1000...5000).contains(year) && (1...12).contains(month) && (1...28).contains(day)
  }

  private func isGoodModifier(_ text: String) -> Bool {
    switch text {
    case "start of month", "start of year", "start of day", "localtime", "utc": return true
    case "subsec", "subsecond": return options.minimumVersion >= SQLiteVersion(3, 42)
    default: break
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 2, var amount = words.first?.utf8[...], let unit = words.last else { return false }
    if unit == "0" || words[0] == "weekday" {
      return words[0] == "weekday" && unit.utf8.count == 1 && ("0"..."6").contains(String(unit))
    }
    if let sign = amount.first, sign == 0x2B || sign == 0x2D { amount = amount.dropFirst() }
    guard !amount.isEmpty, amount.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
    switch unit {
    case "second", "seconds", "minute", "minutes", "hour", "hours": return amount.count <= 6
    case "day", "days": return amount.count <= 5
    case "month", "months": return amount.count <= 3
    case "year", "years": return amount.count <= 2
    default: return false
    }
  }
}

extension BoundExpression {
  fileprivate func isFirst(of call: BoundCall) -> Bool { call.arguments.first?.range == range }
}

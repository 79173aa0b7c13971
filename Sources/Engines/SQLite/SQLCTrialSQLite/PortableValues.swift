// Values of SQLite in words of no engine, and back: as the runtime reads and writes them.

import SQLCEngine
import SQLCEngineSQLite
import SQLCModel

extension SQLiteTrialTypes {
  func portable(_ value: TrialValue, as type: ValueType) -> PortableValue? {
    switch value {
    case .null: .null
    case .integer(let number): portable(number, as: type)
    case .real(let number): portable(number, as: type)
    case .text(let text): portable(text, as: type)
    case .blob(let bytes): portable(bytes, as: type)
    case .other(let type, let text): .other(type: type, text: text)
    }
  }

  private func portable(_ number: Int64, as type: ValueType) -> PortableValue? {
    switch type.withoutDomains {
    case .boolean: number == 0 || number == 1 ? .boolean(number == 1) : nil
    case .decimal: .decimal(DecimalDigits(number))
    case .json: .json("\(number)")
    case .timestamp: storage.times == .text ? instant(julianDay: Double(number)) : instant(Double(number))
    case .date: day(Double(number))
    case .time: .other(type: "time", text: "\(number)")
    case .real: .real(Double(number))
    case .uuid, .vector, .array, .blob, .enumeration: nil
    default: .integer(number)
    }
  }

  private func portable(_ number: Double, as type: ValueType) -> PortableValue? {
    switch type.withoutDomains {
    case .decimal: DecimalDigits("\(number)").map { .decimal($0) }
    case .json: .json("\(number)")
    case .timestamp: storage.times == .text ? instant(julianDay: number) : instant(number)
    case .date: day(number)
    case .time: .other(type: "time", text: "\(number)")
    case .uuid, .vector, .array, .blob, .enumeration, .boolean: nil
    default: .real(number)
    }
  }

  private func portable(_ text: String, as type: ValueType) -> PortableValue? {
    switch type.withoutDomains {
    // What the application decodes of such a text is up to it.
    case .integer, .real, .numeric, .any: .text(text)
    case .array: PortableValue(text: text, as: .json(.text))
    default: PortableValue(text: text, as: type)
    }
  }

  private func portable(_ bytes: [UInt8], as type: ValueType) -> PortableValue? {
    switch type.withoutDomains {
    case .uuid: return PortableValue.uuid(bytes: bytes)
    case .vector:
      guard bytes.count % 4 == 0 else { return nil }
      return .vector(
        stride(from: 0, to: bytes.count, by: 4).map { place in
          Float(
            bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) })
        })
    case .blob, .any: return .bytes(bytes)
    default: return nil
    }
  }

  // MARK: Times

  private func instant(_ number: Double) -> PortableValue? {
    switch storage.times {
    case .unixSeconds: whole(number * 1_000_000).map { .instant($0) }
    case .unixMilliseconds: whole(number * 1000).map { .instant($0) }
    case .julianDay, .text: instant(julianDay: number)
    }
  }

  /// To the millisecond, as SQLite's own functions read it.
  private func instant(julianDay number: Double) -> PortableValue? {
    guard (0..<5_373_484.5).contains(number) else { return nil }
    return whole(((number - 2_440_587.5) * 86_400_000).rounded() * 1000).map { .instant($0) }
  }

  private func whole(_ number: Double) -> Int64? { Int64(exactly: number.rounded()) }

  /// A Julian day, or `YYYYMMDD` that an affinity has made a number.
  private func day(_ number: Double) -> PortableValue? {
    if let digits = Int(exactly: number), (10_000_000...99_999_999).contains(digits) {
      let text = "\(digits)"
      return CalendarDay("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))").map { .day($0) }
    }
    guard (0..<5_373_484.5).contains(number) else { return nil }
    return .day(CalendarDay(number: Int((number + 0.5).rounded(.down)) - 2_440_588))
  }

  // MARK: Stored

  func stored(_ value: PortableValue, as type: ValueType, named typeName: String) -> TrialValue? {
    switch value {
    case .null: return .null
    case .integer(let number):
      return type.withoutDomains == .text ? .text("\(number)") : .integer(number)
    case .real(let number): return .real(number)
    case .decimal(let digits):
      if case .text = type.withoutDomains { return .text(digits.description) }
      if let whole = digits.whole { return .integer(whole) }
      // What has more digits than SQLite keeps is refused, as the runtime does.
      guard digits.digits.count <= 15, DecimalDigits("\(digits.double)") == digits else { return nil }
      return .real(digits.double)
    case .boolean(let truth): return .integer(truth ? 1 : 0)
    case .bytes(let bytes): return .blob(bytes)
    case .uuid(let text):
      guard case .uuid = type.withoutDomains, storage.uuids == .blob else {
        return type.withoutDomains == .blob
          ? SQLCEngine.bytes(ofHexadecimal: text.filter { $0 != "-" }).map { .blob($0) } : .text(text)
      }
      return SQLCEngine.bytes(ofHexadecimal: text.filter { $0 != "-" }).map { .blob($0) }
    case .day(let day): return .text(day.description)
    case .instant(let instant): return stored(instant, as: type)
    case .vector(let numbers):
      if case .json = type.withoutDomains { return value.json.map { .text($0) } }
      return .blob(
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } })
    case .list: return value.json.map { .text($0) }
    case .text(let text), .json(let text), .other(_, let text): return .text(text)
    }
  }

  private func stored(_ instant: Int64, as type: ValueType) -> TrialValue {
    guard case .timestamp = type.withoutDomains else { return .text(instantText(instant)) }
    switch storage.times {
    case .text: return .text(instantText(instant - instant % 1000))
    case .unixSeconds: return .integer(instant / 1_000_000)
    case .unixMilliseconds: return .integer(instant / 1000)
    case .julianDay: return .real(Double(instant) / 86_400_000_000 + 2_440_587.5)
    }
  }
}

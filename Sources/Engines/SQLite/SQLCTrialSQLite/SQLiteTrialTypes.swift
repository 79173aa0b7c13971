// What values SQLite has for the kinds of columns, and what is claimed of results.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel

extension ValueKind {
  /// By the words of a declared type, in the order in which SQLite derives an affinity
  /// (datatype3.html#determination_of_column_affinity), after the types that have a meaning of their own.
  init(declared: String) {
    let type = declared.uppercased()
    switch DeclaredMeaning(declaredType: declared) {
    case .boolean?: self = .boolean
    case .dateTime?: self = .dateTime
    case .date?: self = .date
    case .time?: self = .time
    case .json?: self = .json
    case .uuid?: self = .uuid
    case .decimal?: self = .numeric
    case .vector?: self = .vector
    case nil where type.isEmpty || type == "ANY": self = .any
    case nil:
      if type.contains("INT") {
        self = .integer
      } else if type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT") {
        self = .text
      } else if type.contains("BLOB") {
        self = .blob
      } else if type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB") {
        self = .real
      } else {
        self = .numeric
      }
    }
  }
}

struct SQLiteTrialTypes: TrialTypes {
  let storage: ValueStorage

  func value(of kind: ValueKind, using random: inout SeededGenerator) -> TrialValue? {
    switch kind {
    case .dateTime: dateTime(&random)
    // The column's affinity is NUMERIC, so that text like a number becomes one.
    case .time:
      .text(
        ["00:00:00", "23:59:59", "09:30", "12:00:00.250", "0700", "930", "9.5"].randomElement(using: &random) ?? "12:00"
      )
    case .uuid: storage.uuids == .blob ? .blob(random.bytes(count: 16)) : nil
    // Numbers that are small: the last byte of each has its exponent.
    case .vector: .blob(random.bytes(count: 4 * 4).enumerated().map { $0.offset % 4 == 3 ? 0x3E : $0.element })
    default: nil
    }
  }

  private func dateTime(_ random: inout SeededGenerator) -> TrialValue {
    let seconds = Int64.random(in: 1_262_304_000...2_208_988_800, using: &random)
    switch storage.times {
    case .unixSeconds: return .integer(seconds)
    case .unixMilliseconds: return .integer(seconds * 1000)
    case .julianDay: return .real(Double(seconds) / 86_400 + 2_440_587.5)
    case .text:
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let time = [
        Int.random(in: 0...23, using: &random), Int.random(in: 0...59, using: &random),
        Int.random(in: 0...59, using: &random),
      ].map(two).joined(separator: ":")
      let day = random.day()
      return .text("\(day) \(time)" + (random.chance(20) ? ".\(Int.random(in: 100...999, using: &random))" : ""))
    }
  }

  /// Is the value of a storage class that the kind has? Kinds without one of their own take anything; what the affinity makes
  /// of other values is theirs too (datatype3.html#type_affinity).
  func fit(of value: TrialValue, in kind: ValueKind) -> ValueFit {
    switch (kind, value) {
    case (_, .null), (.any, _), (.json, _), (.numeric, _), (.dateTime, _), (.time, _), (.other, _): .asItIs
    case (.integer, .integer), (.boolean, .integer), (.real, .integer), (.real, .real): .asItIs
    case (.text, .text), (.date, .text), (.blob, .blob), (.vector, .blob): .asItIs
    case (.uuid, .text): storage.uuids == .text ? .asItIs : .none
    case (.uuid, .blob): storage.uuids == .blob ? .asItIs : .none
    case (.integer, .text(let text)), (.boolean, .text(let text)): Int64(text) != nil ? .converted : .none
    case (.real, .text(let text)): Double(text) != nil ? .converted : .none
    case (.text, .integer), (.text, .real): .converted
    default: .none
    }
  }

  func typeName(of value: TrialValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer: "INTEGER"
    case .real: "REAL"
    case .text: "TEXT"
    case .blob: "BLOB"
    case .other(let type, _): type
    }
  }

  func literal(of value: TrialValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let value): "\(value)"
    case .real(let value): value.isNaN ? "NULL" : value.isInfinite ? (value < 0 ? "-9e999" : "9e999") : "\(value)"
    case .text(let value), .other(_, let value):
      "'" + value.prefix(60).replacingScalars("'", with: "''") + (value.count > 60 ? "…'" : "'")
    case .blob(let bytes):
      "x'" + bytes.prefix(24).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
        + (bytes.count > 24 ? "…'" : "'")
    }
  }
}

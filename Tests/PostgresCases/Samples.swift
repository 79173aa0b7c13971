// Values from everywhere in the range of each type that a parameter of generated code can have.

import Foundation
import SQLCPostgres

/// A type that arguments are of.
nonisolated protocol CaseSample: Sendable {
  static func sample(_ values: CaseValues) -> Self
}

extension CaseSample where Self: CaseIterable, AllCases.Index == Int {
  nonisolated static func sample(_ values: CaseValues) -> Self { allCases[values.index(below: allCases.count)] }
}

nonisolated extension Optional: CaseSample where Wrapped: CaseSample {
  static func sample(_ values: CaseValues) -> Wrapped? { values.index(below: 4) == 0 ? nil : Wrapped.sample(values) }
}

nonisolated extension Array: CaseSample where Element: CaseSample {
  static func sample(_ values: CaseValues) -> [Element] {
    (0..<values.pick([0, 1, 3])).map { _ in Element.sample(values) }
  }
}

/// Of numbers the usual ones come as often as the extremes.
nonisolated extension FixedWidthInteger {
  static func extremes(_ values: CaseValues, _ types: String) -> Self {
    values.pick([.min, .max, 0, 1, 2, 3, 10], known: values.known.values(types) { Self($0) })
  }
}

nonisolated extension Int: CaseSample { static func sample(_ values: CaseValues) -> Int { extremes(values, "int8") } }
nonisolated extension Int64: CaseSample {
  static func sample(_ values: CaseValues) -> Int64 { extremes(values, "int8") }
}
nonisolated extension Int32: CaseSample {
  static func sample(_ values: CaseValues) -> Int32 { extremes(values, "int4") }
}
nonisolated extension Int16: CaseSample {
  static func sample(_ values: CaseValues) -> Int16 { extremes(values, "int2") }
}
nonisolated extension UInt32: CaseSample {
  static func sample(_ values: CaseValues) -> UInt32 { extremes(values, "oid") }
}
nonisolated extension UInt8: CaseSample {
  static func sample(_ values: CaseValues) -> UInt8 { values.pick([1, 65, 127, 128, 255]) }
}

nonisolated extension Bool: CaseSample {
  static func sample(_ values: CaseValues) -> Bool { values.pick([true, false]) }
}

nonisolated extension Double: CaseSample {
  static func sample(_ values: CaseValues) -> Double {
    values.pick([
      0, -0.0, 1, 0.1, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
      .nan,
    ])
  }
}

nonisolated extension Float: CaseSample {
  static func sample(_ values: CaseValues) -> Float {
    values.pick([
      0, -0.0, 1, 0.1, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
      .nan,
    ])
  }
}

nonisolated extension String: CaseSample {
  static func sample(_ values: CaseValues) -> String {
    values.pick(
      [
        "", "a", "a@b.c", "a'b\"c\\", "%_", "Ü🧭\u{1F468}\u{200D}\u{1F469}", "'\u{301}; --",
        "\u{1}\t\n\r\u{FFFD}\u{10FFFF}",
        String(repeating: "x", count: 10_000), "2024-02-29",
      ], known: values.known.values("text", "varchar", "bpchar") { $0 })
  }
}

nonisolated extension Data: CaseSample {
  static func sample(_ values: CaseValues) -> Data {
    values.pick([Data(), Data([0]), Data((0...255).map { UInt8($0) }), Data(repeating: 0, count: 10_000)])
  }
}

nonisolated extension UUID: CaseSample {
  static func sample(_ values: CaseValues) -> UUID {
    values.pick(
      ["00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"].compactMap {
        UUID(uuidString: $0)
      },
      known: values.known.values("uuid") { UUID(uuidString: $0) })
  }
}

nonisolated extension Date: CaseSample {
  /// Whole milliseconds: what a Date of the far past or future holds is no finer.
  static func sample(_ values: CaseValues) -> Date {
    values.pick([
      Date(timeIntervalSince1970: 0), Date(timeIntervalSince1970: 1_700_000_000.125), Date(timeIntervalSince1970: -0.5),
      // 4713-01-01 BC and the last second of 294276.
      Date(timeIntervalSince1970: -210_863_520_000), Date(timeIntervalSince1970: 9_224_318_015_999),
    ])
  }
}

nonisolated extension PostgresDay: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresDay {
    values.pick(
      [(2024, 2, 29), (1970, 1, 1), (1, 1, 1), (0, 12, 31), (-4712, 1, 1), (5_874_897, 12, 31), (9999, 12, 31)]
        .compactMap { PostgresDay(year: $0, month: $1, day: $2) },
      known: values.known.values("date") { PostgresDay($0) })
  }
}

nonisolated extension PostgresTime: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresTime {
    values.pick([0, 1, 43_200_000_000, 86_399_999_999, 86_400_000_000].compactMap { PostgresTime(microseconds: $0) })
  }
}

nonisolated extension PostgresTimeWithZone: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresTimeWithZone {
    PostgresTimeWithZone(time: .sample(values), secondsFromUTC: values.pick([0, -57_599, 57_599, 3_600, -12_600]))
  }
}

nonisolated extension PostgresTimestamp: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresTimestamp {
    let days = [(2024, 2, 29), (-4712, 1, 1), (294_276, 12, 31), (0, 1, 1), (2000, 1, 1), (1999, 12, 31)]
    let time = PostgresTime(microseconds: values.pick([0, 1, 86_399_999_999]))
    return values.pick(
      days.compactMap { day in
        PostgresDay(year: day.0, month: day.1, day: day.2).flatMap { day in
          time.flatMap { PostgresTimestamp(day: day, time: $0) }
        }
      })
  }
}

nonisolated extension PostgresInterval: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresInterval {
    values.pick([
      PostgresInterval(), PostgresInterval(months: 14, days: -3, microseconds: 1_500_000),
      PostgresInterval(months: .max, days: .min + 1, microseconds: .min + 1), PostgresInterval(microseconds: .max),
      PostgresInterval(months: -178_000_000 * 12),
    ])
  }
}

nonisolated extension PostgresDecimal: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresDecimal {
    values.pick(
      [
        "0", "0.00", "-1", "1.50", "12.34", "99999999.99", "-0.000000001", "123456789012345678901234567890.5", "NaN",
        "Infinity",
        "-Infinity", "1" + String(repeating: "0", count: 131_071), "0." + String(repeating: "0", count: 16_382) + "1",
        String(repeating: "9", count: 5_000) + "." + String(repeating: "9", count: 5_000),
      ].compactMap { PostgresDecimal($0) })
  }
}

nonisolated extension PostgresMoney: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresMoney {
    PostgresMoney(units: values.pick([0, 1, -1, .min, .max]))
  }
}

nonisolated extension PostgresJSON: CaseSample {
  /// As the server writes them: it keeps the text of `json`, and makes its own of `jsonb`.
  static func sample(_ values: CaseValues) -> PostgresJSON {
    PostgresJSON(
      values.pick([
        "null", "{}", "[]", "1", "-0.5", "\"\"", "{\"a\": 1}", "{\"a\": [1, null, {\"b\": \"Ü'\\\"\"}]}",
        String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
      ]))
  }
}

nonisolated extension PostgresInet: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresInet {
    values.pick(
      [
        PostgresInet(bytes: [0, 0, 0, 0], prefixLength: 0), PostgresInet(bytes: [255, 255, 255, 255]),
        PostgresInet(bytes: [192, 168, 0, 7], prefixLength: 24),
        PostgresInet(bytes: [UInt8](repeating: 0, count: 16), prefixLength: 0),
        PostgresInet(bytes: [UInt8](repeating: 255, count: 16)),
      ].compactMap { $0 })
  }
}

nonisolated extension PostgresCIDR: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresCIDR {
    values.pick(
      [
        PostgresCIDR(bytes: [0, 0, 0, 0], prefixLength: 0), PostgresCIDR(bytes: [10, 0, 0, 0], prefixLength: 8),
        PostgresCIDR(bytes: [UInt8](repeating: 255, count: 16), prefixLength: 128),
      ].compactMap { $0 })
  }
}

nonisolated extension PostgresMACAddress: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresMACAddress {
    values.pick(
      [[0, 0, 0, 0, 0, 0], [UInt8](repeating: 255, count: 6), [8, 0, 0x2B, 1, 2, 3]].compactMap {
        PostgresMACAddress(bytes: $0)
      })
  }
}

nonisolated extension PostgresBits: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresBits {
    values.pick([[], [true], [false, true, false], [Bool](repeating: true, count: 9)].map { PostgresBits($0) })
  }
}

nonisolated extension PostgresHStore: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresHStore {
    values.pick([[:], ["a": nil], ["a": "", "Ü'\"": "\\ => ,"]].map { PostgresHStore($0) })
  }
}

nonisolated extension PostgresTextSearchVector: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresTextSearchVector {
    PostgresTextSearchVector(values.pick(["", "'a':1", "'a':1A 'cat''s':3 'fat':2,4C", "'\\\\':16383"]))
  }
}

nonisolated extension PostgresTextSearchQuery: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresTextSearchQuery {
    PostgresTextSearchQuery(values.pick(["", "'a'", "'fat' & ( 'cat' | 'rat':*A )", "!'a' <-> 'b' <2> 'c'"]))
  }
}

nonisolated extension PostgresRange: CaseSample where Bound: CaseSample & Comparable {
  static func sample(_ values: CaseValues) -> PostgresRange<Bound> {
    let ends = [Bound.sample(values), .sample(values)].sorted()
    switch values.index(below: 5) {
    case 0: return .empty
    case 1: return .bounds(lower: .unbounded, upper: .unbounded)
    case 2: return .bounds(lower: .including(ends[0]), upper: .unbounded)
    case 3: return .bounds(lower: .unbounded, upper: .excluding(ends[1]))
    default: return ends[0] < ends[1] ? .bounds(lower: .including(ends[0]), upper: .excluding(ends[1])) : .empty
    }
  }
}

nonisolated extension PostgresMultirange: CaseSample where Bound: CaseSample & Comparable {
  static func sample(_ values: CaseValues) -> PostgresMultirange<Bound> {
    let range = PostgresRange<Bound>.sample(values)
    return PostgresMultirange(range == .empty ? [] : [range])
  }
}

nonisolated extension PostgresSparseVector: CaseSample {
  static func sample(_ values: CaseValues) -> PostgresSparseVector {
    PostgresSparseVector(dimensions: 3, elements: values.pick([[:], [0: 0.5], [0: -1, 2: .greatestFiniteMagnitude]]))
  }
}

// Texts and numbers of all kinds as dates: what SQLite reads is read, with the same millisecond, and nothing else.
//
//     SQLC_SWIFT_DATES=1000000 swift test --filter DateFuzzTests      as many texts; SQLC_SWIFT_SEED: the same ones again

import Foundation
import Testing

@testable import SQLCRuntime

nonisolated private func setting(_ name: String) -> UInt64? {
  ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
}

@Suite struct DateFuzzTests {
  @Test func readsWhatSQLiteReads() throws {
    let seed = setting("SQLC_SWIFT_SEED") ?? UInt64.random(in: 1...1_000_000)
    var texts = TimeTexts(seed: seed)
    let comparison = try Comparison()
    var accepted = 0
    let count = Int(setting("SQLC_SWIFT_DATES") ?? 50_000)
    for _ in 0..<count {
      let value = texts.next()
      let (ours, sqlite) = try comparison.milliseconds(of: value)
      #expect(ours == sqlite, "\(value), seed \(seed)")
      if sqlite != nil { accepted += 1 }
      if ours != sqlite { break }
    }
    // Neither side is trivial.
    #expect(accepted > count / 10)
    #expect(accepted < count * 9 / 10)
  }

  @Test(arguments: [
    "-4713-11-24 12:00", "-4713-11-24 11:59:59.999", "-4713-11-24 11:59:59.9996", "-4714-11-24 12:00", "-9999-01-01",
    "9999-12-31 24:00", "9999-12-31 24:00:00", "9999-12-31 23:59:59.999", "9999-12-31 23:59:59.9996",
    "9999-12-31 23:59-00:01", "9999-12-31 24:59+14:00", "-4713-11-24 12:00+00:01", "-4713-11-24 12:00-14:00",
    "0x10", "0x1p3", " 2460431.5", "2460431.5 ", "\t2460431.5\r\n", "2460431.5\u{a0}", "1e3", "1E+3", "1.e3", ".5", ".",
    "-.5", "-0", "+5", "1e", "e5", "1e99999", "1e-99999", "infinity", "nan", "1_000", "٢٠٢٤-٠١-٠١", "２０２４-01-01",
    "2024-01-01 ", " 2024-01-01", "2024-01-01TT10:20", "2024-01-01t10:20", "2024-01-01\n10:20", "2024-01-01 10:20z",
    "2024-01-01 10:20 +01:00 ", "2024-01-01 10:20+1:00", "2024-01-01 10:20:30.", "2024-01-01 10:20:30.Z", "10:20Z",
    "2024-01-01Z", "2024-01-01+01:00", "2024-01-01 10:20:30.4995", "2024-01-01 10:20:30.9999",
    "2024-01-01 24:59:59.999",
    "5373484.5", "5373484.49999999", "5373484.4999999999", "-0.0", "-0.0000000001", "2024-01-01\0 and more", "\u{0}",
    "2024-01-01 10:20:30." + String(repeating: "9", count: 400),
    "2024-01-01 10:20:30.1" + String(repeating: "0", count: 400),
    String(repeating: "1", count: 400), String(repeating: "0", count: 400) + "7", "2024", "2024-01", "20240101",
    "10:20:3",
  ])
  func edges(text: String) throws {
    let (ours, sqlite) = try Comparison().milliseconds(of: .text(text))
    #expect(ours == sqlite)
  }

  /// What is written is read back, to the millisecond.
  @Test func comesBack() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<5000 {
      let milliseconds = Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &generator)
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      let text = try #require(timeText(ofUnixSeconds: date.timeIntervalSince1970))
      #expect(text.withUnsafeBufferPointer { unixSeconds(ofTimeValue: $0) } == Double(milliseconds) / 1000)
      let day = try #require(julianDay(ofUnixSeconds: date.timeIntervalSince1970))
      #expect(unixSeconds(ofJulianDay: day) == Double(milliseconds) / 1000)
    }
  }
}

/// Both readings of a value, in milliseconds since 1970.
nonisolated private struct Comparison {
  private let core: ConnectionCore
  private static let definition = StatementDefinition(
    name: "Date", sql: "SELECT ?1, CAST(round((julianday(?1) - 2440587.5) * 86400000.0) AS INTEGER)", parameters: 1,
    isReadOnly: true)

  init() throws { core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open() }

  func milliseconds(of value: SQLiteValue) throws -> (ours: Int64?, sqlite: Int64?) {
    let prepared = try core.prepare(Self.definition)
    defer { core.finish(prepared) }
    let statement = Statement(prepared)
    try statement.bind(value, at: 1)
    guard try statement.step() else { throw statement.missingRow() }
    let date: Date? = try? statement.row.decode(0)
    return (date.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }, try statement.row.decode(1))
  }
}

/// Time values as people and programs write them, most with something changed.
nonisolated private struct TimeTexts {
  private var generator: SeededNumbers
  init(seed: UInt64) { generator = SeededNumbers(state: seed) }

  mutating func next() -> SQLiteValue {
    if chance(5) { return .real(number()) }
    var bytes = Array(text().utf8)
    for _ in 0..<pick([0, 0, 1, 1, 2]) { mutate(&bytes) }
    // `now` is read by SQLite and not by us.
    let text = String(decoding: bytes, as: UTF8.self)
    return .text(text.lowercased() == "now" ? "" : text)
  }

  private mutating func text() -> String {
    switch below(8) {
    case 0: return time() + zone()
    case 1: return pick(["", "", " ", "\t", "  "]) + plain() + pick(["", "", " ", "\n", "e0", "e-2", "E+1"])
    case 2: return date()
    default: return date() + pick([" ", " ", "T", "  ", "T ", "t", ""]) + time() + zone()
    }
  }

  private mutating func date() -> String {
    let year = pick([below(10_000), below(10_000), 0, 9999, 4713, 4712, 4714, 2024, 1970, 1582])
    return pick(["", "", "", "-"]) + padded(year, 4) + "-" + padded(pick([1, 2, 12, below(14), 11]), 2) + "-"
      + padded(pick([1, 24, 28, 29, 30, 31, below(34)]), 2)
  }

  private mutating func time() -> String {
    var text = padded(pick([0, 12, 23, 24, below(27)]), 2) + ":" + padded(pick([0, 59, below(62)]), 2)
    if chance(70) {
      text += ":" + padded(pick([0, 59, below(62)]), 2)
      if chance(50) {
        text += "."
        for _ in 0..<pick([0, 1, 2, 3, 3, 4, 6, 9, 17, 30]) { text += pick(["\(below(10))", "9", "0", "5"]) }
      }
    }
    return text
  }

  private mutating func zone() -> String {
    switch below(6) {
    case 0: "Z"
    case 1: pick([" ", ""]) + pick(["+", "-"]) + padded(pick([0, 14, below(17)]), 2) + ":" + padded(below(62), 2)
    case 2: pick([" ", "z", " Z", "Z "])
    default: ""
    }
  }

  private mutating func number() -> Double {
    pick([
      Double(below(5_400_000)) + Double(below(1_000_000)) / 1_000_000, 5_373_484.5, 5_373_484.499999999, -0.5, 0,
      Double(below(5_400_000)), 1e300, -1e300, .infinity, 2_440_587.5,
    ])
  }

  /// A number as text, with as many digits as it likes.
  private mutating func plain() -> String {
    let whole = pick([below(5_400_000), 2_460_431, 5_373_484, 0, below(10)])
    var text = pick(["", "", "", "-", "+"]) + "\(whole)"
    if chance(70) {
      text += "."
      for _ in 0..<below(12) { text += "\(below(10))" }
    }
    return text
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let place = below(bytes.count + 1)
    let byte = pick(Array("0123456789:.-+TZ tz eE\t\n,;/x_".utf8) + [0, 0xC3, 0xFF, 0xA0])
    switch below(4) {
    case 0: bytes.insert(byte, at: place)
    case 1 where place < bytes.count: bytes.remove(at: place)
    case 2 where place < bytes.count: bytes[place] = byte
    case 3: bytes.insert(contentsOf: pick([" ", "  ", "٣", "é", "\0", "T"]).utf8, at: place)
    default: break
    }
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
  private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  private mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}

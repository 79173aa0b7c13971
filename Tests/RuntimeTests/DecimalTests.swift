// Decimals against arithmetic on digits, and against what SQLite makes of the same texts.

import Foundation
import Testing

@testable import SQLCRuntime

/// Random numbers that a seed repeats.
nonisolated struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// A decimal number as digits: `0.DIGITS × 10^point`, without zeros at either end. The model.
nonisolated private struct Digits: Equatable {
  var isNegative = false
  var digits: [UInt8] = []
  var point = 0

  /// With a regular expression and strings, unlike what is tested. Exponents must fit `Int32`.
  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([+-]?)([0-9]*)\.?([0-9]*)([eE]([+-]?[0-9]+))?/.asciiOnlyDigits()),
      text.utf8.allSatisfy({ $0 < 128 }), !match.2.isEmpty || !match.3.isEmpty
    else { return nil }
    let all = match.2 + match.3
    // Without a digit other than zero it does not matter.
    guard let power = match.5.map({ Int($0) ?? (all.allSatisfy { $0 == "0" } ? 0 : nil) }) ?? .some(0) else {
      return nil
    }
    point = match.2.count + power
    digits = all.utf8.map { $0 - 48 }
    while digits.first == 0 {
      digits.removeFirst()
      point -= 1
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 } else { isNegative = match.1 == "-" }
  }

  /// Of the decimal's parts, by the same rules.
  init(_ decimal: SQLiteDecimal) {
    isNegative = decimal.coefficient < 0
    digits = String(decimal.coefficient.magnitude).utf8.map { $0 - 48 }
    if digits == [0] { digits = [] }
    point = digits.isEmpty ? 0 : digits.count + decimal.exponent
  }

  static func < (a: Digits, b: Digits) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? magnitude(b, isBelow: a) : magnitude(a, isBelow: b)
  }

  private static func magnitude(_ a: Digits, isBelow b: Digits) -> Bool {
    if a.digits.isEmpty || b.digits.isEmpty { return !b.digits.isEmpty }
    if a.point != b.point { return a.point < b.point }
    return a.digits.lexicographicallyPrecedes(b.digits)
  }
}

@Suite struct DecimalTests {
  private static func randomText(_ generator: inout SeededNumbers) -> String {
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
    func digits(_ most: Int) -> String {
      (0..<below(most + 1)).map { _ in below(3) == 0 ? "0" : "\(below(10))" }.joined()
    }
    var text = ["", "", "-", "+"][below(4)] + digits(below(4) == 0 ? 45 : 12)
    if below(2) == 0 { text += "." + digits(below(4) == 0 ? 45 : 12) }
    if below(2) == 0 { text += ["e", "E"][below(2)] + ["", "-", "+"][below(3)] + digits(4) }
    if below(5) == 0 {
      let strange = [".", "e", " ", "-", "\u{301}", "٣", "\0", "x", "１", "_"][below(10)]
      text.unicodeScalars.insert(
        contentsOf: strange.unicodeScalars,
        at: text.unicodeScalars.index(text.unicodeScalars.startIndex, offsetBy: below(text.unicodeScalars.count + 1)))
    }
    return text
  }

  @Test func textsAreReadExactlyOrRefused() {
    let seed = UInt64.random(in: 1...1_000_000)
    var generator = SeededNumbers(state: seed)
    var (read, before) = (0, SQLiteDecimal(0))
    for _ in 0..<20_000 {
      let text = Self.randomText(&generator)
      let model = Digits(text)
      guard let decimal = SQLiteDecimal(text) else {
        // What is refused is no number, or needs more than 38 digits.
        #expect(model == nil || (model?.digits.count ?? 0) > 38, "'\(text)', seed \(seed)")
        continue
      }
      read += 1
      #expect(Digits(decimal) == model, "'\(text)' is \(decimal), seed \(seed)")
      #expect(SQLiteDecimal(decimal.description) == decimal, "\(decimal)")
      #expect((decimal < before) == (Digits(decimal) < Digits(before)), "\(decimal) \(before)")
      #expect((decimal == before) == (Digits(decimal) == Digits(before)), "\(decimal) \(before)")
      before = decimal
    }
    #expect(read > 5000)
  }

  /// The text in a NUMERIC column, as SQLite converts it, and the decimal written to one, are the same value; and what is
  /// written is read back exactly.
  @Test func columnsHoldWhatSQLiteMakesOfTheText() throws {
    let core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open()
    try core.execute("CREATE TABLE t (written DECIMAL, converted DECIMAL)")
    let replace = StatementDefinition(
      name: "Replace",
      sql: "REPLACE INTO t (rowid, written, converted) VALUES (1, ?1, ?2) RETURNING written, converted",
      parameters: 2, isReadOnly: false)
    let seed = UInt64.random(in: 1...1_000_000)
    var generator = SeededNumbers(state: seed)
    var (stored, refused) = (0, 0)
    for _ in 0..<10_000 {
      let text = Self.randomText(&generator)
      guard let decimal = SQLiteDecimal(text) else { continue }
      let prepared = try core.prepare(replace)
      defer { core.finish(prepared) }
      let statement = Statement(prepared)
      do { try statement.bind(decimal, at: 1) } catch {
        refused += 1
        // Nothing that fits is refused.
        let isLong = String(decimal.coefficient.magnitude).count > 15
        #expect(isLong || decimal.doubleValue.magnitude < 1e-300 || decimal.doubleValue.isInfinite, "\(text)")
        continue
      }
      try statement.bind(text, at: 2)
      guard try statement.step() else { throw statement.missingRow() }
      stored += 1
      #expect(try statement.row.decode(0) == decimal, "\(text), seed \(seed)")
      // SQLite itself takes the smallest numbers for zero, and makes a Double of large integers that have a point or an exponent.
      guard decimal.coefficient.magnitude < 1_000_000_000_000_000,
        decimal.coefficient == 0 || (1e-290...9e15).contains(decimal.doubleValue.magnitude)
      else { continue }
      // Its conversion is not always the nearest Double (util.c, sqlite3AtoF).
      let converted: Double = try statement.row.decode(1)
      #expect(abs(converted - decimal.doubleValue) <= decimal.doubleValue.ulp, "\(text), seed \(seed)")
    }
    #expect(stored > 2000)
    #expect(refused > 200)
  }

  @Test(
    arguments: [
      ("1e-9223372036854775808", "1e-9223372036854775808"), ("1e9223372036854775807", "1e9223372036854775807"),
      ("1.0e-9223372036854775808", "1e-9223372036854775808"), ("10e9223372036854775807", "10e9223372036854775807"),
      ("1.5e-9223372036854775808", nil), ("100e-9223372036854775809", nil), ("1e9223372036854775808", nil),
      ("0e9223372036854775808", "0"), ("-0", "0"), ("1e00000000000000000000000000005", "100000"),
      ("15\u{301}2", nil), ("1٥", nil), ("1e٥", nil), ("", nil), ("-", nil), (".", nil), ("e5", nil), ("1e", nil),
      ("1e+", nil), ("1 ", nil), ("0x10", nil), ("inf", nil), ("nan", nil), ("1.2.3", nil), ("--1", nil), ("1\0", nil),
      ("170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
      ("170141183460469231731687303715884105728", nil),
      ("-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728"),
      ("-170141183460469231731687303715884105729", nil),
      ("1000000000000000000000000000000000000000000", "1e42"),
      ("0.00000000000000000000000000000000000000000001", "1e-44"),
    ] as [(String, String?)])
  func edges(text: String, expected: String?) throws {
    let decimal = SQLiteDecimal(text)
    #expect(decimal?.description == expected)
    let json = try JSONEncoder().encode([text])
    let decoded = try? JSONDecoder().decode([SQLiteDecimal].self, from: json)
    #expect(decoded?.first == decimal)
    guard let decimal else { return }
    // Nothing of it traps.
    _ = (decimal < 1, decimal.hashValue, decimal.doubleValue, decimal.decimal, try? write(decimal))
    for other in ["1e-9223372036854775808", "-3e9223372036854775807", "0", "2"].compactMap({ SQLiteDecimal($0) }) {
      #expect([decimal < other, other < decimal, decimal == other].count { $0 } == 1)
    }
  }

  @Test func whatWouldLoseDigitsIsRefused() throws {
    for text in [
      "123456789012345e-330", "1.2e-323", "123456789012345e-325", "1e400", "1e-400", "1e9223372036854775807",
    ] {
      #expect(throws: DatabaseError.self, "\(text)") { try write(#require(SQLiteDecimal(text))) }
    }
    for text in ["5e-324", "2.2250738585072e-308", "1e308", "1e-310"] {
      let decimal = try #require(SQLiteDecimal(text))
      guard case .real(let stored) = try write(decimal) else { throw ConversionError.invalid("no REAL") }
      #expect(SQLiteDecimal("\(stored)") == decimal)
    }
    #expect(SQLiteDecimal("1e-200")?.decimal == nil)
    #expect(SQLiteDecimal("1e-100")?.decimal != nil)
    #expect(SQLiteDecimal(coefficient: 10, exponent: .max).description == "10e9223372036854775807")
  }

  /// Stored by whatever program: read, or an error, and never a trap.
  @Test(arguments: [
    "9e999", "-9e999", "'1e-9223372036854775808'", "'15\u{301}2'", "CAST(x'ff31' AS TEXT)", "'1e99999999999999999999'",
  ])
  func storedNonsense(sql: String) {
    _ = try? read("SELECT \(sql)", as: SQLiteDecimal.self)
    _ = try? read("SELECT \(sql)", as: SQLiteNumber.self)
    _ = try? read("SELECT \(sql)", as: Float.self)
  }
}

// Text in columns of NUMERIC affinity: what SQLite turns into a number is known before it is written, and what it made of text
// is read.

import Testing

@testable import SQLCRuntime

@Suite struct NumericTextTests {
  @Test func agreesWithSQLite() throws {
    let core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open()
    func run<Value>(
      _ sql: String, _ argument: String? = nil, _ read: (borrowing Statement) throws -> Value
    ) throws -> Value {
      let prepared = try core.prepare(
        StatementDefinition(name: "Probe", sql: sql, parameters: argument == nil ? 0 : 1, isReadOnly: false))
      defer { core.finish(prepared) }
      let statement = Statement(prepared)
      if let argument { try statement.bind(argument, at: 1) }
      return try read(statement)
    }
    try run("CREATE TABLE t (v TIME)") { statement in _ = try statement.step() }
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("00123456789...+-eE :x\t")
    let fixed = [
      "0700", "700", "9.5", "09:30", " 7", "7 ", "1e3", "1e", "+5", "-0", "5.", ".5", "-.5", "", ".", "0x10", "inf",
      "nan",
      "99999999999999999999", "9223372036854775807", "9223372036854775808", "1e400", "0.1", "1.0", "\u{a0}7", "2e126",
    ]
    let texts =
      fixed
      + (0..<3000).map { _ in
        String((0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "0" })
      }
    for text in texts {
      try run("INSERT INTO t VALUES (?1)", text) { statement in _ = try statement.step() }
      let stored: SQLiteValue = try run("SELECT v FROM t") { statement in
        guard try statement.step() else { throw statement.missingRow() }
        return try statement.row.decode(0)
      }
      switch stored {
      case .integer(let number): #expect(numberStored(for: text) == .exactly(String(number)), "'\(text)'")
      case .real(let number):
        let expected = numberStored(for: text)
        #expect(expected == .nearly || expected == .exactly(String(number)), "'\(text)' is \(number)")
      default: #expect(numberStored(for: text) == nil, "'\(text)' is \(stored)")
      }
      try run("DELETE FROM t") { statement in _ = try statement.step() }
    }
  }

  @Test func whatWouldNotComeBackIsRefused() throws {
    #expect(try write("09:30", with: NumericTextCodec.self) == .text("09:30"))
    #expect(try write("700", with: NumericTextCodec.self) == .text("700"))
    let error = #expect(throws: DatabaseError.self) { try write("0700", with: NumericTextCodec.self) }
    #expect(error?.kind == .encoding)
    #expect(throws: DatabaseError.self) { try write("2e+126", with: NumericTextCodec.self) }
    #expect(numberStored(for: "2e+126") == .nearly)
    #expect(numberStored(for: "123456.5") == .exactly("123456.5"))
    #expect(try read("SELECT 700", with: NumericTextCodec.self) == "700")
    #expect(try read("SELECT 9.5", with: NumericTextCodec.self) == "9.5")
    #expect(try read("SELECT '09:30'", with: NumericTextCodec.self) == "09:30")
    #expect(throws: DatabaseError.self) { try read("SELECT x'00'", with: NumericTextCodec.self) }
  }

  /// A DATE column has NUMERIC affinity as well.
  @Test(arguments: [
    ("20240229", "2024-02-29"), ("2460369.5", "2024-02-29"), ("2460370", "2024-02-29"), ("99991231", "9999-12-31"),
    ("10000101", "1000-01-01"), ("'2024-02-29'", "2024-02-29"),
  ]) func daysOfNumbers(_ sql: String, _ day: String) throws {
    #expect(try read("SELECT \(sql)", as: SQLiteDay.self).description == day)
  }

  @Test(arguments: ["20240230", "-1", "5373485", "1e300"]) func numbersThatAreNoDays(_ sql: String) {
    #expect(throws: DatabaseError.self) { try read("SELECT \(sql)", as: SQLiteDay.self) }
  }
}

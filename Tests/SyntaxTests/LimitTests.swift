// No input, however deep or long, may overflow the stack or take more than linear time; SQLite's own limits are kept.

import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

private func firstError(_ sql: String) -> String? {
  parseScript(SourceFile(path: "x", text: sql)).diagnostics.first { $0.severity == .error }?.id.name
}

@Suite struct LimitTests {
  struct Nest: Sendable {
    var open: String
    var close = ""
    /// How deep SQLite 3.40.1 goes (found by trying).
    var allowed: Int
  }

  static let nests = [
    Nest(open: "(", close: ")", allowed: 92), Nest(open: "NOT ", allowed: 93), Nest(open: "- ", allowed: 92),
    Nest(open: "(SELECT ", close: ")", allowed: 17), Nest(open: "abs(", close: ")", allowed: 30),
    Nest(open: "CASE WHEN ", close: " THEN 1 END", allowed: 30), Nest(open: "1 IN (", close: ")", allowed: 30),
    Nest(open: "1 BETWEEN ", close: " AND 1", allowed: 45), Nest(open: "1 < (", close: ")", allowed: 30),
    Nest(open: "EXISTS(SELECT 1 FROM (SELECT ", close: "))", allowed: 7),
    Nest(open: "coalesce(1,", close: ")", allowed: 18),
  ]

  @Test(arguments: nests) func nesting(_ nest: Nest) {
    func sql(_ depth: Int) -> String {
      "SELECT " + String(repeating: nest.open, count: depth) + "1" + String(repeating: nest.close, count: depth)
    }
    #expect(firstError(sql(nest.allowed)) == nil)
    #expect(firstError(sql(100_000)) == "exceeded-limit")
  }

  static let repeated = [
    "(", "WITH a AS (", "SELECT * FROM (", "CREATE TABLE t(", "CASE ", "'", "[", "/*", "$a(", "x'", ";",
  ]

  /// Unfinished repetitions: there is an answer, and the tree is sound.
  @Test(arguments: repeated) func unfinished(_ text: String) {
    let sql = String(repeating: text, count: 20_000)
    let script = parseScript(SourceFile(path: "x", text: sql)).value
    #expect(SyntaxPrinter.print(script) == sql)
  }

  /// SQLITE_MAX_EXPR_DEPTH: a chain of n operators is n + 1 high.
  @Test func expressionDepth() {
    #expect(firstError("SELECT 1" + String(repeating: "+1", count: 999)) == nil)
    #expect(firstError("SELECT 1" + String(repeating: "+1", count: 1000)) == "exceeded-limit")
  }

  /// SQLITE_MAX_COMPOUND_SELECT; VALUES has no such limit.
  @Test func compoundTerms() {
    #expect(firstError("SELECT 1" + String(repeating: " UNION SELECT 1", count: 499)) == nil)
    #expect(firstError("SELECT 1" + String(repeating: " UNION SELECT 1", count: 500)) == "exceeded-limit")
    #expect(firstError("VALUES (1)" + String(repeating: ",(1)", count: 50_000)) == nil)
  }

  /// The time of a hundred times the input is near a hundred times the time.
  @Test(arguments: [
    "CREATE VIRTUAL TABLE t USING x(;", "CREATE TABLE t(a b c ( ,", "CREATE TRIGGER t AFTER ;", "SELECT (1;",
  ])
  func linearTime(_ text: String) {
    let clock = ContinuousClock()
    func time(_ count: Int) -> Duration {
      let source = SourceFile(path: "x", text: String(repeating: text, count: count))
      return clock.measure { _ = parseScript(source) }
    }
    let small = time(500)
    let large = time(20_000)
    // Forty times the input; a quadratic step would make it 1,600 times the time.
    #expect(large < small * 400 + .seconds(1))
  }
}

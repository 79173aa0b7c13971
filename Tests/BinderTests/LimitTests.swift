// SQLite's limits: what is beyond them is refused where it is, and at once.

import CSQLite
import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

@testable import SQLCSemanticsSQLite

@Suite struct LimitTests {
  private let schema = "CREATE TABLE n (id INTEGER PRIMARY KEY, x INT);"

  private func errors(_ sql: String, _ limits: SQLiteLimits = SQLiteLimits()) -> [String] {
    var options = SemanticsOptions(minimumVersion: SQLiteVersion(3, 40))
    options.limits = limits
    let catalog = buildCatalog(from: [parseScript(SourceFile(path: "s.sql", text: schema)).value], options: options)
    let source = SourceFile(path: "q.sql", text: sql)
    let script = parseScript(source, options: ParserOptions(limits: limits))
    guard script.diagnostics.isEmpty else { return script.diagnostics.map(\.message) }
    let bound = bind(script.value.items[0].statement, in: catalog.value, source: source, options: options)
    return bound.diagnostics.filter { $0.severity == .error }.map(\.message)
  }

  private static let joins: [@Sendable (Int) -> String] = [
    { "SELECT t0.x FROM " + (0..<$0).map { "n t\($0)" }.joined(separator: " JOIN ") },
    { "SELECT t0.x FROM n t0" + (1..<$0).map { " LEFT JOIN n t\($0) ON t\($0).id = t\($0 - 1).x" }.joined() },
    { "SELECT * FROM n t0" + (1..<$0).map { " NATURAL JOIN n t\($0)" }.joined() },
    { "SELECT 1 FROM n WHERE x IN (SELECT t0.x FROM " + (0..<$0).map { "n t\($0)" }.joined(separator: ", ") + ")" },
  ]

  @Test(arguments: joins.indices) func tablesOfAJoin(index: Int) throws {
    let join = Self.joins[index]
    let database = try #require(TestDatabase())
    database.run(schema)
    #expect(errors(join(64)) == [] && database.describe(join(64)) != nil)
    #expect(errors(join(65)) == ["more than 64 tables in a join"] && database.describe(join(65)) == nil)
    // A join of thousands took minutes.
    let start = ContinuousClock.now
    #expect(errors(join(5000)) == ["more than 64 tables in a join"])
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func areThoseThatAreGiven() {
    var small = SQLiteLimits()
    (small.columns, small.compoundTerms, small.expressionDepth, small.parameterNumber) = (2, 2, 5, 9)
    let statements = [
      "SELECT 1, 2, 3", "SELECT 1 UNION SELECT 2 UNION SELECT 3", "SELECT 1 + 2 + 3 + 4 + 5 + 6 + 7", "SELECT ?10",
    ]
    #expect(statements.flatMap { errors($0, small) }.count == 4)
    for sql in statements.dropLast() { #expect(errors(sql) == []) }
  }
}

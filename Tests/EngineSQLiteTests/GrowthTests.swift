// How the work grows with a schema, counted and not timed: in statements that SQLite is asked to compile for it, each of
// which may itself take as long as the schema.

import SQLCDiagnostics
import Testing

@testable import SQLCEngineSQLite

@Suite struct GrowthTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Statements for twice the size, of those for once.
    var factor: Double
    var schema: @Sendable (_ size: Int) -> String
  }

  private static let shapes: [Shape] = [
    // SQLite writes a view out wherever it is read from, and compiles all triggers and cascades of a table with a statement.
    Shape(testDescription: "a chain of views", factor: 1) { size in
      "CREATE TABLE t (id INTEGER PRIMARY KEY);\nCREATE VIEW v0 AS SELECT id FROM t;\n"
        + (1...size).map { "CREATE VIEW v\($0) AS SELECT id FROM v\($0 - 1) WHERE id > \($0);\n" }.joined()
    },
    Shape(testDescription: "views beside each other", factor: 2) { size in
      "CREATE TABLE t (id INTEGER PRIMARY KEY);\n"
        + (1...size).map { "CREATE VIEW v\($0) AS SELECT id FROM t WHERE id > \($0);\n" }.joined()
    },
    Shape(testDescription: "triggers of one table", factor: 1) { size in
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a);\n"
        + (1...size).map { "CREATE TRIGGER g\($0) AFTER INSERT ON t BEGIN UPDATE t SET a = \($0); END;\n" }.joined()
    },
    Shape(testDescription: "a chain of foreign keys", factor: 1) { size in
      "CREATE TABLE t0 (id INTEGER PRIMARY KEY);\n"
        + (1...size).map {
          "CREATE TABLE t\($0) (id INTEGER PRIMARY KEY, p INTEGER REFERENCES t\($0 - 1) (id) ON DELETE CASCADE);\n"
        }.joined()
    },
  ]

  private func compiledCount(_ schema: String) throws -> Int {
    let loaded = try SQLiteEngine().loadSchema(from: [SourceFile(path: "schema.sql", text: schema)])
    #expect(loaded.diagnostics.isEmpty)
    return loaded.value.scratch.compiledCount
  }

  @Test(arguments: shapes) func twiceTheSchema(_ shape: Shape) throws {
    let once = try compiledCount(shape.schema(30))
    let twice = try compiledCount(shape.schema(60))
    #expect(Double(twice) <= shape.factor * Double(once), "\(once), \(twice)")
  }

  /// Views that are not asked about themselves are still named when they do not work.
  @Test func brokenViewsOfAChain() throws {
    let schema = """
      CREATE TABLE t (id INTEGER PRIMARY KEY);
      CREATE VIEW a AS SELECT id FROM t;
      CREATE VIEW b AS SELECT absent FROM a;
      CREATE VIEW c AS SELECT * FROM b;
      CREATE VIEW d AS SELECT id FROM a;
      """
    let loaded = try SQLiteEngine().loadSchema(from: [SourceFile(path: "schema.sql", text: schema)])
    let broken = loaded.diagnostics.filter { $0.id == DiagnosticID("schema", "broken-view") }
    #expect(broken.map(\.message).map { $0.prefix(12) } == ["the view 'b'", "the view 'c'"])
  }
}

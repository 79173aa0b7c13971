// SQL with the inferred type under each result column: `-- ^ TEXT?`. The caret stands under the column's first byte.

import Foundation
import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

@Suite struct SemanticsTests {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Semantics")
  static var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).filter { $0.hasSuffix(".sql") }
      .sorted()
  }

  static let schema = """
    CREATE TABLE t(id INTEGER PRIMARY KEY, n INT NOT NULL, i INT, r REAL, x TEXT, b BLOB, u NUMERIC, d, nn TEXT NOT NULL);
    CREATE TABLE e(id INTEGER PRIMARY KEY, n INT NOT NULL, x TEXT NOT NULL);
    CREATE TABLE j(id INTEGER PRIMARY KEY, doc JSON, day DATE);
    CREATE TABLE l(id INTEGER PRIMARY KEY, k INT NOT NULL);
    CREATE TABLE q(id INTEGER PRIMARY KEY, k INT NOT NULL, v TEXT NOT NULL);
    CREATE VIEW lq AS SELECT l.id, q.id AS qid, q.k AS qk, q.v AS qv, q.k + 1 AS qs, t.x AS tx, t.nn AS tn
      FROM l LEFT JOIN q ON q.k = l.k LEFT JOIN t ON t.id = q.id;
    CREATE VIEW g AS SELECT q.id AS qid, q.v AS qv, max(q.k) AS top FROM l LEFT JOIN q ON q.k = l.k GROUP BY q.id;
    CREATE VIEW lu AS SELECT qk, qv, tn FROM lq UNION ALL SELECT e.n, e.x, NULL FROM l LEFT JOIN e ON e.n = l.k;
    """

  @Test func filesAreFound() { #expect(Self.files.count >= 2) }

  @Test(arguments: files) func typesAreAsWritten(file: String) throws {
    let text = try String(contentsOf: Self.directory.appending(path: file), encoding: .utf8)
    let analysis = Analysis(schema: Self.schema, options: .newest)
    var line = ""
    var expected: [(column: Int, type: String)] = []
    var checked = 0
    func finish() {
      guard !line.isEmpty else { return }
      let results = analysis.analyze(line, options: .newest)
      #expect(
        results.first.map { !$0.1.diagnostics.hasErrors } ?? false, "\(line): \(results.first?.1.diagnostics ?? [])")
      for (offset, type) in expected {
        let column = results.first?.1.value.columns.first { $0.range.lower == offset }
        #expect(column.map(words) == type, "\(line) at \(offset): \(column.map(words) ?? "no column starts here")")
        checked += 1
      }
    }
    for next in text.components(separatedBy: "\n") {
      if next.hasPrefix("--"), let caret = next.firstIndex(of: "^") {
        let offset = next.utf8.distance(from: next.startIndex, to: caret)
        expected.append((offset, next[next.index(after: caret)...].trimmingCharacters(in: .whitespaces)))
      } else if !next.hasPrefix("--"), !next.isEmpty {
        finish()
        (line, expected) = (next, [])
      }
    }
    finish()
    #expect(checked >= 7)
  }

  private func words(_ column: TypedColumn) -> String {
    let names = [
      "int": "INTEGER", "real": "REAL", "text": "TEXT", "blob": "BLOB", "bool": "BOOLEAN", "json": "JSON",
      "datetime": "DATETIME", "any": "ANY",
    ]
    let type = notation(column.facts)
    let isOptional = type.hasSuffix("?")
    let base = String(isOptional ? type.dropLast() : type[...])
    return (names[base] ?? base) + (isOptional ? "?" : "")
  }
}

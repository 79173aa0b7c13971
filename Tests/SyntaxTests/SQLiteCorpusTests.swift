// Agreement with SQLite about what is a statement, over statements of SQLite's own tests. The file is not part of the
// package: SQLC_SWIFT_CORPUS names it, one JSON object per line with `sql` and `valid`.

import Foundation
import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

/// What came of a comparison.
struct CorpusAgreement {
  struct Statement: Decodable {
    var file: String
    var sql: String
    var valid: Bool
  }

  var total = 0
  var disagreements: [String] = []
  var unsound: [String] = []

  init(path: String) throws {
    let decoder = JSONDecoder()
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      compare(try decoder.decode(Statement.self, from: Data(line.utf8)))
    }
  }

  private mutating func compare(_ statement: Statement) {
    total += 1
    let parsed = parseScript(SourceFile(path: statement.file, text: statement.sql))
    if parsed.diagnostics.hasErrors == statement.valid {
      let reason = parsed.diagnostics.first?.message ?? "accepted"
      disagreements.append("\(statement.file): \(statement.sql): \(reason)")
    }
    if SyntaxPrinter.print(parsed.value) != statement.sql || !checkTree(of: parsed.value).isEmpty {
      unsound.append(statement.sql)
    }
  }
}

private let corpusPath = ProcessInfo.processInfo.environment["SQLC_SWIFT_CORPUS"]

@Suite struct SQLiteCorpusTests {
  @Test(.enabled(if: corpusPath != nil, "SQLC_SWIFT_CORPUS names no file: agreement with SQLite was not measured"))
  func agrees() throws {
    let agreement = try CorpusAgreement(path: #require(corpusPath))
    #expect(agreement.total > 0)
    #expect(agreement.unsound.isEmpty)
    #expect(Double(agreement.disagreements.count) <= Double(agreement.total) * 0.001, "\(agreement.disagreements)")
  }
}

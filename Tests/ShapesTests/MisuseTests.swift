// Every wrong use of a shape is an error where it stands; some right ones beside them, which give none.

import Foundation
import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import Testing

/// `# title`, SQL under `-- name: Q :many` (or under its own annotation), and the messages as `=> line:column id`, where
/// lines are counted from the statement's first.
struct MisuseCase: Sendable, CustomTestStringConvertible {
  var file: String
  var title: String
  var sql: String
  var expected: [String]
  var testDescription: String { "\(file): \(title)" }

  static let all: [MisuseCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Misuse")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().flatMap { name in
      let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
      return text.split(separator: "\n\n").compactMap { block -> MisuseCase? in
        let lines = block.split(separator: "\n").map(String.init)
        guard let title = lines.first, title.hasPrefix("# ") else { return nil }
        return MisuseCase(
          file: name, title: String(title.dropFirst(2)),
          sql: lines.dropFirst().filter { !$0.hasPrefix("=> ") }.joined(separator: "\n"),
          expected: lines.filter { $0.hasPrefix("=> ") }.map { String($0.dropFirst(3)) })
      }
    }
  }()
}

@Suite struct MisuseTests {
  static let schema = """
    CREATE TABLE environments (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, model TEXT,
      environment_id INTEGER NOT NULL REFERENCES environments (id));
    CREATE TABLE runs (id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents (id), cost REAL);
    CREATE TABLE notes (body TEXT);
    CREATE VIEW shown AS SELECT body FROM notes;
    """

  @Test func thereAreCases() { #expect(MisuseCase.all.count >= 40) }

  @Test(arguments: MisuseCase.all)
  func isSaidWhereItStands(_ item: MisuseCase) throws {
    let hasAnnotation = item.sql.hasPrefix("-- name:")
    let isQuery = item.sql.hasPrefix("SELECT") || item.sql.hasPrefix("WITH")
    let prefix = hasAnnotation ? "" : "-- name: Q \(isQuery ? ":many" : ":exec")\n"
    let source = SourceFile(path: "q.sql", text: prefix + item.sql + "\n")
    let engine = SQLiteEngine()
    let schema = try engine.load([SourceFile(path: "s.sql", text: Self.schema)])
    let split = splitQueries(of: source, rules: .sqlite)
    var diagnostics = split.diagnostics
    for query in split.value { diagnostics += try schema.value.analyze(query).diagnostics }
    let index = LineIndex(source.text)
    let inOrder = diagnostics.sorted {
      ($0.primary.source.range.lower, $0.id.description) < ($1.primary.source.range.lower, $1.id.description)
    }
    let found = inOrder.map { diagnostic in
      let position = index.position(at: diagnostic.primary.source.range.lower)
      return "\(position.line - (hasAnnotation ? 0 : 1)):\(position.column) \(diagnostic.id)"
    }
    #expect(found == item.expected)
  }
}

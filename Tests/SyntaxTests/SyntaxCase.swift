// Cases as files: `=== name`, the SQL, `---`, what is expected of it.

import Foundation
import Testing

/// One case of a file.
struct SyntaxCase: Sendable, CustomTestStringConvertible {
  var file: URL
  var name: String
  var sql: String
  var expected: String

  var testDescription: String { "\(file.lastPathComponent): \(name)" }
}

/// A directory of case files beside this one.
struct CaseDirectory: Sendable {
  let name: String

  private var url: URL { URL(filePath: #filePath).deletingLastPathComponent().appending(path: name) }

  /// All cases of all files, in order. A directory without cases is a mistake, which the tests over it report.
  var cases: [SyntaxCase] {
    let files = (try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "txt" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .flatMap { file in ((try? String(contentsOf: file, encoding: .utf8)).map { parse($0, of: file) }) ?? [] }
  }

  private func parse(_ text: String, of file: URL) -> [SyntaxCase] {
    text.components(separatedBy: "=== ").dropFirst().map { section in
      let parts = section.components(separatedBy: "\n---\n")
      let lines = parts[0].components(separatedBy: "\n")
      let expected = parts.count > 1 ? parts[1] : ""
      return SyntaxCase(
        file: file, name: lines[0], sql: lines.dropFirst().joined(separator: "\n"),
        expected: expected.trimmingCharacters(in: .newlines))
    }
  }

  /// With UPDATE_REFERENCES=1: writes what each case gives now, and fails, so that nobody mistakes that for a test.
  func update(with actual: (SyntaxCase) -> String) throws {
    for (file, cases) in Dictionary(grouping: cases, by: \.file) {
      let text = cases.map { "=== \($0.name)\n\($0.sql)\n---\n\(actual($0))\n" }.joined(separator: "\n")
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    Issue.record("references of \(name) were written; run again without UPDATE_REFERENCES")
  }

  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_REFERENCES"] == "1"
}

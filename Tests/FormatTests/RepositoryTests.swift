// Every SQL file of the repository, and statements of SQLite's own tests: the same tokens, comments and tree, and stable.

import Foundation
import SQLCFormat
import SQLCSyntaxSQLite
import Testing

@Suite struct RepositoryTests {
  static let options = [
    FormatOptions(), FormatOptions(width: 40, keywords: .lower), FormatOptions(width: 200, keywords: .keep),
  ]

  /// The repository, and what `SQLC_SWIFT_FORMAT_FOLDERS` names, separated by colons.
  private static var folders: [URL] {
    let more = ProcessInfo.processInfo.environment["SQLC_SWIFT_FORMAT_FOLDERS"] ?? ""
    return [packageRoot] + more.split(separator: ":").map { URL(filePath: String($0)) }
  }

  private static func files() throws -> [URL] {
    var found: [URL] = []
    for folder in folders {
      let files = try #require(
        FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles]))
      for case let file as URL in files where file.pathExtension == "sql" { found.append(file) }
    }
    return found
  }

  /// The texts of one JSON object for each line, with a member `sql`.
  private static func statements() throws -> [String] {
    guard let path = ProcessInfo.processInfo.environment["SQLC_SWIFT_FORMAT_STATEMENTS"] else { return [] }
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(object?["sql"] as? String)
    }
  }

  @Test(arguments: options) func everyFileIsTheSame(options: FormatOptions) throws {
    var read = 0
    for file in try Self.files() {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      if expectSameness(text, options, file.lastPathComponent) { read += 1 }
    }
    #expect(read > 200)
    for statement in try Self.statements() { _ = expectSameness(statement, options, statement) }
  }

  /// The formatter holds its result against its input; here it is also held against its own second result.
  private func expectSameness(_ text: String, _ options: FormatOptions, _ name: String) -> Bool {
    switch outcome(of: text, options) {
    case .edits(let edits):
      let result = applying(edits, to: text)
      guard case .edits(let more) = outcome(of: result, options) else {
        Issue.record("\(name): the result cannot be read")
        return false
      }
      #expect(more == [], "\(name)")
      return true
    case .unreadable: return false
    case .refused: Issue.record("\(name)")
    case .different(let difference): Issue.record("\(name): \(difference.rawValue)")
    }
    return false
  }
}

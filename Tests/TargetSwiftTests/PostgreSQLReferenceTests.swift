// Whole projects for PostgreSQL to whole files. What the server says of them is committed beside them, so that no server is
// needed here; where there is one, it must say the same.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

/// `ReferencesPostgreSQL/NAME`: as `References/NAME`, and `sqlc-snapshots` with the server's answers.
struct PostgreSQLReference: Sendable, CustomTestStringConvertible {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ReferencesPostgreSQL")

  var name: String
  var testDescription: String { name }
  var directory: URL { Self.root.appending(path: name) }
  var expected: URL { directory.appending(path: "Expected") }

  static let all: [PostgreSQLReference] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map { PostgreSQLReference(name: $0) }
  }()

  enum Server { case none, whatIsThere }

  /// Generates from a copy; what a server says there must be what is committed.
  func generated(with server: Server = .none) throws -> [String: String] {
    try withTemporaryFolder { copy in
      for file in ["schema.sql", "query.sql", "sqlc-snapshots"] {
        try FileManager.default.copyItem(at: directory.appending(path: file), to: copy.appending(path: file))
      }
      let settings = try String(contentsOf: directory.appending(path: "sqlc-swift.yaml"), encoding: .utf8)
      let engine =
        switch server {
        case .none: "engine: postgresql\n    database: {uri: 'postgres://u@127.0.0.1:1/x'}"
        case .whatIsThere: "engine: postgresql"
        }
      try settings.replacingOccurrences(of: "engine: postgresql", with: engine)
        .write(to: copy.appending(path: "sqlc-swift.yaml"), atomically: true, encoding: .utf8)
      let outcome = try generate(CommandContext(location: ProjectLocation(workingDirectory: copy.path)))
      var files = try ReferenceCase.files(in: copy.appending(path: "Expected"))
      files["diagnostics.txt"] = outcome.standardError
      return files.filter { !$0.value.isEmpty }
    }
  }
}

@Suite struct PostgreSQLReferenceTests {
  /// Where there is no server, this is the same as without one.
  @Test(arguments: PostgreSQLReference.all)
  func theServerSaysTheSame(of reference: PostgreSQLReference) throws {
    guard !ReferenceTests.isUpdating else { return }
    #expect(try reference.generated(with: .whatIsThere) == reference.generated())
  }

  @Test func thereAreCases() { #expect(PostgreSQLReference.all.count >= 3) }

  /// UPDATE_REFERENCES=1 writes what is expected, and fails so that nobody forgets to look.
  @Test(arguments: PostgreSQLReference.all)
  func generatesWhatIsExpected(of reference: PostgreSQLReference) throws {
    let files = try reference.generated()
    if ReferenceTests.isUpdating {
      try? FileManager.default.removeItem(at: reference.expected)
      try FileManager.default.createDirectory(at: reference.expected, withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(to: reference.expected.appending(path: name), atomically: true, encoding: .utf8)
      }
      Issue.record("the expected files of '\(reference.name)' were written: read the difference")
      return
    }
    let expected = try ReferenceCase.files(in: reference.expected)
    #expect(files.keys.sorted() == expected.keys.sorted())
    for (name, text) in files where expected[name] != text {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let wanted = (expected[name] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      let first = zip(lines, wanted).enumerated().first { $0.element.0 != $0.element.1 }
      let place = first.map { "line \($0.offset + 1)\n  is:       \($0.element.0)\n  expected: \($0.element.1)" }
      Issue.record("\(reference.name)/\(name) differs: \(place ?? "\(lines.count) lines, expected \(wanted.count)")")
    }
  }
}

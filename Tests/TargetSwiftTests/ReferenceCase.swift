// The projects under References: what goes in, and the files that must come out.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

/// `References/NAME`: `sqlc-swift.yaml`, `schema.sql`, `query.sql`, sometimes `Support.swift` with types that the
/// configuration names, and `Expected` with every generated file and what the run said.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References")

  var name: String
  var testDescription: String { name }
  var directory: URL { Self.root.appending(path: name) }
  var expected: URL { directory.appending(path: "Expected") }

  static let all: [ReferenceCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map { ReferenceCase(name: $0) }
  }()

  /// What is compiled: the expected files, and the types that the configuration names.
  func swiftFiles() throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(at: expected, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "swift" }.map(\.path).sorted()
    let support = directory.appending(path: "Support.swift").path
    return FileManager.default.fileExists(atPath: support) ? files + [support] : files
  }

  /// Generates from a copy, so that what is committed is an expectation and nothing else.
  func generated() throws -> [String: String] {
    let copy = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: copy) }
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for file in ["sqlc-swift.yaml", "schema.sql", "query.sql"] {
      try FileManager.default.copyItem(at: directory.appending(path: file), to: copy.appending(path: file))
    }
    let outcome = try generate(CommandContext(location: ProjectLocation(workingDirectory: copy.path)))
    var files = try Self.files(in: copy.appending(path: "Expected"))
    files["diagnostics.txt"] = outcome.standardError
    return files.filter { !$0.value.isEmpty }
  }

  static func files(in folder: URL) throws -> [String: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) })
  }
}

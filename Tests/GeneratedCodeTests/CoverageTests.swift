// Every query of the root project is executed by the tests of this folder: a query without one fails here.

import Foundation
import Testing

@Suite struct CoverageTests {
  @Test func everyQueryIsExecuted() throws {
    let folder = packageRoot.appendingPathComponent("queries")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
    var names: [String] = []
    for file in files {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for line in text.split(separator: "\n") where line.hasPrefix("-- name: ") {
        names.append(String(line.dropFirst("-- name: ".count).prefix { $0 != " " }))
      }
    }
    #expect(names.count >= 100)

    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let sources = try FileManager.default.contentsOfDirectory(atPath: tests.path).filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8) }.joined()
    for name in names {
      let method = name.prefix(1).lowercased() + name.dropFirst()
      #expect(
        sources.contains("queries.\(method)(") || sources.contains("tx.\(method)("), "nothing executes \(name)")
    }
  }
}

// The samples of the article on two engines are parts of the example, which is compiled and run on both.

import DocumentationSamples
import Foundation
import Testing

@Suite struct TwoEnginesArticleTests {
  private static let article = packageRoot.appending(
    path: "Sources/Clients/sqlc-swift/Documentation.docc/TwoEngines.md")
  private static let example = packageRoot.appending(path: "Examples/AgentController")

  @Test(arguments: ["swift", "sql", "yaml"]) func samplesAreOfTheExample(language: String) throws {
    let blocks = try samples(language, in: Self.article)
    #expect(!blocks.isEmpty)
    let files = FileManager.default.enumerator(at: Self.example, includingPropertiesForKeys: nil)
    let texts = try (files?.allObjects as? [URL] ?? [])
      .filter { $0.pathExtension == language && !$0.path.contains("/.build") }
      .map { try String(contentsOf: $0, encoding: .utf8) }
    for sample in blocks { #expect(texts.contains { $0.contains(sample.code) }, "\(sample.code)") }
  }
}

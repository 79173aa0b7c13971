// Every Swift sample of SQLCPostgres's articles is compiled, and run beside a server where one is installed.

import DocumentationSamples
import Foundation
import Testing

@Suite struct PostgresArticleTests {
  static let samples: [Sample] = {
    let folder = packageRoot.appending(path: "Sources/Runtime/SQLCPostgres/Documentation.docc")
    return (try? articles(in: folder).flatMap { try DocumentationSamples.samples("swift", in: $0) }) ?? []
  }()
  /// Need traits of the package, which only that package's tests have: there the samples stand as they are here.
  static let adapters = "Tests/Adapters/Tests/PostgresAdapterTests/SampleTests.swift"
  static let ofManifests = "Operations/swift-log, swift-metrics, swift-distributed-tracing/1"
  static let modules = ["SQLCPostgres", "SQLCPortable", "SQLCRuntimeKit", "SQLCPostgreSQLHandle"]

  private func program() throws -> SampleProgram {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try SampleProgram(folder.appending(path: "Programs/Postgres.swift"), samples: Self.samples)
  }

  @Test(arguments: DefaultIsolation.allCases)
  func compilesAndRuns(isolation: DefaultIsolation) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-samples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try program().build(isolation, modules: Self.modules, in: folder)
    // A port that nobody has is found by trying: the range is what systems do not give to others.
    let port = "\(Int.random(in: 20_000..<30_000))"
    let said = try run(
      "env", ["SQLC_SWIFT_POSTGRES_PORT=\(port)", packageRoot.path + "/scripts/with-postgresql", program.path],
      in: folder)
    #expect(said.contains("every sample has run") || said.hasPrefix("skipped: PostgreSQL is not installed"))
  }

  @Test func everySampleIsInTheProgram() throws {
    #expect(Self.samples.count >= 16)
    let used = Set(try program().samples)
    let adapters = lines(try String(contentsOf: packageRoot.appending(path: Self.adapters), encoding: .utf8))
    for sample in Self.samples where !used.contains(sample) && sample.name != Self.ofManifests {
      // In this order; between its imports and its code the tests import what they need themselves.
      let code = lines(sample.code)
      let (imports, rest) = (code.filter { $0.hasPrefix("import ") }, code.filter { !$0.hasPrefix("import ") })
      for line in imports { #expect(adapters.contains(line), "\(sample) is in no program: \(line)") }
      #expect(adapters.contains(rest), "\(sample) is in no program")
    }
  }

  @Test func theManifestIsOne() throws {
    let sample = try #require(Self.samples.first { $0.name == Self.ofManifests })
    let manifest = try String(contentsOf: packageRoot.appending(path: "Package.swift"), encoding: .utf8)
    for word in sample.code.split(separator: "\"").map(String.init) where word.hasPrefix("SQLC") {
      #expect(manifest.contains(".library(name: \"\(word)\""))
    }
    for trait in ["Logging", "Metrics", "Tracing", "ServiceLifecycle"] {
      #expect(
        sample.code.contains("\"\(trait)\"") && manifest.contains(".trait(name: \"\(trait)\"")
          || manifest.contains("name: \"\(trait)\","))
    }
  }

  private func lines(_ code: String) -> [String] {
    code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

// Every Swift sample of the runtime's articles is compiled and run.

import DocumentationSamples
import Foundation
import Testing

@Suite struct RuntimeArticleTests {
  static let samples: [Sample] = {
    let folder = packageRoot.appending(path: "Sources/Runtime/SQLCRuntime/Documentation.docc")
    return (try? articles(in: folder).flatMap { try DocumentationSamples.samples("swift", in: $0) }) ?? []
  }()
  /// These programs have what a sample needs around it, and say what shall come of it.
  static let programs = ["Extending", "Observability", "Operations", "Overview"]
  private static let others: [String: [URL]] = [
    "Overview": [packageRoot.appending(path: "Tests/RuntimeTests/StationQueries.swift")],
    "Extending": [
      packageRoot.appending(path: "Tests/TargetSwiftTests/References/functions/Expected/QueriesFunctions.swift")
    ],
  ]
  /// Needs traits of the package, which only that package's tests have: there the sample stands as it is here.
  static let adapters = "Tests/Adapters/Tests/AdapterTests/SampleTests.swift"
  static let ofManifests = "Observability/swift-log and swift-metrics/1"

  private func program(_ name: String) throws -> SampleProgram {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try SampleProgram(folder.appending(path: "Programs/\(name).swift"), samples: Self.samples)
  }

  @Test(arguments: programs, DefaultIsolation.allCases)
  func compilesAndRuns(name: String, isolation: DefaultIsolation) throws {
    let program = try program(name)
    try #require(!program.samples.isEmpty)
    try withFolder { folder in
      try run(try program.build(isolation, with: Self.others[name] ?? [], in: folder).path, in: folder)
    }
  }

  @Test func everySampleIsTried() throws {
    #expect(Self.samples.count >= 12)
    let inPrograms = try Set(Self.programs.flatMap { try program($0).samples })
    let adapters = lines(try String(contentsOf: packageRoot.appending(path: Self.adapters), encoding: .utf8))
    for sample in Self.samples where !inPrograms.contains(sample) && sample.name != Self.ofManifests {
      // In this order; between its imports and its code the tests import what they need themselves.
      var rest = adapters[...]
      for line in lines(sample.code) {
        let place = try #require(rest.firstIndex(of: line), "\(sample) is in no program: \(line)")
        rest = rest[(place + 1)...]
      }
    }
  }

  @Test func theManifestIsOne() throws {
    let sample = try #require(Self.samples.first { $0.name == Self.ofManifests })
    try withFolder { folder in
      let manifest = "// swift-tools-version: 6.2\nimport PackageDescription\n\(sample.code)\n"
      try manifest.write(to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
      let dump = try run("swift", ["package", "dump-package", "--package-path", folder.path])
      for product in ["SQLCRuntime", "SQLCLogging", "SQLCMetrics"] { #expect(dump.contains("\"\(product)\"")) }
    }
  }

  private func lines(_ code: String) -> [String] {
    code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-samples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}

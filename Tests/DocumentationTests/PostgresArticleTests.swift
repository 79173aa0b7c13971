// Every Swift sample of SQLCPostgres's articles is compiled.

import DocumentationSamples
import Foundation
import Testing

@Suite struct PostgresArticleTests {
  static let samples: [Sample] = {
    let folder = packageRoot.appending(path: "Sources/Runtime/SQLCPostgres/Documentation.docc")
    return (try? articles(in: folder).flatMap { try DocumentationSamples.samples("swift", in: $0) }) ?? []
  }()
  static let modules = ["SQLCPostgres", "SQLCRuntimeKit", "SQLCPostgreSQLHandle"]

  private func program() throws -> SampleProgram {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try SampleProgram(folder.appending(path: "Programs/Postgres.swift"), samples: Self.samples)
  }

  @Test(arguments: DefaultIsolation.allCases)
  func compiles(isolation: DefaultIsolation) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-samples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try program().build(isolation, modules: Self.modules, in: folder)
  }

  @Test func everySampleIsInTheProgram() throws {
    #expect(Self.samples.count >= 16)
    let used = Set(try program().samples)
    for sample in Self.samples { #expect(used.contains(sample), "\(sample) is in no program") }
  }
}

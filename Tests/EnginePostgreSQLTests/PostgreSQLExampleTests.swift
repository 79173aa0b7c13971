// The examples of diagnostics that ask PostgreSQL, as `DiagnosticExamplesTests` runs the others.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import Testing

@Suite struct PostgreSQLExampleTests {
  private static let examples: [DiagnosticExamples.Example] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Sources/Clients/sqlc-swift/Documentation.docc/DiagnosticExamples.md")
    return DiagnosticExamples(article: (try? String(contentsOf: file, encoding: .utf8)) ?? "").examples
      .filter { $0.broken.files.values.contains { $0.contains("engine: postgresql") } }
  }()

  /// All on one server, which a given URI makes cheap.
  @Test(.needsPostgreSQL) func breakTheirRulesAlone() throws {
    #expect(Self.examples.count > 10)
    let machine = Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
    let server = try ScratchServer(ServerSettings(machine: machine))
    defer { server.stop() }
    let folder = try #require(server.socketFolder)
    let database = "postgresql:///template1?host=\(folder)&user=sqlc_superuser"
    for example in Self.examples {
      #expect(try names(example.broken, database) == [example.id.description], "\(example.id)")
      #expect(try names(example.mended, database) == [], "\(example.id)")
    }
  }

  private func names(_ snippet: DiagnosticExamples.Snippet, _ database: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-example-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in snippet.files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let given = "engine: postgresql\n    database: { uri: \"\(database)\" }"
      try text.replacing("engine: postgresql", with: given).write(to: file, atomically: true, encoding: .utf8)
    }
    var context = CommandContext(location: ProjectLocation(workingDirectory: folder.path))
    context.format = .json
    #expect(snippet.command == nil)
    let said = try check(context).standardError
    return Set(said.matches(of: /"id":"([a-z-]+\/[a-z0-9-]+)"/).map { String($0.output.1) }).sorted()
  }
}

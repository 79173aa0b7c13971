// What the articles for continuous integration and for coding agents tell people to run, run on the project that `init` writes.

import DocumentationSamples
import Foundation
import Testing

@Suite struct TerminalArticleTests {
  private static let folder = packageRoot.appending(path: "Sources/Clients/sqlc-swift/Documentation.docc")
  private let tool = packageRoot.appending(path: ".build/debug/sqlc-swift").path

  private func withProject(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-terminal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try run(tool, ["init"], in: folder)
    try run(tool, ["generate"], in: folder)
    try body(folder)
  }

  /// Each step of the workflows that calls the tool is a command that succeeds on a project that is in order.
  @Test func theStepsOfTheWorkflowsRun() throws {
    let article = Self.folder.appending(path: "ContinuousIntegration.md")
    let workflows = try samples("yaml", in: article).map(\.code).joined(separator: "\n")
    let steps = arguments(in: workflows, after: "- run: swift run sqlc-swift ")
    #expect(steps.count == 4, "\(steps)")
    let rows = arguments(in: try String(contentsOf: article, encoding: .utf8), after: "| `swift run sqlc-swift ")
    #expect(rows.count == 4, "\(rows)")
    try withProject { folder in
      for arguments in steps + rows { try run(tool, arguments, in: folder) }
    }
  }

  /// Of each line that begins so, what follows up to a redirection or the end of the code.
  private func arguments(in text: String, after start: String) -> [[String]] {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix(start) }.map { line in
      line.dropFirst(start.count).prefix { $0 != ">" && $0 != "`" }.split(separator: " ").map(String.init)
    }
  }

  /// The hook asks the plugin when SQL, the configuration or generated code is committed, and only then.
  @Test(arguments: [
    ("notes.txt", false), ("queries/notes.sql", true), ("sqlc-swift.yaml", true), ("Generated/Queries.swift", true),
  ]) func theHookAsksWhereItMatters(changed: String, isAsked: Bool) throws {
    let hook = try #require(try samples("sh", in: Self.folder.appending(path: "ContinuousIntegration.md")).first)
    try withProject { folder in
      for arguments in [["init", "-q"], ["add", "-A"]] { try run("git", arguments, in: folder) }
      let commit = ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "text"]
      try run("git", commit, in: folder)
      let script = folder.appending(path: ".git/hooks/pre-commit")
      // In place of SwiftPM, a program that refuses: the commit fails where it was asked.
      let asked = hook.code.replacing("exec swift package sqlc-diff", with: "exit 3")
      #expect(asked != hook.code)
      try Data(asked.utf8).write(to: script)
      try run("chmod", ["+x", script.path], in: folder)
      let file = folder.appending(path: changed)
      try Data("\n".utf8).write(to: file)
      try run("git", ["add", "-A"], in: folder)
      if isAsked {
        #expect(throws: SampleError.self) { try run("git", commit, in: folder) }
      } else {
        try run("git", commit, in: folder)
      }
    }
  }

  /// The JSON that the article shows is what the tool prints for the mistake that it shows.
  @Test func theShownDiagnosticIsTheTools() throws {
    let article = Self.folder.appending(path: "CodingAgents.md")
    let shown = try #require(try samples("json", in: article).first)
    let command = try #require(try samples("sh", in: article).first)
    #expect(command.code == "sqlc-swift check --diagnostics json")
    try withProject { folder in
      let queries = folder.appending(path: "queries/notes.sql")
      let text = try String(contentsOf: queries, encoding: .utf8)
      let changed = text.replacing("SELECT * FROM notes WHERE id", with: "SELECT titel FROM notes WHERE id")
      #expect(changed != text)
      try Data(changed.utf8).write(to: queries)
      let error = #expect(throws: SampleError.self) { try run(tool, ["check", "--diagnostics", "json"], in: folder) }
      let printed = try #require(error?.description.split(separator: "\n").first { $0.hasPrefix("[{") })
      #expect(try array(shown.code) == array(String(printed)))
    }
  }

  private func array(_ json: String) throws -> NSArray {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSArray)
  }
}

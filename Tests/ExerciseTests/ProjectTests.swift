// The project's own queries, the example's and those of the reference projects: no claim is wrong, every query runs.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Every folder with a configuration that the project's own tests know to be right.
private let projects: [String] = {
  let references = root.appending(path: "Tests/TargetSwiftTests/References")
  let folders = (try? FileManager.default.contentsOfDirectory(atPath: references.path)) ?? []
  // One of them shows what is generated for tables alone.
  let sound = folders.sorted().filter {
    if $0 == "no_queries" { return false }
    let folder = references.appending(path: $0)
    return FileManager.default.fileExists(atPath: folder.appending(path: "sqlc-swift.yaml").path)
      && !FileManager.default.fileExists(atPath: folder.appending(path: "diagnostics.txt").path)
  }
  return [".", "Examples/AgentPlatform"] + sound.map { "Tests/TargetSwiftTests/References/\($0)" }
}()

@Suite struct ProjectTests {
  @Test func areFound() { #expect(projects.count > 10) }

  @Test(arguments: projects) func isSound(_ project: String) throws {
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(directory: project, workingDirectory: root.path)),
      effort: ExerciseEffort(seed: 42, rounds: 1, seconds: 3600))
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    #expect(
      outcome.standardOutput.contains("0 wrong claims, 0 queries never ran to their end"),
      "\(outcome.standardOutput)\(outcome.standardError)")
  }
}

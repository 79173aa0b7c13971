// The root project's own migrations, rebuilt from its steps: from each version to the schema of the next.

import Foundation
import SQLCEngine
import SQLCMigrationCheck
import SQLCOracleSQLite
import SQLCSchemaDiffSQLite
import SQLCTrialSQLite
import Testing

@Suite struct RootMigrationsTests {
  /// The definitions after each migration, with those of no migration first.
  private static func versions() throws -> [[String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../schema")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
      .sorted()
    let scratch = try ScratchDatabase()
    var versions = [try scratch.definitions()]
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      // What goes down stands behind.
      _ = try scratch.execute(text.components(separatedBy: "-- +goose Down")[0])
      versions.append(try scratch.definitions())
    }
    return versions
  }

  @Test func eachStepIsPlannedAndProven() throws {
    let versions = try Self.versions()
    #expect(versions.count == 12)
    var statements = 0
    for (number, (old, new)) in zip(versions, versions.dropFirst()).enumerated() {
      var choices = PlanChoices()
      var answer = try SQLiteSchemaPlanner().plan(from: old, to: new, choices)
      // What has a candidate is renamed to the likeliest.
      if case .undecided(let questions) = answer {
        choices.renames = questions.map { .init($0.subject, to: $0.candidates[0]) }
        answer = try SQLiteSchemaPlanner().plan(from: old, to: new, choices)
      }
      guard case .plan(let plan) = answer else {
        Issue.record("version \(number + 1): \(answer)")
        continue
      }
      statements += plan.up.count + plan.down.count
      let proof = try prove(plan, from: old, to: new, on: SQLiteTrialEngine(), seed: UInt64(number + 1))
      #expect(proof.failures == [], "version \(number + 1)")
      // The reached schema is the wanted one: nothing is left to plan.
      let scratch = try ScratchDatabase()
      for statement in old + plan.up.map(\.sql) { _ = try scratch.execute(statement) }
      #expect(try SQLiteSchemaPlanner().plan(from: scratch.definitions(), to: new, PlanChoices()) == .same)
    }
    print("own migrations: \(statements) statements up and down")
  }
}

// Every example of the article breaks its rule and no other, and what stands beside it breaks none.

import Foundation
import SQLCDiagnostics
import SQLCDriver
import Testing

private let article: DiagnosticExamples = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let file = root.appending(path: "Sources/Clients/sqlc-swift/Documentation.docc/DiagnosticExamples.md")
  return DiagnosticExamples(article: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
}()

@Suite struct DiagnosticExamplesTests {
  @Test func examplesAreFound() {
    #expect(article.examples.count > 150)
    #expect(article.schema.contains("CREATE TABLE teams"))
    #expect(Set(article.examples.map(\.id)).count == article.examples.count)
  }

  /// Those that ask PostgreSQL stand in `EnginePostgreSQLTests`.
  @Test(arguments: article.examples.filter { !$0.needsServer })
  func breaksItsRuleAlone(example: DiagnosticExamples.Example) throws {
    #expect(ruleRegistry[example.id] != nil)
    let (broken, mended) = (try names(example.broken), try names(example.mended))
    #expect(broken == ([example.id.description] + (Self.causes[example.id.description] ?? [])).sorted())
    #expect(mended == [])
  }

  /// Every rule has an example, but for those named here. The rules of `vet`'s packs have theirs beside them.
  @Test func rulesHaveExamples() {
    let shown = Set(article.examples.map(\.id))
    let missing = ruleRegistry.rules.map(\.id).filter { $0.pass != "internal" && !shown.contains($0) }
    // What two blocks have in common and do not: `FaceTests`, `FaceProjectTests`.
    let faces = missing.map(\.description).filter { $0.hasPrefix("face/") }
    let known = Self.unbreakable.union(Self.shownElsewhere.keys).union(State.all.map(\.id)).union(faces)
    #expect(Set(missing.map(\.description)) == known)
  }

  /// What nothing that is written leads to: guards behind an earlier pass that says the same, or behind what cannot be. Those of
  /// `internal/…` are of that kind.
  private static let unbreakable: Set<String> = [
    "query/missing-statement", "variants/unstable-columns", "schema/broken-foreign-key", "swift/invalid-override",
    "swift/no-columns", "postgresql/unreadable-tree", "exercise/unsound-column", "exercise/unsound-effect",
    "exercise/unsound-key", "exercise/unsound-page", "exercise/unsound-row-count", "output/missing-runtime",
  ]

  /// What depends on what is installed, or needs a history: the tests that have it, or what it takes.
  private static let shownElsewhere = [
    "sqlite/older-library": "OlderLibraryTests", "sqlite/rejected-query": "ScaleTests",
    "postgresql/no-server": "EnginePostgreSQLTests.SchemaTests",
    "snapshot/different-answer": "EnginePostgreSQLTests.SnapshotTests", "snapshot/outdated-query": "SnapshotTests",
    "snapshot/outdated-schema": "SnapshotTests", "snapshot/unreadable-file": "SnapshotTests",
    "output/committed-code": "BuildStepTests", "output/other-target": "BuildStepTests",
    "output/undeclared-output": "BuildStepTests", "swift/unequal-row": "ShapesTests.SharedRowsTests",
    "swift/misplaced-row": "ShapesTests.SharedRowsTests", "swift/unneeded-widening": "ShapesTests.SharedRowsTests",
    "exercise/broken-assertion": "ShapesTests.AssertionsTests",
    "exercise/different-answer": "EnginePostgreSQLTests.PairExerciseTests",
    "exercise/different-effect": "EnginePostgreSQLTests.PairExerciseTests",
    "exercise/different-refusal": "EnginePostgreSQLTests.PairExerciseTests",
    "exercise/different-row": "EnginePostgreSQLTests.PairExerciseTests",
    "exercise/refused-row": "EnginePostgreSQLTests.PairExerciseTests",
    "fragments/oversized-statement": "ShapesTests.FragmentsTests",
    "vet/unread-syntax": "EnginePostgreSQLTests.PostgreSQLVetTests",
    "postgresql-migrate/blocking-index": "TrialPostgreSQLTests.MigrationTests",
    "postgresql-migrate/blocking-constraint": "TrialPostgreSQLTests.MigrationTests",
    "postgresql-migrate/blocking-key": "TrialPostgreSQLTests.MigrationTests",
    "postgresql-migrate/blocking-not-null": "TrialPostgreSQLTests.MigrationTests",
    "postgresql-migrate/blocking-scan": "TrialPostgreSQLTests.MigrationTests",
    "postgresql-migrate/held-lock": "TrialPostgreSQLTests.MigrationTests",
    "vet/unplanned-query": "an engine that plans nothing", "vet/unproven-query": "VetTests.CommandTests",
  ]

  /// What no text shows: the state of a disk, and where the tool was started.
  struct State: Sendable, CustomTestStringConvertible {
    var id: String
    var directory: String?
    var prepare: @Sendable (MemoryFileSystem) throws -> Void = { _ in }
    var command = "generate"
    var testDescription: String { id }

    static let all = [
      State(id: "configuration/missing-file", directory: "../other") { $0.put("/other/a.sql", "") },
      State(id: "configuration/missing-folder", directory: "nowhere"),
      State(id: "input/unreadable-file") { disk in disk.fail { $0.unreadable = ["/p/queries/agents.sql"] } },
      State(id: "input/unreadable-folder") { disk in disk.fail { $0.unreadable = ["/p/schema"] } },
      State(id: "input/invalid-utf8") { $0.put("/p/queries/agents.sql", [0x2D, 0x2D, 0xFF]) },
      State(id: "output/symbolic-link") { disk in disk.fail { $0.links = ["/p/Generated"] } },
      State(id: "output/unwritable-file") { disk in disk.fail { $0.unwritable = ["agents.sql.swift"] } },
      State(
        id: "output/other-line-ends",
        prepare: { disk in
          _ = try generate(context(disk))
          for (path, text) in disk.contents(of: "/p/Generated") { disk.put(path, text.replacing("\n", with: "\r\n")) }
        }, command: "diff"),
    ]
  }

  @Test(arguments: State.all) func statesOfADisk(state: State) throws {
    let disk = project()
    try state.prepare(disk)
    var context = context(disk, directory: state.directory)
    context.format = .json
    #expect(names(in: try run(state.command, context)) == [state.id])
  }

  /// Rules that follow from another mistake, which is said where it is.
  private static let causes: [String: [String]] = [
    "binder/broken-view": ["binder/unknown-column", "schema/broken-view"],
    "catalog/column-count": ["schema/broken-view"], "schema/broken-view": ["binder/unknown-column"],
    "schema/broken-trigger": ["binder/unknown-column"], "migrations/squashed-migration": ["catalog/duplicate-object"],
  ]

  private func names(_ snippet: DiagnosticExamples.Snippet) throws -> [String] {
    var files = [
      "schema/001_agents.sql": article.schema + "\n" + snippet.schema + "\n",
      "queries/agents.sql": snippet.queries + "\n",
    ]
    if !snippet.migration.isEmpty { files["schema/002_step.sql"] = snippet.migration }
    files.merge(snippet.files) { _, own in own }
    let disk = project(files)
    var context = context(disk)
    context.format = .json
    // What a schema alone shows is not tried as a migration.
    guard snippet.command != nil || !snippet.files.isEmpty || !snippet.migration.isEmpty else {
      return names(in: try check(context, migrations: .skipped))
    }
    var outcome = CommandOutcome()
    for command in (snippet.command ?? "check").components(separatedBy: " && sqlc-swift ") {
      outcome = try run(command, context)
    }
    return names(in: outcome)
  }

  private func run(_ command: String, _ context: CommandContext) throws -> CommandOutcome {
    switch command {
    case "check": return try check(context)
    case "generate": return try generate(context)
    case "diff": return try diff(context)
    case "init": return initialize(context)
    case "exercise": return try exercise(context, effort: ExerciseEffort())
    case "vet": return try vet(context, VetRequest(format: .json))
    case "vet --write-plans":
      var request = VetRequest(format: .json)
      request.plans = .written
      return try vet(context, request)
    default:
      Issue.record("no such command: \(command)")
      return CommandOutcome()
    }
  }

  private func names(in outcome: CommandOutcome) -> [String] {
    let said = outcome.standardError + outcome.standardOutput
    return Set(said.matches(of: /"id" ?: ?"([a-z-]+\/[a-z0-9-]+)"/).map { String($0.output.1) }).sorted()
  }
}

extension DiagnosticExamples.Example {
  fileprivate var needsServer: Bool { broken.files.values.contains { $0.contains("engine: postgresql") } }
}

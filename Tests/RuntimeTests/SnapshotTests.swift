// A snapshot in place of the migrations that it holds.

import SQLCRuntime
import Testing

@Suite struct SnapshotTests {
  private static func step(_ version: String, _ text: String = "INTEGER") -> Migration {
    Migration(
      version: version, name: "00\(version)_t", up: ["CREATE TABLE t\(version) (id \(text))"],
      down: ["DROP TABLE t\(version)"])
  }

  private static let steps = ["1", "2", "3", "4"].map { step($0) }

  /// Of the steps that it holds, and of snapshots among them, what they hold.
  private static func snapshot(of held: [Migration]) -> Migration {
    let numbers = Set(held.flatMap { [$0.version] + $0.squashed.map(\.version) }).sorted()
    return Migration(
      version: held.last?.version ?? "", name: "snapshot",
      up: numbers.map { "CREATE TABLE t\($0) (id INTEGER)" }, down: numbers.map { "DROP TABLE t\($0)" },
      squashed: held.flatMap { step in
        step.squashed + [SquashedMigration(version: step.version, name: step.name, checksum: step.checksum)]
      })
  }

  private static let short = [snapshot(of: Array(steps[..<3])), steps[3]]

  @Test(arguments: [0, 3, 4]) func whoHasAllOfThemOrNoneGoesOn(count: Int) async throws {
    let database = try await Database.inMemory()
    _ = try await database.migrate(Array(Self.steps[..<count]))
    let pending = count == 0 ? ["3", "4"] : count == 3 ? ["4"] : []
    #expect(
      try await database.migrationStatus(of: Self.short).filter { $0.state == .pending }.map(\.version) == pending)
    #expect(try await database.migrate(Self.short).applied == pending)
    #expect(try await database.schemaDifferences(from: Self.steps) == [])
    #expect(try await database.appliedVersions(of: Self.short) == ["3", "4"])
    // The release before the snapshot can still be started where it was before.
    if count > 0 { #expect(try await database.migrate(Self.steps).isEmpty) }
    #expect(try await database.migrate(Self.short, to: .empty).reverted == ["4", "3"])
    #expect(try await database.schemaDifferences(from: []) == [])
    #expect(try await database.migrationStatus(of: Self.short).allSatisfy { $0.state == .pending })
  }

  @Test(arguments: [1, 2], [false, true]) func whoHasSomeOfThemIsRefused(count: Int, isDryRun: Bool) async throws {
    let database = try await Database.inMemory()
    _ = try await database.migrate(Array(Self.steps[..<count]))
    var options = MigrationOptions()
    options.isDryRun = isDryRun
    let chosen = options
    let failure1 = await #expect(throws: MigrationError.self) {
      _ = try await database.migrate(Self.short, options: chosen)
    }
    guard case .beforeSnapshot(let version, _, let applied, let missing)? = failure1 else {
      Issue.record("it was migrated: \(String(describing: failure1))")
      return
    }
    #expect(version == "3" && applied + missing == ["1", "2", "3"] && applied.count == count)
    #expect(
      try await database.migrationStatus(of: Self.short).map(\.state)
        == [.beforeSnapshot(missing: Array(["1", "2", "3"][count...])), .pending])
    // As the advice says.
    _ = try await database.migrate(Self.steps, to: "3")
    #expect(try await database.migrate(Self.short).applied == ["4"])
  }

  @Test func aSnapshotOfASnapshotHoldsBoth() async throws {
    let all = Self.snapshot(of: Self.short)
    for before in [Self.steps, Self.short] {
      let database = try await Database.inMemory()
      _ = try await database.migrate(before)
      #expect(try await database.migrate([all]).isEmpty)
    }
    let between = try await Database.inMemory()
    _ = try await between.migrate(Array(Self.short[..<1]))
    await #expect(throws: MigrationError.self) { try await between.migrate([all]) }
  }

  @Test func whatWasEditedBeforeIsStillSaid() async throws {
    let database = try await Database.inMemory()
    _ = try await database.migrate([Self.step("1"), Self.step("2", "TEXT"), Self.step("3")])
    let failure2 = await #expect(throws: MigrationError.self) { _ = try await database.migrate(Self.short) }
    guard case .changed(let version, _)? = failure2 else {
      Issue.record("it was taken for the one in the snapshot: \(String(describing: failure2))")
      return
    }
    #expect(version == "2")
  }

  @Test func aVersionInsideIsNoTarget() async throws {
    let database = try await Database.inMemory()
    let failure3 = await #expect(throws: MigrationError.self) { _ = try await database.migrate(Self.short, to: "2") }
    guard case .squashedVersion(let version, let snapshot)? = failure3 else {
      Issue.record("there is no such version: \(String(describing: failure3))")
      return
    }
    #expect(version == "2" && snapshot == "3")
  }

  /// By the table of another tool, which says no more than versions.
  @Test(arguments: [(["1", "2", "3"], true), (["3"], true), (["1", "2"], false)])
  func theTableOfAnotherToolIsReadSo(versions: [String], isTaken: Bool) async throws {
    let database = try await Database.inMemory()
    try await database.execute("CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY)")
    for version in versions { try await database.execute("INSERT INTO schema_migrations VALUES ('00\(version)')") }
    if isTaken {
      #expect(try await database.migrate(Self.short).applied == ["4"])
      return
    }
    let failure = await #expect(throws: MigrationError.self) { _ = try await database.migrate(Self.short) }
    guard case .beforeSnapshot(_, _, let applied, let missing)? = failure else {
      Issue.record("it was migrated: \(String(describing: failure))")
      return
    }
    #expect(applied == ["1", "2"] && missing == ["3"])
  }
}

// The lock file of migrations, and what `migrate check` says about order.

import SQLCAnalysis
import SQLCDriver
import Testing

@Suite struct MigrationOrderTests {
  private static let next = "-- +goose Up\nCREATE TABLE b (id INTEGER);\n-- +goose Down\nDROP TABLE b;\n"

  private func locked() throws -> MemoryFileSystem {
    let disk = project([
      "schema/001_agents.sql": "-- +goose Up\n\(schema)-- +goose Down\nDROP TABLE agents;\n",
      "schema/003_b.sql": Self.next,
    ])
    let outcome = try lockMigrations(context(disk), block: 1)
    #expect(outcome.standardOutput == "wrote schema/migrations.lock: 2 migrations\n", "\(outcome.standardError)")
    #expect(try check(disk) == "")
    return disk
  }

  private func check(_ disk: MemoryFileSystem) throws -> String {
    let outcome = try checkMigrations(context(disk), block: 1)
    #expect((outcome.exit == .success) == !outcome.standardError.contains("error"))
    return outcome.standardError
  }

  @Test func aLockIsWrittenOnce() throws {
    let disk = try locked()
    #expect(try lockMigrations(context(disk), block: 1).standardOutput == "schema/migrations.lock is as it should be\n")
    let lines = try #require(disk["/p/schema/migrations.lock"]).split(separator: "\n")
    #expect(lines.count == 3 && lines[1].hasSuffix(" 1 001_agents") && lines[2].hasSuffix(" 3 003_b"))
  }

  @Test func aMigrationThatIsOlderThanALockedOneIsRefused() throws {
    let disk = try locked()
    let late = Self.next.replacing("TABLE b", with: "TABLE c")
    disk.put("/p/schema/002_c.sql", late)
    #expect(
      try check(disk).contains(
        "schema/002_c.sql:1:1: error: version 2 is new, and the later version 3 is there already"))
    let refused = try lockMigrations(context(disk), block: 1)
    #expect(refused.exit == .failure && refused.standardError.contains("migrations/late-migration"))
    disk.put("/p/schema/002_c.sql", "-- sqlc:out-of-order nothing depends on it\n" + late)
    #expect(try check(disk).contains("migrations/unlocked-migration"))
    _ = try lockMigrations(context(disk), block: 1)
    #expect(try check(disk) == "")
  }

  @Test func whatIsNewEditedOrGoneIsSaid() throws {
    let disk = try locked()
    disk.put("/p/schema/004_c.sql", Self.next.replacing("TABLE b", with: "TABLE c"))
    #expect(try check(disk).contains("migrations/unlocked-migration"))
    let edited = try locked()
    edited.put("/p/schema/003_b.sql", Self.next.replacing("id INTEGER", with: "id TEXT"))
    #expect(try check(edited).contains("migrations/changed-migration"))
    // A comment is no statement.
    edited.put("/p/schema/003_b.sql", "-- A table.\n" + Self.next)
    #expect(try check(edited) == "")
    let gone = try locked()
    gone.put("/p/schema/migrations.lock", (gone["/p/schema/migrations.lock"] ?? "") + "0123456789abcdef 9 009_z\n")
    #expect(try check(gone).contains("version 9 (009_z) is locked, and is gone"))
  }

  /// Both lines of a conflict were kept, in the order in which git has them.
  @Test func linesThatWereKeptInAnotherOrderAreLate() throws {
    let disk = try locked()
    var lines = try #require(disk["/p/schema/migrations.lock"]).split(separator: "\n").map(String.init)
    lines.swapAt(1, 2)
    disk.put("/p/schema/migrations.lock", lines.map { $0 + "\n" }.joined())
    #expect(
      try check(disk).contains(
        "schema/001_agents.sql:1:1: error: version 1 is new, and the later version 3 is there already"))
  }

  @Test func aConflictIsNoLock() throws {
    let disk = try locked()
    disk.put("/p/schema/migrations.lock", "<<<<<<< HEAD\n0123456789abcdef 4 004_x\n=======\n")
    #expect(try check(disk).contains("migrations/unreadable-lock"))
  }

  /// It is there, and nobody knows what it says: that is not the same as none.
  @Test func aLockThatCannotBeReadIsSaid() throws {
    let disk = try locked()
    disk.fail { $0.unreadable = ["/p/schema/migrations.lock"] }
    #expect(try check(disk).contains("migrations/unreadable-lock"))
    let bytes = try locked()
    bytes.put("/p/schema/migrations.lock", [0xFF, 0xFE])
    #expect(try check(bytes).contains("migrations/unreadable-lock"))
  }

  @Test func aLockThatCannotBeWrittenIsSaid() throws {
    let disk = try locked()
    disk.fail { $0.unrenamable = ["/p/schema/migrations.lock"] }
    let outcome = try newMigration(context(disk), block: 1, name: "More", timestamp: "20300101000000")
    #expect(outcome.exit == .failure && outcome.standardError.contains("schema/migrations.lock: error: "))
    #expect(outcome.standardOutput == "wrote schema/004_more.sql\n")
  }

  @Test func commandsThatAddAMigrationKeepTheLock() throws {
    let disk = try locked()
    #expect(try newMigration(context(disk), block: 1, name: "More", timestamp: "20300101000000").exit == .success)
    #expect(disk["/p/schema/migrations.lock"]?.hasSuffix(" 4 4_more\n") == false)
    #expect(disk["/p/schema/migrations.lock"]?.hasSuffix(" 4 004_more\n") == true)
    #expect(!(try check(disk).contains("unlocked")))
  }
}

// A migration that is older than one that is applied.

import SQLCRuntime
import Testing

@Suite struct MigrationOrderTests {
  private func step(_ version: String, _ order: MigrationOrder = .strict) -> Migration {
    Migration(
      version: version, name: "s\(version)", up: ["CREATE TABLE \"t\(version)\" (id INTEGER)"],
      down: ["DROP TABLE \"t\(version)\""], order: order)
  }

  @Test func anOlderOneIsRefusedAndNothingIsDone() async throws {
    let database = try await Database.inMemory()
    _ = try await database.migrate([step("1"), step("3")])
    let all = [step("1"), step("2"), step("3"), step("4")]
    for isDryRun in [true, false] {
      var options = MigrationOptions()
      options.isDryRun = isDryRun
      do {
        _ = try await database.migrate(all, options: options)
        Issue.record("2 was applied after 3")
      } catch .outOfOrder(let version, _, let newest) {
        #expect(version == "2" && newest == "3")
      }
    }
    #expect(try await database.appliedVersions(of: all) == ["1", "3"])
    var options = MigrationOptions()
    options.order = .any
    #expect(try await database.migrate(all, options: options).applied == ["2", "4"])
  }

  @Test func itsFileMaySayThatItDoesNotMatter() async throws {
    let database = try await Database.inMemory()
    _ = try await database.migrate([step("1"), step("3")])
    #expect(try await database.migrate([step("1"), step("2", .any), step("3")]).applied == ["2"])
  }

  @Test(arguments: [
    // Folders one after another, names without numbers, and numbers by their values.
    (["1", "5", "2"], ["1", "5", "6", "2"]), (["a", "c"], ["a", "b", "c"]),
    (["1.9", "1.10"], ["1.9", "1.10", "1.11"]),
  ]) func whatIsNotOlderIsApplied(before: [String], after: [String]) async throws {
    let database = try await Database.inMemory()
    _ = try await database.migrate(before.map { step($0) })
    #expect(try await database.migrate(after.map { step($0) }).applied == after.filter { !before.contains($0) })
  }

  @Test func repeatableOnesComeAndGo() async throws {
    let database = try await Database.inMemory()
    func view(_ sql: String) -> Migration {
      Migration(
        version: "views", name: "R__views", up: ["DROP VIEW IF EXISTS v", "CREATE VIEW v AS \(sql)"], isRepeatable: true
      )
    }
    _ = try await database.migrate([step("1"), view("SELECT 1 AS one")])
    #expect(try await database.migrate([step("1"), step("2"), view("SELECT 1 AS one")]).applied == ["2"])
    #expect(try await database.migrate([step("1"), step("2"), view("SELECT 2 AS two")]).applied == ["views"])
  }

  /// The way back goes through them: what can be taken away goes first, and the rest stays.
  @Test func repeatableOnesAreNotInTheWayBack() async throws {
    let column = Migration(
      version: "2", name: "b", up: ["ALTER TABLE t1 ADD COLUMN b"], down: ["ALTER TABLE t1 DROP COLUMN b"])
    func view(_ sql: String, _ down: [String]?) -> Migration {
      Migration(
        version: "views", name: "R__views", up: ["DROP VIEW IF EXISTS v", "CREATE VIEW v AS \(sql)"], down: down,
        isRepeatable: true)
    }
    let database = try await Database.inMemory()
    let all = [step("1"), column, view("SELECT b FROM t1", ["DROP VIEW IF EXISTS v"])]
    #expect(try await database.migrate(all).applied == ["1", "2", "views"])
    #expect(try await database.migrate(all, to: "2").isEmpty)
    var options = MigrationOptions()
    options.isDryRun = true
    #expect(try await database.migrate(all, to: "1", options: options).reverted == ["views", "2"])
    // It has changed meanwhile, and is there all the same.
    let changed = [step("1"), column, view("SELECT b, id FROM t1", ["DROP VIEW IF EXISTS v"])]
    #expect(try await database.migrate(changed, to: "1").reverted == ["views", "2"])
    // With the last step come those that are applied after all of them.
    #expect(try await database.migrate(changed, to: "2").applied == ["2", "views"])
    #expect(try await database.migrate(changed, to: .empty).reverted == ["views", "2", "1"])

    // A baseline takes what the database has of them.
    for (sql, recorded) in [("SELECT 1", ["1", "2"]), ("CREATE VIEW v AS SELECT b FROM t1", ["1", "2", "views"])] {
      let adopted = try await Database.inMemory()
      for statement in all[0].up + all[1].up + [sql] { try await adopted.execute(statement) }
      #expect(try await adopted.rehearseBaseline(all, at: "2").recorded == recorded)
      #expect(try await adopted.baseline(all, at: "2").recorded == recorded)
    }

    let other = try await Database.inMemory()
    let standing = [step("1"), step("2"), view("SELECT 1 AS one", nil)]
    _ = try await other.migrate(standing)
    #expect(try await other.migrate(standing, to: "1").reverted == ["2"])
    #expect(try await other.migrate(standing).applied == ["2"])
  }
}

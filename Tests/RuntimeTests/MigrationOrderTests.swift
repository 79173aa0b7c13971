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
}

// The trait, the tables and the faults of SQLCTesting, on this package's own schema.

import AgentStore
import Foundation
import SQLCRuntime
import SQLCTesting
import Synchronization
import Testing

private let quick = {
  var configuration = Configuration()
  configuration.busyTimeout = .milliseconds(50)
  return configuration
}()

/// How often the fixture ran.
private let fixtures = Atomic<Int>(0)

@Suite(
  .database(Schema.self, configuration: quick) { database in
    fixtures.add(1, ordering: .relaxed)
    _ = try await Queries(database).createUser(email: "first@example.org", displayName: "First")
  }) struct TestingSupportTests
{
  /// Each case writes what the next one would find, had they one file.
  @Test(arguments: 1...40) func everyCaseHasItsOwn(number: Int) async throws {
    let database = try Database.ofTest
    let queries = Queries(database)
    let before = try await queries.createEnvironment(userID: 1, name: "only", description: nil)
    #expect(before.id == 1)
    // Made once, whatever runs at the same time.
    #expect(fixtures.load(ordering: .relaxed) == 1)
    try await database.verifySchema(Schema.self)
  }

  @Test func rowsAreATable() async throws {
    let queries = Queries(try Database.ofTest)
    _ = try await queries.createEnvironment(userID: 1, name: "a \"b\"", description: nil)
    let made = try await queries.listEnvironments(userID: 1)
    let table = tableText(of: made)
    let lines = table.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("id | userID | name      | description"), "\(table)")
    #expect(lines[1].hasPrefix(#"1  | 1      | "a \"b\"" | NULL "#), "\(table)")
    try await expectQuery(GetEnvironment(id: 7, userID: 1), in: Database.ofTest) { "(no rows)" }
    // A difference shows what there is.
    let said = difference(of: made, from: "id\n2", by: GetEnvironment.self)
    #expect(said?.hasPrefix("GetEnvironment gives\nid | userID | name ") == true)
    #expect(difference(of: made, from: table + "  \n", by: GetEnvironment.self) == nil)
  }

  @Test(arguments: [DatabaseFault.busy, .diskFull, .cancelled]) func faultsAreReal(fault: DatabaseFault) async throws {
    let database = try Database.ofTest
    let queries = Queries(database)
    let error = await #expect(throws: DatabaseError.self) {
      try await withFault(fault) {
        for number in 0..<2000 {
          _ = try await queries.createEnvironment(userID: 1, name: "\(number)", description: nil)
        }
      }
    }
    switch fault {
    case .busy: #expect(error?.code == .busy)
    case .diskFull: #expect(error?.code == .full)
    case .cancelled: #expect(error?.kind == .cancelled)
    }
    // It is gone behind it.
    _ = try await queries.createEnvironment(userID: 1, name: String(repeating: "long ", count: 5000), description: nil)
  }
}

@Suite struct TestingSupportTrouble {
  @Test func withoutTheTraitThereIsNone() {
    #expect(throws: MissingTestDatabase.self) { try Database.ofTest }
  }

  /// A fixture that fails fails each test with its own words, and leaves no file.
  @Test func aFixtureThatFailsIsTold() async throws {
    struct Broken: Error {}
    let template = DatabaseTemplate(Schema.self) { _ in throw Broken() }
    for _ in 0..<2 { await #expect(throws: Broken.self) { try await template.withCopy { _, _ in } } }
  }

  @Test func copiesAreGoneBehindTheirTests() async throws {
    let template = DatabaseTemplate(Schema.self)
    let path = try await template.withCopy { database, path in
      try await database.execute("PRAGMA user_version = 7")
      return path
    }
    let folder = URL(filePath: path).deletingLastPathComponent()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["template.db"])
  }
}

// The project's own migrations, run by the runtime: from every version forwards and back.

import AgentStore
import SQLCRuntime
import Testing

private let versions = Schema.migrations.map(\.version)

@Suite struct SchemaTests {
  @Test func allAreThere() { #expect(versions == (1...11).map { "\($0)" }) }

  @Test func latestIsTheSchemaTheCodeWasGeneratedFor() async throws {
    let database = try await Database.inMemory(migratedTo: .latest, Schema.self)
    try await database.verifySchema(Schema.self)
    let queries = Queries(database)
    #expect(try await queries.listUsers(limit: 10, offset: 0).isEmpty)
  }

  /// A database of any past version is brought up to date, and the queries run on it.
  @Test(arguments: versions) func everyPastVersionIsBroughtUpToDate(version: String) async throws {
    let database = try await Database.inMemory(migratedTo: .version(version), Schema.self)
    if version != versions.last {
      await #expect(throws: MigrationError.self) { try await database.verifySchema(Schema.self) }
    }
    try await database.execute("INSERT INTO users (email, display_name) VALUES ('a@example.org', 'A')")
    let summary = try await database.migrate(Schema.self)
    #expect(summary.applied == versions.drop { $0 != version }.dropFirst().map { $0 })
    try await database.verifySchema(Schema.self)
    #expect(try await Queries(database).listUsers(limit: 10, offset: 0).count == 1)
  }

  /// The way back ends where it began, version by version.
  @Test func everyStepBackRestores() async throws {
    let database = try await Database.inMemory(migratedTo: .latest, Schema.self)
    for (index, version) in versions.enumerated().reversed() {
      let target = index == 0 ? MigrationTarget.empty : .version(versions[index - 1])
      let summary = try await database.migrate(Schema.self, to: target)
      #expect(summary.reverted == [version])
      let before = Array(Schema.migrations[..<index])
      #expect(try await database.schemaDifferences(from: before) == [])
    }
    try await database.migrate(Schema.self)
    try await database.verifySchema(Schema.self)
  }
}

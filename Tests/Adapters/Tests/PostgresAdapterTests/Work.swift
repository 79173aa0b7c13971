// What the instruments are shown.

import SQLCPostgres
import Testing

struct CreateTag: ExecQuery {
  var name: String
  static let statement = StatementDefinition(
    name: "CreateTag", sql: "INSERT INTO adapter_tags (name) VALUES ($1)", parameterTypes: [25], isReadOnly: false,
    writes: ["adapter_tags"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
}

struct ListTags: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "ListTags", sql: "SELECT name FROM adapter_tags", isReadOnly: true, reads: ["adapter_tags"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

struct Mine: Error {}

func withDatabase(
  _ configure: @Sendable (inout Configuration) -> Void, body: (Database) async throws -> Void
) async throws {
  var configuration = Configuration()
  configuration.connections = 1...2
  configure(&configuration)
  let database = try await Database.open(ConnectionOptions(try #require(server)), configuration: configuration)
  do { try await body(database) } catch {
    await database.close()
    throw error
  }
  await database.close()
}

/// One tag twice, a list of all, a transaction that commits and one that does not.
func work(
  _ configure: @Sendable (inout Configuration) -> Void, until isEnough: () -> Bool = { true },
  also: (Database) async throws -> Void = { _ in }
) async throws {
  try await withDatabase(configure) { database in
    try await database.execute(
      "DROP TABLE IF EXISTS adapter_tags; CREATE TABLE adapter_tags (name text NOT NULL PRIMARY KEY)")
    try await database.run(CreateTag(name: "hidden"))
    await #expect(throws: DatabaseError.self) { try await database.run(CreateTag(name: "hidden")) }
    try await database.transaction { tx in try await tx.run(CreateTag(name: "b")) }
    await #expect(throws: Mine.self) {
      try await database.transaction { tx in
        try await tx.run(CreateTag(name: "c"))
        throw Mine()
      }
    }
    #expect(try await database.run(ListTags()).count == 2)
    try await also(database)
    // Plans come some time after the statement's end.
    for _ in 0..<100 where !isEnough() { try await Task.sleep(for: .milliseconds(50)) }
    #expect(isEnough())
  }
}

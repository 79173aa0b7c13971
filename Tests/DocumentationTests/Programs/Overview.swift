// Around the samples of SQLCRuntime.md; the queries are those of the runtime's own tests.

import SQLCRuntime

@main struct Program {
  static func main() async throws {
    let before = try await Database.open("station.db")
    try await before.execute(stationSchema)
    let environment = try await before.run(CreateEnvironment(name: "home"))
    for number in 1...7 {
      _ = try await before.run(CreateAgent(name: "agent \(number)", prompt: "…", environmentID: environment))
    }
    await before.close()
    try await overview()
    let after = try await Database.open("station.db")
    let tags = try await after.run(CountTags())
    precondition(tags == 2)
    await after.close()
  }

  private static func overview() async throws {
    // sample: SQLCRuntime/Overview/1
    precondition(agent?.name == "agent 7")
    await database.close()
  }
}

nonisolated struct CountTags: ExactlyOneQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(name: "CountTags", sql: "SELECT count(*) FROM tags", isReadOnly: true)
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

// Around the first samples of README.md.

import SQLCRuntime

@main struct Program {
  static func main() async throws {
    let database = try await Database.inMemory()
    try await database.migrate(Schema.self)
    let queries = Queries(database)
    // sample: README/sqlc-swift/1
    let rows = try await queries.agentStatistics()
    precondition(rows.map(\.runs) == [2, 0] && rows.map(\.averageDuration) == [3, nil])
    await database.close()
  }
}

// Around the sample of Migrations.md.

import SQLCRuntime

@main struct Program {
  static func main() async throws {
    // sample: Migrations/At start-up/1
    let ids = try await Queries(database).ids()
    precondition(ids.isEmpty)
    await database.close()
  }
}

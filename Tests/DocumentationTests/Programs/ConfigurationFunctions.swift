// Around the samples of Configuration.md.

import Foundation
import SQLCRuntime

@main struct Program {
  static func main() async throws {
    var configuration = Configuration()
    // sample: Configuration/What the application registers/1
    let database = try await Database.inMemory(configuration: configuration)
    try await database.migrate(Schema.self)
    let queries = Queries(database)
    try await queries.add(title: "B c", size: 1)
    try await queries.add(title: "a", size: 2)
    let slugs = try await queries.slugs()
    precondition(slugs == ["a", "b-c"])
    let middle = try await queries.middle()
    precondition(middle == 1.5)
    await database.close()
  }
}

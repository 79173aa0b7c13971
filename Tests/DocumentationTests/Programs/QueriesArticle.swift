// Around the samples of Queries.md.

import Foundation
import SQLCRuntime

@main struct Program {
  static func main() async throws {
    let database = try await Database.inMemory()
    try await database.migrate(Schema.self)
    let queries = Queries(database)
    try await many(queries)
    try await lists(queries)
    try await choices(queries)
    try await pages(queries)
    try await children(queries)
    try await changes(queries)
    try await fragments(queries)
    try await rows(queries)
    try await words(queries)
    try await keys(queries)
    await database.close()
  }

  private struct Reading {
    var name: String
    var value: Double
    var date: Date
  }

  private static func many(_ queries: Queries) async throws {
    let date = Date(timeIntervalSince1970: 1_700_000_000)
    let samples = [Reading(name: "a", value: 1, date: date), Reading(name: "a", value: 2, date: date + 60)]
    let sensors = ["a", "none"]
    // sample: Queries/Many at once/1
    precondition(count == 2 && latest.count == 2)
    precondition(latest[0]?.value == 2 && latest[1] == nil)
  }

  private static func lists(_ queries: Queries) async throws {
    // sample: Queries/Lists of rows/1
    precondition(added == 2 && found.map(\.day) == [2] && found[0].value == nil)
  }

  private static func choices(_ queries: Queries) async throws {
    let monday = Date(timeIntervalSince1970: 1_767_225_600)
    let friday = monday + 4 * 86_400
    // sample: Queries/Optional predicates and a chosen order/1
    precondition(all.map(\.name) == ["smith", "scout"])
    precondition(named.map(\.name) == ["smith", "scout"])
    precondition(recent.map(\.name) == ["scout"])
  }

  private static func pages(_ queries: Queries) async throws {
    // sample: Queries/Pages behind a cursor/1
    precondition(first.map(\.name) == ["scout"] && second.map(\.name) == ["smith"])
  }

  private static func changes(_ queries: Queries) async throws {
    _ = try await queries.patchAgent(id: 2, model: .set("large"))
    // sample: Queries/Partial updates/1
    precondition(renamed?.name == "smithy" && renamed?.model == "large")
    precondition(cleared?.name == "smithy" && cleared?.model == nil)
    precondition(touched?.name == "smithy" && touched?.changedAt != nil)
  }

  private static func fragments(_ queries: Queries) async throws {
    // sample: Queries/Fragments/1
    precondition(mine.map(\.name) == ["scout", "smithy"] && tools == ["hammer"])
  }

  private static func rows(_ queries: Queries) async throws {
    // sample: Queries/One row for many queries/1
    precondition(lines == ["scout: small", "smithy: -", "other: -", "scout: small"])
  }

  private static func words(_ queries: Queries) async throws {
    // sample: Queries/What the schema does not say/1
    precondition(latest > Date(timeIntervalSince1970: 1_700_000_000))
  }

  private static func children(_ queries: Queries) async throws {
    // sample: Queries/Parents with their children/1
    let rows = try await queries.listAgents()
    precondition(rows.map { $0.tools.map(\.name) } == [[], [], ["hammer"]])
  }

  private static func keys(_ queries: Queries) async throws {
    // sample: Queries/Keys with types of their own/1
    precondition(tools.map(\.name) == ["hammer"])
  }
}

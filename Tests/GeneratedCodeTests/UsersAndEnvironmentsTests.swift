import AgentStore
import Foundation
import SQLCRuntime
import Testing

@Suite struct UsersTests {
  @Test func createFindRenameDelete() async throws {
    let queries = try await emptyStore()
    let ada = try await queries.createUser(email: "ada@example.org", displayName: "Ada")
    #expect(!ada.isAdmin && ada.apiKeyHash == nil && ada.deletedAt == nil)
    #expect(abs(ada.createdAt.timeIntervalSinceNow) < 60)
    let id = try await queries.insertUserID(email: "bob@example.org", displayName: "Bob", isAdmin: true)
    #expect(id == 2)
    #expect(try await queries.findUserByEmail(email: "ADA@EXAMPLE.ORG")?.id == ada.id)
    #expect(try await queries.getUser(id: 2)?.isAdmin == true)
    #expect(try await queries.listUsers(limit: 1, offset: 1).map(\.displayName) == ["Ada"])
    #expect(try await queries.searchUsers(words: "example").map(\.id) == [1, 2])
    #expect(try await queries.searchUsers(words: "Bo").map(\.email) == ["bob@example.org"])

    #expect(try await queries.renameUser(displayName: "Ada L.", id: 1) == 1)
    try await queries.setUserAPIKey(apiKeyHash: Data([0, 1, 255]), id: 1)
    let seen = moment("2026-03-01 12:30:45")
    try await queries.touchUser(id: 1, lastSeenAt: seen)
    let changed = try #require(try await queries.getUser(id: 1))
    #expect(changed.displayName == "Ada L." && changed.apiKeyHash == Data([0, 1, 255]) && changed.lastSeenAt == seen)

    let counts = try await queries.countUsersByRole()
    #expect(counts.map(\.isAdmin) == [false, true] && counts.map(\.users) == [1, 1])

    let deleted = try #require(try await queries.softDeleteUser(id: 2))
    #expect(abs(deleted.timeIntervalSinceNow) < 3600)
    #expect(try await queries.softDeleteUser(id: 2) == nil)
    #expect(try await queries.getUser(id: 2) == nil)
    #expect(try await queries.purgeDeletedUsers(before: .distantPast) == 0)
    #expect(try await queries.purgeDeletedUsers(before: Date(timeIntervalSinceNow: 3600)) == 1)
  }
}

@Suite struct EnvironmentsTests {
  @Test func everyQuery() async throws {
    let queries = try await storeWithAgent()
    let second = try await queries.upsertEnvironment(userID: 1, name: "dev", description: "one")
    let again = try await queries.upsertEnvironment(userID: 1, name: "dev", description: nil)
    #expect(second.id == again.id && second.description == "one" && again.description == nil)
    #expect(try await queries.getEnvironment(id: 1, userID: 1)?.name == "prod")
    #expect(try await queries.getEnvironment(id: 1, userID: 2) == nil)
    #expect(try await queries.listEnvironments(userID: 1).map(\.name) == ["dev", "prod"])
    #expect(try await queries.environmentsByRegion(region: .eu).map(\.region) == [.eu, .eu])
    #expect(try await queries.environmentsByRegion(region: .us).isEmpty)
    #expect(try await queries.environmentsWithoutAgents().map(\.name) == ["dev"])

    let budget = try #require(SQLiteDecimal("1250.50"))
    try await queries.setBudget(monthlyBudget: budget, id: 1)
    #expect(try await queries.getEnvironment(id: 1, userID: 1)?.monthlyBudget?.doubleValue == 1250.5)

    try await queries.setVariable(path: "$.retries", value: "3", id: 1)
    try await queries.setVariable(path: "$.name", value: #""x""#, id: 1)
    #expect(try await queries.getVariable(path: "$.retries", id: 1)?.value == .integer(3))
    #expect(try await queries.getVariable(path: "$.missing", id: 1)?.value == nil)
    #expect(try await queries.getVariable(path: "$.retries", id: 9) == nil)
    let variables = try await queries.listVariables(id: 1)
    #expect(variables.map(\.key) == [.text("name"), .text("retries")])
    #expect(variables.map(\.type) == ["text", "integer"])

    let overview = try await queries.environmentOverview()
    #expect(overview.map(\.e.name) == ["prod", "dev"] && overview.map(\.owner) == ["Ada", "Ada"])
    #expect(overview.map(\.agentCount) == [1, 0] && overview.map(\.serverCount) == [0, 0])

    let archived = try await queries.archiveEnvironment(id: 2, userID: 1)
    #expect(archived.rowsAffected == 1)
    #expect(try await queries.listEnvironments(userID: 1).map(\.id) == [1])
  }
}

// One function for what many queries give.

import SQLCRuntime

nonisolated func line(_ member: TeamMember) -> String { "\(member.name) (\(member.role.rawValue))" }

nonisolated func lines(_ queries: any QueriesProtocol) async throws -> [String] {
  let all = try await queries.listMembers(teamID: 1) + [queries.addMember(teamID: 1, userID: 2, role: .guest)]
  let contacts = try await queries.listContacts() + queries.listWrittenTo()
  let users: [User] = try await queries.listOwners()
  let names = try await queries.listNames() + queries.listTeamNames()
  return all.map(line) + contacts.compactMap(\.email) + users.map(\.name) + names.map(\.name)
}

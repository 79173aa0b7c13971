import AgentStore
import Foundation
import SQLCRuntime
import Testing

@Suite struct ToolsTests {
  private func storeWithTools() async throws -> Queries {
    let queries = try await storeWithAgent()
    let config = try await queries.putFileConfig(
      environmentID: 1, path: "mcp.json", contentHash: String(repeating: "a", count: 64), content: Data([1, 2, 3]))
    #expect(config?.content == Data([1, 2, 3]) && config?.loadedAt == nil)
    let server = try await queries.createMCPServer(
      environmentID: 1, fileConfigID: config?.id, name: "files", transport: .stdio, command: "files", url: nil,
      arguments: #"["--root", "/"]"#)
    #expect(server.transport == .stdio && server.timeoutSeconds == 30 && server.isEnabled)
    #expect(try await queries.upsertMCPTool(mcpServerID: 1, name: "read", description: "reads", inputSchema: "{}") == 1)
    #expect(try await queries.upsertMCPTool(mcpServerID: 1, name: "write", description: nil, inputSchema: nil) == 2)
    return queries
  }

  @Test func servers() async throws {
    let queries = try await storeWithTools()
    #expect(try await queries.listMCPServers(environmentID: 1).map(\.name) == ["files"])
    #expect(try await queries.setServerTimeout(seconds: 2.5, id: 1) == 2.5)
    #expect(try await queries.setServerTimeout(seconds: 2.5, id: 9) == nil)
    #expect(try await queries.serverArguments(id: 1) == ["--root", "/"])
    #expect(try await queries.enableMCPServer(isEnabled: false, id: 1) == 1)
    #expect(try await queries.listMCPServers(environmentID: 1).isEmpty)
    let listed = try await queries.listToolsWithServer(environmentID: 1)
    #expect(listed.map(\.name) == ["read", "write"] && listed.map(\.configPath) == ["mcp.json", "mcp.json"])
    #expect(listed[0].transport == .stdio)
    try await queries.deleteMCPServer(id: 1)
    #expect(try await queries.getMCPTool(serverID: 1, name: "read") == nil)
  }

  @Test func fileConfigsChangeOnlyWithTheirContent() async throws {
    let queries = try await storeWithTools()
    let same = try await queries.putFileConfig(
      environmentID: 1, path: "mcp.json", contentHash: String(repeating: "a", count: 64), content: Data())
    #expect(same == nil)
    let changed = try await queries.putFileConfig(
      environmentID: 1, path: "mcp.json", contentHash: String(repeating: "b", count: 64), content: Data())
    #expect(changed?.id == 1 && changed?.content == Data())
    #expect(try await queries.listFileConfigs(environmentID: 1).map(\.size) == [0])
  }

  @Test func toolsOfAgents() async throws {
    let queries = try await storeWithTools()
    try await queries.createAgentTool(agentID: 1, toolID: 1)
    #expect(try await queries.allowTools(grants: [.init(agentID: 1, toolID: 1)]) == 0)
    #expect(try await queries.allowTools(grants: []) == 0)
    #expect(try await queries.allowTool(agentID: 1, toolID: 1) == 0)
    #expect(try await queries.allowTool(agentID: 1, toolID: 2) == 1)
    #expect(try await queries.agentMayUse(agentID: 1, toolID: 2))
    #expect(try await queries.removeAgentTool(agentID: 1, toolID: 2) == 1)
    #expect(try await queries.agentMayUse(agentID: 1, toolID: 2) == false)
    #expect(try await queries.listToolsOfAgent(agentID: 1).map(\.name) == ["read"])
    #expect(try await queries.unusedTools().map(\.name) == ["write"])
    #expect(try await queries.getMCPTool(serverID: 1, name: "read")?.inputSchema?.text == "{}")
  }

  @Test func tags() async throws {
    let queries = try await storeWithTools()
    try await queries.createTag(name: "fast")
    try await queries.createTag(name: "fast")
    try await queries.createTag(name: "cheap")
    try await queries.tagAgent(agentID: 1, tag: "fast")
    try await queries.tagAgent(agentID: 1, tag: "fast")
    let tags = try await queries.listTags()
    #expect(tags.map(\.name) == ["cheap", "fast"] && tags.map(\.uses) == [0, 1])
    #expect(try await queries.agentsWithTag(name: "fast").map(\.name) == ["scout"])
  }
}

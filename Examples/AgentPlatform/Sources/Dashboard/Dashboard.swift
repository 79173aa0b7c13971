// Code of an application that wants queries and does not care where the answers come from.

public import AgentStore
import SQLCRuntime

/// What the first page says. It is given the protocol, so that its tests need no database.
public struct Dashboard: Sendable {
  private let queries: any QueriesProtocol

  public init(queries: any QueriesProtocol) { self.queries = queries }

  /// "2 agents, 1 of them never ran"
  public func headline() async throws -> String {
    let count = try await queries.countAgents()
    let idle = try await queries.agentStatistics().count { $0.runs == 0 }
    return "\(count) agents" + (idle > 0 ? ", \(idle) of them never ran" : "")
  }
}

// Lists of rows as their callers write them.

import Foundation
import SQLCRuntime

nonisolated func share(_ tools: [String], among agents: [Int64], in queries: any QueriesProtocol) async throws -> Int {
  let pairs = agents.flatMap { agent in tools.map { AddPairs.Pair(agentID: agent, tool: $0, note: nil) } }
  return try await queries.addPairs(pairs: pairs)
}

nonisolated func shareWithoutDatabase() async throws -> Int {
  let stub = QueriesStub()
  stub.on(AddPairs.self) { call in Set(call.pairs).count }
  return try await share(["bash", "bash"], among: [1, 2], in: stub)
}

// A partial update as a server gets it: JSON in which what is left out stays, and null is a value.

import Foundation
import SQLCRuntime

nonisolated struct AgentChanges: Codable, Hashable {
  var name: PatchValue<String> = .unchanged
  var description: PatchValue<String?> = .unchanged
  var budget: PatchValue<Double> = .unchanged
}

nonisolated func change(_ id: Int64, _ changes: AgentChanges, in queries: any QueriesProtocol) async throws -> Agent? {
  try await queries.patchAgent(
    id: id, name: changes.name.map { $0.lowercased() }, description: changes.description, budget: changes.budget)
}

nonisolated func changeWithoutDatabase() async throws -> Int {
  let stub = QueriesStub()
  stub.on(PatchAgent.self) { call in
    call.name == .set("scout") && call.description == .set(nil) && call.budget == .unchanged ? nil : nil
  }
  let found = try await change(1, AgentChanges(name: .set("Scout"), description: .set(nil)), in: stub)
  return stub.calls(of: PatchAgent.self).count + (found == nil ? 0 : 1)
}

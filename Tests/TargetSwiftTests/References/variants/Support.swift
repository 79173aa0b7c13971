// What a user writes who depends on the protocol only: arguments left out, a transaction, a stub in a test.

import SQLCRuntime

nonisolated struct Search {
  var queries: any QueriesProtocol

  func everything() async throws -> Int {
    let some = try await queries.searchAgents(environmentID: 1, limit: 10)
    let named = try await queries.searchAgents(environmentID: 1, limit: 10, name: "x")
    let all = try await queries.listEnvironments()
    return some.count + named.count + all.count
  }

  func together() async throws -> Int {
    try await queries.transaction { tx in
      let environments = try tx.listEnvironments()
      return try tx.savepoint { sp in try sp.searchAgents(environmentID: 1, limit: 10).count + environments.count }
    }
  }
}

nonisolated func search<Store: QueriesProtocol>(_ store: Store) async throws -> [Environment] {
  try await store.listEnvironments(name: "x")
}

nonisolated func searchWithoutDatabase() async throws -> Int {
  let stub = QueriesStub()
  stub.on(ListEnvironments.self) { _ in [] }
  stub.on(SearchAgents.self) { _ in [] }
  let search = Search(queries: stub)
  let count = try await search.everything()
  return try await search.together() + count + stub.calls(of: SearchAgents.self).count
}

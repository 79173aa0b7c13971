// The reference project `variants`, run: what is left out is not in the SQL, what is given is.

import Foundation
import SQLCAnalysis
import SQLCDriver
import SQLCRuntime
import Testing
import VariantsReference

@Suite struct VariantsTests {
  private func station() async throws -> Queries {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("variants/schema.sql"), encoding: .utf8))
    let queries = Queries(database)
    let home = try await queries.createEnvironment(name: "home")
    let away = try await queries.createEnvironment(name: "away")
    let agents: [(String, String?, Int64, Double)] = [
      ("scout", "small", home, 100), ("Builder", nil, home, 200), ("critic", "large", home, 300),
      ("scout", nil, away, 400),
    ]
    for (name, model, environment, seconds) in agents {
      let id = try await queries.createAgent(
        name: name, model: model, environmentID: environment, createdAt: Date(timeIntervalSince1970: seconds))
      try await queries.createRun(
        agentID: id, status: id.isMultiple(of: 2) ? .done : .queued, cost: id == 1 ? nil : Double(id))
    }
    return queries
  }

  @Test func everyPredicateNarrowsWhenGiven() async throws {
    let queries = try await station()
    func names(_ agents: [Agent]) -> [String] { agents.map(\.name) }
    #expect(try await names(queries.searchAgents(environmentID: 1, limit: 9)) == ["critic", "Builder", "scout"])
    #expect(try await names(queries.searchAgents(environmentID: 1, limit: 9, name: "%i%")) == ["critic", "Builder"])
    #expect(
      try await names(
        queries.searchAgents(
          environmentID: 1, limit: 9,
          created: .init(since: Date(timeIntervalSince1970: 100), until: Date(timeIntervalSince1970: 300))))
        == ["Builder", "scout"])
    #expect(try await names(queries.searchAgents(environmentID: 1, limit: 9, modelled: true)) == ["critic", "scout"])
    #expect(try await names(queries.searchAgents(environmentID: 1, limit: 9, ids: [1, 2, 4])) == ["Builder", "scout"])
    #expect(try await names(queries.searchAgents(environmentID: 1, limit: 9, ids: [])) == [])
    #expect(
      try await names(queries.searchAgents(environmentID: 1, limit: 9, name: "s%", modelled: true, ids: [1, 3]))
        == ["scout"])
  }

  @Test func ordersAndDirections() async throws {
    let queries = try await station()
    func names(_ order: SearchAgents.Order) async throws -> [String] {
      try await queries.searchAgents(environmentID: 1, limit: 9, order: order).map(\.name)
    }
    #expect(try await names(.createdAt()) == ["critic", "Builder", "scout"])
    #expect(try await names(.createdAt(.ascending)) == ["scout", "Builder", "critic"])
    #expect(try await names(.name()) == ["Builder", "critic", "scout"])
    #expect(try await names(.name(.descending)) == ["scout", "critic", "Builder"])
    #expect(try await names(.nameLength()) == ["Builder", "critic", "scout"])
    #expect(try await names(.nameLength(.ascending)) == ["scout", "critic", "Builder"])
    #expect(SearchAgents.Order.allCases.count == 6)
    #expect(Set(SearchAgents.Order.allCases).count == 6)
  }

  @Test func whatIsLeftOutIsNotInTheSQL() {
    let plain = SearchAgents(environmentID: 1, limit: 1).chosenStatement.sql
    #expect(!plain.contains("LIKE") && !plain.contains("IS NOT NULL") && !plain.contains("length"))
    #expect(plain.contains("ORDER BY created_at DESC, id"))
    let one = SearchAgents(environmentID: 1, limit: 1, name: "x", order: .name(.descending)).chosenStatement.sql
    #expect(one.contains("AND (name LIKE ?2)") && one.contains("ORDER BY name COLLATE NOCASE DESC, id"))
    #expect(ListEnvironments().chosenStatement.sql == "SELECT id, name FROM environments")
    #expect(ListEnvironments(after: 1).chosenStatement.sql == "SELECT id, name FROM environments WHERE (id > ?2)")
    #expect(
      ListEnvironments(name: "a", after: 1).chosenStatement.sql
        == "SELECT id, name FROM environments WHERE (name = ?1) AND (id > ?2)")
    #expect(RecentRuns().chosenStatement.sql == "SELECT r.id, r.status FROM runs r\nWHERE r.id > 0\nORDER BY r.id")
  }

  /// Each is a statement of its own, the same for the same choice, whatever the values are.
  @Test func eachCombinationIsAStatementOfItsOwn() {
    let first = ListEnvironments(name: "a").chosenStatement
    #expect(first === ListEnvironments(name: "b").chosenStatement)
    #expect(first !== ListEnvironments(after: 1).chosenStatement)
    #expect(ListEnvironments(name: "a", after: 1).chosenStatement === ListEnvironments.statement)
  }

  /// The predicate that is there lets SQLite use its index; a predicate like `?1 IS NULL OR name = ?1` would not.
  @Test func indexesAreUsed() async throws {
    let queries = try await station()
    let plan = try await queries.database.run(
      Plan(sql: "EXPLAIN QUERY PLAN " + RenameAgents(newName: "", environmentID: 1, oldName: "").chosenStatement.sql))
    #expect(plan.contains { $0.contains("agents_name") })
  }

  @Test func predicatesInSubqueriesJoinsAndGroups() async throws {
    let queries = try await station()
    #expect(try await queries.spending().map(\.name) == ["scout", "critic", "Builder", "scout"])
    #expect(try await queries.spending(environment: "away").map(\.spent) == [4])
    #expect(try await queries.spending(status: .done).map(\.spent) == [4, 2, 0, 0])
    #expect(try await queries.spending(atLeast: 3, order: .name()).map(\.name) == ["critic", "scout"])
  }

  @Test func nullabilityIsThatOfTheWeakestCombination() async throws {
    let queries = try await station()
    #expect(try await queries.runCosts().map(\.cost) == [nil, 2, 3, 4])
    #expect(try await queries.runCosts(least: 2).map(\.cost) == [3, 4])
    #expect(try await queries.runCosts(model: "large").map(\.name) == ["critic"])
    #expect(try await queries.recentRuns(status: .done, mostCost: 3).map(\.id) == [2])
    #expect(try await queries.findAgent(id: 3)?.model == "large")
    #expect(try await queries.findAgent(name: "nobody") == nil)
  }

  @Test func writesTransactionsAndObservation() async throws {
    let queries = try await station()
    #expect(try await queries.renameAgents(newName: "spy", environmentID: 1, oldName: "scout") == 1)
    #expect(try await queries.renameAgents(newName: "all", environmentID: 1) == 3)
    let found = try await queries.transaction { tx in
      try tx.searchAgents(environmentID: 1, limit: 2, ids: [1, 2, 3], order: .nameLength())
    }
    #expect(found.count == 2)
    var counts: [Int] = []
    for try await agents in queries.database.observe(SearchAgents(environmentID: 2, limit: 9, name: "scout")) {
      counts.append(agents.count)
      if counts.count == 2 { break }
      _ = try await queries.createAgent(
        name: "scout", model: nil, environmentID: 2, createdAt: Date(timeIntervalSince1970: 0))
    }
    #expect(counts == [1, 2])
    var streamed: [String] = []
    for try await agent in queries.database.stream(SearchAgents(environmentID: 2, limit: 9, order: .name())) {
      streamed.append(agent.name)
    }
    #expect(streamed == ["scout", "scout"])
  }

  @Test func stubsKnowTheChoices() async throws {
    let stub = QueriesStub()
    stub.on(SearchAgents.self) { call in
      #expect(call.order == .name(.descending) && call.name == "x")
      return []
    }
    let queries: any QueriesProtocol = stub
    let found = try await queries.searchAgents(
      environmentID: 1, limit: 1, name: "x", created: nil, modelled: false, ids: nil, order: .name(.descending))
    #expect(found.isEmpty)
    #expect(stub.calls(of: SearchAgents.self).count == 1)
  }

  /// `exercise` runs every combination on databases of all kinds and finds every claim held.
  @Test func everyCombinationIsExercised() throws {
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(workingDirectory: reference("variants").path)),
      effort: ExerciseEffort(rounds: 1))
    #expect(outcome.exit == .success)
    #expect(outcome.standardOutput.contains("0 wrong claims, 0 queries never ran"))
    #expect(outcome.standardOutput.contains("SearchAgents 96 of 96"))
    #expect(outcome.standardOutput.contains("Spending 32 of 32"))
  }

  /// Each order, each direction: pages of two, each behind the last row of the one before.
  @Test func pagesFollowACursor() async throws {
    let queries = try await station()
    for (name, model) in [("critic", nil), ("Critic", "small"), ("abe", nil)] as [(String, String?)] {
      _ = try await queries.createAgent(
        name: name, model: model, environmentID: 1, createdAt: Date(timeIntervalSince1970: 200))
    }
    for order in PageOfAgents.Order.allCases {
      let all = try await queries.pageOfAgents(environmentID: 1, count: 99, order: order)
      var seen: [Agent] = []
      var cursor: PageOfAgents.Cursor?
      repeat {
        let page = try await queries.pageOfAgents(environmentID: 1, count: 2, order: order, after: cursor)
        seen += page
        cursor = page.last.map { PageOfAgents.Cursor($0, order: order) }
        // As a web service hands it out and takes it back.
        cursor = try JSONDecoder().decode(PageOfAgents.Cursor?.self, from: JSONEncoder().encode(cursor))
      } while cursor != nil
      #expect(all.count == 6 && seen == all, "\(order)")
    }
    let first = try await queries.pageOfAgents(environmentID: 1, count: 1, name: "%i%", order: .name())
    let second = try await queries.pageOfAgents(
      environmentID: 1, count: 1, name: "%i%", order: .name(), after: first.last.map { .init($0, order: .name()) })
    #expect(first.map(\.name) == ["Builder"] && second.map(\.name) == ["critic"])
    // The cursor of another order, or of the other direction, is none.
    for other in [PageOfAgents.Order.createdAt(), .name(.descending)] {
      let error = await #expect(throws: DatabaseError.self) {
        try await queries.pageOfAgents(environmentID: 1, count: 1, order: other, after: .init(first[0], order: .name()))
      }
      #expect(error?.kind == .cursorMismatch && error?.query == "PageOfAgents")
    }
  }

  @Test func pagesOfJoinsAndGroups() async throws {
    let queries = try await station()
    var runs: [PageOfRuns.Row] = []
    while let row = try await queries.pageOfRuns(count: 1, cursorAfter: runs.last) { runs.append(row) }
    #expect(try await runs == queries.pageOfRuns(count: 99) && runs.map(\.spent) == [4, 3, 2, 0])
    for order in PageOfSpenders.Order.allCases {
      var spenders: [PageOfSpenders.Row] = []
      while true {
        let cursor = spenders.last.map { PageOfSpenders.Cursor($0, order: order) }
        let page = try await queries.pageOfSpenders(count: 1, order: order, after: cursor)
        if page.isEmpty { break }
        spenders += page
      }
      #expect(try await spenders == queries.pageOfSpenders(count: 99, order: order) && spenders.count == 4)
    }
  }

  @Test func ordersAreChosenEachForItself() async throws {
    let queries = try await station()
    let ranked = try await queries.rankAgents(count: 2, newestOrder: .createdAt(), by: .name(.descending), order: .id())
    #expect(ranked.map(\.name) == ["critic", "scout"] && ranked.map(\.place) == [2, 1])
    let named = try await queries.rankAgents(count: 2, newestOrder: .name(), by: .name(), order: .id(.descending))
    #expect(named.map(\.name) == ["critic", "Builder"] && named.map(\.place) == [2, 1])
  }
}

func reference(_ path: String) -> URL {
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "TargetSwiftTests/References").appending(path: path)
}

extension Queries {
  fileprivate func pageOfRuns(count: Int64, cursorAfter row: PageOfRuns.Row?) async throws -> PageOfRuns.Row? {
    try await pageOfRuns(count: count, after: row.map { PageOfRuns.Cursor($0) }).first
  }
}

/// SQL of a test's own; the text is not prepared twice, so that each plan has a definition of its own.
private struct Plan: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(name: "Plan", sql: "SELECT 1", isReadOnly: true)
  var sql: String
  var chosenStatement: StatementDefinition { StatementDefinition(name: "Plan", sql: sql, isReadOnly: true) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(3) }
}

// What instruments are told.

import Foundation
import SQLCRuntime
import Synchronization
import Testing

/// Keeps everything that it is told, in words.
nonisolated final class Recorder: DatabaseInstrument {
  struct Record: Sendable {
    var run: StatementRun
    var end: StatementEnd
  }
  private struct State {
    var begun: [StatementRun] = []
    var ended: [Record] = []
    var transactions: [(TransactionRun, TransactionEnd)] = []
    var open = 0
  }
  private let state = Mutex(State())

  func statementBegan(_ run: StatementRun) {
    state.withLock { $0.begun.append(run) }
  }
  func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
    state.withLock { $0.ended.append(Record(run: run, end: end)) }
  }
  func transactionBegan(_ run: TransactionRun) { state.withLock { $0.open += 1 } }
  func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
    state.withLock { state in
      state.open -= 1
      state.transactions.append((run, end))
    }
  }

  /// Ended statements of a name; those that moved to the queue ended later once more.
  func runs(of name: String) -> [Record] {
    state.withLock { state in
      state.ended.filter { record in
        if case .movedToQueue = record.end.outcome { return false }
        return record.run.name == name
      }
    }
  }
  var names: [String] { state.withLock { $0.ended.map(\.run.name) } }
  var transactions: [(TransactionRun, TransactionEnd)] { state.withLock { $0.transactions } }
  /// Begun and never ended.
  var unfinished: Int { state.withLock { $0.begun.count - $0.ended.count + $0.open } }
}

@Suite struct InstrumentTests {
  private func withRecorder(
    _ change: (inout Configuration) -> Void = { _ in }, _ body: (Database, Recorder) async throws -> Void
  ) async throws {
    try await withStationFile { _, path in
      let recorder = Recorder()
      var configuration = Configuration()
      configuration.instruments = [recorder]
      configuration.instrumentOptions.slowStatement = nil
      change(&configuration)
      let database = try await Database.open(path, configuration: configuration)
      try await body(database, recorder)
      await database.close()
      #expect(recorder.unfinished == 0)
    }
  }

  @Test func statementsAreTimedAndCounted() async throws {
    try await withRecorder { database, recorder in
      for name in ["a", "b", "c"] { try await database.run(CreateTag(name: name)) }
      for _ in 0..<20 { #expect(try await database.run(ListTags()).count == 3) }
      let creations = recorder.runs(of: "CreateTag")
      #expect(creations.count == 3)
      #expect(creations.allSatisfy { $0.end.changes == 1 && $0.end.rows == 0 && $0.end.duration > .zero })
      #expect(creations.allSatisfy { $0.run.connection == .writer && !$0.run.isReadOnly && $0.run.kind == .query })
      #expect(creations.allSatisfy { $0.run.sql == "INSERT INTO tags (name) VALUES (?1)" && $0.end.work.steps > 0 })
      let lists = recorder.runs(of: "ListTags")
      #expect(lists.count == 20)
      #expect(lists.allSatisfy { $0.end.rows == 3 && $0.end.changes == 0 && $0.run.connection == .reader })
      #expect(Set(lists.map(\.end.work)).count == 1, "counters are of one run each")
      #expect(recorder.transactions.isEmpty)
      #expect(creations.allSatisfy { $0.end.expandedSQL == nil && $0.end.plan == [] && $0.end.error == nil })
    }
  }

  @Test func transactionsHaveTheirStatements() async throws {
    try await withRecorder { database, recorder in
      try await database.transaction { tx in
        try tx.run(CreateTag(name: "a"))
        try tx.savepoint { sp in try sp.run(CreateTag(name: "b")) }
      }
      _ = try await database.read { tx in try tx.run(ListTags()) }
      struct Mine: Error {}
      await #expect(throws: Mine.self) {
        try await database.transaction { tx in
          try tx.run(CreateTag(name: "c"))
          throw Mine()
        }
      }
      let transactions = recorder.transactions
      #expect(transactions.map(\.0.writes) == [true, false, true])
      #expect(transactions.map(\.1.statements) == [2, 1, 1])
      #expect(transactions.map(\.1.changes) == [2, 0, 1])
      #expect(transactions.allSatisfy { $0.1.duration > .zero })
      if case .committed = transactions[0].1.outcome {} else { Issue.record("not committed") }
      if case .rolledBack(let error) = transactions[2].1.outcome {
        #expect(error is Mine)
      } else {
        Issue.record("not rolled back")
      }
      let first = recorder.runs(of: "CreateTag")[0].run
      #expect(first.transaction == transactions[0].0.id)
      #expect(recorder.names.prefix(4) == ["BEGIN", "CreateTag", "SAVEPOINT", "CreateTag"])
      #expect(recorder.runs(of: "COMMIT").allSatisfy { $0.run.kind == .control })
    }
  }

  @Test func failuresAreTold() async throws {
    try await withRecorder { database, recorder in
      try await database.run(CreateTag(name: "a"))
      await #expect(throws: DatabaseError.self) { try await database.run(CreateTag(name: "a")) }
      let failed = try #require(recorder.runs(of: "CreateTag").last?.end.error)
      #expect(failed.constraint?.kind == .primaryKey)
      // The next run of the same statement is not blamed.
      try await database.run(CreateTag(name: "b"))
      #expect(recorder.runs(of: "CreateTag").last?.end.error == nil)
      try await database.execute("INSERT INTO tags VALUES (x'00')")
      await #expect(throws: DatabaseError.self) { try await database.run(ListTags()) }
      #expect(recorder.runs(of: "ListTags").last?.end.error?.kind == .decoding)
      try await database.execute("DROP TABLE tags")
      await #expect(throws: DatabaseError.self) { try await database.run(CreateTag(name: "c")) }
      #expect(recorder.runs(of: "CreateTag").last?.end.error?.message == "no such table: tags")
      await #expect(throws: DatabaseError.self) { try await database.execute("SELEC 'secret'") }
      let script = try #require(recorder.runs(of: "SQL").last)
      #expect(script.end.error != nil)
      #expect(script.run.kind == .script)
      #expect(script.run.sql == "")
      #expect(recorder.runs(of: "SQL").first?.end.changes == 1)
    }
  }

  @Test func parametersAreToldOnlyWhenAsked() async throws {
    try await withRecorder { configuration in
      configuration.instrumentOptions.parameters = .included
    } _: { database, recorder in
      try await database.run(CreateTag(name: "it's"))
      #expect(recorder.runs(of: "CreateTag").last?.end.expandedSQL == "INSERT INTO tags (name) VALUES ('it''s')")
      try await database.execute("SELECT 1")
      #expect(recorder.runs(of: "SQL").last?.run.sql == "SELECT 1")
    }
  }

  @Test func slowStatementsAreExplained() async throws {
    try await withRecorder { configuration in
      configuration.instrumentOptions.slowStatement = .zero
    } _: { database, recorder in
      _ = try await database.run(ListTags())
      let plan = try #require(recorder.runs(of: "ListTags").last?.end.plan)
      #expect(plan.contains { $0.contains("tags") }, "\(plan)")
      #expect(!recorder.names.contains { $0.hasPrefix("EXPLAIN") })
      let nested = StatementDefinition(
        name: "Nested", sql: "SELECT name FROM tags UNION SELECT name FROM tags", isReadOnly: true)
      _ = try await database.read { tx in try tx.connection.values(of: nested) }
      let compound = try #require(recorder.runs(of: "Nested").last?.end.plan)
      #expect(compound.first == "COMPOUND QUERY")
      #expect(compound.contains { $0.hasPrefix("  ") })
      // Transactions' own statements are not.
      #expect(recorder.runs(of: "BEGIN").allSatisfy { $0.end.plan == [] })
    }
  }

  @Test func rowsOfNestedRunsAndStreamsAreKeptApart() async throws {
    try await withRecorder { database, recorder in
      try await database.executeBatch((0..<700).map { CreateTag(name: "\($0)") })
      #expect(recorder.runs(of: "CreateTag").count == 700)
      #expect(recorder.transactions.last?.1.statements == 700)
      try await database.read { tx in
        var count = 0
        try tx.forEach(ListTags()) { _ in
          count += 1
          if count <= 2 { _ = try tx.run(ListTags()) }
        }
      }
      #expect(recorder.runs(of: "ListTags").map(\.end.rows) == [700, 700, 700])
      var streamed = 0
      for try await _ in database.stream(ListTags()) { streamed += 1 }
      #expect(streamed == 700)
      // A stream gives its connection back after its last row.
      for _ in 0..<1000 where recorder.runs(of: "ListTags").count < 4 { try await Task.sleep(for: .milliseconds(2)) }
      #expect(recorder.runs(of: "ListTags").last?.end.rows == 700)
    }
  }

  @Test func aStreamThatIsClosedUnderItsReaderEnds() async throws {
    try await withRecorder { database, recorder in
      try await database.executeBatch((0..<700).map { CreateTag(name: "\($0)") })
      var stream = database.stream(ListTags()).makeAsyncIterator()
      _ = try await stream.next()
      await database.close()
      #expect(recorder.runs(of: "ListTags").count == 1)
      #expect(recorder.runs(of: "ListTags").last?.end.error?.kind == .closed)
      withExtendedLifetime(stream) {}
    }
  }

  @Test func cancellationIsAFailure() async throws {
    try await withRecorder { database, recorder in
      let endless = StatementDefinition(
        name: "Endless",
        sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", isReadOnly: true
      )
      let task = Task { try await database.read { tx in try tx.connection.values(of: endless) } }
      try await Task.sleep(for: .milliseconds(30))
      task.cancel()
      await #expect(throws: DatabaseError.self) { try await task.value }
      // It may have been cancelled before it began.
      if let end = recorder.runs(of: "Endless").last?.end { #expect(end.error?.kind == .cancelled) }
    }
  }
}

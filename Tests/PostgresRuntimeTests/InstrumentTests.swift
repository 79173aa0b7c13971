import SQLCPostgres
import Synchronization
import Testing

/// Writes down what it is told.
nonisolated private final class Notebook: DatabaseInstrument {
  private let notes = Mutex<[String]>([])
  private let plans = Mutex<[String: [String]]>([:])
  private let open = Mutex(0)

  func statementBegan(_ run: StatementRun) { open.withLock { $0 += 1 } }
  func statementEnded(_ run: StatementRun, _ end: StatementEnd) {
    open.withLock { $0 -= 1 }
    let error = end.error.map { " \($0.sqlState.map { "\($0)" } ?? "\($0.kind)")\($0.detail ?? "")" } ?? ""
    let inside = run.transaction == nil ? "" : " in transaction"
    notes.withLock { $0.append("\(run.kind) \(run.name) \(end.rows) \(end.rowsAffected)\(inside)\(error)") }
  }
  func statementExplained(_ run: StatementRun, plan: [String]) { plans.withLock { $0[run.name] = plan } }
  func transactionEnded(_ run: TransactionRun, _ end: TransactionEnd) {
    let outcome: String
    switch end.outcome {
    case .committed: outcome = "committed"
    case .rolledBack(let error): outcome = "rolled back by \(type(of: error))"
    }
    notes.withLock { $0.append("\(outcome) after \(end.statements)") }
  }

  func take() -> [String] {
    notes.withLock { notes in
      defer { notes = [] }
      return notes
    }
  }
  func plan(of name: String) -> [String]? { plans.withLock { $0[name] } }
  var openCount: Int { open.withLock { $0 } }
}

extension PostgresRuntimeTests {
  @Suite("Instruments")
  struct InstrumentTests {
    struct Stop: Error {}

    @Test("Every statement and transaction is told of, with its end and without values")
    func told() async throws {
      let notebook = Notebook()
      let database = try await Server.open {
        $0.connections = 1...1
        $0.instruments = [notebook]
      }
      _ = notebook.take()
      _ = try await database.run(Series(count: 3))
      #expect(notebook.take() == ["query Series 3 3"])
      try await database.execute("CREATE TEMP TABLE told (email text UNIQUE)")
      try await database.execute("INSERT INTO told VALUES ('a@b.c')")
      _ = await #expect(throws: DatabaseError.self) { try await database.execute("INSERT INTO told VALUES ('a@b.c')") }
      #expect(notebook.take() == ["script SQL 0 0", "script SQL 0 1", "script SQL 0 0 23505"])
      try await database.transaction { tx in _ = try await tx.run(Number(number: 1)) }
      #expect(
        notebook.take() == [
          "control BEGIN 0 0", "query Number 1 1 in transaction", "control COMMIT 0 0 in transaction",
          "committed after 1",
        ])
      await #expect(throws: Stop.self) { try await database.transaction { _ in throw Stop() } }
      #expect(
        notebook.take() == ["control BEGIN 0 0", "control ROLLBACK 0 0 in transaction", "rolled back by Stop after 0"])
      _ = try await database.run(each: [Number(number: 1), Number(number: 2)])
      #expect(notebook.take().count == 1)
      var rows = 0
      for try await _ in database.stream(Series(count: 600)) { rows += 1 }
      #expect(notebook.take() == ["query Series 600 600"])
      let late = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(50)) { try await database.run(Sleep(seconds: 600)) }
      }
      #expect(late?.kind == .timedOut)
      #expect(notebook.take().first?.hasPrefix("query Sleep 0 0 ") == true)
      #expect(notebook.openCount == 0)
      await database.close()
    }

    @Test("A slow query is explained when that is asked for, with any kind of parameters")
    func plans() async throws {
      let notebook = Notebook()
      let database = try await Server.open {
        $0.instruments = [notebook]
        $0.instrumentOptions.slowStatement = .milliseconds(30)
      }
      // One that is free, to explain on.
      async let other: Int64 = database.run(Number(number: 1))
      _ = try await database.run(Sleep(seconds: 0.05))
      _ = try await other
      let start = ContinuousClock.now
      while notebook.plan(of: "Sleep") == nil, ContinuousClock.now - start < .seconds(60) {
        try await Task.sleep(for: .milliseconds(5))
        if notebook.plan(of: "Sleep") == nil { _ = try await database.run(Sleep(seconds: 0.05)) }
      }
      #expect(notebook.plan(of: "Sleep")?.first?.hasPrefix("Result") == true)
      #expect(notebook.plan(of: "Number") == nil)
      // What it explained on works on, with nothing left behind.
      #expect(
        try await database.run(Value<Int64>("SELECT count(*) FROM pg_prepared_statements WHERE name = 'sqlc_explain'"))
          == 0)
      await database.close()
    }
  }
}

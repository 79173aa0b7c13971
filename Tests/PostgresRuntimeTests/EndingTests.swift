import Foundation
import SQLCPostgres
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

nonisolated private struct Endless: BulkQuery {
  var number: Int64
  var text = "row"
  static let insertion = BulkInsertion(
    name: "Endless", table: ["endless"], columns: ["number", "text"], parameterTypes: [20, 25], writes: ["endless"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(number, at: 1)
    try statement.bind(text, at: 2)
  }
}

nonisolated private struct EndlessRows: Sequence, IteratorProtocol, Sendable {
  private var number: Int64 = 0
  mutating func next() -> Endless? {
    number += 1
    return Endless(number: number)
  }
}

extension PostgresRuntimeTests {
  @Suite("Ends before their time")
  struct EndingTests {
    @Test("A statement ends when its task is cancelled, or its time is up, and the connection works on")
    func statement() async throws {
      // Where the machine has so much else to do that the server's answer comes after the grace time, the connection is closed
      // and another opened; of some attempts one is quick enough.
      for _ in 0..<10 {
        let database = try await Server.open { $0.connections = 1...1 }
        let backend = try await database.run(Backend())
        let start = ContinuousClock.now
        let late = await #expect(throws: DatabaseError.self) {
          try await Database.withTimeout(.milliseconds(100)) { try await database.run(Sleep(seconds: 600)) }
        }
        #expect(late?.kind == .timedOut)
        let task = Task { try await database.run(Sleep(seconds: 600)) }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        let cancelled = await #expect(throws: DatabaseError.self) { try await task.value }
        #expect(cancelled?.kind == .cancelled)
        #expect(ContinuousClock.now - start < .seconds(300))
        let isTheSame = try await database.run(Backend()) == backend
        await database.close()
        if isTheSame { return }
      }
      Issue.record("the connection was never kept")
    }

    @Test(
      "COPY of rows without end ends when its task is cancelled, or its time is up, and nothing is left",
      .timeLimit(.minutes(5)))
    func copying() async throws {
      let database = try await Server.open()
      try await database.execute("DROP TABLE IF EXISTS endless; CREATE TABLE endless (number int8, text text)")
      let rows = EndlessRows()
      let late = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(100)) { () async throws(DatabaseError) in
          try await database.insert(contentsOf: rows)
        }
      }
      #expect(late?.kind == .timedOut)
      let task = Task { try await database.insert(contentsOf: rows) }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      let cancelled = await #expect(throws: DatabaseError.self) { try await task.value }
      #expect(cancelled?.kind == .cancelled)
      #expect(try await database.run(Value<Int64>("SELECT count(*) FROM endless")) == 0)
      await database.close()
    }

    @Test("A row of 20 MB goes by COPY")
    func largeRow() async throws {
      let database = try await Server.open()
      try await database.execute("DROP TABLE IF EXISTS endless; CREATE TABLE endless (number int8, text text)")
      let rows = [
        Endless(number: 1), Endless(number: 2, text: String(repeating: "é", count: 10_000_000)), Endless(number: 3),
      ]
      #expect(try await database.insert(contentsOf: rows) == 3)
      #expect(
        try await database.run(Value<String>("SELECT string_agg(length(text)::text, ' ' ORDER BY number) FROM endless"))
          == "3 10000000 3")
      await database.close()
    }

    @Test("Nothing is sent for a task that is cancelled already")
    func before() async throws {
      let database = try await Server.open()
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await database.run(Number(number: 1))
      }
      let error = await #expect(throws: DatabaseError.self) { try await task.value }
      #expect(error?.kind == .cancelled)
      await database.close()
    }

    @Test("A server that does not answer is given up after the grace time")
    func stopped() async throws {
      let database = try await Server.open(user: "sqlc_superuser")
      let backend = try await database.run(Backend())
      kill(backend, SIGSTOP)
      defer { kill(backend, SIGCONT) }
      let start = ContinuousClock.now
      let error = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(200)) { try await database.run(Number(number: 1)) }
      }
      #expect(error?.kind == .timedOut)
      #expect(ContinuousClock.now - start < .seconds(120))
      #expect(try await database.run(Number(number: 2)) == 2)
      await database.close()
    }

    @Test("A killed connection: reads are tried again, changes are not")
    func killed() async throws {
      let database = try await Server.open(user: "sqlc_superuser") { $0.connections = 1...1 }
      let other = try await Server.open(user: "sqlc_superuser")
      let terminate = { (pid: Int32) in
        _ = try await other.run(Value<Bool>("SELECT pg_terminate_backend(\(pid), 60000)"))
        try await Task.sleep(for: .milliseconds(100))
      }
      try await terminate(try await database.run(Backend()))
      #expect(try await database.run(Number(number: 1)) == 1)
      // In the middle of a statement the server says that it ends it.
      let pid = try await database.run(Backend())
      let task = Task { try await database.run(Value<Bool>("SELECT pg_sleep(30) IS NULL")) }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      _ = await task.result
      _ = pid
      let victim = try await database.run(Backend())
      let transaction = Task {
        try await database.transaction { tx in
          _ = try await tx.run(Number(number: 1))
          try await Task.sleep(for: .milliseconds(400))
          _ = try await tx.run(Number(number: 2))
        }
      }
      try await Task.sleep(for: .milliseconds(100))
      try await terminate(victim)
      let error = await #expect(throws: DatabaseError.self) { try await transaction.value }
      #expect(error?.kind == .connection)
      #expect(try await database.run(Number(number: 3)) == 3)
      await other.close()
      await database.close()
    }

    @Test("No cancellation hits what runs next", .timeLimit(.minutes(60)))
    func storm() async throws {
      let rounds = isLong ? 12_500 : 100
      let database = try await Server.open { $0.connections = 2...4 }
      let (cancelled, answered) = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
        for worker in 0..<8 {
          group.addTask {
            var counts = (0, 0)
            for round in 0..<rounds {
              let task = Task { try await database.run(Number(number: Int64(round))) }
              let delay = UInt64((worker * 7919 + round * 104_729) % 400)
              if delay > 0 { try await Task.sleep(for: .microseconds(delay)) }
              task.cancel()
              switch await task.result {
              case .success(let number):
                #expect(number == Int64(round))
                counts.1 += 1
              case .failure(let error):
                #expect((error as? DatabaseError)?.kind == .cancelled)
                counts.0 += 1
              }
              // Of a task that nobody cancels nothing is ever cancelled.
              #expect(try await database.run(Number(number: -1)) == -1)
            }
            return counts
          }
        }
        var all = (0, 0)
        for try await counts in group { all = (all.0 + counts.0, all.1 + counts.1) }
        return all
      }
      #expect(cancelled + answered == 8 * rounds)
      await database.close()
    }
  }
}

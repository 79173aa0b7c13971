import Foundation
import SQLCPostgres
import Testing

extension PostgresRuntimeTests {
  @Suite("The pool and its streams")
  struct PoolTests {
    @Test("64 tasks on 4 connections")
    func crowd() async throws {
      let database = try await Server.open()
      let backends = try await withThrowingTaskGroup(of: Set<Int32>.self) { group in
        for task in 0..<64 {
          group.addTask {
            var backends: Set<Int32> = []
            for round in 0..<50 {
              #expect(try await database.run(Number(number: Int64(task * round))) == Int64(task * round))
              backends.insert(try await database.run(Backend()))
            }
            return backends
          }
        }
        var all: Set<Int32> = []
        for try await backends in group { all.formUnion(backends) }
        return all
      }
      #expect(backends.count <= 4)
      await database.close()
    }

    @Test("Who waits too long is told so, and who stops waiting leaves the line")
    func waiting() async throws {
      let database = try await Server.open {
        $0.connections = 1...1
        $0.acquireTimeout = .milliseconds(100)
      }
      let holder = Task { try await database.run(Sleep(seconds: 1)) }
      try await Task.sleep(for: .milliseconds(100))
      let error = await #expect(throws: DatabaseError.self) { try await database.run(Number(number: 1)) }
      #expect(error?.kind == .timedOut)
      #expect(error?.message.contains("no connection was free") == true)
      let task = Task { try await database.run(Number(number: 1)) }
      task.cancel()
      await #expect(throws: DatabaseError.self) { try await task.value }
      try await holder.value
      #expect(try await database.run(Number(number: 2)) == 2)
      await database.close()
    }

    @Test("Closing waits for what runs, and later use is an error")
    func closing() async throws {
      let database = try await Server.open()
      let running = Task { try await database.run(Sleep(seconds: 0.3)) }
      try await Task.sleep(for: .milliseconds(100))
      await database.close()
      try await running.value
      let error = await #expect(throws: DatabaseError.self) { try await database.run(Number(number: 1)) }
      #expect(error?.kind == .closed)
      await database.close()
    }

    @Test("A server that is not there is known at once, and the error has no password")
    func unreachable() async throws {
      let error = await #expect(throws: DatabaseError.self) {
        try await Database.open("host=127.0.0.1 port=1 user=me password=hunter2 dbname=x")
      }
      #expect(error?.kind == .connection)
      #expect(error?.description.contains("hunter2") == false)
      let text = "postgres://me:hun%ter2@host/x"
      let malformed = #expect(throws: DatabaseError.self) { try ConnectionOptions(text) }
      #expect(malformed?.message == "the connection string is malformed")
      var options: ConnectionOptions = "postgres://me:hunter2@host/x"
      #expect("\(options)" == "dbname=x host=host user=me")
      #expect(!String(reflecting: options).contains("hunter2"))
      #expect(options.password == "hunter2")
      options["host"] = "other"
      #expect(options["host"] == "other")
    }

    @Test("A stream gives its rows as they are asked for, and its connection back however it ends")
    func streams() async throws {
      let database = try await Server.open { $0.connections = 1...1 }
      var sum: Int64 = 0
      for try await row in database.stream(Series(count: 20_000)) { sum += row.number }
      #expect(sum == 200_010_000)
      for _ in 0..<5 {
        for try await row in database.stream(Series(count: 3_000_000)) {
          #expect(row.number == 1)
          break
        }
        // The only connection is free again.
        #expect(try await database.run(Number(number: 4)) == 4)
      }
      let failing = await #expect(throws: DatabaseError.self) {
        for try await _ in database.stream(Series(count: 10)) { throw DatabaseError(kind: .misuse, message: "mine") }
      }
      #expect(failing?.message == "mine")
      #expect(try await database.run(Number(number: 5)) == 5)
      await database.close()
    }

    @Test("Settings are set on every connection")
    func settings() async throws {
      let database = try await Server.open {
        $0.statementTimeout = .milliseconds(150)
        $0.lockTimeout = .seconds(3)
        $0.connectionSetup = "SET application_name = 'mine'"
      }
      #expect(try await database.run(Value<String>("SELECT current_setting('lock_timeout')")) == "3s")
      #expect(try await database.run(Value<String>("SELECT current_setting('application_name')")) == "mine")
      let error = await #expect(throws: DatabaseError.self) { try await database.run(Sleep(seconds: 5)) }
      // The server's own limit is no cancellation of ours.
      #expect(error?.kind == .server)
      #expect(error?.sqlState == .queryCanceled)
      await database.close()
    }
  }
}

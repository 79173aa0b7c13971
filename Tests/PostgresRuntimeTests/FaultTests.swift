import Foundation
import SQLCPostgres
import Testing

nonisolated private struct Put: BulkQuery {
  var number: Int64
  static let insertion = BulkInsertion(
    name: "Put", table: ["fault_rows"], columns: ["number"], parameterTypes: [20], writes: ["fault_rows"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

extension PostgresRuntimeTests {
  @Suite("Networks as they are")
  struct FaultTests {
    /// What may be known of a change.
    private enum Knowledge: Hashable { case done, notDone, unknown }

    private func knowledge(_ body: () async throws -> Void) async -> Knowledge {
      do {
        try await body()
        return .done
      } catch let error as DatabaseError {
        switch error.kind {
        case .outcomeUnknown: return .unknown
        // The time was up: whether in time for the server as well, nobody knows.
        case .timedOut: return .unknown
        case .connection, .server, .closed: return .notDone
        default:
          Issue.record("\(error)")
          return .unknown
        }
      } catch {
        Issue.record("\(error)")
        return .unknown
      }
    }

    /// A short life of a database behind the proxy: what became of its three changes, each with numbers of its own.
    private func life(_ proxy: FaultProxy, _ first: Int64) async -> [Knowledge] {
      let options = ConnectionOptions(stringLiteral: "host=\(proxy.folder) port=5432 user=sqlc dbname=scratch")
      var configuration = Configuration()
      configuration.connections = 1...1
      configuration.connectTimeout = .seconds(2)
      configuration.acquireTimeout = .milliseconds(200)
      return await Database.withTimeout(.seconds(5)) {
        guard let database = try? await Database.open(options, configuration: configuration) else {
          return [.notDone, .notDone, .notDone]
        }
        let single = await knowledge { _ = try await database.run(Put(number: first)) }
        let transaction = await knowledge {
          try await database.transaction { tx in
            _ = try await tx.run(Put(number: first + 1))
            _ = try await tx.run(Series(count: 3))
          }
        }
        let copy = await knowledge {
          _ = try await database.insert(contentsOf: (2..<5).map { Put(number: first + $0) })
        }
        await database.close()
        return [single, transaction, copy]
      }
    }

    private func check(_ database: Database, _ first: Int64, _ known: [Knowledge], _ place: String) async throws {
      let sql =
        "SELECT coalesce(array_agg(number ORDER BY number), '{}') FROM fault_rows WHERE number / 10 = \(first / 10)"
      let found = Set(try await database.run(Value<[Int64]>(sql)).map { $0 - first })
      for (numbers, known) in zip([[0], [1], [2, 3, 4]] as [Set<Int64>], known) {
        let there = found.intersection(numbers)
        #expect(there.isEmpty || there == numbers, "half of a change, \(place)")
        switch known {
        case .done: #expect(there == numbers, "acknowledged and lost, \(place)")
        case .notDone: #expect(there.isEmpty, "denied and done, \(place)")
        case .unknown: break
        }
      }
    }

    @Test("Cut at every byte: no hang, and what is said of each change is true", .timeLimit(.minutes(15)))
    func cuts() async throws {
      let direct = try await Server.open()
      try await direct.execute("DROP TABLE IF EXISTS fault_rows; CREATE TABLE fault_rows (number int8 PRIMARY KEY)")
      let proxy = try FaultProxy(try Server.shared.get().folder)
      defer { proxy.stop() }
      // The whole conversation first, in single bytes: nothing depends on where packets end.
      proxy.set(.dribble)
      #expect(await life(proxy, 0) == [.done, .done, .done])
      try await check(direct, 0, [.done, .done, .done], "dribble")
      let (toServer, toClient) = proxy.takeCounts()
      var next: Int64 = 10
      var seen: Set<Knowledge> = []
      for (direction, length) in [(FaultProxy.Direction.toServer, toServer), (.toClient, toClient)] {
        for position in 0..<length {
          // What comes while the connection is made and the catalogue is read is much of the same.
          if position < length / 2, !position.isMultiple(of: 17) { continue }
          if !isLong, !position.isMultiple(of: 3) { continue }
          proxy.set(.cut(direction, after: position))
          let start = ContinuousClock.now
          let known = await life(proxy, next)
          #expect(ContinuousClock.now - start < .seconds(120), "\(direction) \(position)")
          try await check(direct, next, known, "\(direction) \(position)")
          seen.formUnion(known)
          next += 10
        }
      }
      #expect(seen == [.done, .notDone, .unknown])
      await direct.close()
    }

    @Test("Silence ends with the time, and the grace time after it", .timeLimit(.minutes(10)))
    func silence() async throws {
      let proxy = try FaultProxy(try Server.shared.get().folder)
      defer { proxy.stop() }
      let options = ConnectionOptions(stringLiteral: "host=\(proxy.folder) port=5432 user=sqlc dbname=scratch")
      let database = try await Database.open(options)
      let (_, opening) = proxy.takeCounts()
      await database.close()
      for position in [0, 10, opening / 2, opening, opening + 3, opening + 40] {
        proxy.set(.silence(.toClient, after: position))
        var configuration = Configuration()
        configuration.connectTimeout = .milliseconds(500)
        configuration.acquireTimeout = .milliseconds(500)
        let start = ContinuousClock.now
        let error = await #expect(throws: DatabaseError.self) {
          try await Database.withTimeout(.milliseconds(300)) {
            let database = try await Database.open(options, configuration: configuration)
            for number in 0..<3 { _ = try await database.run(Number(number: Int64(number))) }
          }
        }
        #expect(error?.kind == .timedOut || error?.kind == .connection)
        #expect(ContinuousClock.now - start < .seconds(120), "\(position)")
      }
    }
  }
}

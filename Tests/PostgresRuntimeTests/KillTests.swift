import Foundation
import SQLCPostgres
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One entry in two tables, in one transaction.
nonisolated private struct Enter: ExecRowsQuery {
  var table: Int
  var number: Int64
  static let statement = first
  static let first = definition("ledger_a")
  static let second = definition("ledger_b")
  private static func definition(_ table: String) -> StatementDefinition {
    StatementDefinition(
      name: "Enter", sql: "INSERT INTO \(table) VALUES ($1)", parameterTypes: [20], isReadOnly: false, writes: [table])
  }
  var chosenStatement: StatementDefinition { table == 0 ? Self.first : Self.second }
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

/// What a writer knows of its entries.
nonisolated private final class Ledger: Sendable {
  struct Known {
    var acknowledged: Set<Int64> = []
    var unknown: Set<Int64> = []
  }
  let known = Mutex(Known())
  let next = Atomic<Int64>(0)
  let isDone = Atomic<Bool>(false)

  /// Enters numbers, each again until the answer is that it is there, or that nobody knows.
  func write(to database: Database) async throws {
    while !isDone.load(ordering: .relaxed) {
      let number = next.wrappingAdd(1, ordering: .relaxed).newValue
      attempts: while true {
        do {
          if number.isMultiple(of: 3) {
            _ = try await database.run(each: [Enter(table: 0, number: number), Enter(table: 1, number: number)])
          } else {
            try await database.transaction { tx in
              _ = try await tx.run(Enter(table: 0, number: number))
              _ = try await tx.run(Enter(table: 1, number: number))
            }
          }
          known.withLock { _ = $0.acknowledged.insert(number) }
          break attempts
        } catch let error as DatabaseError {
          switch error.kind {
          case .outcomeUnknown:
            known.withLock { _ = $0.unknown.insert(number) }
            break attempts
          case .connection, .timedOut, .server, .rolledBack:
            // Said not to be there: it is entered again.
            try await Task.sleep(for: .milliseconds(1))
          default: throw error
          }
        }
      }
    }
  }

  /// Holds what is said against what is there.
  func check(_ database: Database) async throws -> (acknowledged: Int, unknown: Int) {
    let known = known.withLock { $0 }
    for table in ["ledger_a", "ledger_b"] {
      let numbers = try await database.run(
        Value<[Int64]>("SELECT coalesce(array_agg(number), '{}') FROM \(table)"))
      let there = Set(numbers)
      #expect(numbers.count == there.count, "doubled in \(table)")
      #expect(known.acknowledged.isSubset(of: there), "acknowledged and lost in \(table)")
      #expect(there.isSubset(of: known.acknowledged.union(known.unknown)), "denied and done in \(table)")
    }
    #expect(
      try await database.run(
        Value<Bool>(
          "SELECT NOT EXISTS (TABLE ledger_a EXCEPT TABLE ledger_b) AND NOT EXISTS (TABLE ledger_b EXCEPT TABLE ledger_a)"
        )),
      "half of a transaction")
    return (known.acknowledged.count, known.unknown.count)
  }
}

extension PostgresRuntimeTests {
  @Suite("Kills")
  struct KillTests {
    private func made(_ options: String) async throws -> Database {
      let database = try await Database.open(ConnectionOptions(options))
      try await database.execute(
        "DROP TABLE IF EXISTS ledger_a, ledger_b; CREATE TABLE ledger_a (number int8); CREATE TABLE ledger_b (number int8)"
      )
      return database
    }

    /// Writers go on while `kill` does something to their server, again and again.
    private func survive(
      _ cluster: Cluster, kills: Int, _ kill: @Sendable (_ round: Int, _ direct: Database) async throws -> Void
    ) async throws {
      let direct = try await made(cluster.options)
      var configuration = Configuration()
      configuration.connections = 1...4
      let database = try await Database.open(ConnectionOptions(cluster.options), configuration: configuration)
      let ledger = Ledger()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try await ledger.write(to: database) } }
        for round in 0..<kills {
          try await Task.sleep(for: .microseconds(Int.random(in: 0...8_000)))
          try await kill(round, direct)
        }
        ledger.isDone.store(true, ordering: .relaxed)
        try await group.waitForAll()
      }
      let (acknowledged, unknown) = try await ledger.check(direct)
      print("\(kills) kills: \(acknowledged) acknowledged, \(unknown) unknown")
      #expect(acknowledged > 0)
      await database.close()
      await direct.close()
    }

    @Test("Sessions ended by the server: nothing acknowledged is lost or doubled", .timeLimit(.minutes(30)))
    func sessions() async throws {
      let cluster = try Cluster()
      try cluster.start()
      try await survive(cluster, kills: isLong ? 900 : 60) { _, direct in
        _ = try? await direct.run(
          Value<Int64>(
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY random() LIMIT 1) AS one"
          ))
      }
    }

    @Test("Processes of the server killed, and the server itself", .timeLimit(.minutes(30)))
    func processes() async throws {
      let cluster = try Cluster()
      try cluster.start()
      try await survive(cluster, kills: isLong ? 100 : 3) { round, direct in
        if round.isMultiple(of: 3) {
          // The whole server, and another start of it.
          cluster.stop("KILL")
          try cluster.start()
        } else {
          // One process: the server ends all sessions, recovers, and goes on.
          let pid = try? await direct.run(
            Value<Int32>(
              "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY random() LIMIT 1"
            ))
          if let pid { kill(pid, SIGKILL) }
          try await Task.sleep(for: .milliseconds(300))
        }
      }
    }

    @Test(
      "A client killed in the middle: what it was told is there, once, and nothing is there by half",
      .timeLimit(.minutes(30)))
    func clients() async throws {
      let cluster = try Cluster()
      try cluster.start()
      let direct = try await made(cluster.options)
      let output = cluster.folder + "/acknowledged"
      let kills = isLong ? 1_000 : 25
      var total = 0
      for round in 0..<kills {
        let first = Int64(round) * 1_000_000
        try? FileManager.default.removeItem(atPath: output)
        let writer = try Companion([Self.writer, cluster.options, "\(first)"], log: output)
        // Until it has written something, and then a little longer.
        let deadline = ContinuousClock.now + .seconds(60)
        while (try? Data(contentsOf: URL(filePath: output)))?.isEmpty ?? true {
          try #require(ContinuousClock.now < deadline)
          usleep(500)
        }
        usleep(UInt32.random(in: 0...8_000))
        writer.stop("KILL")
        let text = try String(contentsOfFile: output, encoding: .utf8)
        let acknowledged = Set(text.split(separator: "\n").compactMap { Int64($0) })
        total += acknowledged.count
        // What the server was in the middle of ends first.
        while try await direct.run(
          Value<Int64>(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"))
          > 0
        { try await Task.sleep(for: .milliseconds(1)) }
        let there = try await direct.run(
          Value<[Int64]>(
            "SELECT coalesce(array_agg(number), '{}') FROM ledger_a WHERE number BETWEEN \(first) AND \(first + 999_999)"
          ))
        #expect(there.count == Set(there).count, "doubled")
        #expect(acknowledged.isSubset(of: there), "acknowledged and lost")
        // Of each of its two tasks one entry at most was on its way.
        #expect(there.count - acknowledged.count <= 2)
      }
      #expect(
        try await direct.run(
          Value<Bool>(
            "SELECT NOT EXISTS (TABLE ledger_a EXCEPT TABLE ledger_b) AND NOT EXISTS (TABLE ledger_b EXCEPT TABLE ledger_a)"
          )), "half of a transaction")
      print("\(kills) clients killed: \(total) acknowledged")
      await direct.close()
    }

    /// Where the build puts it: beside the tests, or above them.
    private static let writer: String = {
      var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      for _ in 0..<4 {
        let path = folder.appending(path: "postgres-writer").path
        if FileManager.default.isExecutableFile(atPath: path) { return path }
        folder.deleteLastPathComponent()
      }
      return "postgres-writer"
    }()

    @Test("Another server at the same address", .timeLimit(.minutes(5)))
    func failover() async throws {
      let first = try Cluster()
      try first.start()
      let second = try Cluster(port: first.port)
      let options = "host=127.0.0.1 port=\(first.port) user=sqlc dbname=postgres"
      let database = try await Database.open(ConnectionOptions(options))
      try await database.execute("CREATE TYPE mood AS ENUM ('fine')")
      #expect(try await database.run(Echo("fine", "mood")).text == "fine")
      first.stop("INT")
      // While nothing is there, errors are typed, and come in time.
      let error = await #expect(throws: DatabaseError.self) {
        try await Database.withTimeout(.milliseconds(300)) { try await database.run(Number(number: 1)) }
      }
      #expect(error?.kind == .timedOut || error?.kind == .connection)
      try second.start()
      let other = try await Database.open(ConnectionOptions(options))
      // Its types have other numbers than those of the first.
      try await other.execute("CREATE TABLE filler (n int8); CREATE TYPE mood AS ENUM ('fine')")
      #expect(try await database.run(Number(number: 2)) == 2)
      #expect(try await database.run(Echo("fine", "mood")).text == "fine")
      await other.close()
      await database.close()
    }
  }
}

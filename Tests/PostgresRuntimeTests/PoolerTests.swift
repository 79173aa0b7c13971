import Foundation
import SQLCPostgres
import Testing

nonisolated private struct Pooled: BulkQuery {
  var number: Int64
  static let insertion = BulkInsertion(
    name: "Pooled", table: ["pooled"], columns: ["number"], parameterTypes: [20], writes: ["pooled"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

/// Debian's pgbouncer before the tests' server.
nonisolated private final class Pooler: Sendable {
  static let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  let folder = "/tmp/" + unique("sqlc-pooler")
  private let companion: Companion

  /// It follows named statements from one session to another: from 1.21 on.
  static let followsNames: Bool = {
    guard let program, let answer = try? output(of: [program, "--version"]) else { return false }
    let numbers = answer.split(whereSeparator: { !$0.isNumber && $0 != "." }).first?.split(separator: ".").compactMap {
      Int($0)
    }
    return numbers.map { $0.count > 1 && ($0[0], $0[1]) >= (1, 21) } ?? false
  }()

  init(mode: String) throws {
    let program = try #require(Self.program)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let server = try Server.shared.get().folder
    // pgbouncer 1.18 takes the end of a request to cancel for a failed login, and makes no connection for `server_login_retry`
    // after it, which is 15 s.
    let settings = """
      [databases]
      scratch = host=\(server) port=5432 dbname=scratch user=sqlc
      [pgbouncer]
      listen_addr =
      unix_socket_dir = \(folder)
      listen_port = 5432
      auth_type = any
      pool_mode = \(mode)
      default_pool_size = \(mode == "session" ? 8 : 2)
      max_client_conn = 100
      server_login_retry = 0.05
      """
    let names = Self.followsNames ? "\nmax_prepared_statements = 100" : ""
    try Data((settings + names + "\n").utf8).write(to: URL(filePath: folder + "/pgbouncer.ini"))
    try OtherUser.own(folder)
    companion = try Companion(OtherUser.command([program, folder + "/pgbouncer.ini"]), log: folder + "/log")
    let socket = folder + "/.s.PGSQL.5432"
    let deadline = ContinuousClock.now + .seconds(30)
    while !FileManager.default.fileExists(atPath: socket) {
      guard ContinuousClock.now < deadline else {
        throw ProgramFailure(description: (try? String(contentsOfFile: companion.log, encoding: .utf8)) ?? "")
      }
      usleep(10_000)
    }
  }

  deinit {
    companion.stop("INT")
    try? FileManager.default.removeItem(atPath: folder)
  }

  func open(_ statements: Configuration.PreparedStatements) async throws -> Database {
    var configuration = Configuration()
    configuration.connections = 1...8
    configuration.preparedStatements = statements
    let options = ConnectionOptions(stringLiteral: "host=\(folder) port=5432 user=sqlc dbname=scratch")
    // A socket may be there a moment before it is listened to.
    for _ in 0..<50 {
      if let database = try? await Database.open(options, configuration: configuration) { return database }
      try await Task.sleep(for: .milliseconds(50))
    }
    return try await Database.open(options, configuration: configuration)
  }
}

extension PostgresRuntimeTests {
  @Suite("Behind a pooler", .enabled("pgbouncer is not installed here") { Pooler.program != nil })
  struct PoolerTests {
    /// Which way statements are prepared goes with which mode of pgbouncer.
    nonisolated static let modes: [(mode: String, statements: Configuration.PreparedStatements)] = [
      ("transaction", .unnamed), ("session", .named), ("session", .unnamed),
    ]

    @Test(
      "Queries, transactions, batches, COPY, streams and cancellation, more tasks than sessions",
      .timeLimit(.minutes(10)), arguments: 0..<modes.count)
    func everything(_ index: Int) async throws {
      let direct = try await Server.open()
      try await direct.execute("DROP TABLE IF EXISTS pooled; CREATE TABLE pooled (number int8)")
      let pooler = try Pooler(mode: Self.modes[index].mode)
      let database = try await pooler.open(Self.modes[index].statements)
      let rounds = isLong ? 500 : 25
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<8 {
          group.addTask {
            for round in 0..<rounds {
              let number = Int64(worker * rounds + round)
              #expect(try await database.run(Number(number: number)) == number)
              try await database.transaction { tx in
                _ = try await tx.run(Pooled(number: number))
                #expect(try await tx.run(Number(number: -number)) == -number)
              }
              _ = try await database.run(each: [Pooled(number: number), Pooled(number: number)])
              _ = try await database.insert(contentsOf: [Pooled(number: number), Pooled(number: number)])
              var rows = 0
              for try await row in database.stream(Series(count: 300)) {
                rows += 1
                #expect(row.number == Int64(rows))
              }
              #expect(rows == 300)
              if round % 5 == 0 {
                let error = await #expect(throws: DatabaseError.self) {
                  try await Database.withTimeout(.milliseconds(20)) { try await database.run(Sleep(seconds: 5)) }
                }
                #expect(error?.kind == .timedOut)
              }
            }
          }
        }
        try await group.waitForAll()
      }
      // Every row was inserted as often as it was said to be.
      let counts = try await direct.run(
        Value<[Int64]>(
          "SELECT array_agg(DISTINCT n) FROM (SELECT count(*) AS n FROM pooled GROUP BY number) AS counted"))
      #expect(counts == [5])
      await database.close()
      await direct.close()
    }

    @Test(
      "Named statements in transaction mode work where the pooler follows them, and else never give another's answer")
    func named() async throws {
      let pooler = try Pooler(mode: "transaction")
      let database = try await pooler.open(.named)
      let failures = try await withThrowingTaskGroup(of: [DatabaseError].self) { group in
        for worker in 0..<8 {
          group.addTask {
            var failures: [DatabaseError] = []
            for round in 0..<25 {
              do throws(DatabaseError) {
                let number = Int64(worker * 25 + round)
                #expect(try await database.run(Number(number: number)) == number)
                #expect(try await database.run(Series(count: Int64(round))).count == round)
              } catch {
                failures.append(error)
              }
            }
            return failures
          }
        }
        var all: [DatabaseError] = []
        for try await failures in group { all += failures }
        return all
      }
      if Pooler.followsNames { #expect(failures.isEmpty) }
      for failure in failures {
        #expect(failure.sqlState == .invalidStatementName, "\(failure)")
        #expect(failure.suggestion?.contains("preparedStatements = .unnamed") == true)
      }
      await database.close()
    }
  }
}

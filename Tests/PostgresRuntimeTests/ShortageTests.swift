import Foundation
import SQLCPostgres
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension PostgresRuntimeTests {
  @Suite("What servers run out of")
  struct ShortageTests {
    @Test("Connections: those there are serve all, and who gets none is told", .timeLimit(.minutes(5)))
    func connections() async throws {
      let cluster = try Cluster(settings: ["max_connections=5", "superuser_reserved_connections=1"])
      try cluster.start()
      let setup = try await Database.open(ConnectionOptions(cluster.options))
      try await setup.execute("CREATE ROLE plain LOGIN")
      await setup.close()
      let options = "host=\(cluster.folder) port=\(cluster.port) user=plain dbname=postgres"
      var configuration = Configuration()
      configuration.connections = 1...20
      let database = try await Database.open(ConnectionOptions(options), configuration: configuration)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<40 {
          group.addTask {
            _ = try await database.run(Sleep(seconds: 0.02))
            #expect(try await database.run(Number(number: Int64(number))) == Int64(number))
          }
        }
        try await group.waitForAll()
      }
      // While all are taken, nobody else comes in.
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try? await database.run(Sleep(seconds: 3)) } }
        try await Task.sleep(for: .milliseconds(500))
        if database.statistics().open == 4 {
          let error = await #expect(throws: DatabaseError.self) {
            _ = try await Database.open(ConnectionOptions(options))
          }
          #expect(error?.kind == .connection)
        }
        try await group.waitForAll()
      }
      await database.close()
    }

    @Test(
      "A full disk is an error of its own, and what was acknowledged stays",
      .enabled("only root mounts file systems") { getuid() == 0 && canMount }, .timeLimit(.minutes(5)))
    func disk() async throws {
      let cluster = try Cluster()
      try cluster.start()
      let space = cluster.folder + "/small"
      try FileManager.default.createDirectory(atPath: space, withIntermediateDirectories: true)
      try output(of: ["mount", "-t", "tmpfs", "-o", "size=4m,mode=777", "tmpfs", space])
      defer {
        cluster.stop("QUIT")
        _ = try? output(of: ["umount", "-l", space])
      }
      try FileManager.default.createDirectory(atPath: space + "/space", withIntermediateDirectories: true)
      try OtherUser.own(space + "/space")
      let database = try await Database.open(ConnectionOptions(cluster.options))
      try await database.execute("CREATE TABLESPACE small LOCATION '\(space)/space'")
      try await database.execute("CREATE TABLE big (number int8, filler text) TABLESPACE small")
      let fill = StatementDefinition(
        name: "Fill",
        sql: "INSERT INTO big SELECT $1, string_agg(md5(random()::text), '') FROM generate_series(1, 200)",
        parameterTypes: [20], isReadOnly: false, writes: ["big"])
      var acknowledged: Int64 = 0
      var failure: DatabaseError?
      while failure == nil, acknowledged < 10_000 {
        do throws(DatabaseError) {
          _ = try await database.run(Filling(chosenStatement: fill, number: acknowledged))
          acknowledged += 1
        } catch { failure = error }
      }
      #expect(failure?.kind == .server)
      #expect(failure?.sqlState == SQLState("53100"))
      #expect(acknowledged > 100)
      #expect(try await database.run(Value<Int64>("SELECT count(*) FROM big")) == acknowledged)
      // With room again it goes on.
      try await database.execute("DROP TABLE big")
      try await database.execute("CHECKPOINT; CREATE TABLE big (number int8, filler text) TABLESPACE small")
      _ = try await database.run(Filling(chosenStatement: fill, number: 0))
      await database.close()
    }

    nonisolated static var canMount: Bool {
      let folder = "/tmp/" + unique("sqlc-mount")
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      guard (try? output(of: ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder])) != nil else { return false }
      _ = try? output(of: ["umount", folder])
      return true
    }
  }
}

nonisolated private struct Filling: ExecRowsQuery {
  var chosenStatement: StatementDefinition
  var number: Int64
  static var statement: StatementDefinition { StatementDefinition(name: "Fill", sql: "", isReadOnly: false) }
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
  static func == (a: Self, b: Self) -> Bool { a.number == b.number }
  func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

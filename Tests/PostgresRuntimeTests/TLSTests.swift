import Foundation
import SQLCPostgres
import Testing

/// A cluster that talks TLS, with a certificate that signs itself, and wants passwords.
nonisolated private final class EncryptedCluster: Sendable {
  let cluster: Cluster
  let certificate: String
  /// One that has signed nothing here.
  let stranger: String

  init() throws {
    cluster = try Cluster(
      settings: [
        "ssl=on", "ssl_cert_file='server.crt'", "ssl_key_file='server.key'", "password_encryption='scram-sha-256'",
      ],
      access: ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256"])
    certificate = cluster.folder + "/data/server.crt"
    stranger = cluster.folder + "/data/stranger.crt"
    for name in ["server", "stranger"] {
      let path = cluster.folder + "/data/" + name
      try output(of: [
        "openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost", "-keyout", path + ".key", "-out", path + ".crt",
      ])
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path + ".key")
      for end in [".key", ".crt"] { try OtherUser.own(path + end) }
    }
    try cluster.start()
  }

  static var canCertify: Bool { (try? output(of: ["openssl", "version"])) != nil }

  func options(_ more: String, password: String = "s3cret pass", port: Int? = nil) -> ConnectionOptions {
    ConnectionOptions(
      stringLiteral:
        "host=localhost hostaddr=127.0.0.1 port=\(port ?? cluster.port) user=guest dbname=postgres password='\(password)' \(more)"
    )
  }
}

nonisolated private struct Wide: ManyQuery {
  typealias Row = Int
  static let statement = StatementDefinition(
    name: "Wide", sql: "SELECT repeat('x', 20000) FROM generate_series(1, 20)", isReadOnly: true)
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int {
    try row.decode(0, as: String.self).utf8.count
  }
}

extension PostgresRuntimeTests {
  @Suite("TLS", .enabled("openssl is not installed here") { EncryptedCluster.canCertify })
  struct TLSTests {
    private func made() async throws -> EncryptedCluster {
      let encrypted = try EncryptedCluster()
      let database = try await Database.open(ConnectionOptions(encrypted.cluster.options))
      try await database.execute("CREATE ROLE guest LOGIN PASSWORD 's3cret pass'")
      await database.close()
      return encrypted
    }

    private let isEncrypted = Value<Bool>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")

    @Test("What is asked for is what one gets, or there is no connection", .timeLimit(.minutes(10)))
    func modes() async throws {
      let encrypted = try await made()
      for (more, expected) in [
        ("sslmode=disable", false), ("sslmode=require", true), ("sslmode=require channel_binding=require", true),
        ("sslmode=verify-full sslrootcert=\(encrypted.certificate)", true),
        ("sslmode=verify-full sslrootcert=\(encrypted.certificate) channel_binding=require", true),
      ] {
        let database = try await Database.open(encrypted.options(more))
        #expect(try await database.run(isEncrypted) == expected, "\(more)")
        await database.close()
      }
      for more in [
        "sslmode=verify-full sslrootcert=\(encrypted.stranger)", "sslmode=disable channel_binding=require",
        "sslmode=verify-full sslrootcert=\(encrypted.cluster.folder)/none",
      ] {
        let error = await #expect(throws: DatabaseError.self) { _ = try await Database.open(encrypted.options(more)) }
        #expect(error?.kind == .connection, "\(more)")
      }
      // The name of another host.
      let elsewhere = ConnectionOptions(
        stringLiteral:
          "host=db.example hostaddr=127.0.0.1 port=\(encrypted.cluster.port) user=guest dbname=postgres password='s3cret pass' sslmode=verify-full sslrootcert=\(encrypted.certificate)"
      )
      let error = await #expect(throws: DatabaseError.self) { _ = try await Database.open(elsewhere) }
      #expect(error?.kind == .connection)
      let wrong = await #expect(throws: DatabaseError.self) {
        _ = try await Database.open(encrypted.options("sslmode=require", password: "hunter2"))
      }
      #expect(wrong?.kind == .connection)
      #expect("\(wrong as Any)".contains("hunter2") == false)
    }

    @Test(
      "Encrypted rows of 20 kB, cut anywhere, in single bytes and cancelled: whole, or an error",
      .timeLimit(.minutes(30)))
    func records() async throws {
      let encrypted = try await made()
      let proxy = try FaultProxy(.port(encrypted.cluster.port))
      defer { proxy.stop() }
      let options = encrypted.options("sslmode=verify-full sslrootcert=\(encrypted.certificate)", port: proxy.port)
      var configuration = Configuration()
      configuration.connections = 1...1
      configuration.connectTimeout = .seconds(10)
      configuration.acquireTimeout = .milliseconds(300)
      let expected = [Int](repeating: 20_000, count: 20)
      func life() async throws -> [Int]? {
        do throws(DatabaseError) {
          let settings = configuration
          return try await Database.withTimeout(.seconds(60)) { () async throws(DatabaseError) -> [Int] in
            let database = try await Database.open(options, configuration: settings)
            return try await database.run(Wide())
          }
        } catch {
          #expect(error.kind == .connection || error.kind == .timedOut, "\(error)")
          return nil
        }
      }
      _ = proxy.takeCounts()
      #expect(try await life() == expected)
      let (_, length) = proxy.takeCounts()
      #expect(length > 400_000)
      proxy.set(.dribble)
      #expect(try await life() == expected)
      var whole = 0
      for position in stride(from: 0, to: length, by: isLong ? 397 : 20_011) {
        proxy.set(.cut(.toClient, after: position))
        if let rows = try await life() {
          #expect(rows == expected)
          // The last bytes end the conversation; how many all of it takes differs by some from one time to the next.
          if position < length - 1_000 { whole += 1 }
        }
      }
      #expect(whole == 0)
      // A cancelled statement's connection serves the next one.
      proxy.set(.none)
      let database = try await Database.open(options, configuration: configuration)
      for _ in 0..<(isLong ? 200 : 10) {
        let task = Task { try await database.run(Wide()) }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...3_000)))
        task.cancel()
        _ = await task.result
        #expect(try await database.run(Number(number: 5)) == 5)
      }
      await database.close()
    }
  }
}

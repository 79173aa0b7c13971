import Foundation
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import Testing

@Suite("A server for one run", .needsPostgreSQL, .serialized)
struct ScratchServerTests {
  private func soon(_ seconds: Int = 20) -> PostgreSQLConnection.Deadline { .now + .seconds(seconds) }

  @Test("A managed server gives a database to a role without rights, and nothing of it stays")
  func managed() throws {
    let server = try ScratchServer(ServerSettings(machine: Installed.machine))
    let connection = try server.connect()
    let who = try connection.execute(
      """
      SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication FROM pg_roles
      WHERE rolname = current_user
      """, deadline: soon())
    #expect(who.rows == [["f", "f", "f", "f", "f"]])
    let folder = try #require(server.socketFolder)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    #expect(try connection.execute("SELECT inet_server_addr()", deadline: soon()).rows == [[nil]])
    server.stop()
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test("What reaches beyond the database is refused")
  func confined() throws {
    let server = try ScratchServer(ServerSettings(machine: Installed.machine))
    let connection = try server.connect()
    for statement in [
      "COPY (SELECT 1) TO PROGRAM 'cat'", "COPY (SELECT 1) TO '/tmp/x'", "SELECT pg_read_file('/etc/passwd')",
      "SELECT lo_import('/etc/passwd')", "CREATE EXTENSION file_fdw", "CREATE EXTENSION plpython3u",
      "ALTER SYSTEM SET fsync = on", "SET SESSION AUTHORIZATION postgres", "SET ROLE postgres", "CREATE ROLE r",
      "CREATE DATABASE d", "LOAD 'auto_explain'", "SELECT * FROM pg_authid",
      "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x', 'y'",
    ] {
      #expect(throws: PostgreSQLFailure.self, "\(statement)") { try connection.execute(statement, deadline: soon()) }
    }
  }

  @Test("A statement that never ends is ended at its deadline, and the connection works on")
  func deadline() throws {
    let server = try ScratchServer(ServerSettings(machine: Installed.machine))
    let connection = try server.connect()
    let start = ContinuousClock.now
    #expect(throws: PostgreSQLFailure.timedOut) {
      try connection.execute(
        "SET statement_timeout = 0; DO $$ BEGIN LOOP NULL; END LOOP; END $$", deadline: .now + .milliseconds(300))
    }
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(try connection.execute("SELECT 1", deadline: soon()).rows == [["1"]])
  }

  @Test("Statements are described in one pipeline, each with its own tree or error")
  func describe() throws {
    let server = try ScratchServer(ServerSettings(machine: Installed.machine))
    let connection = try server.connect()
    try connection.execute(
      """
      CREATE FUNCTION checked(text) RETURNS boolean LANGUAGE sql AS 'SELECT length($1) > 2';
      CREATE DOMAIN name AS text CHECK (checked(VALUE));
      CREATE TABLE t (a integer PRIMARY KEY, b text NOT NULL);
      SET client_min_messages = log; SET debug_print_parse = on; SET debug_pretty_print = off
      """, deadline: soon())
    var statements: [StatementText] = []
    for number in 0..<200 {
      // The check of the domain is analysed on the way, and logs a tree of its own.
      statements.append(StatementText("SELECT a AS c\(number), 'abc'::name FROM t WHERE b = $1"))
      statements.append(StatementText("SELECT missing\(number) FROM t"))
    }
    let described = try connection.describe(statements, within: .seconds(20))
    #expect(described.count == 400)
    for (number, result) in described.enumerated() {
      switch result {
      case .success(let statement):
        #expect(number.isMultiple(of: 2))
        #expect(statement.parameterTypes == [25])
        #expect(statement.columns.map(\.name) == ["c\(number / 2)", "name"])
        // Messages are wrapped at a blank.
        let tree = String(decoding: try #require(statement.tree).map { $0 == 10 ? 32 : $0 }, as: UTF8.self)
        #expect(tree.contains(":resname c\(number / 2) "))
      case .failure(let error):
        #expect(!number.isMultiple(of: 2))
        #expect(error.sqlState == "42703")
        #expect(error.position == 8)
      }
    }
    #expect(try connection.execute("SELECT 1", deadline: soon()).rows == [["1"]])
  }

  @Test("COPY from the client is an error, not an endless wait")
  func copy() throws {
    let server = try ScratchServer(ServerSettings(machine: Installed.machine))
    let connection = try server.connect()
    try connection.execute("CREATE TABLE t (a integer)", deadline: soon())
    #expect(throws: PostgreSQLFailure.self) { try connection.execute("COPY t FROM stdin", deadline: soon(5)) }
    #expect(try connection.execute("SELECT count(*) FROM t", deadline: soon()).rows == [["0"]])
  }

  @Test("On a given server a database is made and dropped, by a role that is no superuser")
  func given() throws {
    let server = try ScratchServer(ServerSettings(machine: Installed.machine))
    let folder = try #require(server.socketFolder)
    var machine = Installed.machine
    machine.environment["SOCKETS"] = folder
    let uri = "postgresql:///template1?host=${SOCKETS}&user=sqlc_superuser"
    let given = try ScratchServer(ServerSettings(uri: uri, machine: machine))
    let connection = try given.connect()
    let name = try #require(try connection.execute("SELECT current_database()", deadline: soon()).rows[0][0])
    #expect(name.hasPrefix("sqlc_swift_"))
    let rights = try connection.execute(
      "SELECT rolsuper FROM pg_roles WHERE rolname = current_user", deadline: soon())
    #expect(rights.rows == [["f"]])
    given.stop()
    let left = try server.connect().execute(
      "SELECT count(*) FROM pg_database WHERE datname LIKE 'sqlc!_swift!_%' ESCAPE '!'", deadline: soon())
    #expect(left.rows == [["0"]])

    // What killed runs have left goes with the next run of any project; what is young, or somebody else's, stays.
    var superuser = try ConnectionParameters(
      parsing: "postgresql:///scratch?user=sqlc_superuser", with: server.library)
    superuser["host"] = folder
    let admin = try PostgreSQLConnection(superuser, library: server.library, deadline: soon())
    let young = "sqlc_swift_\(Int(Date().timeIntervalSince1970))_b"
    for statement in [
      "CREATE ROLE sqlc_swift_1000_a", "CREATE DATABASE sqlc_swift_1000_a OWNER sqlc_swift_1000_a",
      "CREATE ROLE sqlc_swift_1000_c", "CREATE DATABASE \(young)", "CREATE DATABASE sqlc_swift_mine",
    ] { try admin.execute(statement, deadline: soon()) }
    try ScratchServer(ServerSettings(uri: uri, machine: machine)).stop()
    let databases = try admin.execute(
      "SELECT datname FROM pg_database WHERE datname LIKE 'sqlc!_swift!_%' ESCAPE '!' ORDER BY 1", deadline: soon())
    #expect(databases.rows == [[young], ["sqlc_swift_mine"]])
    let roles = try admin.execute(
      "SELECT rolname FROM pg_roles WHERE rolname LIKE 'sqlc!_swift!_%' ESCAPE '!'", deadline: soon())
    #expect(roles.rows.isEmpty)

    let plain = "postgresql:///scratch?host=${SOCKETS}&user=sqlc"
    #expect(throws: ServerProblem.mayNotCreateDatabases(user: "sqlc")) {
      try ScratchServer(ServerSettings(uri: plain, machine: machine))
    }
    #expect(
      throws: ServerProblem.otherMajor(version: "\(server.version / 10_000).\(server.version % 10_000)", wanted: 14)
    ) {
      try ScratchServer(ServerSettings(uri: uri, major: 14, machine: machine))
    }
  }
}

@Suite("No server")
struct MissingServerTests {
  @Test("A machine without libpq is told what to install")
  func noLibrary() {
    let machine = Machine(environment: [:], libraryPaths: ["/nowhere/libpq.so.5"])
    do throws(ServerProblem) {
      _ = try ScratchServer(ServerSettings(machine: machine))
      Issue.record("there is no library")
    } catch {
      #expect(error.message.contains("libpq"))
      #expect(error.advice.joined().contains("apt-get install libpq5"))
    }
  }

  @Test("A version that is not installed is named, and what was found", .needsPostgreSQL)
  func otherVersion() {
    do throws(ServerProblem) {
      _ = try ScratchServer(ServerSettings(major: 39, machine: Installed.machine))
      Issue.record("there is no PostgreSQL 39")
    } catch {
      #expect(error.message == "PostgreSQL 39 is not installed")
      #expect(error.advice.first?.hasPrefix("found: ") == true)
    }
  }

  @Test("No message repeats a password", .needsPostgreSQL)
  func password() throws {
    var machine = Installed.machine
    machine.environment["PASSWORD"] = "hun%ter2"
    for uri in [
      "postgres://postgres:${PASSWORD}@localhost/x", "postgres://postgres:hunter2@localhost:1/x",
      "postgres://postgres:hunter2@[::1/x", "postgres://u:hunter2@127.0.0.1:1/x?connect_timeout=1",
    ] {
      do throws(ServerProblem) {
        _ = try ScratchServer(ServerSettings(uri: uri, machine: machine))
        Issue.record("nobody is there")
      } catch {
        let text = "\(error) \(error.message) \(error.advice)"
        #expect(!text.contains("hunter2") && !text.contains("hun%ter2"))
      }
    }
    let parameters = try ConnectionParameters(parsing: "postgres://u:hunter2@h/d", with: LibPQ())
    #expect(
      !"\(parameters) \(String(reflecting: parameters)) \(String(describing: Mirror(reflecting: parameters).children.map(\.value)))"
        .contains("hunter2"))
    #expect(throws: ServerProblem.missingVariable(name: "NOT_SET")) {
      try ScratchServer(ServerSettings(uri: "postgres://${NOT_SET}@h/d", machine: machine))
    }
  }
}

// A server that somebody else runs: a database is made there for the run, and dropped.

import SQLCPostgreSQLHandle

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A scratch database on a given server, owned by a role that is no superuser: the one that logs in, or else one that is made
/// for the run.
final class GivenServer: ScratchHost {
  let version: Int
  private(set) var parameters: ConnectionParameters
  /// Of whoever logs in, to the database that the connection string names.
  private let login: ConnectionParameters
  private let library: LibPQ
  private var databases: [String] = []
  private var role: String?
  private var hasStopped = false

  private static let prefix = "sqlc_swift_"

  init(_ uri: String, _ settings: ServerSettings, _ library: LibPQ) throws(ServerProblem) {
    let text = try settings.expanded(uri)
    self.library = library
    do {
      login = try ConnectionParameters(parsing: text, with: library)
    } catch {
      throw ServerProblem(error, doing: "read the connection string")
    }
    parameters = login
    let connection = try open(login, library)
    version = connection.serverVersion
    let number = "\(version / 10_000).\(version % 10_000)"
    guard version >= 140_000 else { throw .versionTooOld(version: number) }
    if let wanted = settings.major, wanted != version / 10_000 { throw .otherMajor(version: number, wanted: wanted) }
    try removeLeftovers(connection)
    try makeDatabase(connection)
  }

  deinit { stop() }

  func connect(_ parameters: ConnectionParameters) throws(ServerProblem) -> PostgreSQLConnection {
    try open(parameters, library)
  }

  func administer(_ statement: String) throws(ServerProblem) { try run(statement, login) }

  func administer(_ statement: String, in database: String) throws(ServerProblem) {
    var scratch = login
    scratch["dbname"] = database
    try run(statement, scratch)
  }

  func newDatabaseName() -> String {
    let name = "\(Self.prefix)\(time(nil))_\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    databases.append(name)
    return name
  }

  func stop() {
    guard !hasStopped else { return }
    hasStopped = true
    for name in databases { try? administer("DROP DATABASE IF EXISTS \(quoted(name)) WITH (FORCE)") }
    if let role { try? administer("DROP ROLE IF EXISTS \(quoted(role))") }
  }

  private func makeDatabase(_ connection: PostgreSQLConnection) throws(ServerProblem) {
    let who = try rows(
      "SELECT rolname, rolsuper OR rolcreaterole, rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user",
      connection)
    guard let row = who.rows.first, let user = row[0], row[2] == "t" else {
      throw .mayNotCreateDatabases(user: who.rows.first?[0] ?? "")
    }
    let name = newDatabaseName()
    var owner = user
    if row[1] == "t" {
      // A schema's file must not run with such rights.
      owner = name
      let password = (0..<3).map { _ in String(UInt64.random(in: 0...UInt64.max), radix: 36) }.joined()
      try rows("CREATE ROLE \(quoted(owner)) LOGIN PASSWORD '\(password)'", connection)
      role = owner
      parameters["user"] = owner
      parameters["password"] = password
      // A role that creates others must be in those whose databases it makes.
      if version >= 160_000 { try rows("GRANT \(quoted(owner)) TO CURRENT_USER", connection) }
    }
    parameters["dbname"] = name
    do {
      try rows("CREATE DATABASE \(quoted(name)) OWNER \(quoted(owner))", connection)
    } catch {
      stop()
      throw error
    }
  }

  /// Databases and roles of runs that were killed, of whatever project: older than an hour, nobody is connected, and they
  /// belong to who logs in, or to a role that was made for the run.
  private func removeLeftovers(_ connection: PostgreSQLConnection) throws(ServerProblem) {
    let found = try rows(
      """
      SELECT datname FROM pg_database d WHERE datname LIKE 'sqlc\\_swift\\_%'
      AND pg_has_role(current_user, datdba, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)
      """, connection)
    for row in found.rows {
      guard let name = row.first ?? nil, isOld(name) else { continue }
      _ = try? connection.execute("DROP DATABASE IF EXISTS \(quoted(name))", deadline: .now + .seconds(30))
      _ = try? connection.execute("DROP ROLE IF EXISTS \(quoted(name))", deadline: .now + .seconds(30))
    }
    // A role whose database was never made, or went without it.
    let roles = try rows(
      """
      SELECT rolname FROM pg_roles r WHERE rolname LIKE 'sqlc\\_swift\\_%'
      AND (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user)
      AND NOT EXISTS (SELECT FROM pg_database d WHERE d.datdba = r.oid)
      """, connection)
    for row in roles.rows {
      guard let name = row.first ?? nil, isOld(name) else { continue }
      _ = try? connection.execute("DROP ROLE IF EXISTS \(quoted(name))", deadline: .now + .seconds(30))
    }
  }

  /// Was it made more than an hour ago, longer than any run goes without a connection? Its name says when.
  private func isOld(_ name: String) -> Bool {
    Int(name.dropFirst(Self.prefix.count).prefix { $0 != "_" }).map { time(nil) - $0 > 3_600 } ?? false
  }

  private func run(_ statement: String, _ parameters: ConnectionParameters) throws(ServerProblem) {
    try rows(statement, try open(parameters, library))
  }

  @discardableResult
  private func rows(_ sql: String, _ connection: PostgreSQLConnection) throws(ServerProblem) -> TextRows {
    do {
      return try connection.execute(sql, deadline: .now + .seconds(60))
    } catch {
      throw ServerProblem(error, doing: "prepare a scratch database")
    }
  }
}

private func open(
  _ parameters: ConnectionParameters, _ library: LibPQ
) throws(ServerProblem) -> PostgreSQLConnection {
  do {
    return try PostgreSQLConnection(parameters, library: library, deadline: .now + .seconds(20))
  } catch {
    throw ServerProblem(error, doing: "answer")
  }
}

// A server with an empty database that a plain role owns: where schemas are run and queries analysed.

package import SQLCPostgreSQLHandle

/// A server for one run: one of our own, started from installed binaries, or a scratch database on one that is given.
///
/// It is confined to the thread that made it. Everything it made is gone after `stop()`, at the latest when it is released; a
/// server of our own also when the tool is killed.
package final class ScratchServer {
  package enum Kind: Sendable, Hashable { case managed, given }

  package let kind: Kind
  /// 150018 is 15.18.
  package let version: Int
  package let library: LibPQ
  private let host: any ScratchHost

  /// Starts a server, or makes a database on the one that the settings name.
  package init(_ settings: ServerSettings) throws(ServerProblem) {
    do {
      library = try LibPQ(paths: settings.machine.libraryPaths)
    } catch {
      throw ServerProblem(error, doing: "load libpq")
    }
    if let uri = settings.uri {
      kind = .given
      host = try GivenServer(uri, settings, library)
    } else {
      kind = .managed
      host = try ManagedServer(settings, library)
    }
    version = host.version
  }

  package var major: Int { version / 10_000 }

  /// A connection as the plain role.
  package func connect() throws(ServerProblem) -> PostgreSQLConnection { try host.connect(host.parameters) }

  /// A connection to another database of this server that `copyDatabase` made.
  package func connect(to database: String) throws(ServerProblem) -> PostgreSQLConnection {
    var parameters = host.parameters
    parameters["dbname"] = database
    return try host.connect(parameters)
  }

  /// Makes a database with all that another holds, the scratch database unless one is named; nobody may be connected to that
  /// meanwhile.
  package func copyDatabase(_ original: String? = nil) throws(ServerProblem) -> String {
    let name = host.newDatabaseName()
    try host.administer(
      "CREATE DATABASE \(quoted(name)) TEMPLATE \(quoted(original ?? scratchDatabase)) OWNER \(quoted(owner))")
    return name
  }

  /// Makes an empty database, owned by the plain role.
  ///
  /// - Parameter order: of texts; a given server keeps to its own, and so does one without ICU.
  package func makeDatabase(order: TextOrder = .bytes) throws(ServerProblem) -> String {
    let name = host.newDatabaseName()
    if order == .language, makeLanguageDatabase(name) { return name }
    try host.administer("CREATE DATABASE \(quoted(name)) OWNER \(quoted(owner))")
    return name
  }

  /// Another order than that of the cluster is taken from `template0` alone (sql-createdatabase.html), which kept clusters do
  /// not have.
  private func makeLanguageDatabase(_ name: String) -> Bool {
    guard kind == .managed, major >= 15 else { return false }
    try? host.administer("CREATE DATABASE template0 TEMPLATE template1")
    let statement =
      "CREATE DATABASE \(quoted(name)) OWNER \(quoted(owner)) TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
    return (try? host.administer(statement)) != nil
  }

  /// From the next connection on the server counts what is done to the tables of a database; a given server does so by itself.
  package func countAccesses(in database: String) throws(ServerProblem) {
    guard kind == .managed else { return }
    try host.administer("ALTER DATABASE \(quoted(database)) SET track_counts = on")
  }

  /// Lets the plain role make databases, and gives the connection string for it; nothing for a server that is not ours alone.
  package func creatingDatabases() throws(ServerProblem) -> String? {
    guard kind == .managed, let socketFolder else { return nil }
    try host.administer("ALTER ROLE \(quoted(owner)) CREATEDB")
    return "host=\(socketFolder) port=5432 user=\(owner) dbname=\(scratchDatabase)"
  }

  private var scratchDatabase: String { host.parameters["dbname"] ?? "" }
  private var owner: String { host.parameters["user"] ?? "" }

  package func dropDatabase(_ name: String) throws(ServerProblem) {
    try host.administer("DROP DATABASE IF EXISTS \(quoted(name)) WITH (FORCE)")
  }

  /// Makes an extension of the allowed ones in a database, the scratch database unless one is named, as the superuser where it
  /// needs one.
  package func createExtension(
    _ name: String, schema: String? = nil, in database: String? = nil
  ) throws(ServerProblem) {
    let place = schema.map { " SCHEMA \(quoted($0))" } ?? ""
    try host.administer(
      "CREATE EXTENSION IF NOT EXISTS \(quoted(name))\(place) CASCADE", in: database ?? scratchDatabase)
  }

  /// Makes a role that can do nothing, for the plain role to name; on a server of our own only. Whether there is one now.
  package func createRole(_ name: String) -> Bool {
    guard kind == .managed else { return false }
    let plain = quoted(host.parameters["user"] ?? "")
    return (try? host.administer("CREATE ROLE \(quoted(name)) NOLOGIN; GRANT \(quoted(name)) TO \(plain)")) != nil
  }

  /// Where the socket of a server of our own is.
  package var socketFolder: String? { kind == .managed ? host.parameters["host"] : nil }

  package func stop() { host.stop() }

  deinit { host.stop() }
}

/// What a server must offer to be used.
protocol ScratchHost: AnyObject {
  var version: Int { get }
  /// Of the plain role and the scratch database.
  var parameters: ConnectionParameters { get }
  func connect(_ parameters: ConnectionParameters) throws(ServerProblem) -> PostgreSQLConnection
  /// Runs a statement about the whole server.
  func administer(_ statement: String) throws(ServerProblem)
  /// Runs a statement in a database with the most rights there are.
  func administer(_ statement: String, in database: String) throws(ServerProblem)
  func newDatabaseName() -> String
  func stop()
}

/// By what a database orders texts that have no collation of their own.
package enum TextOrder: Sendable, Hashable {
  case bytes
  /// As people of a language would, which is what databases are usually made with.
  case language
}

// A server of our own.

import SQLCPostgreSQLHandle

/// A copy of the template cluster, served on a socket in a private folder.
final class ManagedServer: ScratchHost {
  let version: Int
  let parameters: ConnectionParameters
  private let folder: RunFolder
  private let server: RunningServer
  private let library: LibPQ
  private var databases = 0

  init(_ settings: ServerSettings, _ library: LibPQ) throws(ServerProblem) {
    let machine = settings.machine
    let user = try ServerUser.choose(on: machine)
    RunFolder.removeLeftovers(on: machine)
    let folder = try RunFolder(on: machine, user: user)
    let binaries = try ServerBinaries.find(major: settings.major, on: machine, output: folder.path + "/version")
    let template = TemplateCluster(binaries: binaries, user: user, machine: machine, library: library)

    func parameters(user: String) -> ConnectionParameters {
      ConnectionParameters([
        "host": folder.data, "port": "5432", "user": user, "dbname": ClusterNames.database,
        // Something must stand here, or libpq takes what PGOPTIONS says.
        "options": "-c client_min_messages=warning",
      ])
    }
    func start() throws(ServerProblem) -> (RunningServer, PostgreSQLConnection) {
      try template.copy(try template.folder(scratch: folder), to: folder.data, log: folder.log)
      let server = try RunningServer(
        binaries, data: folder.data, removing: folder.path, log: folder.log, user: user, machine: machine)
      return (server, try server.connect(parameters(user: ClusterNames.plain), library: library, log: folder.log))
    }
    let started: (server: RunningServer, connection: PostgreSQLConnection)
    do {
      started = try start()
    } catch {
      // A template may be broken, by a full disk or a power cut: the next run makes a new one.
      if case .failedProgram = error { template.remove() }
      throw error
    }
    self.folder = folder
    self.library = library
    server = started.server
    version = started.connection.serverVersion
    self.parameters = parameters(user: ClusterNames.plain)
  }

  func connect(_ parameters: ConnectionParameters) throws(ServerProblem) -> PostgreSQLConnection {
    try server.connect(parameters, library: library, log: folder.log)
  }

  func administer(_ statement: String) throws(ServerProblem) { try administer(statement, in: "template1") }

  func administer(_ statement: String, in database: String) throws(ServerProblem) {
    var parameters = parameters
    parameters["user"] = ClusterNames.superuser
    parameters["dbname"] = database
    let connection = try connect(parameters)
    do {
      try connection.execute(statement, deadline: .now + .seconds(60))
    } catch {
      throw ServerProblem(error, doing: "run '\(statement)'")
    }
  }

  func newDatabaseName() -> String {
    databases += 1
    return "copy_\(databases)"
  }

  func stop() { server.stop() }
}

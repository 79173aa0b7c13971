// A cluster that is made once and copied for each run: copying is ten times as fast as `initdb`.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names that are the same in every cluster of ours.
enum ClusterNames {
  /// Not `postgres`: schemas name that role, and it must be one without rights then.
  static let superuser = "sqlc_superuser"
  /// The role that owns the scratch database and runs the schema: no superuser, and never one.
  static let plain = "sqlc"
  static let database = "scratch"
}

/// The kept cluster of one PostgreSQL: a data folder with the plain role and an empty database of its own.
struct TemplateCluster {
  let binaries: ServerBinaries
  let user: ServerUser
  let machine: Machine
  let library: LibPQ

  /// Changes when what a template holds does.
  private static let format = 2

  /// The data folder to copy; made when it is not there.
  func folder(scratch: RunFolder) throws(ServerProblem) -> String {
    let parent = cacheFolder
    let path = parent + "/" + name
    if access(path + "/PG_VERSION", F_OK) == 0 { return path }
    try makeFolder(parent, mode: 0o755)
    try make(at: scratch.path + "/template", log: scratch.log)
    // Whoever comes second leaves what is there.
    let staged = path + ".\(getpid())"
    try copy(scratch.path + "/template", to: staged, log: scratch.log)
    if rename(staged, path) != 0 {
      let problem = failure(at: path)
      removeFolder(staged)
      guard access(path + "/PG_VERSION", F_OK) == 0 else { throw problem }
    }
    removeFolder(scratch.path + "/template")
    return path
  }

  /// Forgets a template that does not work.
  func remove() {
    let path = cacheFolder + "/" + name
    let aside = path + ".broken-\(getpid())"
    // At once: what is half removed is no template for others, and no place for theirs.
    removeFolder(rename(path, aside) == 0 ? aside : path)
  }

  func copy(_ from: String, to: String, log: String) throws(ServerProblem) {
    #if canImport(Darwin)
      let attempts = [["cp", "-Rpc", from, to], ["cp", "-Rp", from, to]]
    #else
      let attempts = [["cp", "-a", "--reflink=auto", from, to], ["cp", "-Rp", from, to]]
    #endif
    var output = ""
    for attempt in attempts {
      let copied = try run(attempt, environment: machine.programEnvironment, output: log, limit: .seconds(60))
      if copied.status == 0 { return }
      output = copied.text
      removeFolder(to)
    }
    throw .failedProgram(name: "cp", output: String(output.suffix(500)))
  }

  private func make(at data: String, log: String) throws(ServerProblem) {
    guard mkdir(data, 0o700) == 0 else { throw failure(at: data) }
    try user.own(data)
    let made = try run(
      user.command([
        binaries.path("initdb"), "-D", data, "-U", ClusterNames.superuser, "-A", "trust", "--no-sync", "-E", "UTF8",
        "--locale=C", "--no-instructions", "--wal-segsize=1",
      ]), environment: machine.programEnvironment, output: log, limit: .seconds(120))
    guard made.status == 0 else { throw .failedProgram(name: "initdb", output: String(made.text.suffix(2_000))) }
    let server = try RunningServer(binaries, data: data, removing: "", log: log, user: user, machine: machine)
    defer { server.stop() }
    try fill(server, data: data, log: log)
    guard server.shutDown() else {
      throw .failedProgram(name: "postgres", output: String(textOfFile(log).suffix(2_000)))
    }
  }

  private func fill(_ server: RunningServer, data: String, log: String) throws(ServerProblem) {
    var parameters = ConnectionParameters(["host": data, "port": "5432", "options": "-c client_min_messages=warning"])
    parameters["user"] = ClusterNames.superuser
    parameters["dbname"] = "template1"
    let connection = try server.connect(parameters, library: library, log: log)
    // Neither `postgres` nor `template0` is ever used here; without them half as much is copied.
    for statement in [
      "CREATE ROLE \(ClusterNames.plain) LOGIN", "CREATE DATABASE \(ClusterNames.database) OWNER \(ClusterNames.plain)",
      "DROP DATABASE postgres", "ALTER DATABASE template0 IS_TEMPLATE false", "DROP DATABASE template0",
    ] {
      do {
        try connection.execute(statement, deadline: .now + .seconds(60))
      } catch {
        throw ServerProblem(error, doing: "prepare a cluster")
      }
    }
  }

  /// Where templates are kept: with other users' caches, or the system's when the server runs as another user, who sees
  /// nothing of root's folder.
  private var cacheFolder: String {
    if let named = machine.environment["SQLC_SWIFT_CACHE"], !named.isEmpty { return named }
    if case .other = user { return "/var/cache/sqlc-swift" }
    if let cache = machine.environment["XDG_CACHE_HOME"], !cache.isEmpty { return cache + "/sqlc-swift" }
    let home = machine.environment["HOME"] ?? machine.temporaryFolder
    #if canImport(Darwin)
      return home + "/Library/Caches/sqlc-swift"
    #else
      return home + "/.cache/sqlc-swift"
    #endif
  }

  /// `postgresql-15.18-C-1-3f2a9c…`: of two builds of one version either has its own.
  private var name: String {
    "postgresql-\(binaries.version)-C-\(Self.format)-\(String(Fingerprint(binaries.folder).value, radix: 16))"
  }
}

// PostgreSQL as the trials see it.

public import SQLCEngine
package import SQLCOraclePostgreSQL

/// Makes databases on a server for one run: one of our own, or the one that the configuration names.
public struct PostgreSQLTrialEngine: TrialEngine {
  public let name = "PostgreSQL"
  package var settings: ServerSettings
  /// Extensions that the configuration names.
  package var extensions: [String]
  /// Of the databases that are made.
  package var order = TextOrder.bytes

  package init(settings: ServerSettings, extensions: [String] = []) {
    self.settings = settings
    self.extensions = extensions
  }

  public var types: any TrialTypes { PostgreSQLTrialTypes() }

  public func open(until deadline: TrialDeadline) throws(TrialFailure) -> PostgreSQLTrialDatabase {
    let server: ScratchServer
    do {
      server = try ScratchServer(settings)
    } catch {
      throw TrialFailure(error)
    }
    return try PostgreSQLTrialDatabase(
      PostgreSQLTrialServer(server, limit: settings.limit, extensions: extensions, order: order, deadline: deadline))
  }
}

/// The server that the databases of one trial share; it ends with the last of them.
final class PostgreSQLTrialServer {
  let server: ScratchServer
  let limit: Duration
  let extensions: [String]
  let order: TextOrder
  let deadline: TrialDeadline

  init(
    _ server: ScratchServer, limit: Duration, extensions: [String], order: TextOrder, deadline: TrialDeadline
  ) {
    self.server = server
    self.limit = limit
    self.extensions = extensions
    self.order = order
    self.deadline = deadline
  }

  deinit { server.stop() }
}

extension TrialFailure {
  init(_ problem: ServerProblem) {
    let words = ([problem.message] + problem.advice).joined(separator: "; ")
    if case .timedOut = problem { self.init(.outOfTime, words) } else { self.init(.statement, words) }
  }
}

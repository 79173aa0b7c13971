// From options to an open connection.

import Dispatch
import SQLCPostgreSQLHandle
import SQLCRuntimeKit

/// How connections of a database are made.
struct ConnectionRecipe: Sendable {
  let library: LibPQ
  var parameters: ConnectionParameters
  let types: TypeCatalog
  let configuration: Configuration
  let traffic = Traffic()

  /// Connecting looks up names and waits: that is done on threads that may.
  private static let queue = DispatchQueue(
    label: "sqlc.postgres.connecting", qos: .userInitiated, attributes: .concurrent)

  /// Connects, and makes the connection ready to be lent.
  func open() async throws(DatabaseError) -> Connection {
    let result = await withUnsafeContinuation { continuation in
      Self.queue.async { continuation.resume(returning: Result { () throws(DatabaseError) in try connect() }) }
    }
    let connection = try result.get()
    let setup = configuration.setup
    if !setup.isEmpty { try await connection.texts(setup) }
    return connection
  }

  private func connect() throws(DatabaseError) -> Connection {
    let deadline = ContinuousClock.now + configuration.connectTimeout
    guard let handle = library.start(parameters) else {
      throw DatabaseError(kind: .connection, message: "cannot connect: out of memory")
    }
    do throws(PostgreSQLFailure) {
      try library.finishConnecting(handle, until: deadline)
    } catch {
      library.finish(handle)
      switch error {
      case .unreachable(let reason), .lost(let reason):
        throw DatabaseError(kind: .connection, message: "cannot connect: \(reason)")
      default: throw DatabaseError(kind: .connection, message: "cannot connect within \(configuration.connectTimeout)")
      }
    }
    let connection = try Connection(handle, library, types, traffic, configuration.preparedStatements)
    let encoding = "client_encoding".withCString { library.parameterStatus(handle, $0) }.map { String(cString: $0) }
    guard encoding == "UTF8" else {
      throw DatabaseError(kind: .connection, message: "the connection's encoding is \(encoding ?? "unknown"), not UTF8")
    }
    if let lifetime = configuration.maxLifetime {
      connection.expires = Moment.now.advanced(by: lifetime * Double.random(in: 0.9...1.1))
    }
    return connection
  }
}

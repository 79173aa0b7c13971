// Where the server is, and as whom to talk to it.

import SQLCPostgreSQLHandle

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A connection string: `postgres://user@host/name?sslmode=…` or `host=… dbname=…`, with all keywords of libpq
/// (libpq-connect.html). What it does not say, the `PG*` variables of the environment, `.pgpass` and the service file do.
///
/// It describes itself without its password. Where neither it nor `PGSSLMODE` says `sslmode`, that is `require` for all hosts but
/// those of this machine; `verify-full` with `sslrootcert` is what keeps others from answering in the server's place.
public struct ConnectionOptions: Sendable, Hashable, ExpressibleByStringLiteral {
  private enum Source: Sendable, Hashable {
    /// It is parsed when the database is opened.
    case text(String)
    case parsed(ConnectionParameters)
  }

  private var source: Source

  /// - Throws: when it is malformed. The error does not quote it.
  public init(_ text: String) throws(DatabaseError) {
    source = .parsed(try Self.parse(text, try LibraryOfClient.shared.get()))
  }

  public init(stringLiteral text: String) { source = .text(text) }

  /// All from the `PG*` variables of the environment.
  public static var environment: ConnectionOptions { "" }

  /// The value of a keyword, such as `host` or `application_name`; nil for one that is not given.
  ///
  /// A literal that is malformed has none.
  public subscript(_ keyword: String) -> String? {
    get { parameters?[keyword] }
    set {
      guard var parameters else { return }
      parameters[keyword] = newValue
      source = .parsed(parameters)
    }
  }

  public var password: String? {
    get { self["password"] }
    set { self["password"] = newValue }
  }

  private var parameters: ConnectionParameters? {
    switch source {
    case .parsed(let parameters): parameters
    case .text(let text): (try? LibraryOfClient.shared.get()).flatMap { try? Self.parse(text, $0) }
    }
  }

  private static func parse(_ text: String, _ library: LibPQ) throws(DatabaseError) -> ConnectionParameters {
    guard !text.utf8.contains(0) else { throw malformed }
    do throws(PostgreSQLFailure) { return try ConnectionParameters(parsing: text, with: library) } catch {
      throw malformed
    }
  }

  /// libpq's own message would quote the string, with whatever password is in it.
  private static var malformed: DatabaseError {
    DatabaseError(kind: .misuse, message: "the connection string is malformed")
  }

  /// For libpq, with what is ours.
  func forConnecting(_ library: LibPQ) throws(DatabaseError) -> ConnectionParameters {
    var parameters: ConnectionParameters
    switch source {
    case .parsed(let known): parameters = known
    case .text(let text): parameters = try Self.parse(text, library)
    }
    let environment = ProcessInfo.processInfo.environment
    parameters["client_encoding"] = "UTF8"
    if parameters["application_name"] == nil, environment["PGAPPNAME"] == nil {
      parameters["fallback_application_name"] = parameters["fallback_application_name"] ?? "sqlc-swift"
    }
    // A service file may say it too.
    let isSaid =
      parameters["sslmode"] != nil || environment["PGSSLMODE"] != nil || parameters["service"] != nil
      || environment["PGSERVICE"] != nil
    if !isSaid, !Self.isLocal(parameters, environment) { parameters["sslmode"] = "require" }
    return parameters
  }

  /// Only sockets of this machine, and addresses that never leave it.
  static func isLocal(_ parameters: ConnectionParameters, _ environment: [String: String]) -> Bool {
    let hosts = parameters["host"] ?? environment["PGHOST"] ?? ""
    let addresses = parameters["hostaddr"] ?? environment["PGHOSTADDR"] ?? ""
    func parts(_ list: String) -> [Substring] { list.split(separator: ",", omittingEmptySubsequences: false) }
    // An address, where there is one, is what is connected to.
    let targets = zip(parts(addresses.isEmpty ? hosts : addresses), 0...).map { target, index in
      target.isEmpty && !addresses.isEmpty ? parts(hosts).dropFirst(index).first ?? "" : target
    }
    return targets.allSatisfy { target in
      target.isEmpty || target.hasPrefix("/") || target.hasPrefix("@") || target == "localhost" || target == "::1"
        || (target.hasPrefix("127.") && target.allSatisfy { $0.isNumber || $0 == "." })
    }
  }
}

extension ConnectionOptions: CustomStringConvertible, CustomReflectable {
  /// Without passwords.
  public var description: String { parameters?.description ?? "a malformed connection string" }
  public var customMirror: Mirror { Mirror(self, children: ["parameters": description]) }
}

/// libpq, loaded once.
enum LibraryOfClient {
  static let shared: Result<LibPQ, DatabaseError> = {
    do throws(PostgreSQLFailure) { return .success(try LibPQ()) } catch {
      switch error {
      case .libraryTooOld(let missing):
        return .failure(
          DatabaseError(kind: .connection, message: "libpq is older than 14: it has no \(missing)"))
      case .libraryMissing(let reasons):
        return .failure(
          DatabaseError(kind: .connection, message: "libpq is not installed: \(reasons.joined(separator: "; "))"))
      case .malformedConnectionString, .unreachable, .lost, .timedOut, .server:
        return .failure(DatabaseError(kind: .connection, message: "libpq cannot be loaded"))
      }
    }
  }()
}

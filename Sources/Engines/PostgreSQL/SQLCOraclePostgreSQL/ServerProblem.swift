// Why there is no server to ask.

package import SQLCPostgreSQLHandle

/// What keeps the tool from a server; each says what to do about it.
package enum ServerProblem: Error, Sendable, Hashable {
  /// No libpq: what was tried.
  case libraryMissing(reasons: [String])
  case libraryTooOld
  /// No PostgreSQL installed, or not of the major version that is asked for.
  case binariesMissing(major: Int?, found: [String])
  case unusableProgram(path: String, reason: String)
  /// The tool runs as root, which PostgreSQL refuses, and there is no way to be another user.
  case rootWithoutUser
  /// A program of PostgreSQL's ended with an error; the end of what it printed.
  case failedProgram(name: String, output: String)
  case unusableFolder(path: String, reason: String)
  case missingVariable(name: String)
  case malformedConnectionString
  case unreachable(reason: String)
  case mayNotCreateDatabases(user: String)
  case versionTooOld(version: String)
  case otherMajor(version: String, wanted: Int)
  case timedOut(what: String)
  case lost(reason: String)
  case refused(ServerError)

  package var message: String {
    switch self {
    case .libraryMissing: "libpq, PostgreSQL's client library, is not on this machine"
    case .libraryTooOld: "this machine's libpq is older than 14"
    case .binariesMissing(nil, _): "no PostgreSQL server is installed that could analyse the queries"
    case .binariesMissing(let major?, _): "PostgreSQL \(major) is not installed"
    case .unusableProgram(let path, let reason): "'\(path)' cannot be run: \(reason)"
    case .rootWithoutUser: "PostgreSQL does not run as root, and no other user can be become"
    case .failedProgram(let name, _): "'\(name)' failed"
    case .unusableFolder(let path, let reason): "'\(path)' cannot be used: \(reason)"
    case .missingVariable(let name): "the environment has no variable '\(name)'"
    case .malformedConnectionString: "the connection string is malformed"
    case .unreachable(let reason): "no connection to the PostgreSQL server: \(reason)"
    case .mayNotCreateDatabases(let user): "the role '\(user)' may not create databases"
    case .versionTooOld(let version): "PostgreSQL \(version) is too old; 14 is the oldest that can be asked"
    case .otherMajor(let version, let wanted):
      "the server is PostgreSQL \(version), the configuration asks for \(wanted)"
    case .timedOut(let what): "PostgreSQL took too long to \(what)"
    case .lost(let reason): "the connection to the PostgreSQL server broke: \(reason)"
    case .refused(let error): "PostgreSQL refuses: \(error.message)"
    }
  }

  package var advice: [String] {
    switch self {
    case .libraryMissing, .libraryTooOld:
      ["install it: 'apt-get install libpq5' on Debian and Ubuntu, 'brew install libpq' on macOS"]
    case .binariesMissing(_, let found):
      (found.isEmpty ? [] : ["found: " + found.joined(separator: ", ")]) + [
        "install one ('apt-get install postgresql postgresql-contrib', 'brew install postgresql@17'), or name a server in 'database: {uri: …}'",
        "code that is only checked needs none where a snapshot is committed: see 'sqlc-swift snapshot'",
      ]
    case .rootWithoutUser: ["run as an ordinary user, or install 'setpriv' (util-linux)"]
    case .failedProgram(_, let output): output.isEmpty ? [] : [output]
    case .missingVariable: ["'${…}' in 'database.uri' is replaced from the environment"]
    case .malformedConnectionString: ["write it as 'postgres://user:password@host:5432/database'"]
    case .mayNotCreateDatabases(let user):
      ["a scratch database is created for each run and dropped again: ALTER ROLE \(user) CREATEDB"]
    case .otherMajor: ["answers depend on the major version: change 'database.version', or the server"]
    case .timedOut: ["the limit is 'limits: {seconds: …}' in the configuration"]
    case .refused(let error): [error.detail, error.hint].compactMap(\.self)
    case .unusableProgram, .unusableFolder, .unreachable, .versionTooOld, .lost: []
    }
  }

  package init(_ failure: PostgreSQLFailure, doing what: String) {
    switch failure {
    case .libraryMissing(let reasons): self = .libraryMissing(reasons: reasons)
    case .libraryTooOld: self = .libraryTooOld
    case .malformedConnectionString: self = .malformedConnectionString
    case .unreachable(let reason): self = .unreachable(reason: reason)
    case .lost(let reason): self = .lost(reason: reason)
    case .timedOut: self = .timedOut(what: what)
    case .server(let error): self = .refused(error)
    }
  }
}

// What can go wrong between the tool and a server.

/// Why a connection, or what was asked over one, failed.
package enum PostgreSQLFailure: Error, Sendable, Hashable {
  /// No libpq on this machine.
  case libraryMissing(reasons: [String])
  /// A libpq without that function: it is older than 14.
  case libraryTooOld(missing: String)
  /// The connection string is none. What libpq says of it would quote it, passwords included.
  case malformedConnectionString
  /// No connection: the server's or libpq's reason, which names host, port, user and database, never a password.
  case unreachable(reason: String)
  /// The connection broke.
  case lost(reason: String)
  /// The deadline passed; what ran was cancelled.
  case timedOut
  /// The server refused a statement.
  case server(ServerError)
}

/// An error as the server reports it.
package struct ServerError: Error, Sendable, Hashable {
  /// Five characters: `42P01`.
  package var sqlState: String
  package var message: String
  package var detail: String?
  package var hint: String?
  /// Counted in characters, from 1, in the text that was sent.
  package var position: Int?
  /// A statement that the server made itself (in a function, of a view), and the place in it.
  package var internalQuery: String?
  package var internalPosition: Int?
  /// What was running: `PL/pgSQL function f() line 3 at RAISE`.
  package var context: String?
  package var schema: String?
  package var table: String?
  package var column: String?
  package var dataType: String?
  package var constraint: String?
  /// The function of the server's source that reports it.
  package var source: String?
  /// The connection ends with it (FATAL, PANIC).
  package var isFatal = false

  package init(
    sqlState: String, message: String, detail: String? = nil, hint: String? = nil, position: Int? = nil,
    internalQuery: String? = nil, internalPosition: Int? = nil, context: String? = nil
  ) {
    self.sqlState = sqlState
    self.message = message
    self.detail = detail
    self.hint = hint
    self.position = position
    self.internalQuery = internalQuery
    self.internalPosition = internalPosition
    self.context = context
  }

  package init(_ result: LibPQ.Result, _ library: LibPQ) {
    func field(_ code: Character) -> String? {
      guard let ascii = code.asciiValue else { return nil }
      return library.resultErrorField(result, CInt(ascii)).map { String(cString: $0) }
    }
    self.init(
      sqlState: field("C") ?? "", message: field("M") ?? "the server gave no reason", detail: field("D"),
      hint: field("H"), position: field("P").flatMap { Int($0) }, internalQuery: field("q"),
      internalPosition: field("p").flatMap { Int($0) }, context: field("W"))
    schema = field("s")
    table = field("t")
    column = field("c")
    dataType = field("d")
    constraint = field("n")
    source = field("R")
    // Never translated, unlike the field S.
    isFatal = field("V") == "FATAL" || field("V") == "PANIC"
  }
}

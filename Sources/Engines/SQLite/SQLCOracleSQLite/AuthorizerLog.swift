// The scratch connection's notes of what statements would do.

import CSQLite
import SQLCSQLiteHandle

/// Installed once; `purpose` says what the connection is doing.
final class AuthorizerLog {
  enum Purpose { case ourselves, schema, query }

  var purpose = Purpose.ourselves
  var requests: [Entry] = []
  private let rules: StatementGuard

  init(_ rules: StatementGuard) { self.rules = rules }

  struct Entry: Hashable {
    var kind: StatementDescription.Access.Kind
    var table: String
    var column: String?
    var cause: String?
  }

  func decide(_ request: AuthorizerRequest) -> AuthorizerDecision {
    switch purpose {
    case .ourselves:
      return .allow
    case .schema:
      return rules.decide(request, .running)
    case .query:
      note(request)
      return rules.decide(request, .describing)
    }
  }

  private func note(_ request: AuthorizerRequest) {
    let kind: StatementDescription.Access.Kind
    switch request.action {
    case SQLITE_READ: kind = .read
    case SQLITE_INSERT: kind = .insert
    case SQLITE_UPDATE: kind = .update
    case SQLITE_DELETE: kind = .delete
    default: return
    }
    guard let table = request.first else { return }
    // SQLite, c3ref/set_authorizer.html: a table referenced without any of its columns is a read of the column "".
    let column = request.second.flatMap { $0.isEmpty ? nil : $0 }
    requests.append(Entry(kind: kind, table: table, column: column, cause: request.cause))
  }
}

/// Entries, each once. Most statements have so few different ones that looking through them costs less than hashing them.
struct DistinctEntries {
  private static let few = 16
  private var list: [AuthorizerLog.Entry] = []
  private var set: Set<AuthorizerLog.Entry> = []

  init(_ entries: [AuthorizerLog.Entry] = []) {
    for entry in entries { _ = insert(entry) }
  }

  /// Is it new?
  mutating func insert(_ entry: AuthorizerLog.Entry) -> Bool {
    if !set.isEmpty { return set.insert(entry).inserted }
    if list.contains(entry) { return false }
    list.append(entry)
    if list.count > Self.few { set = Set(list) }
    return true
  }
}

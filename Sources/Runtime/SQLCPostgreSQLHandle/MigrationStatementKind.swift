// What a migration's statement has to do with transactions (sql-createindex.html, sql-vacuum.html, plpgsql-transactions.html, …).

package import SQLCRuntimeKit

package enum MigrationStatementKind: Sendable, Hashable {
  /// Can run in a transaction.
  case ordinary
  case control(TransactionControl)
  /// Sets something up for the session.
  case setting
  /// Refused inside a transaction; it can run twice.
  case repeatable
  /// CREATE INDEX CONCURRENTLY: the index, where it is named, and the table as the statement writes it.
  case createIndex(name: String?, table: String)
  /// DROP INDEX CONCURRENTLY: the index as the statement writes it, where it is one.
  case dropIndex(String?)
  /// Refused inside a transaction, or may end transactions by itself; what it does must not be done twice.
  case once(EndsTransactions)

  package enum EndsTransactions: Sendable, Hashable {
    /// It is done or not.
    case never
    /// A procedure may commit on its way.
    case maybe
  }

  /// - Parameter sql: one statement.
  package init(of sql: String) {
    var reader = StatementReader(sql)
    let tokens = reader.rest()
    let words = Words(tokens[...])
    func has(_ word: String) -> Bool { tokens.contains(.word(word)) }
    switch words.word(0) {
    case "begin": self = .control(.begin)
    case "start" where words.word(1) == "transaction": self = .control(.begin)
    case "commit", "end": self = words.word(1) == "prepared" ? .once(.never) : .control(.commit)
    case "rollback", "abort": self = words.rollback
    case "savepoint": self = .control(.savepoint(words.name(1)))
    case "release": self = .control(.release(words.name(words.word(1) == "savepoint" && tokens.count > 2 ? 2 : 1)))
    case "set": self = words.word(1) == "local" || words.word(1) == "constraints" ? .ordinary : .setting
    case "reset": self = .setting
    case "vacuum": self = .repeatable
    // Of all tables it is refused; of one it can run twice as well.
    case "cluster": self = .repeatable
    case "reindex": self = .repeatable
    case "refresh": self = .ordinary
    case "call": self = .once(.maybe)
    case "do": self = Self.mentionsCommit(sql) ? .once(.maybe) : .ordinary
    case "create": self = words.create
    case "drop":
      switch words.word(1) {
      case "index" where words.word(2) == "concurrently": self = words.dropIndex
      case "database", "tablespace", "subscription": self = .once(.never)
      default: self = .ordinary
      }
    case "alter":
      switch words.word(1) {
      case "system": self = .repeatable
      case "table" where has("detach") && (has("concurrently") || has("finalize")): self = .once(.never)
      case "subscription": self = .once(.never)
      default: self = .ordinary
      }
    default: self = .ordinary
    }
  }

  /// Does PostgreSQL refuse it inside a transaction, or may it end the one that it is in?
  package var isAlone: Bool {
    switch self {
    case .ordinary, .control, .setting: false
    case .repeatable, .createIndex, .dropIndex, .once: true
    }
  }

  private static func mentionsCommit(_ sql: String) -> Bool {
    let words = sql.lowercased().split { !$0.isLetter && $0 != "_" }
    return words.contains("commit") || words.contains("rollback")
  }
}

/// The first tokens of a statement.
private struct Words {
  let tokens: ArraySlice<StatementReader.Token>
  init(_ tokens: ArraySlice<StatementReader.Token>) { self.tokens = tokens }

  func word(_ place: Int) -> String? {
    guard tokens.indices.contains(place), case .word(let text) = tokens[place] else { return nil }
    return text
  }

  /// A name in lower case unless it is quoted.
  func name(_ place: Int) -> String {
    guard tokens.indices.contains(place) else { return "" }
    switch tokens[place] {
    case .word(let text), .quoted(let text): return text
    case .string, .symbol: return ""
    }
  }

  var rollback: MigrationStatementKind {
    if word(1) == "prepared" { return .once(.never) }
    let place = word(1) == "transaction" || word(1) == "work" ? 2 : 1
    guard word(place) == "to" else { return .control(.rollback) }
    return .control(.rollbackTo(name(word(place + 1) == "savepoint" ? place + 2 : place + 1)))
  }

  var create: MigrationStatementKind {
    var place = 1
    switch word(place) {
    case "database", "tablespace", "subscription": return .once(.never)
    case "unique": place = 2
    default: break
    }
    guard word(place) == "index", word(place + 1) == "concurrently" else { return .ordinary }
    place += 2
    if word(place) == "if" { place += 3 }
    var index: String?
    if word(place) != "on" {
      index = name(place)
      place += 1
    }
    guard word(place) == "on" else { return .createIndex(name: index, table: "") }
    place += word(place + 1) == "only" ? 2 : 1
    return .createIndex(name: index, table: qualifiedName(&place))
  }

  var dropIndex: MigrationStatementKind {
    var place = 3
    if word(place) == "if" { return .repeatable }
    let index = qualifiedName(&place)
    let isOne = !tokens.indices.contains(place) || tokens[place] != .symbol(",")
    return .dropIndex(isOne && !index.isEmpty ? index : nil)
  }

  /// With quotes around each part, for `to_regclass`.
  private func qualifiedName(_ place: inout Int) -> String {
    var parts: [String] = []
    repeat {
      if !parts.isEmpty { place += 1 }
      let part = name(place)
      guard !part.isEmpty else { break }
      parts.append("\"" + part.replacingScalars("\"", with: "\"\"") + "\"")
      place += 1
    } while tokens.indices.contains(place) && tokens[place] == .symbol(".")
    return parts.joined(separator: ".")
  }
}

// What a migration's statement has to do with transactions (SQLite, lang_transaction.html, lang_savepoint.html).

import SQLCRuntimeKit

public enum MigrationStatementKind: Sendable, Hashable {
  /// Can run in a transaction.
  case ordinary
  case begin, commit, rollback
  case savepoint(String)
  case release(String)
  case rollbackTo(String)
  /// Fails inside a transaction. It changes no row, so that it can run twice.
  case vacuum
  /// Fails inside a transaction, and sets something up for the statements behind it.
  case setting

  /// `PRAGMA synchronous` and its like refuse to work inside a transaction; `foreign_keys` does nothing there, and needs to
  /// do nothing: migrations run without enforcing foreign keys.
  private static let pragmasAlone: Set<String> = ["journal_mode", "synchronous", "temp_store", "wal_checkpoint"]

  /// - Parameter sql: one statement.
  public init(of sql: String) {
    let head = SchemaTokens(String(decoding: Array(sql.utf8.prefix(Self.headLength)), as: UTF8.self)).words
    func word(_ place: Int) -> SchemaWord? { place < head.count ? head[place] : nil }
    func isWord(_ place: Int, _ keyword: String) -> Bool { word(place)?.isKeyword(keyword) == true }
    guard let first = head.first, first.kind == .word, !first.isQuoted else {
      self = .ordinary
      return
    }
    switch first.text {
    case "begin": self = .begin
    case "commit", "end": self = .commit
    case "rollback":
      let place = isWord(1, "transaction") ? 2 : 1
      guard isWord(place, "to") else {
        self = .rollback
        return
      }
      self = .rollbackTo(word(isWord(place + 1, "savepoint") ? place + 2 : place + 1)?.text ?? "")
    case "savepoint": self = .savepoint(word(1)?.text ?? "")
    case "release": self = .release(word(isWord(1, "savepoint") && word(2) != nil ? 2 : 1)?.text ?? "")
    case "vacuum": self = .vacuum
    case "attach", "detach": self = .setting
    case "pragma":
      let name = word(2)?.isSymbol(".") == true ? word(3) : word(1)
      self = Self.pragmasAlone.contains(name?.text ?? "") ? .setting : .ordinary
    default: self = .ordinary
    }
  }

  /// Comments may stand before the word that tells; the longest one that is looked through.
  private static let headLength = 4096

  /// Does SQLite refuse it inside a transaction?
  public var isAlone: Bool { self == .vacuum || self == .setting }

  var control: TransactionControl? {
    switch self {
    case .ordinary, .vacuum, .setting: nil
    case .begin: .begin
    case .commit: .commit
    case .rollback: .rollback
    case .savepoint(let name): .savepoint(name)
    case .release(let name): .release(name)
    case .rollbackTo(let name): .rollbackTo(name)
    }
  }
}

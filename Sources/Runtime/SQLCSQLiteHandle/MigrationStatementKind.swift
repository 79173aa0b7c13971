// What a migration's statement has to do with transactions (SQLite, lang_transaction.html, lang_savepoint.html).

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
}

/// The transactions that are open inside a migration's own, by the names of their savepoints, the outermost first.
struct OpenTransactions {
  private(set) var names: [String] = []
  /// Stands for the migration's own BEGIN.
  static let block = "sqlc_migration_block"

  var isEmpty: Bool { names.isEmpty }

  /// What to run in the statement's place; nothing for itself.
  ///
  /// - Throws: in SQLite's words, where SQLite would refuse the statement.
  mutating func replacement(for kind: MigrationStatementKind) throws(SQLiteFailure) -> String? {
    switch kind {
    case .begin:
      guard names.isEmpty else { throw refusal("cannot start a transaction within a transaction") }
      names = [Self.block]
      return "SAVEPOINT \(shown(Self.block))"
    case .commit:
      guard let outermost = names.first else { throw refusal("cannot commit - no transaction is active") }
      names = []
      return "RELEASE \(shown(outermost))"
    case .rollback:
      guard let outermost = names.first else { throw refusal("cannot rollback - no transaction is active") }
      names = []
      return "ROLLBACK TO \(shown(outermost)); RELEASE \(shown(outermost))"
    case .savepoint(let name): names.append(name)
    case .release(let name): if let place = names.lastIndex(of: name) { names.removeSubrange(place...) }
    case .rollbackTo(let name): if let place = names.lastIndex(of: name) { names.removeSubrange((place + 1)...) }
    case .ordinary, .vacuum, .setting: break
    }
    return nil
  }

  private func refusal(_ message: String) -> SQLiteFailure { SQLiteFailure(extendedCode: 1, message: message) }
}

// A migration's own transactions, inside the one that it runs in.

/// A statement that begins or ends a transaction, or a part of one.
package enum TransactionControl: Sendable, Hashable {
  case begin, commit, rollback
  case savepoint(String)
  case release(String)
  case rollbackTo(String)
}

/// What a database would refuse.
package struct TransactionControlFailure: Error, Sendable, Hashable {
  package var message: String
}

/// The transactions that are open inside a migration's own, by the names of their savepoints, the outermost first.
package struct OpenTransactions: Sendable {
  private var names: [String] = []
  /// Stands for the migration's own BEGIN.
  private static let block = "sqlc_migration_block"

  package init() {}

  package var isEmpty: Bool { names.isEmpty }

  /// What to run in the statement's place; nothing for itself.
  package mutating func replacement(
    for control: TransactionControl
  ) throws(TransactionControlFailure) -> String? {
    switch control {
    case .begin:
      guard names.isEmpty else { throw .init(message: "cannot start a transaction within a transaction") }
      names = [Self.block]
      return "SAVEPOINT \(quoted(Self.block))"
    case .commit:
      guard let outermost = names.first else { throw .init(message: "cannot commit - no transaction is active") }
      names = []
      return "RELEASE \(quoted(outermost))"
    case .rollback:
      guard let outermost = names.first else { throw .init(message: "cannot rollback - no transaction is active") }
      names = []
      return "ROLLBACK TO \(quoted(outermost)); RELEASE \(quoted(outermost))"
    case .savepoint(let name): names.append(name)
    case .release(let name): if let place = names.lastIndex(of: name) { names.removeSubrange(place...) }
    case .rollbackTo(let name): if let place = names.lastIndex(of: name) { names.removeSubrange((place + 1)...) }
    }
    return nil
  }

  private func quoted(_ name: String) -> String { "\"" + name.replacingScalars("\"", with: "\"\"") + "\"" }
}

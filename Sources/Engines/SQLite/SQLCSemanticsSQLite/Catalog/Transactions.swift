// What a schema takes back: ROLLBACK and ROLLBACK TO undo its definitions as they undo its rows (SQLite,
// lang_transaction.html, lang_savepoint.html).
//
// | statement | effect on the catalog |
// |---|---|
// | BEGIN, SAVEPOINT x | notes what there is |
// | COMMIT, RELEASE x | forgets the notes, of x and of what was opened after it |
// | ROLLBACK | what there was at BEGIN, or at the first savepoint |
// | ROLLBACK TO x | what there was at x, which stays open |
//
// A statement that SQLite refuses (COMMIT without BEGIN, an unknown savepoint) changes nothing here: SQLite says so.

import SQLCSyntaxSQLite

/// The catalog as it was when a transaction or a savepoint was opened.
struct OpenTransaction {
  /// Key of the savepoint; absent for BEGIN.
  var savepoint: String?
  var catalog: Catalog
}

extension CatalogBuilder {
  mutating func apply(_ transaction: TransactionSyntax) {
    switch transaction.action {
    case .begin: open.append(OpenTransaction(savepoint: nil, catalog: catalog))
    case .savepoint(let name): open.append(OpenTransaction(savepoint: name.key, catalog: catalog))
    case .commit: open = []
    case .release(let name):
      if let index = open.lastIndex(where: { $0.savepoint == name.key }) { open.removeSubrange(index...) }
    case .rollback(toSavepoint: nil):
      if let first = open.first { catalog = first.catalog }
      open = []
    case .rollback(toSavepoint: let name?):
      guard let index = open.lastIndex(where: { $0.savepoint == name.key }) else { return }
      catalog = open[index].catalog
      open.removeSubrange((index + 1)...)
    }
  }
}

// What trying migrations on tables with rows shows.

package import SQLCDiagnostics

/// What trying migrations on tables with rows shows.
package enum MigrateRule: String, RuleSet {
  case failingUp = "failing-up"
  case failingDown = "failing-down"
  case failingAgain = "failing-again"
  case incompleteDown = "incomplete-down"
  case missingDown = "missing-down"
  case lostObject = "lost-object"
  case lostRows = "lost-rows"
  case brokenReferences = "broken-references"
  case droppedTable = "dropped-table"
  case droppedColumn = "dropped-column"
  case renamed
  case changedType = "changed-type"
  case notNullOnData = "not-null-on-data"
  case droppedForeignKey = "dropped-foreign-key"
  case droppedIndex = "dropped-index"
  case uniqueOnData = "unique-on-data"
  case refusedRows = "refused-rows"
  case ineffectivePragma = "ineffective-pragma"
  case severalTransactions = "several-transactions"

  package static let pass = "migrate"
  /// A migration is tried as a whole, and what it does on purpose is said once in its file.
  package static let scope = RuleScope.file
  /// What a migration does to rows and callers can be meant, errors too.
  package var adjustment: RuleAdjustment { .adjustable }

  package var level: Severity {
    switch self {
    case .missingDown, .lostRows, .droppedTable, .droppedColumn, .renamed, .changedType, .notNullOnData,
      .droppedForeignKey,
      .droppedIndex, .uniqueOnData, .refusedRows, .ineffectivePragma, .severalTransactions:
      .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .failingUp: "the migration fails, or fails where the tables have rows"
    case .failingDown, .failingAgain: "the down migration fails, or the up migration after it"
    case .incompleteDown: "the down migration does not restore the schema; the notes list the differences"
    case .missingDown:
      "there is no down migration, or one without a statement; plain files cannot have one and are not asked"
    case .lostObject:
      "an index, trigger or view is gone, nothing drops it, and nothing new is the same by its definition: a rebuilt table loses them"
    case .lostRows: "a table has fewer rows afterwards, or can have: `INSERT OR IGNORE` in a rebuild"
    case .refusedRows:
      "a new rule of a table with rows (CHECK, STRICT, a foreign key) refuses some of them: the migration fails where there are such"
    case .brokenReferences: "rows refer to rows that are gone"
    case .droppedTable, .droppedColumn: "data is destroyed"
    case .renamed: "callers that still use the old name fail"
    case .changedType:
      "a column of a table with rows gets another type: values may be written otherwise, and callers read others"
    case .notNullOnData: "a column becomes NOT NULL, and the migration fails where a row has NULL in it"
    case .droppedForeignKey: "a foreign key is gone, and both of its tables stay"
    case .droppedIndex:
      "an index is dropped by which a query of the project finds its rows; it reads the whole table without"
    case .uniqueOnData:
      "a table with rows gets a key, by an index or a rebuild, that nothing kept unique before: it fails where values are equal already"
    case .ineffectivePragma: "`PRAGMA foreign_keys` inside a transaction does nothing"
    case .severalTransactions:
      "a statement that SQLite refuses inside a transaction (VACUUM, `PRAGMA journal_mode`) stands among others"
    }
  }
}

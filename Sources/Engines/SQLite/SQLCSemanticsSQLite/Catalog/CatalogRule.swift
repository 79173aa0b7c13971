// What can be wrong with a definition.

package import SQLCDiagnostics

/// What can be wrong with a definition.
package enum CatalogRule: String, RuleSet {
  case duplicateObject = "duplicate-object"
  case duplicateColumn = "duplicate-column"
  case unknownTable = "unknown-table"
  case unknownObject = "unknown-object"
  case unknownColumn = "unknown-column"
  case unknownDatabase = "unknown-database"
  case wrongKind = "wrong-kind"
  case misleadingType = "misleading-type"
  case misspeltType = "misspelt-type"
  case unknownDatatype = "unknown-datatype"
  case missingDatatype = "missing-datatype"
  case missingPrimaryKey = "missing-primary-key"
  case secondPrimaryKey = "second-primary-key"
  case misplacedAutoincrement = "misplaced-autoincrement"
  case nullablePrimaryKey = "nullable-primary-key"
  case unknownModule = "unknown-module"
  case foreignKeyArity = "foreign-key-arity"
  case foreignKeyMismatch = "foreign-key-mismatch"
  case reservedName = "reserved-name"
  case misplacedParameter = "misplaced-parameter"
  case immutableColumn = "immutable-column"
  case lastColumn = "last-column"
  case unaddableColumn = "unaddable-column"
  case readOnlyTable = "read-only-table"
  case onlyGenerated = "only-generated"
  case generatedKey = "generated-key"
  case columnCount = "column-count"

  package static let pass = "catalog"

  package var level: Severity {
    switch self {
    case .misleadingType, .misspeltType, .nullablePrimaryKey, .columnCount: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .duplicateObject, .duplicateColumn: "the name is taken"
    case .unknownTable, .unknownObject, .unknownColumn, .unknownDatabase: "a definition names what is not there"
    case .wrongKind: "DROP TABLE on a view, and the like"
    case .misleadingType:
      "a name that promises text, such as STRING, ENUM or INTERVAL, has NUMERIC or INTEGER affinity: `0700` is stored as 700"
    case .misspeltType:
      "a declared type that means nothing, and is nearly one that does, such as TIMESTMP: the column takes any value"
    case .unknownDatatype, .missingDatatype: "STRICT tables take INT, INTEGER, REAL, TEXT, BLOB and ANY only"
    case .missingPrimaryKey, .secondPrimaryKey: "WITHOUT ROWID needs one; no table has two"
    case .misplacedAutoincrement: "AUTOINCREMENT needs INTEGER PRIMARY KEY and a rowid"
    case .nullablePrimaryKey: "`TEXT PRIMARY KEY` without NOT NULL can be NULL in SQLite; it is taken as NOT NULL"
    case .unknownModule: "a virtual table of a module that SQLite does not bring along"
    case .foreignKeyArity: "as many columns here as in the key referred to"
    case .foreignKeyMismatch:
      "the parent of a foreign key does not exist, or the columns referred to are no PRIMARY KEY, UNIQUE or unique index over all rows that compares as they do: SQLite takes the definition and refuses every statement that needs it, with foreign keys enforced as the runtime enforces them"
    case .reservedName: "names that begin with `sqlite_` are SQLite's"
    case .misplacedParameter: "parameters in views, triggers and constraints"
    case .immutableColumn, .lastColumn, .unaddableColumn: "ALTER TABLE cannot do this in SQLite"
    case .readOnlyTable: "SQLite's own tables and shadow tables"
    case .onlyGenerated, .generatedKey: "a table needs a stored column, and a key too"
    case .columnCount: "a view with more or fewer names than values"
    }
  }
}

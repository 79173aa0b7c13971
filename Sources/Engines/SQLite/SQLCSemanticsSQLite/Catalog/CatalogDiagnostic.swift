// Everything the catalog has to say about a schema.

import SQLCDiagnostics

/// What is wrong with a definition. Texts are computed here; ranges, labels and fix-its are added where it is found.
enum CatalogDiagnostic {
  case duplicateObject(kind: String, name: String)
  case duplicateColumn(String)
  case unknownTable(String)
  case unknownObject(kind: String, name: String)
  case wrongKind(name: String, is: String, wanted: String)
  case unknownColumn(String, table: String)
  case unknownDatabase(String)
  case unknownDatatype(String, column: String, table: String)
  case misleadingType(String, Affinity)
  case misspeltType(String, near: String)
  case missingDatatype(column: String, table: String)
  case missingPrimaryKey(table: String)
  case misplacedAutoincrement
  case autoincrementWithoutRowID
  case secondPrimaryKey(table: String)
  case nullablePrimaryKey(column: String, table: String)
  case unknownModule(String)
  case foreignKeyArity(local: Int, parent: Int)
  case foreignKeyMismatch(child: String, parent: String, ForeignKeyProblem)
  case reservedName(String)
  case parameterInDefinition(String)
  case immutableColumn(String, why: String)
  case unaddableColumn(String, why: String)
  case lastColumn(String)
  case readOnlyTable(String)
  case onlyGenerated(table: String)
  case generatedKey(String)
  case viewColumnCount(String, wanted: Int, got: Int)

  var rule: Rule {
    let rule: CatalogRule =
      switch self {
      case .duplicateObject: .duplicateObject
      case .duplicateColumn: .duplicateColumn
      case .unknownTable: .unknownTable
      case .unknownObject: .unknownObject
      case .wrongKind: .wrongKind
      case .unknownColumn: .unknownColumn
      case .unknownDatabase: .unknownDatabase
      case .unknownDatatype: .unknownDatatype
      case .misleadingType: .misleadingType
      case .misspeltType: .misspeltType
      case .missingDatatype: .missingDatatype
      case .missingPrimaryKey: .missingPrimaryKey
      case .misplacedAutoincrement, .autoincrementWithoutRowID: .misplacedAutoincrement
      case .secondPrimaryKey: .secondPrimaryKey
      case .nullablePrimaryKey: .nullablePrimaryKey
      case .unknownModule: .unknownModule
      case .foreignKeyArity: .foreignKeyArity
      case .foreignKeyMismatch: .foreignKeyMismatch
      case .reservedName: .reservedName
      case .parameterInDefinition: .misplacedParameter
      case .immutableColumn: .immutableColumn
      case .unaddableColumn: .unaddableColumn
      case .lastColumn: .lastColumn
      case .readOnlyTable: .readOnlyTable
      case .onlyGenerated: .onlyGenerated
      case .generatedKey: .generatedKey
      case .viewColumnCount: .columnCount
      }
    return rule.rule
  }

  var message: String {
    switch self {
    case .duplicateObject(let kind, let name): "\(kind) '\(name)' already exists"
    case .duplicateColumn(let name): "duplicate column '\(name)'"
    case .unknownTable(let name): "no table '\(name)'"
    case .unknownObject(let kind, let name): "no \(kind) '\(name)'"
    case .wrongKind(let name, let is_, let wanted): "'\(name)' is a \(is_), not a \(wanted)"
    case .unknownColumn(let name, let table): "no column '\(name)' in '\(table)'"
    case .unknownDatabase(let name): "no database '\(name)'"
    case .unknownDatatype(let type, let column, let table):
      "'\(type)' is no datatype of the STRICT table '\(table)' (column '\(column)')"
    case .misleadingType(let type, let affinity):
      "'\(type)' has \(affinity == .integer ? "INTEGER" : "NUMERIC") affinity: text that looks like a number is stored as one, '0700' as 700"
    case .misspeltType(let type, let near): "the type '\(type)' means nothing; did you mean \(near)?"
    case .missingDatatype(let column, let table): "column '\(column)' of the STRICT table '\(table)' has no datatype"
    case .missingPrimaryKey(let table): "WITHOUT ROWID table '\(table)' has no PRIMARY KEY"
    case .misplacedAutoincrement: "AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY"
    case .autoincrementWithoutRowID: "AUTOINCREMENT is not allowed on a WITHOUT ROWID table"
    case .secondPrimaryKey(let table): "table '\(table)' has more than one primary key"
    case .nullablePrimaryKey(let column, let table):
      "SQLite lets the primary key '\(column)' of '\(table)' be NULL; it is taken as NOT NULL"
    case .unknownModule(let name): "no virtual table module '\(name)'"
    case .foreignKeyArity(let local, let parent):
      "the foreign key has \(local) \(local == 1 ? "column" : "columns"), the parent key \(parent)"
    case .foreignKeyMismatch(let child, let parent, let problem):
      "no row can be written to '\(child)' while foreign keys are enforced: \(problem.words(parent: parent))"
    case .reservedName(let name): "'\(name)' is reserved: names beginning with 'sqlite_' are SQLite's own"
    case .parameterInDefinition(let kind): "parameters are not allowed in a \(kind)"
    case .immutableColumn(let name, let why): "cannot drop column '\(name)': \(why)"
    case .unaddableColumn(let name, let why): "cannot add column '\(name)': \(why)"
    case .lastColumn(let name): "cannot drop column '\(name)': no other columns exist"
    case .readOnlyTable(let name): "table '\(name)' may not be altered"
    case .onlyGenerated(let table): "table '\(table)' has no column that is not generated"
    case .generatedKey(let name): "generated column '\(name)' cannot be part of the PRIMARY KEY"
    case .viewColumnCount(let name, let wanted, let got): "view '\(name)' names \(wanted) columns for \(got) values"
    }
  }
}

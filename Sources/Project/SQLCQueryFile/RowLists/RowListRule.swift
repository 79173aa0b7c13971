// What can be wrong with lists of rows.

package import SQLCDiagnostics

package enum RowListRule: String, RuleSet {
  case malformedField = "malformed-field"
  case misplacedField = "misplaced-field"
  case unnamedField = "unnamed-field"
  case repeatedField = "repeated-field"
  case missingColumns = "missing-columns"
  case bareList = "bare-list"
  case mixedLists = "mixed-lists"
  case severalRows = "several-rows"
  case unequalLists = "unequal-lists"
  case sharedName = "shared-name"
  case unfitExpression = "unfit-expression"
  case unfitCommand = "unfit-command"

  package static let pass = "rows"

  package var level: Severity { .error }

  package var summary: String {
    switch self {
    case .malformedField: "not `sqlc.slice(list, field)`"
    case .misplacedField: "`sqlc.slice(list, field)` that stands in no row of VALUES"
    case .unnamedField: "`(…) IN (sqlc.slice(list))` with something on the left that is no column"
    case .repeatedField: "two columns of a list's rows have one name"
    case .missingColumns: "`VALUES (sqlc.slice(list))` where nothing names the columns"
    case .bareList: "`VALUES sqlc.slice(list)` without parentheses"
    case .mixedLists: "one row of VALUES has fields of two lists"
    case .severalRows: "a row of a list beside another row of VALUES"
    case .unequalLists: "a list in two places that has other fields in each"
    case .sharedName: "a list of rows and another parameter have one name"
    case .unfitExpression: "a choice, a list or DEFAULT in a row that is there for each element"
    case .unfitCommand: "a list of rows in `:copyfrom`, which takes the rows itself"
    }
  }
}

enum RowListDiagnostic {
  case malformedField
  case misplacedField(list: String, field: String)
  case unnamedField(list: String)
  case repeatedField(String)
  case missingColumns(list: String)
  case bareList(list: String)
  case mixedLists(String, String)
  case severalRows(list: String)
  case unequalLists(String)
  case sharedName(String)
  case unfitExpression(String)
  case unfitCommand(list: String)

  var rule: RowListRule {
    switch self {
    case .malformedField: .malformedField
    case .misplacedField: .misplacedField
    case .unnamedField: .unnamedField
    case .repeatedField: .repeatedField
    case .missingColumns: .missingColumns
    case .bareList: .bareList
    case .mixedLists: .mixedLists
    case .severalRows: .severalRows
    case .unequalLists: .unequalLists
    case .sharedName: .sharedName
    case .unfitExpression: .unfitExpression
    case .unfitCommand: .unfitCommand
    }
  }

  private var message: String {
    switch self {
    case .malformedField: "a field of a list of rows is written 'sqlc.slice(list, field)'"
    case .misplacedField(let list, let field):
      "'sqlc.slice(\(list), \(field))' is a value of a row, and stands in no row of VALUES"
    case .unnamedField(let list): "this has no name for the rows of '\(list)'"
    case .repeatedField(let name): "two fields would be named '\(name)'"
    case .missingColumns(let list): "nothing says which columns the rows of '\(list)' have"
    case .bareList(let list): "the list '\(list)' must stand in parentheses"
    case .mixedLists(let one, let other): "a row has fields of '\(one)' and of '\(other)'"
    case .severalRows(let list): "the row of '\(list)' must be the only one of its VALUES"
    case .unequalLists(let list): "the list '\(list)' has other fields in another place"
    case .sharedName(let name): "'\(name)' is a list of rows and another parameter"
    case .unfitExpression(let text): "'\(text)' cannot stand in a row that is there for each element of a list"
    case .unfitCommand(let list): "the list of rows '\(list)' in ':copyfrom'"
    }
  }

  private var label: String {
    switch self {
    case .malformedField: "two names are wanted"
    case .misplacedField: "write 'VALUES (sqlc.slice(list, field), …)'"
    case .unnamedField(let list): "write '(…) IN (VALUES (sqlc.slice(\(list), name), …))'"
    case .repeatedField: "give each a name: 'VALUES (sqlc.slice(list, name), …)'"
    case .missingColumns(let list): "name the columns of the INSERT, or the fields: 'sqlc.slice(\(list), name), …'"
    case .bareList(let list): "write '(sqlc.slice(\(list)))'"
    case .mixedLists: "one list gives the rows"
    case .severalRows: "write another statement for single rows"
    case .unequalLists: "name another list, or the same fields"
    case .sharedName: "give one of them another name"
    case .unfitExpression: ""
    case .unfitCommand: "the method of ':copyfrom' takes rows already; write single values, or ':exec'"
    }
  }

  func at(_ range: ByteRange, in source: SourceFile) -> Diagnostic {
    let place = SourceRange(path: source.path, range: range)
    var fixIts: [FixIt] = []
    if case .bareList = self {
      let text = "(\(source.slice(range)))"
      fixIts = [FixIt("write '\(text)'", .safe, edits: [FixIt.Edit(place, replacement: text)])]
    }
    return Diagnostic(rule.rule, message, at: DiagnosticLabel(place, label), notes: [], fixIts: fixIts)
  }
}

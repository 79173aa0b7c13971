// What can be wrong with names and shapes in a query.

package import SQLCDiagnostics

/// What can be wrong with names and shapes in a query.
package enum BinderRule: String, RuleSet {
  case unknownTable = "unknown-table"
  case unknownSource = "unknown-source"
  case unknownColumn = "unknown-column"
  case unknownRowID = "unknown-rowid"
  case unknownDatabase = "unknown-database"
  case ambiguousColumn = "ambiguous-column"
  case doubleQuotedString = "double-quoted-string"
  case unknownFunction = "unknown-function"
  case wrongArgumentCount = "wrong-argument-count"
  case newerFunction = "newer-function"
  case newerSyntax = "newer-syntax"
  case misusedAggregate = "misused-aggregate"
  case misusedWindow = "misused-window"
  case misplacedFilter = "misplaced-filter"
  case misplacedDistinct = "misplaced-distinct"
  case unknownWindow = "unknown-window"
  case misusedRow = "misused-row"
  case rowArity = "row-arity"
  case subqueryColumns = "subquery-columns"
  case compoundArity = "compound-arity"
  case valuesArity = "values-arity"
  case columnListArity = "column-list-arity"
  case insertArity = "insert-arity"
  case misplacedHaving = "misplaced-having"
  case ordinalRange = "ordinal-range"
  case compoundOrder = "compound-order"
  case misusedTable = "misused-table"
  case unknownUsingColumn = "unknown-using-column"
  case circularReference = "circular-reference"
  case duplicateCommonTable = "duplicate-common-table"
  case unusedCommonTable = "unused-common-table"
  case misplacedStar = "misplaced-star"
  case returningStar = "returning-star"
  case misplacedEmbed = "misplaced-embed"
  case mixedSlice = "mixed-slice"
  case mergedParameters = "merged-parameters"
  case parameterGap = "parameter-gap"
  case parameterRange = "parameter-range"
  case readOnlyView = "read-only-view"
  case readOnlyTable = "read-only-table"
  case generatedColumn = "generated-column"
  case omittedRequiredColumn = "omitted-required-column"
  case omittedKey = "omitted-key"
  case virtualReturning = "virtual-returning"
  case unmatchedConflictTarget = "unmatched-conflict-target"
  case typographicQuotes = "typographic-quotes"
  case refusedFunction = "refused-function"
  case oversizedQuery = "oversized-query"
  case tooManyColumns = "too-many-columns"
  case tooManyTables = "too-many-tables"
  case brokenView = "broken-view"
  case misplacedRaise = "misplaced-raise"

  package static let pass = "binder"

  package var level: Severity {
    switch self {
    case .newerFunction, .newerSyntax, .unusedCommonTable, .omittedRequiredColumn, .omittedKey: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .unknownTable, .unknownSource, .unknownColumn, .unknownRowID, .unknownDatabase:
      "a name that is not there; near ones are named"
    case .ambiguousColumn: "several tables have it"
    case .doubleQuotedString: "`\"text\"` is a name, `'text'` a string"
    case .unknownFunction, .wrongArgumentCount: "as SQLite knows them"
    case .newerFunction, .newerSyntax: "the project's `min_sqlite` does not have it yet"
    case .misusedAggregate, .misusedWindow, .misplacedFilter, .misplacedDistinct:
      "an aggregate or a window function where it cannot stand"
    case .unknownWindow: "OVER names no window"
    case .misusedRow, .rowArity, .subqueryColumns, .compoundArity, .valuesArity, .columnListArity, .insertArity:
      "numbers of values that must be equal are not"
    case .misplacedHaving, .ordinalRange, .compoundOrder: "HAVING without groups; ORDER BY 9; ORDER BY after UNION"
    case .misusedTable: "a table called like a function"
    case .unknownUsingColumn: "USING names a column that one side lacks"
    case .circularReference, .duplicateCommonTable: "WITH"
    case .unusedCommonTable: "a WITH that nothing reads"
    case .misplacedStar, .returningStar: "`*` without FROM; `t.*` in RETURNING"
    case .misplacedEmbed: "`sqlc.embed(t)` is a result column of its own"
    case .mixedSlice: "one name, here a list and there a single value"
    case .mergedParameters: "`@x` and, behind it, a `?1` that is the number SQLite gives to `@x`"
    case .parameterGap, .parameterRange: "`?1` and `?3` without `?2`; numbers beyond 32766"
    case .readOnlyView, .readOnlyTable, .generatedColumn: "what cannot be written"
    case .omittedRequiredColumn:
      "an INSERT that gives a NOT NULL column no value: it fails whenever it runs, and with OR IGNORE inserts nothing"
    case .omittedKey: "an INSERT that gives a column of the primary key no value, where SQLite lets it be NULL"
    case .virtualReturning: "RETURNING on a virtual table"
    case .unmatchedConflictTarget: "ON CONFLICT names no unique key"
    case .typographicQuotes: "‘x’ and “x” are names to SQLite"
    case .refusedFunction: "`fts3_tokenizer` and `load_extension` run code of the statement's choice"
    case .oversizedQuery:
      "SQLite would compile more than 20,000 queries for one statement, since views and common tables are written out wherever they are used"
    case .tooManyTables: "more than the 64 tables of a join that SQLite takes"
    case .tooManyColumns: "more result columns than SQLite takes: 2,000, unless it was built otherwise"
    case .brokenView, .misplacedRaise: "a view whose own query is wrong; RAISE outside a trigger"
    }
  }
}

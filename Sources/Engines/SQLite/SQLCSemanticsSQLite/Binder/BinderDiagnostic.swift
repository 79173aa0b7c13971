// Everything the binder has to say.

import SQLCDiagnostics

enum BinderDiagnostic {
  case unknownTable(String)
  case unknownDatabase(String)
  case unknownColumn(String)
  case unknownColumnOf(String, table: String)
  case unknownSource(String)
  case ambiguousColumn(String)
  case doubleQuotedString(String)
  /// The same in a view or trigger, where SQLite's answer stands.
  case doubleQuotedText(String)
  case rowIDOfQuery(String, of: String)
  case unknownFunction(String)
  case wrongArgumentCount(String, got: Int, wanted: String)
  case newerFunction(String, since: String, minimum: String)
  case newerSyntax(String, since: String, minimum: String)
  case misusedAggregate(String, place: String)
  case misusedWindow(String, place: String)
  case missingOver(String)
  case notAWindow(String)
  case filterWithoutAggregate(String)
  case distinctArguments(String)
  case unknownWindow(String)
  case overriddenWindow(String, what: String)
  case rowValueMisused(Int)
  case rowArity(left: Int, right: Int)
  case subqueryColumns(got: Int, wanted: Int)
  case compoundArity(String, left: Int, right: Int)
  case valuesArity(first: Int, this: Int)
  case columnListArity(String, values: Int, columns: Int)
  case insertArity(String, values: Int, columns: Int)
  case unaccompaniedHaving
  case ordinalOutOfRange(clause: String, count: Int)
  case compoundOrder
  case notAFunction(String)
  case tooManyFunctionArguments(String, maximum: Int)
  case unknownUsingColumn(String)
  case circularReference(String)
  case duplicateCommonTable(String)
  case unusedCommonTable(String)
  case starWithoutFrom
  case misplacedEmbed(String)
  case aliasedEmbed(String)
  case mixedSlice(String)
  case mergedParameters(named: String, numbered: String)
  case parameterGap(Int)
  case parameterRange
  case modifiedView(String)
  case modifiedTable(String)
  case generatedTarget(String, verb: String)
  case omittedRequired(String, table: String)
  case omittedKey(String, table: String)
  case virtualReturning(String)
  case returningStar(String)
  case brokenView(String)
  case misplacedRaise
  case conflictTarget(String)
  case refusedFunction(String)
  case typographicQuotes(String)
  case oversizedQuery(count: Int, limit: Int)
  case tooManyColumns(limit: Int)
  case tooManyTables(limit: Int)

  var rule: Rule {
    let rule: BinderRule =
      switch self {
      case .unknownTable: .unknownTable
      case .unknownDatabase: .unknownDatabase
      case .unknownColumn, .unknownColumnOf: .unknownColumn
      case .unknownSource: .unknownSource
      case .ambiguousColumn: .ambiguousColumn
      case .doubleQuotedString: .doubleQuotedString
      case .doubleQuotedText: .doubleQuotedString
      case .rowIDOfQuery: .unknownRowID
      case .unknownFunction: .unknownFunction
      case .wrongArgumentCount, .tooManyFunctionArguments: .wrongArgumentCount
      case .newerFunction: .newerFunction
      case .newerSyntax: .newerSyntax
      case .misusedAggregate: .misusedAggregate
      case .misusedWindow, .missingOver, .notAWindow: .misusedWindow
      case .filterWithoutAggregate: .misplacedFilter
      case .distinctArguments: .misplacedDistinct
      case .unknownWindow, .overriddenWindow: .unknownWindow
      case .rowValueMisused: .misusedRow
      case .rowArity: .rowArity
      case .subqueryColumns: .subqueryColumns
      case .compoundArity: .compoundArity
      case .valuesArity: .valuesArity
      case .columnListArity: .columnListArity
      case .insertArity: .insertArity
      case .unaccompaniedHaving: .misplacedHaving
      case .ordinalOutOfRange: .ordinalRange
      case .compoundOrder: .compoundOrder
      case .notAFunction: .misusedTable
      case .unknownUsingColumn: .unknownUsingColumn
      case .circularReference: .circularReference
      case .duplicateCommonTable: .duplicateCommonTable
      case .unusedCommonTable: .unusedCommonTable
      case .starWithoutFrom: .misplacedStar
      case .misplacedEmbed, .aliasedEmbed: .misplacedEmbed
      case .mixedSlice: .mixedSlice
      case .mergedParameters: .mergedParameters
      case .parameterGap: .parameterGap
      case .parameterRange: .parameterRange
      case .modifiedView: .readOnlyView
      case .modifiedTable: .readOnlyTable
      case .generatedTarget: .generatedColumn
      case .omittedRequired: .omittedRequiredColumn
      case .omittedKey: .omittedKey
      case .virtualReturning: .virtualReturning
      case .returningStar: .returningStar
      case .brokenView: .brokenView
      case .misplacedRaise: .misplacedRaise
      case .conflictTarget: .unmatchedConflictTarget
      case .typographicQuotes: .typographicQuotes
      case .refusedFunction: .refusedFunction
      case .oversizedQuery: .oversizedQuery
      case .tooManyColumns: .tooManyColumns
      case .tooManyTables: .tooManyTables
      }
    if case .doubleQuotedText = self { return SchemaRule.doubleQuotedString.rule }
    return rule.rule
  }

  var message: String {
    switch self {
    case .unknownTable(let name): "no table '\(name)'"
    case .unknownDatabase(let name): "no database '\(name)'"
    case .unknownColumn(let name): "no column '\(name)' here"
    case .unknownColumnOf(let name, let table): "no column '\(name)' in '\(table)'"
    case .unknownSource(let name): "no table '\(name)' in this query"
    case .ambiguousColumn(let name): "column '\(name)' is ambiguous"
    case .doubleQuotedString(let name): "no column '\(name)'; a string is written in single quotes"
    case .doubleQuotedText(let name): "\"\(name)\" is read as a string; a string is written in single quotes"
    case .rowIDOfQuery(let name, let source): "'\(source)' has no '\(name)'"
    case .unknownFunction(let name): "no function '\(name)'"
    case .wrongArgumentCount(let name, let got, let wanted): "'\(name)' takes \(wanted), not \(got)"
    case .newerFunction(let name, let since, let minimum):
      "'\(name)' needs SQLite \(since), and \(minimum)"
    case .newerSyntax(let feature, let since, let minimum):
      "SQLite has \(feature) since \(since), and \(minimum)"
    case .misusedAggregate(let name, let place): "aggregate '\(name)' cannot stand \(place)"
    case .misusedWindow(let name, let place): "window function '\(name)' cannot stand \(place)"
    case .missingOver(let name): "'\(name)' is a window function and needs OVER"
    case .notAWindow(let name): "'\(name)' cannot take OVER"
    case .filterWithoutAggregate(let name): "'\(name)' is no aggregate and cannot take FILTER"
    case .distinctArguments(let name): "DISTINCT in '\(name)' takes exactly one argument"
    case .unknownWindow(let name): "no window '\(name)'"
    case .overriddenWindow(let name, let what): "window '\(name)' already has its \(what)"
    case .rowValueMisused(let count): "a row of \(count) values cannot stand here"
    case .rowArity(let left, let right): "a row of \(left) is compared with a row of \(right)"
    case .subqueryColumns(let got, let wanted):
      "the subquery has \(got) \(got == 1 ? "column" : "columns") where \(wanted) \(wanted == 1 ? "is" : "are") needed"
    case .compoundArity(let op, let left, let right):
      "the queries on the two sides of \(op) have \(left) and \(right) columns"
    case .valuesArity(let first, let this): "this row has \(this) values, the first has \(first)"
    case .columnListArity(let name, let values, let columns): "'\(name)' has \(values) values for \(columns) columns"
    case .insertArity(let name, let values, let columns):
      "\(values) \(values == 1 ? "value" : "values") for \(columns) \(columns == 1 ? "column" : "columns") of '\(name)'"
    case .unaccompaniedHaving: "HAVING needs a GROUP BY or an aggregate"
    case .ordinalOutOfRange(let clause, let count): "\(clause) takes the numbers 1 to \(count)"
    case .compoundOrder: "ORDER BY after a compound takes only its result columns"
    case .notAFunction(let name): "'\(name)' is a table, not a table-valued function"
    case .tooManyFunctionArguments(let name, let maximum): "'\(name)' takes at most \(maximum) arguments"
    case .unknownUsingColumn(let name): "column '\(name)' is not on both sides of the join"
    case .circularReference(let name): "'\(name)' is defined through itself"
    case .duplicateCommonTable(let name): "common table '\(name)' is defined twice"
    case .unusedCommonTable(let name): "common table '\(name)' is never used"
    case .starWithoutFrom: "'*' without a FROM clause"
    case .misplacedEmbed(let macro): "'sqlc.\(macro)' can only be a result column of its own"
    case .aliasedEmbed(let macro): "'sqlc.\(macro)' takes no alias"
    case .mixedSlice(let name): "parameter '\(name)' is a slice in one place and a single value in another"
    case .mergedParameters(let named, let numbered): "'\(named)' and '\(numbered)' are one parameter to SQLite"
    case .parameterGap(let index): "parameter ?\(index) is never used"
    case .parameterRange: "parameter numbers go from ?1 to ?32766"
    case .modifiedView(let name): "view '\(name)' cannot be modified: it has no INSTEAD OF trigger for this"
    case .modifiedTable(let name): "table '\(name)' cannot be modified"
    case .generatedTarget(let name, let verb): "generated column '\(name)' cannot be \(verb)"
    case .omittedRequired(let name, let table):
      "'\(name)' of '\(table)' is NOT NULL without a default, and gets no value"
    case .omittedKey(let name, let table): "'\(name)' of the primary key of '\(table)' gets no value, and is NULL"
    case .virtualReturning(let name): "RETURNING does not work on the virtual table '\(name)'"
    case .returningStar(let name): "RETURNING takes '*', not '\(name).*'"
    case .brokenView(let name): "view '\(name)' cannot be used: its own query is wrong"
    case .misplacedRaise: "RAISE can only stand in a trigger"
    case .conflictTarget(let table): "no PRIMARY KEY or UNIQUE constraint of '\(table)' has exactly these columns"
    case .typographicQuotes(let name): "\(name) is a name to SQLite: its quotes are typographic"
    case .refusedFunction(let name):
      "sqlc-swift refuses '\(name)': it lets SQL run code of its choice in the process that generates"
    case .oversizedQuery(let count, let limit):
      "SQLite would have to compile \(count >= Expansion.most ? "more than \(grouped(Expansion.most))" : grouped(count)) queries for this; sqlc-swift lets it compile \(grouped(limit))"
    case .tooManyTables(let limit): "more than \(limit) tables in a join"
    case .tooManyColumns(let limit): "more than \(grouped(limit)) result columns"
    }
  }
}

/// 20,000
private func grouped(_ number: Int) -> String {
  let digits = Array(String(number))
  return digits.indices.map { index in
    let rest = digits.count - index
    return (index > 0 && rest % 3 == 0 ? "," : "") + String(digits[index])
  }.joined()
}

/// Why an expression can be NULL, and where that is written.
struct NullCause: Sendable, Hashable {
  var reason: NullReason
  /// The byte of the statement's text; nil where the cause lies elsewhere, in a view or the schema.
  var offset: Int?

  init(_ reason: NullReason, at offset: Int? = nil) {
    self.reason = reason
    self.offset = offset
  }

  /// The same, seen from the place that leads to it.
  func seen(from offset: Int?) -> NullCause { NullCause(reason, at: offset) }
}

/// The causes of NULL.
indirect enum NullReason: Sendable, Hashable {
  case null
  case undeclared(relation: String, column: String)
  case notValidated(relation: String, column: String)
  case foreignTable(relation: String, column: String)
  case child(relation: String, column: String)
  case generated(relation: String, column: String, NullReason)
  case outerSide(range: String)
  case parameter(Int)
  /// A function, an operator, an aggregate without a rule.
  case function(String)
  case functionFor(String, reason: String)
  case userFunction(String, NullReason)
  case variadic(String)
  case allArguments(of: String, NullReason)
  case caseResult(NullReason)
  case caseWithoutElse
  case nullIf
  case missingElement
  case compositeField
  case subqueryWithoutRow
  case comparisonWithSubquery
  case arrayElement
  case noRows(aggregate: String)
  case filter(aggregate: String)
  case onlyNulls(aggregate: String, NullReason)
  case outsideWindow(String)
  case emptyFrame(String)
  case groupingSet
  case filledUp
  case valuesRow(Int, NullReason)
  case insertedHasNoOld
  case deletedHasNoNew
  case noSourceRow
  case writtenThroughView(String)
  case ruleInstead(String)
  case assignedRowMayBeMissing
  case notUnderstood(String)
  case notSupplied

  /// In words, for a comment.
  var text: String {
    switch self {
    case .null: "NULL"
    case .undeclared(let relation, let column): "\(relation).\(column) is declared without NOT NULL"
    case .notValidated(let relation, let column): "NOT NULL of \(relation).\(column) is not validated"
    case .foreignTable(let relation, let column):
      "\(relation) is a foreign table: nothing keeps \(column) from being NULL"
    case .child(let relation, let column): "\(relation).\(column), which inherits, is declared without NOT NULL"
    case .generated(let relation, let column, let inner): "\(relation).\(column) is generated: \(inner.text)"
    case .outerSide(let range): "\(range) is on the outer side of a join"
    case .parameter(let number): "parameter $\(number) may be NULL"
    case .function(let name): "\(name) may be NULL"
    case .functionFor(let name, let reason): "\(name) may be NULL: \(reason)"
    case .userFunction(let name, let inner): "\(name): \(inner.text)"
    case .variadic(let name): "\(name) with VARIADIC may be NULL"
    case .allArguments(let name, let inner): "every argument of \(name): \(inner.text)"
    case .caseResult(let inner): "CASE: \(inner.text)"
    case .caseWithoutElse: "CASE without ELSE"
    case .nullIf: "NULLIF"
    case .missingElement: "an element that is not there is NULL"
    case .compositeField: "a field of a composite value"
    case .subqueryWithoutRow: "the subquery may have no row"
    case .comparisonWithSubquery: "a comparison with a subquery"
    case .arrayElement: "an element of the array may be NULL"
    case .noRows(let name): "\(name) over no rows is NULL"
    case .filter(let name): "\(name) over the rows that FILTER leaves"
    case .onlyNulls(let name, let inner): "\(name) over NULLs only: \(inner.text)"
    case .outsideWindow(let name): "\(name) may be outside the window"
    case .emptyFrame(let name): "the frame of \(name) may be empty"
    case .groupingSet: "not part of every grouping set"
    case .filledUp: "the shorter of several set-returning functions is filled up with NULL"
    case .valuesRow(let row, let inner): "row \(row) of VALUES: \(inner.text)"
    case .insertedHasNoOld: "OLD is NULL for a row that was inserted"
    case .deletedHasNoNew: "NEW is NULL for a row that was deleted"
    case .noSourceRow: "there is no source row where the target is not matched"
    case .writtenThroughView(let name): "\(name) is a view that is written through"
    case .ruleInstead(let name): "a rule of \(name) stands in for the statement and says what is returned"
    case .assignedRowMayBeMissing: "assigned from a row that may be missing"
    case .notUnderstood(let what): "\(what) may be NULL"
    case .notSupplied: "DEFAULT"
    }
  }
}

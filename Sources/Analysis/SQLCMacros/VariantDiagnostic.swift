// What can be wrong with `sqlc.optional`, `sqlc.order`, `sqlc.after` and `sqlc.patch`.

import SQLCDiagnostics
import SQLCModel

enum VariantDiagnostic {
  case misplacedOptional(before: String?, after: String?)
  case malformedMacro(macro: String, wanted: String)
  case nestedMacro(inner: String, outer: String)
  /// Nothing would be left of a clause that must not be empty.
  case soleCondition(clause: String)
  /// UPDATE or DELETE that would change every row.
  case unguardedWrite(verb: String)
  case unnamedPredicate(parameters: Int)
  case sharedParameter(name: String)
  case nullableParameter(name: String)
  case numberedParameter(text: String)
  case misplacedOrder
  case secondOrder
  case outerDirection
  case unnamedOrder
  case unnamedTerm
  /// With the reason, or what to do.
  case misplacedAfter(String)
  case secondAfter
  case missingOrder
  /// A term of ORDER BY that is no column of the rows.
  case unselectedTerm(String)
  /// Rows that differ in nothing they are ordered by.
  case incompleteOrder(by: String)
  case duplicateName(String)
  case orderParameter(name: String)
  case misplacedPatch(after: String?)
  case secondPatch
  /// SET has a column twice.
  case repeatedColumn(String)
  case unnamedAssignment
  /// One parameter in two assignments, or in one and a predicate.
  case sharedArgument(name: String)
  case tooManyCombinations(count: String, limit: Int)
  case tooManyChoices(count: Int)
  case unstableType(what: String)
  case unstableColumns

  /// How many combinations one query may have.
  static let limit = 1024
  /// How many predicates, assignments and directions, each of which is a bit.
  static let bitLimit = 62

  var rule: Rule {
    switch self {
    case .misplacedOptional: VariantsRule.misplacedOptional.rule
    case .malformedMacro: VariantsRule.malformedMacro.rule
    case .nestedMacro: VariantsRule.nestedMacro.rule
    case .soleCondition: VariantsRule.soleCondition.rule
    case .unguardedWrite: VariantsRule.unguardedWrite.rule
    case .unnamedPredicate: VariantsRule.unnamedPredicate.rule
    case .sharedParameter: VariantsRule.sharedParameter.rule
    case .nullableParameter: VariantsRule.nullableParameter.rule
    case .numberedParameter: VariantsRule.numberedParameter.rule
    case .misplacedOrder: VariantsRule.misplacedOrder.rule
    case .secondOrder: VariantsRule.secondOrder.rule
    case .outerDirection: VariantsRule.outerDirection.rule
    case .unnamedOrder: VariantsRule.unnamedOrder.rule
    case .unnamedTerm: VariantsRule.unnamedTerm.rule
    case .misplacedAfter: VariantsRule.misplacedAfter.rule
    case .secondAfter: VariantsRule.secondAfter.rule
    case .missingOrder: VariantsRule.missingOrder.rule
    case .unselectedTerm: VariantsRule.unselectedTerm.rule
    case .incompleteOrder: VariantsRule.incompleteOrder.rule
    case .duplicateName: VariantsRule.duplicateName.rule
    case .orderParameter: VariantsRule.orderParameter.rule
    case .misplacedPatch: VariantsRule.misplacedPatch.rule
    case .secondPatch: VariantsRule.secondPatch.rule
    case .repeatedColumn: VariantsRule.repeatedColumn.rule
    case .unnamedAssignment: VariantsRule.unnamedAssignment.rule
    case .sharedArgument: VariantsRule.sharedParameter.rule
    case .tooManyCombinations, .tooManyChoices: VariantsRule.tooManyCombinations.rule
    case .unstableType: VariantsRule.unstableType.rule
    case .unstableColumns: VariantsRule.unstableColumns.rule
    }
  }

  var message: String {
    switch self {
    case .misplacedOptional: "'sqlc.optional' must be a whole term between the ANDs of WHERE, HAVING or ON"
    case .malformedMacro(let macro, _): "'sqlc.\(macro)' is not written so"
    case .nestedMacro(let inner, let outer): "'sqlc.\(inner)' inside 'sqlc.\(outer)'"
    case .soleCondition(let clause): "without its predicates nothing is left of \(clause)"
    case .unguardedWrite(let verb): "without its predicates this \(verb) would change every row"
    case .unnamedPredicate(let parameters):
      parameters == 0
        ? "an optional predicate without a parameter of its own needs a name"
        : "an optional predicate with \(parameters) parameters needs a name"
    case .sharedParameter(let name): "'\(name)' is used in two optional predicates"
    case .nullableParameter(let name): "'\(name)' is optional already, because its predicate is"
    case .numberedParameter(let text): "'\(text)' in a query with optional predicates"
    case .misplacedOrder: "'sqlc.order' must be a whole term of the ORDER BY of a query, a window or an aggregate"
    case .secondOrder: "a second 'sqlc.order' in one ORDER BY"
    case .unnamedOrder: "one of several orders, without a name"
    case .misplacedAfter: "'sqlc.after' cannot stand here"
    case .secondAfter: "a second 'sqlc.after' in one query"
    case .missingOrder: "'sqlc.after' in a query without an order"
    case .unselectedTerm(let term): "rows are ordered by '\(term)', which they do not have"
    case .incompleteOrder(let terms): "two rows can have the same place in the order by \(terms)"
    case .outerDirection: "the direction of 'sqlc.order' is chosen by the caller"
    case .unnamedTerm: "this term of 'sqlc.order' has no name"
    case .duplicateName(let name): "two choices of this query are named '\(name)'"
    case .orderParameter(let name): "the parameter '\(name)' inside 'sqlc.order'"
    case .misplacedPatch: "'sqlc.patch' must be a whole term of the SET of an UPDATE"
    case .secondPatch: "a second 'sqlc.patch' in one SET"
    case .repeatedColumn(let name): "'\(name)' is set twice"
    case .unnamedAssignment: "an assignment of several columns needs a name"
    case .sharedArgument(let name): "'\(name)' is used in two parts that can be left out"
    case .tooManyCombinations(let count, let limit): "this query has \(count) combinations, and may have \(limit)"
    case .tooManyChoices(let count): "this query leaves \(count) choices to its caller, and may leave \(Self.bitLimit)"
    case .unstableType(let what): "the type of '\(what)' depends on which predicates are there"
    case .unstableColumns: "the result columns depend on which predicates are there"
    }
  }

  var label: String {
    switch self {
    case .misplacedOptional(let before, let after):
      switch (before, after) {
      case (let before?, _): "stands after '\(before)'"
      case (nil, let after?): "stands before '\(after)'"
      case (nil, nil): ""
      }
    case .malformedMacro(_, let wanted): "write \(wanted)"
    case .nestedMacro: ""
    case .soleCondition: "add a term that is always there"
    case .unguardedWrite: "add a term that is always there, such as 'TRUE' if every row is meant"
    case .unnamedPredicate: "write 'sqlc.optional(name, …)'"
    case .sharedParameter: "give it another name here, or make one predicate of both"
    case .nullableParameter: "use 'sqlc.arg' or '@name'"
    case .numberedParameter: "give it a name"
    case .misplacedOrder, .secondOrder: ""
    case .unnamedOrder: "add AS and a name"
    case .misplacedAfter(let reason): reason
    case .secondAfter: ""
    case .missingOrder: "add ORDER BY: a cursor is a place in it"
    case .unselectedTerm: "add it to the columns of the query: a cursor is made of a row"
    case .incompleteOrder: "end ORDER BY with a key, such as the primary key's columns"
    case .outerDirection: "write the default direction inside, behind its term"
    case .unnamedTerm: "add AS and a name"
    case .duplicateName: ""
    case .orderParameter: "it would have no use in the other orders"
    case .misplacedPatch(let after): after.map { "stands before '\($0)'" } ?? ""
    case .secondPatch: "write its assignments in the first"
    case .repeatedColumn: ""
    case .unnamedAssignment: "add AS and a name"
    case .sharedArgument: "give it another name here"
    case .tooManyCombinations, .tooManyChoices: ""
    case .unstableType: "use CAST to settle it"
    case .unstableColumns: ""
    }
  }

  var notes: [String] {
    switch self {
    case .tooManyCombinations:
      [
        "each is analysed and prepared when code is generated; predicates double their number, each term of 'sqlc.order' counts twice, and behind a cursor each term that can be NULL"
      ]
    case .incompleteOrder: ["a page that ends between two such rows would lose the second, or repeat the first"]
    case .misplacedOptional: ["left out, the term goes with its AND, and nothing else may change"]
    default: []
    }
  }

  func at(_ range: ByteRange, in source: SourceFile) -> Diagnostic {
    Diagnostic(
      rule, message, at: DiagnosticLabel(SourceRange(path: source.path, range: range), label), notes: notes)
  }
}

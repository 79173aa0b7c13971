// What can be wrong with optional predicates, chosen orders and partial updates.

package import SQLCDiagnostics

/// What can be wrong with optional predicates, chosen orders and partial updates.
package enum VariantsRule: String, RuleSet {
  case misplacedOptional = "misplaced-optional"
  case malformedMacro = "malformed-macro"
  case nestedMacro = "nested-macro"
  case soleCondition = "sole-condition"
  case unguardedWrite = "unguarded-write"
  case unnamedPredicate = "unnamed-predicate"
  case sharedParameter = "shared-parameter"
  case nullableParameter = "nullable-parameter"
  case numberedParameter = "numbered-parameter"
  case misplacedOrder = "misplaced-order"
  case secondOrder = "second-order"
  case outerDirection = "outer-direction"
  case unnamedOrder = "unnamed-order"
  case unnamedTerm = "unnamed-term"
  case misplacedAfter = "misplaced-after"
  case secondAfter = "second-after"
  case missingOrder = "missing-order"
  case unselectedTerm = "unselected-term"
  case incompleteOrder = "incomplete-order"
  case duplicateName = "duplicate-name"
  case orderParameter = "order-parameter"
  case misplacedPatch = "misplaced-patch"
  case secondPatch = "second-patch"
  case repeatedColumn = "repeated-column"
  case unnamedAssignment = "unnamed-assignment"
  case tooManyCombinations = "too-many-combinations"
  case unstableType = "unstable-type"
  case unstableColumns = "unstable-columns"

  package static let pass = "variants"

  package var level: Severity { .error }

  package var summary: String {
    switch self {
    case .misplacedOptional: "the predicate is no whole term between the ANDs of WHERE, HAVING or ON"
    case .malformedMacro: "no predicate, too many arguments, an empty term"
    case .nestedMacro: "one of these macros inside another"
    case .soleCondition: "nothing would be left of ON or FILTER"
    case .unguardedWrite: "UPDATE or DELETE with optional predicates only: without them every row"
    case .unnamedPredicate: "no parameter of its own, or several, and no name"
    case .sharedParameter: "one parameter in two predicates or assignments"
    case .nullableParameter: "`sqlc.narg` inside a predicate"
    case .numberedParameter: "`?1` in a query with optional predicates, where numbers would have gaps"
    case .misplacedOrder: "not a term of a query's ORDER BY"
    case .secondOrder: "two `sqlc.order` in one ORDER BY"
    case .unnamedOrder: "several `sqlc.order`, and nothing gives one of them a name"
    case .misplacedAfter:
      "`sqlc.after` where it would not give the next page: not in WHERE or HAVING of the query itself"
    case .secondAfter: "two `sqlc.after` in one query"
    case .missingOrder: "`sqlc.after` without ORDER BY"
    case .unselectedTerm: "`sqlc.after`, and rows are ordered by what is not among their columns"
    case .incompleteOrder: "`sqlc.after`, and the order does not tell every two rows apart"
    case .outerDirection: "`sqlc.order(…) DESC`"
    case .unnamedTerm: "an expression in `sqlc.order` without a name"
    case .duplicateName:
      "two predicates or assignments, two orders, two terms, or one of them and a parameter of one name"
    case .orderParameter: "a parameter inside `sqlc.order`"
    case .misplacedPatch: "not a term of an UPDATE's SET"
    case .secondPatch: "two `sqlc.patch` in one SET"
    case .repeatedColumn: "a column twice in a SET with `sqlc.patch`"
    case .unnamedAssignment: "`(a, b) = (…)` with several parameters and no name"
    case .tooManyCombinations: "more than 1024 statements in one query, or more than 62 choices"
    case .unstableType: "a type that depends on which predicates are there"
    case .unstableColumns: "result columns that depend on which predicates are there"
    }
  }
}

// What can be wrong with lists of child rows.

package import SQLCDiagnostics

/// What can be wrong with lists of child rows.
package enum NestingRule: String, RuleSet {
  case misplacedList = "misplaced-list"
  case misplacedEmbed = "misplaced-embed"
  case missingParent = "missing-parent"
  case unkeyedParent = "unkeyed-parent"
  case unkeyedChild = "unkeyed-child"
  case dependentColumn = "dependent-column"
  case repeatedList = "repeated-list"
  case limitedRows = "limited-rows"
  case fullJoin = "full-join"
  case unknownOuter = "unknown-outer"
  case deepList = "deep-list"

  package static let pass = "nesting"

  package var level: Severity { .error }

  package var summary: String {
    switch self {
    case .misplacedList: "in RETURNING, in a compound, in a query that groups or aggregates"
    case .misplacedEmbed: "`sqlc.embed` in a compound query"
    case .missingParent: "every result column is in a list"
    case .unkeyedParent: "no NOT NULL key of a table of the parent is in the result"
    case .unkeyedChild: "a list whose rows can repeat has no NOT NULL key"
    case .dependentColumn: "a column of the parent depends on a child, on a window or on chance"
    case .repeatedList: "a table is twice in the result"
    case .limitedRows: "LIMIT"
    case .fullJoin: "FULL JOIN"
    case .unknownOuter: "`sqlc.nest(a.b)` where `a` is no list"
    case .deepList: "a third level"
    }
  }
}

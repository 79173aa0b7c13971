// What can be wrong with Swift names and type overrides.

package import SQLCDiagnostics

/// What can be wrong with Swift names and type overrides.
package enum SwiftRule: String, RuleSet {
  case collidingName = "colliding-name"
  case reservedName = "reserved-name"
  case hidingName = "hiding-name"
  case duplicateColumn = "duplicate-column"
  case unequalRow = "unequal-row"
  case misplacedRow = "misplaced-row"
  case unneededWidening = "unneeded-widening"
  case noColumns = "no-columns"
  case unknownOverrideColumn = "unknown-override-column"
  case unknownOverrideType = "unknown-override-type"
  case unknownOverrideResult = "unknown-override-result"
  case duplicateOverride = "duplicate-override"
  case invalidOverride = "invalid-override"
  case unfitCodec = "unfit-codec"
  case unknownType = "unknown-type"
  case omittedStruct = "omitted-struct"
  case unusedRename = "unused-rename"

  package static let pass = "swift"

  package var level: Severity {
    switch self {
    case .hidingName, .duplicateColumn, .unusedRename, .omittedStruct, .unneededWidening: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .collidingName, .reservedName: "two things would have one Swift name, or one of the runtime's"
    case .hidingName: "a type would hide another and is named otherwise"
    case .duplicateColumn: "two result columns of one name"
    case .unequalRow: "queries with one `-- row: Name` whose columns differ"
    case .misplacedRow: "`-- row: Name` where there are no rows, or where rows have lists"
    case .unneededWidening: "`widen` of a column that all queries agree on"
    case .noColumns: "`:one` or `:many` without result columns"
    case .unknownOverrideColumn, .unknownOverrideType:
      "a rule that matches nothing in its block (⚠︎ when all blocks share it)"
    case .unknownOverrideResult: "a rule for a query or a result that is not there"
    case .duplicateOverride, .invalidOverride, .unfitCodec: "rules that cannot be followed"
    case .unknownType: "a value of a type for which the runtime has none"
    case .omittedStruct: "a table or composite type has no struct, since a column of it has no Swift type"
    case .unusedRename: "a name of `rename` that nothing has"
    }
  }
}

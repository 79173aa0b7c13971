// What can be wrong with fragments and where they are used.

package import SQLCDiagnostics

package enum FragmentRule: String, RuleSet {
  case malformedFragment = "malformed-fragment"
  case missingBody = "missing-body"
  case duplicateFragment = "duplicate-fragment"
  case unfitBody = "unfit-body"
  case undeclaredParameter = "undeclared-parameter"
  case unusedParameter = "unused-parameter"
  case foreignParameter = "foreign-parameter"
  case unusedFragment = "unused-fragment"
  case recursiveFragment = "recursive-fragment"
  case unknownFragment = "unknown-fragment"
  case malformedUse = "malformed-use"
  case missingArgument = "missing-argument"
  case unknownArgument = "unknown-argument"
  case repeatedArgument = "repeated-argument"
  case unnumberedArgument = "unnumbered-argument"
  case unnamedArgument = "unnamed-argument"
  case misplacedList = "misplaced-list"
  case capturedName = "captured-name"
  case oversizedStatement = "oversized-statement"

  package static let pass = "fragments"

  package var level: Severity {
    switch self {
    case .unusedParameter, .unusedFragment: .warning
    case .malformedFragment, .missingBody, .duplicateFragment, .unfitBody, .undeclaredParameter, .foreignParameter,
      .recursiveFragment, .unknownFragment, .malformedUse, .missingArgument, .unknownArgument, .repeatedArgument,
      .unnumberedArgument, .unnamedArgument, .misplacedList, .capturedName, .oversizedStatement:
      .error
    }
  }

  package var summary: String {
    switch self {
    case .malformedFragment: "the line is nearly `-- fragment: name(a, b)`"
    case .missingBody: "a `-- fragment:` line with no SQL under it"
    case .duplicateFragment: "two fragments of one block have one name"
    case .unfitBody: "a fragment with clauses, or with parentheses that do not match"
    case .undeclaredParameter: "`@name` in a fragment whose head has no such parameter"
    case .unusedParameter: "a parameter of a fragment's head that its text does not have"
    case .foreignParameter: "`?`, `$1`, `:name`, `sqlc.narg` or `sqlc.slice` in a fragment"
    case .unusedFragment: "no query uses the fragment"
    case .recursiveFragment: "a fragment that uses itself, directly or through others"
    case .unknownFragment: "`sqlc.use` of a fragment that no query file has"
    case .malformedUse: "not `sqlc.use(name, parameter => value)`"
    case .missingArgument: "a parameter of the fragment is given no value"
    case .unknownArgument: "a value for a parameter that the fragment has not"
    case .repeatedArgument: "two values for one parameter"
    case .unnumberedArgument: "`?` as a value, which would be another parameter wherever it stands"
    case .unnamedArgument: "an expression where the fragment wants the name of a table"
    case .misplacedList: "a list of columns, or tables, where one value is wanted"
    case .capturedName: "a name in a value that means something else inside the fragment"
    case .oversizedStatement: "a statement of more than a million characters"
    }
  }
}

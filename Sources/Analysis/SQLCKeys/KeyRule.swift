// What can be wrong with keys that have types of their own (`typed_ids`).

public import SQLCDiagnostics

/// What can be wrong with keys that have types of their own.
public enum KeyRule: String, RuleSet {
  case mixedKeys = "mixed-keys"
  case misplacedKey = "misplaced-key"
  case ambiguousParameter = "ambiguous-parameter"
  case ambiguousColumn = "ambiguous-column"
  case otherType = "other-type"
  case uncheckedQuery = "unchecked-query"

  public static let pass = "ids"

  public var level: Severity {
    switch self {
    case .mixedKeys, .misplacedKey, .ambiguousParameter: .error
    case .ambiguousColumn, .otherType, .uncheckedQuery: .warning
    }
  }

  public var summary: String {
    switch self {
    case .mixedKeys: "a key of one table is compared with a key of another"
    case .misplacedKey: "a key of one table is stored in a column that refers to another"
    case .ambiguousParameter: "one parameter stands for keys of two tables"
    case .ambiguousColumn: "a column refers to two tables, and so has the type of neither's key"
    case .otherType:
      "a column refers to a key whose type in the database is another, and so has not the key's type in Swift"
    case .uncheckedQuery: "a statement that is not understood well enough to compare its keys"
    }
  }
}

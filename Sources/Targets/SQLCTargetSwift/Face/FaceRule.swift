// What can keep two blocks from having one face.

package import SQLCDiagnostics

/// What can keep blocks of several engines from having one face.
package enum FaceRule: String, RuleSet {
  case missingBlock = "missing-block"
  case differentOption = "different-option"
  case hiddenFace = "hidden-face"
  case missingQuery = "missing-query"
  case differentCommand = "different-command"
  case unsharedCommand = "unshared-command"
  case differentRows = "different-rows"
  case missingParameter = "missing-parameter"
  case missingColumn = "missing-column"
  case differentType = "different-type"
  case differentNullability = "different-nullability"
  case differentDefault = "different-default"
  case differentRow = "different-row"
  case differentOrder = "different-order"
  case unsharedType = "unshared-type"
  case differentEnumeration = "different-enumeration"
  case missingTable = "missing-table"
  case missingMigration = "missing-migration"
  case differentKey = "different-key"
  case differentForeignKey = "different-foreign-key"

  package static let pass = "face"

  package var level: Severity {
    switch self {
    case .missingTable: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .missingBlock: "a face that fewer than two blocks, or two of one engine, have"
    case .differentOption: "an option of one block's that gives a shared face other names or types"
    case .hiddenFace: "a face whose declarations other modules cannot see"
    case .missingQuery: "a query that one block of a face has and another has not"
    case .differentCommand: "a query whose commands differ between the blocks of a face"
    case .unsharedCommand: "a command whose result not every engine has"
    case .differentRows: "a query that always gives its row in one block of a face, and may give none in another"
    case .missingParameter: "a parameter that a query has in one block of a face only"
    case .missingColumn: "a column that a result or a table has in one block of a face only"
    case .differentType: "a value whose Swift types differ between the blocks of a face"
    case .differentNullability: "a value that can be NULL in one block of a face only"
    case .differentDefault: "an argument that may be left out in one block of a face only"
    case .differentRow: "a row that is a table's struct in one block of a face only"
    case .differentOrder: "chosen orders that differ between the blocks of a face"
    case .unsharedType: "a value of a type that not every engine of a face has"
    case .differentEnumeration: "an enumeration whose values differ between the blocks of a face"
    case .missingMigration: "a migration that one block of a face has and another has not"
    case .differentKey: "a key that keeps rows apart in one block of a face only"
    case .differentForeignKey: "a foreign key that one block of a face has only, or that does something else there"
    case .missingTable: "a table that is left out of a face, since one block has none like it"
    }
  }
}

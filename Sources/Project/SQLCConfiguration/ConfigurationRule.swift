// What can be wrong with a configuration.

package import SQLCDiagnostics

/// What can be wrong with a configuration.
package enum ConfigurationRule: String, RuleSet {
  case missingFile = "missing-file"
  case missingFolder = "missing-folder"
  case emptyFile = "empty-file"
  case invalidYAML = "invalid-yaml"
  case duplicateKey = "duplicate-key"
  case unknownKey = "unknown-key"
  case missingKey = "missing-key"
  case wrongType = "wrong-type"
  case unknownValue = "unknown-value"
  case invalidColumns = "invalid-columns"
  case invalidValue = "invalid-value"
  case ineffectiveKey = "ineffective-key"
  case unsupportedVersion = "unsupported-version"
  case unsupportedEngine = "unsupported-engine"

  package static let pass = "configuration"

  package var level: Severity {
    switch self {
    case .ineffectiveKey: .warning
    default: .error
    }
  }

  package var summary: String {
    switch self {
    case .missingFile: "no `sqlc-swift.yaml` in the directory or in one above it"
    case .missingFolder: "`--directory` (`-C`) names no folder"
    case .emptyFile: "the file holds nothing"
    case .invalidYAML: "the file is neither YAML nor JSON"
    case .duplicateKey: "a key stands twice in one mapping"
    case .unknownKey: "a key that means nothing here; the nearest known one is named"
    case .missingKey: "a key that must be there is not"
    case .wrongType: "a text where a list is wanted, and the like"
    case .unknownValue: "a value outside the closed set of its key"
    case .invalidColumns: "the columns of a module that are no list as CREATE TABLE has it"
    case .invalidValue: "a value of the right type that cannot be meant"
    case .ineffectiveKey: "a key that changes nothing on SQLite"
    case .unsupportedVersion: "not version 2"
    case .unsupportedEngine: "an engine other than `sqlite` and `postgresql`"
    }
  }
}

// What can be wrong with the files a project names.

public import SQLCDiagnostics

/// What can be wrong with the files a project names.
public enum InputRule: String, RuleSet {
  case missingPath = "missing-path"
  case emptyFolder = "empty-folder"
  case unmatchedPattern = "unmatched-pattern"
  case unreadFolder = "unread-folder"
  case noQueries = "no-queries"
  case unreadableFile = "unreadable-file"
  case unreadableFolder = "unreadable-folder"
  case invalidUTF8 = "invalid-utf8"

  public static let pass = "input"

  public var level: Severity {
    switch self {
    case .unreadFolder: .warning
    default: .error
    }
  }

  public var summary: String {
    switch self {
    case .missingPath: "`schema` or `queries` names what is not there"
    case .emptyFolder: "the folder has no `.sql` file"
    case .unmatchedPattern: "the pattern matches no file"
    case .unreadFolder: "a folder that is named holds folders with `.sql` files, which nothing reads"
    case .noQueries: "`check` found no query in all that `queries` names"
    case .unreadableFile, .unreadableFolder: "the system refuses"
    case .invalidUTF8: "the bytes at the place shown are not UTF-8"
    }
  }
}

// What can be wrong with where generated files go.

public import SQLCDiagnostics

/// What can be wrong with where generated files go.
public enum OutputRule: String, RuleSet {
  case foreignFile = "foreign-file"
  case notAFolder = "not-a-folder"
  case outsideProject = "outside-project"
  case symbolicLink = "symbolic-link"
  case sharedFolder = "shared-folder"
  case sharedModule = "shared-module"
  case unwritableFile = "unwritable-file"
  case existingFile = "existing-file"
  case outdatedFiles = "outdated-files"
  case otherLineEnds = "other-line-ends"
  case missingRuntime = "missing-runtime"
  case committedCode = "committed-code"
  case otherTarget = "other-target"
  case undeclaredOutput = "undeclared-output"

  public static let pass = "output"

  public var level: Severity {
    switch self {
    case .otherLineEnds: .note
    default: .error
    }
  }

  public var summary: String {
    switch self {
    case .foreignFile: "a file that was written by hand stands where ours must"
    case .notAFolder: "`out` is a file"
    case .outsideProject: "`out` leads out of the project"
    case .symbolicLink: "`out`, a folder on the way to it or one of the files is a symbolic link"
    case .sharedFolder: "two blocks write to one folder"
    case .sharedModule: "two blocks write into folders of one target, and a file or a type of both has the same name"
    case .unwritableFile: "the system refuses; nothing was changed"
    case .existingFile: "`init` overwrites nothing"
    case .outdatedFiles: "`diff` found that `generate` would change files"
    case .missingRuntime: "code is asked for that needs a runtime which is not part of this package yet"
    case .committedCode: "a build generates code that is among the files of its target already"
    case .otherTarget: "a build generates code for a target, and no block writes into it"
    case .undeclaredOutput: "a build generates code of a query file that it has not been told of"
    case .otherLineEnds: "a note of `diff`: files differ in line ends alone, as version control makes them"
    }
  }
}

// What can be wrong with finding and reading a project's files.

import SQLCConfiguration
public import SQLCDiagnostics

public enum ProjectDiagnostic: Sendable {
  /// `sqlc`: the sqlc configuration that lies there instead.
  case missingConfiguration(names: [String], sqlc: String?)
  case missingFolder(path: String)
  case unreadableFile(reason: String)
  case invalidUTF8(offset: Int)
  case missingPath(path: String, what: String)
  case emptyFolder(path: String, what: String)
  case unmatchedPattern(pattern: String, what: String)
  case unreadableFolder(path: String, reason: String)
  case unreadFolder(path: String, files: Int, what: String)
  case sharedOutput(path: String)

  var rule: Rule {
    switch self {
    case .missingConfiguration: ConfigurationRule.missingFile.rule
    case .missingFolder: ConfigurationRule.missingFolder.rule
    case .unreadableFile: InputRule.unreadableFile.rule
    case .invalidUTF8: InputRule.invalidUTF8.rule
    case .missingPath: InputRule.missingPath.rule
    case .emptyFolder: InputRule.emptyFolder.rule
    case .unmatchedPattern: InputRule.unmatchedPattern.rule
    case .unreadableFolder: InputRule.unreadableFolder.rule
    case .unreadFolder: InputRule.unreadFolder.rule
    case .sharedOutput: OutputRule.sharedFolder.rule
    }
  }

  var message: String {
    switch self {
    case .missingConfiguration(let names, _): "no configuration: \(names.joined(separator: ", ")) not found"
    case .missingFolder(let path): "there is no folder '\(path)'"
    case .unreadableFile(let reason): "the file cannot be read: \(reason)"
    case .invalidUTF8: "the file is not valid UTF-8"
    case .missingPath(let path, let what): "no \(what) at '\(path)'"
    case .emptyFolder(let path, let what): "the folder '\(path)' holds no .sql file to read as \(what)"
    case .unmatchedPattern(let pattern, let what): "the pattern '\(pattern)' matches no file to read as \(what)"
    case .unreadableFolder(let path, let reason): "the folder '\(path)' cannot be read: \(reason)"
    case .unreadFolder(let path, let files, let what):
      "\(files) .sql file\(files == 1 ? "" : "s") below '\(path)' \(files == 1 ? "is" : "are") not read as \(what)"
    case .sharedOutput(let path): "two sql blocks write to '\(path)'"
    }
  }

  var notes: [String] {
    switch self {
    case .missingConfiguration(_, let sqlc?): ["'sqlc-swift init --from \(sqlc)' converts the one of sqlc"]
    case .missingConfiguration(_, nil):
      ["'sqlc-swift init' writes one; --file names one that lies elsewhere; the folders above were searched too"]
    case .missingFolder: ["--directory (-C) names the folder to look for the configuration in"]
    case .invalidUTF8: ["save the file as UTF-8"]
    case .unmatchedPattern(let pattern, _) where pattern.hasSuffix("**"):
      ["'**' stands for folders: '\(pattern)/*.sql' names the files in them"]
    case .missingPath, .unmatchedPattern: ["paths are relative to the folder of the configuration"]
    case .emptyFolder: ["only files that end in .sql are read, and folders inside it are not"]
    case .unreadFolder(let path, _, _):
      ["a folder stands for the files in it, without the folders in it: name '\(path)' too, or use a pattern with '**'"]
    case .sharedOutput: ["give each block an 'out' of its own, since one would remove what the other writes"]
    case .unreadableFile, .unreadableFolder: []
    }
  }

  public func at(_ source: SourceRange) -> Diagnostic {
    var place = source
    if case .invalidUTF8(let offset) = self { place.range = ByteRange(at: offset) }
    return Diagnostic(rule, message, at: DiagnosticLabel(place), notes: notes)
  }
}

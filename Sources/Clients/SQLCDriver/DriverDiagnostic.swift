// What can be wrong with files and folders.

import SQLCConfiguration
import SQLCDiagnostics

enum DriverDiagnostic {
  /// `sqlc`: the sqlc configuration that lies there instead.
  case missingConfiguration(names: [String], sqlc: String?)
  case unreadableFile(reason: String)
  case invalidUTF8(offset: Int)
  case missingPath(path: String, what: String)
  case emptyFolder(path: String, what: String)
  case unmatchedPattern(pattern: String, what: String)
  case foreignFile(path: String)
  case outputIsFile(path: String)
  case outsideProject(path: String, project: String)
  case linkedOutput(path: String)
  case sharedOutput(path: String)
  case unwritable(path: String, reason: String)
  case existingFile
  case unreadableFolder(path: String, reason: String)
  case clashingOutputs(String, String)
  case unreadableColumns(module: String)
  case sharedModuleFile(file: String, module: String, other: String)
  case sharedModuleType(type: String, what: String, module: String, other: String)
  case missingFolder(path: String)
  case noQueries(paths: [String])
  case unreadFolder(path: String, files: Int, what: String)
  case outdatedFiles(count: Int, of: Int, path: String)
  case otherLineEnds(count: Int, path: String)
  case missingRuntime(engine: String)

  var rule: Rule {
    switch self {
    case .missingConfiguration: ConfigurationRule.missingFile.rule
    case .unreadableFile: InputRule.unreadableFile.rule
    case .invalidUTF8: InputRule.invalidUTF8.rule
    case .missingPath: InputRule.missingPath.rule
    case .emptyFolder: InputRule.emptyFolder.rule
    case .unmatchedPattern: InputRule.unmatchedPattern.rule
    case .foreignFile: OutputRule.foreignFile.rule
    case .outputIsFile: OutputRule.notAFolder.rule
    case .outsideProject: OutputRule.outsideProject.rule
    case .linkedOutput: OutputRule.symbolicLink.rule
    case .sharedOutput: OutputRule.sharedFolder.rule
    case .unwritable: OutputRule.unwritableFile.rule
    case .existingFile: OutputRule.existingFile.rule
    case .unreadableFolder: InputRule.unreadableFolder.rule
    case .clashingOutputs: OutputRule.clashingNames.rule
    case .unreadableColumns: ConfigurationRule.invalidColumns.rule
    case .sharedModuleFile, .sharedModuleType: OutputRule.sharedModule.rule
    case .missingFolder: ConfigurationRule.missingFolder.rule
    case .noQueries: InputRule.noQueries.rule
    case .unreadFolder: InputRule.unreadFolder.rule
    case .outdatedFiles: OutputRule.outdatedFiles.rule
    case .otherLineEnds: OutputRule.otherLineEnds.rule
    case .missingRuntime: OutputRule.missingRuntime.rule
    }
  }

  var message: String {
    switch self {
    case .missingRuntime(let engine): "code for '\(engine)' cannot be generated yet"
    case .missingConfiguration(let names, _): "no configuration: \(names.joined(separator: ", ")) not found"
    case .unreadableFile(let reason): "the file cannot be read: \(reason)"
    case .invalidUTF8: "the file is not valid UTF-8"
    case .missingPath(let path, let what): "no \(what) at '\(path)'"
    case .emptyFolder(let path, let what): "the folder '\(path)' holds no .sql file to read as \(what)"
    case .unmatchedPattern(let pattern, let what): "the pattern '\(pattern)' matches no file to read as \(what)"
    case .foreignFile(let path): "'\(path)' is in the way and was not written by sqlc-swift"
    case .outputIsFile(let path): "'\(path)' is a file, so generated code cannot go into it"
    case .outsideProject(let path, _): "'\(path)' is outside the project"
    case .linkedOutput(let path): "'\(path)' is a symbolic link, and generated code is written through none"
    case .sharedOutput(let path): "two sql blocks write to '\(path)'"
    case .unwritable(let path, let reason): "cannot write '\(path)': \(reason)"
    case .existingFile: "the file exists and is not overwritten"
    case .unreadableFolder(let path, let reason): "the folder '\(path)' cannot be read: \(reason)"
    case .unreadableColumns(let module): "the columns of module '\(module)' are no list as CREATE TABLE has it"
    case .sharedModuleFile(let file, let module, let other):
      "'\(file)' would be twice in the module '\(module)': \(other) writes it too"
    case .sharedModuleType(let type, let what, let module, let other):
      "\(what) would be a second '\(type)' in the module '\(module)': \(other) has one"
    case .clashingOutputs(let one, let other):
      "'\(one)' and '\(other)' differ only in case, so one disk in two cannot hold both"
    case .missingFolder(let path): "there is no folder '\(path)'"
    case .noQueries(let paths): "there is no query in \(paths.map { "'\($0)'" }.joined(separator: ", "))"
    case .unreadFolder(let path, let files, let what):
      "\(count(files, ".sql file")) below '\(path)' \(files == 1 ? "is" : "are") not read as \(what)"
    case .outdatedFiles(let stale, let all, let path):
      "the generated code in '\(path)' is out of date: \(stale) of \(count(all, "file")) would change"
    case .otherLineEnds(let files, let path):
      "\(count(files, "file")) in '\(path)' \(files == 1 ? "has" : "have") other line ends than 'generate' writes, and no"
        + " other difference"
    }
  }

  var notes: [String] {
    switch self {
    case .missingConfiguration(_, let sqlc?): ["'sqlc-swift init --from \(sqlc)' converts the one of sqlc"]
    case .missingConfiguration(_, nil):
      ["'sqlc-swift init' writes one; --file names one that lies elsewhere; the folders above were searched too"]
    case .invalidUTF8: ["save the file as UTF-8"]
    case .unmatchedPattern(let pattern, _) where pattern.hasSuffix("**"):
      ["'**' stands for folders: '\(pattern)/*.sql' names the files in them"]
    case .missingPath, .unmatchedPattern: ["paths are relative to the folder of the configuration"]
    case .emptyFolder: ["only files that end in .sql are read, and folders inside it are not"]
    case .foreignFile: ["move it, or choose another 'out'; nothing was written"]
    case .outsideProject(_, let project):
      [
        "the project is '\(project)', seen from the configuration: the outermost folder around it with .git, Package.swift,"
          + " an Xcode project or the like"
      ]
    case .linkedOutput: ["name the folder that it leads to, or put a folder in its place; nothing was written"]
    case .sharedOutput: ["give each block an 'out' of its own, since one would remove what the other writes"]
    case .unwritable: ["nothing was changed"]
    case .existingFile: ["move it away first; nothing was written"]
    case .clashingOutputs: ["rename one of the query files"]
    case .unreadableColumns: ["such as: id INTEGER NOT NULL, name TEXT, query TEXT HIDDEN"]
    case .sharedModuleFile, .sharedModuleType:
      [
        "give each block a `queries_type` of its own, and types of the same name another with `rename`; or give each block"
          + " a target of its own"
      ]
    case .missingFolder: ["--directory (-C) names the folder to look for the configuration in"]
    case .noQueries:
      [
        "a query begins with a line such as: -- name: GetNote :one",
        "where tables alone are meant, 'generate' and 'diff' are all there is to run",
      ]
    case .unreadFolder(let path, _, _):
      ["a folder stands for the files in it, without the folders in it: name '\(path)' too, or use a pattern with '**'"]
    case .outdatedFiles: ["run 'sqlc-swift generate' (as a plugin: 'swift package sqlc-generate')"]
    case .otherLineEnds: ["this is no drift: version control does so, and Swift reads both alike"]
    case .missingRuntime: ["'sqlc-swift check' and 'sqlc-swift analyze' prove schema and queries without it"]
    case .unreadableFile, .unreadableFolder, .outputIsFile: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    var place = source
    if case .invalidUTF8(let offset) = self { place.range = ByteRange(at: offset) }
    return Diagnostic(rule, message, at: DiagnosticLabel(place), notes: notes)
  }
}

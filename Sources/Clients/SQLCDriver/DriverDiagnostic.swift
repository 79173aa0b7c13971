// What can be wrong with files and folders.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics

enum DriverDiagnostic {
  case foreignFile(path: String)
  case outputIsFile(path: String)
  case outsideProject(path: String, project: String)
  case linkedOutput(path: String)
  case unwritable(path: String, reason: String)
  case existingFile
  case unreadableColumns(module: String)
  case sharedModuleFile(file: String, module: String, other: String)
  case sharedModuleType(type: String, what: String, module: String, other: String)
  case noQueries(paths: [String])
  case outdatedFiles(count: Int, of: Int, path: String)
  case otherLineEnds(count: Int, path: String)
  case missingRuntime(engine: String)
  case committedCode(path: String)
  case otherTarget(folder: String, outs: [String])
  case undeclaredOutput(file: String)

  var rule: Rule {
    switch self {
    case .foreignFile: OutputRule.foreignFile.rule
    case .outputIsFile: OutputRule.notAFolder.rule
    case .outsideProject: OutputRule.outsideProject.rule
    case .linkedOutput: OutputRule.symbolicLink.rule
    case .unwritable: OutputRule.unwritableFile.rule
    case .existingFile: OutputRule.existingFile.rule
    case .unreadableColumns: ConfigurationRule.invalidColumns.rule
    case .sharedModuleFile, .sharedModuleType: OutputRule.sharedModule.rule
    case .noQueries: InputRule.noQueries.rule
    case .outdatedFiles: OutputRule.outdatedFiles.rule
    case .otherLineEnds: OutputRule.otherLineEnds.rule
    case .missingRuntime: OutputRule.missingRuntime.rule
    case .committedCode: OutputRule.committedCode.rule
    case .otherTarget: OutputRule.otherTarget.rule
    case .undeclaredOutput: OutputRule.undeclaredOutput.rule
    }
  }

  var message: String {
    switch self {
    case .committedCode(let path): "the build generates this code, and '\(path)' holds it already"
    case .otherTarget(let folder, _): "the build generates code for '\(folder)', and no 'out' leads there"
    case .undeclaredOutput(let file): "'\(file)' is a query file that the build has not been told of"
    case .missingRuntime(let engine): "code for '\(engine)' cannot be generated yet"
    case .foreignFile(let path): "'\(path)' is in the way and was not written by sqlc-swift"
    case .outputIsFile(let path): "'\(path)' is a file, so generated code cannot go into it"
    case .outsideProject(let path, _): "'\(path)' is outside the project"
    case .linkedOutput(let path): "'\(path)' is a symbolic link, and nothing is written through one"
    case .unwritable(let path, let reason): "cannot write '\(path)': \(reason)"
    case .existingFile: "the file exists and is not overwritten"
    case .unreadableColumns(let module): "the columns of module '\(module)' are no list as CREATE TABLE has it"
    case .sharedModuleFile(let file, let module, let other):
      "'\(file)' would be twice in the module '\(module)': \(other) writes it too"
    case .sharedModuleType(let type, let what, let module, let other):
      "\(what) would be a second '\(type)' in the module '\(module)': \(other) has one"
    case .noQueries(let paths): "there is no query in \(paths.map { "'\($0)'" }.joined(separator: ", "))"
    case .outdatedFiles(let stale, let all, let path):
      "the generated code in '\(path)' is out of date: \(stale) of \(count(all, "file")) would change"
    case .otherLineEnds(let files, let path):
      "\(count(files, "file")) in '\(path)' \(files == 1 ? "has" : "have") other line ends than 'generate' writes, and no"
        + " other difference"
    }
  }

  var notes: [String] {
    switch self {
    case .foreignFile: ["move it, or choose another 'out'; nothing was written"]
    case .outsideProject(_, let project):
      [
        "the project is '\(project)', seen from the configuration: the outermost folder around it with .git, Package.swift,"
          + " an Xcode project or the like"
      ]
    case .linkedOutput: ["name the folder that it leads to, or put a folder in its place; nothing was written"]
    case .unwritable: ["nothing was changed"]
    case .existingFile: ["move it away first; nothing was written"]
    case .unreadableColumns: ["such as: id INTEGER NOT NULL, name TEXT, query TEXT HIDDEN"]
    case .sharedModuleFile, .sharedModuleType:
      [
        "give each block a `queries_type` of its own, and types of the same name another with `rename`; or give each block"
          + " a target of its own"
      ]
    case .noQueries:
      [
        "a query begins with a line such as: -- name: GetNote :one",
        "where tables alone are meant, 'generate' and 'diff' are all there is to run",
      ]
    case .outdatedFiles: ["run 'sqlc-swift generate' (as a plugin: 'swift package sqlc-generate')"]
    case .otherLineEnds: ["this is no drift: version control does so, and Swift reads both alike"]
    case .missingRuntime: ["'sqlc-swift check' and 'sqlc-swift analyze' prove schema and queries without it"]
    case .committedCode:
      [
        "remove the generated files, or take the build plugin from the target: code is either committed or made by the build"
      ]
    case .otherTarget(_, let outs):
      [
        "the configuration writes to \(outs.map { "'\($0)'" }.joined(separator: ", "))",
        "'out' says which target a block belongs to, although a build writes elsewhere: name the target's folder, or one in it",
      ]
    case .undeclaredOutput:
      [
        "a build plugin knows the SQL files below the configuration, but for hidden ones: move it there, or commit the code"
      ]
    case .outputIsFile: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    Diagnostic(rule, message, at: DiagnosticLabel(source), notes: notes)
  }
}

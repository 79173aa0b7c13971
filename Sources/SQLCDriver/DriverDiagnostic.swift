// What can be wrong with files and folders.

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
  case sharedOutput(path: String)
  case unwritable(path: String, reason: String)
  case existingFile
  case unreadableFolder(path: String, reason: String)
  case clashingOutputs(String, String)
  case unreadableColumns(module: String)
  case sharedModuleFile(file: String, module: String, other: String)
  case sharedModuleType(type: String, what: String, module: String, other: String)

  var id: DiagnosticID {
    switch self {
    case .missingConfiguration: DiagnosticID("configuration", "missing-file")
    case .unreadableFile: DiagnosticID("input", "unreadable-file")
    case .invalidUTF8: DiagnosticID("input", "invalid-utf8")
    case .missingPath: DiagnosticID("input", "missing-path")
    case .emptyFolder: DiagnosticID("input", "empty-folder")
    case .unmatchedPattern: DiagnosticID("input", "unmatched-pattern")
    case .foreignFile: DiagnosticID("output", "foreign-file")
    case .outputIsFile: DiagnosticID("output", "not-a-folder")
    case .sharedOutput: DiagnosticID("output", "shared-folder")
    case .unwritable: DiagnosticID("output", "unwritable-file")
    case .existingFile: DiagnosticID("output", "existing-file")
    case .unreadableFolder: DiagnosticID("input", "unreadable-folder")
    case .clashingOutputs: DiagnosticID("output", "clashing-names")
    case .unreadableColumns: DiagnosticID("configuration", "invalid-columns")
    case .sharedModuleFile, .sharedModuleType: DiagnosticID("output", "shared-module")
    }
  }

  var message: String {
    switch self {
    case .missingConfiguration(let names, _): "no configuration: \(names.joined(separator: ", ")) not found"
    case .unreadableFile(let reason): "the file cannot be read: \(reason)"
    case .invalidUTF8: "the file is not valid UTF-8"
    case .missingPath(let path, let what): "no \(what) at '\(path)'"
    case .emptyFolder(let path, let what): "the folder '\(path)' holds no .sql file to read as \(what)"
    case .unmatchedPattern(let pattern, let what): "the pattern '\(pattern)' matches no file to read as \(what)"
    case .foreignFile(let path): "'\(path)' is in the way and was not written by sqlc-swift"
    case .outputIsFile(let path): "'\(path)' is a file, so generated code cannot go into it"
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
    }
  }

  var notes: [String] {
    switch self {
    case .missingConfiguration(_, let sqlc?): ["'sqlc-swift init --from \(sqlc)' converts the one of sqlc"]
    case .missingConfiguration(_, nil): ["'sqlc-swift init' writes one; --file names one that lies elsewhere"]
    case .invalidUTF8: ["save the file as UTF-8"]
    case .missingPath, .unmatchedPattern: ["paths are relative to the folder of the configuration"]
    case .emptyFolder: ["only files that end in .sql are read, and folders inside it are not"]
    case .foreignFile: ["move it, or choose another 'out'; nothing was written"]
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
    case .unreadableFile, .unreadableFolder, .outputIsFile: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic {
    var place = source
    if case .invalidUTF8(let offset) = self { place.range = ByteRange(at: offset) }
    return Diagnostic(id, .error, message, at: DiagnosticLabel(place), notes: notes)
  }
}

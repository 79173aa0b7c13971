// Several blocks may write into folders of one target: there, files and types must differ.

import SQLCDiagnostics
import SQLCModel
import SQLCTargetSwift

/// What the blocks so far put into each module.
struct SharedModules {
  private struct Module {
    /// Lower case: some disks do not tell case apart, and the compiler not between folders.
    var files: [String: String] = [:]
    var types: [String: (block: String, source: SourceRange?)] = [:]
  }

  private var modules: [String: Module] = [:]

  /// Adds a block's files, and says which of them, or of their types, another block has already.
  mutating func add(_ block: BlockAnalysis, _ files: [GeneratedFile], isOnly: Bool) -> [Diagnostic] {
    let out = block.block.settings.out
    guard !isOnly, let name = moduleName(ofFolder: out.value) else { return [] }
    let owner = "the block of '\(out.value)'"
    var module = modules[name] ?? Module()
    var diagnostics: [Diagnostic] = []
    for file in files {
      if let other = module.files.updateValue(owner, forKey: file.path.lowercased()) {
        diagnostics.append(
          DriverDiagnostic.sharedModuleFile(file: file.path, module: name, other: other).at(out.source))
      }
    }
    for type in block.generator?.declaredTypes(block.model) ?? [] {
      if let other = module.types[type.name] {
        var diagnostic = DriverDiagnostic.sharedModuleType(
          type: type.name, what: type.what, module: name, other: other.block
        ).at(type.source ?? out.source)
        if let place = other.source { diagnostic.secondary = [DiagnosticLabel(place, "the other one")] }
        diagnostics.append(diagnostic)
      } else {
        module.types[type.name] = (owner, type.source)
      }
    }
    modules[name] = module
    return diagnostics
  }
}

/// SwiftPM's layout: `Sources/Store/Cache` is part of the module `Store`. Elsewhere a folder is taken to be a module of
/// its own.
func moduleName(ofFolder path: String) -> String? {
  let parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
  guard let index = parts.firstIndex(where: { ["Sources", "Tests", "Source", "Src", "src"].contains($0) }),
    index + 1 < parts.count
  else { return nil }
  return parts[index + 1]
}

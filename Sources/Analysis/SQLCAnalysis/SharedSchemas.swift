// One schema for the blocks that have the same: a project may have dozens of blocks over one.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

/// A loaded schema, and what was lowered of it. It belongs to the thread that makes a snapshot.
struct SchemaMemo {
  var files: [SourceFile]
  var schema: any LoadedSchema
  var diagnostics: [Diagnostic]
  var model: SchemaModel
  var inspector: (any SchemaInspector)?
  let definitions: DefinitionIndex

  init(files: [SourceFile], _ loaded: Diagnosed<any LoadedSchema>) {
    self.files = files
    schema = loaded.value
    diagnostics = loaded.diagnostics
    model = loaded.value.model
    inspector = loaded.value.inspector
    definitions = DefinitionIndex(inspector)
  }
}

/// The schemas that were loaded, by what they were made of.
struct SharedSchemas {
  private struct Entry {
    var engine: EngineKey
    var memo: SchemaMemo
    var isUsed: Bool
  }

  private var entries: [Entry] = []

  mutating func schema(of files: [SourceFile], by engine: any Engine) -> SchemaMemo? {
    let key = engine.key
    guard let index = entries.firstIndex(where: { $0.engine == key && $0.memo.files == files }) else { return nil }
    entries[index].isUsed = true
    return entries[index].memo
  }

  mutating func add(_ memo: SchemaMemo, by engine: any Engine) {
    entries.append(Entry(engine: engine.key, memo: memo, isUsed: true))
  }

  /// Forgets what no block has had since the last call.
  mutating func forgetUnused() {
    entries.removeAll { !$0.isUsed }
    for index in entries.indices { entries[index].isUsed = false }
  }
}

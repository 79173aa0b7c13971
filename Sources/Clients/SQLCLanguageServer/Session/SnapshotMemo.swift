// What is worked out of a snapshot once and asked for often.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
import SQLCModel

/// What belongs to the schema of a block.
struct SchemaKnowledge {
  var facts = SchemaFacts()
  var functions: [FunctionSignature] = []
  /// By lowercased name.
  var tables: [String: TableModel] = [:]

  init(_ block: BlockSnapshot) {
    facts = (block.inspector as? any FactInspector)?.schemaFacts() ?? SchemaFacts()
    functions = block.inspector?.functions() ?? []
    for table in block.schema.tables {
      tables[table.name.description.lowercased()] = table
      if tables[table.name.name.lowercased()] == nil { tables[table.name.name.lowercased()] = table }
    }
  }
}

/// Belongs to the session's thread.
final class SnapshotMemo {
  private var schemas: [Int: (model: SchemaModel, files: [SourceFile], knowledge: SchemaKnowledge)] = [:]
  private var signatures: (work: WorkCounters, byBlock: [Int: [String: String]])?

  func knowledge(of index: Int, _ block: BlockSnapshot) -> SchemaKnowledge {
    if let known = schemas[index], known.files == block.block.schema, known.model == block.schema {
      return known.knowledge
    }
    let made = SchemaKnowledge(block)
    schemas[index] = (block.schema, block.block.schema, made)
    return made
  }

  func signatures(of index: Int, in snapshot: Snapshot, _ environment: ServerEnvironment) -> [String: String] {
    if signatures?.work != snapshot.work { signatures = (snapshot.work, [:]) }
    if let known = signatures?.byBlock[index] { return known }
    let made = environment.signatures(snapshot.blocks[index])
    signatures?.byBlock[index] = made
    return made
  }
}

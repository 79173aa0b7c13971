// One schema for the blocks that have the same: a project may have dozens of blocks over one.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine

/// The schemas that were loaded, by what they were made of.
struct SharedSchemas {
  private struct Key: Hashable {
    var engine: EngineName
    var settings: AnalysisSettings
    var files: [SourceFile]
  }

  private var schemas: [Key: Diagnosed<any LoadedSchema>] = [:]

  /// The schema of a block. What is wrong with it is said once, by the first block that has it; that there is no server is
  /// said of each, since some may have a snapshot.
  mutating func load(_ block: ProjectBlock, with engine: any Engine) throws -> Diagnosed<any LoadedSchema> {
    var settings = block.settings.analysis
    // Where things are written is of no account.
    settings.enginePlace = nil
    settings.database.uri?.source = SourceRange(path: "", range: ByteRange(at: 0))
    settings.minimumSQLite?.source = SourceRange(path: "", range: ByteRange(at: 0))
    let key = Key(engine: engine.name, settings: settings, files: block.schema)
    if let known = schemas[key] { return isOnlyServerMissing(known.diagnostics) ? known : Diagnosed(known.value) }
    let loaded = try engine.load(block.schema)
    schemas[key] = loaded
    return loaded
  }
}

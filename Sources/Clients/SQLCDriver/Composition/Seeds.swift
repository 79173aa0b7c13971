// Files full of generated rows, of engines whose databases are files.

import SQLCAnalysis
import SQLCEngineSQLite
import SQLCExercise
import SQLCModel
import SQLCTrialSQLite

/// The bytes of a database file, and what came of filling it; nothing where databases of the block's engine are no files.
func seededFile(
  _ model: GenerationModel, of block: ProjectBlock, _ plan: FillPlan, seed: UInt64
) throws -> (bytes: [UInt8], report: FillReport)? {
  guard block.settings.engine == .sqlite else { return nil }
  let (database, report) = try seededDatabase(
    model, schema: SQLCEngineSQLite.schemaStatements(of: block.schema), on: sqliteTrialEngine(of: block.settings), plan,
    seed: seed)
  return (try database.image(), report)
}

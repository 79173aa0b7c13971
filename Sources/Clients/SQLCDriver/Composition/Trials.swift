// The engines of blocks for trials of their queries and migrations.

import SQLCAnalysis
import SQLCConfiguration
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCEngineSQLite
import SQLCTrialPostgreSQL

/// The engine of a block for trials of its queries and migrations.
func trialEngine(of block: SQLBlock) -> any TrialEngine {
  guard block.engine == .postgresql else { return sqliteTrialEngine(of: block) }
  let engine = postgreSQLEngine(for: block)
  return PostgreSQLTrialEngine(settings: engine.settings, extensions: engine.extensions)
}

/// The same, with databases that order texts as those of most servers do, which is not as SQLite does.
func comparedEngine(of block: SQLBlock) -> any TrialEngine {
  guard block.engine == .postgresql else { return trialEngine(of: block) }
  let engine = postgreSQLEngine(for: block)
  var trials = PostgreSQLTrialEngine(settings: engine.settings, extensions: engine.extensions)
  trials.order = .language
  return trials
}

/// Does the engine of a block keep its databases on a server?
func needsServer(_ block: SQLBlock) -> Bool { block.engine == .postgresql }

/// What makes a block's schema, in its order: statements, or scripts where an engine runs them as wholes.
func schemaStatements(of block: ProjectBlock) -> [String] {
  block.settings.engine == .postgresql
    ? SQLCEnginePostgreSQL.schemaScripts(of: block.schema) : SQLCEngineSQLite.schemaStatements(of: block.schema)
}

// The statistics of a database that plans are made with.

import SQLCAnalysis
import SQLCEngine
import SQLCOracleSQLite

/// Why a database's statistics cannot be had.
struct StatisticsProblem: Error, CustomStringConvertible { var description: String }

/// Of an SQLite file, which is only read: the rows of `sqlite_stat1`, which ANALYZE and `PRAGMA optimize` write.
func planStatistics(of name: String, _ context: CommandContext) throws -> PlanStatistics {
  let file = join(context.location.workingDirectory, name)
  guard context.fileSystem.kind(of: file) != nil else {
    throw StatisticsProblem(description: "there is no database '\(name)'")
  }
  let rows = try readStatistics(ofDatabaseAt: file)
  guard !rows.isEmpty else {
    throw StatisticsProblem(
      description: "the database '\(name)' has no statistics: 'ANALYZE' or 'PRAGMA optimize' makes them")
  }
  return PlanStatistics(rows: rows.map { PlanStatistics.Row(table: $0.table, index: $0.index, text: $0.text) })
}

// The statistics of a database that plans are made with.

import SQLCAnalysis
import SQLCConfiguration
import SQLCEngine
import SQLCOraclePostgreSQL
import SQLCOracleSQLite

/// Why a database's statistics cannot be had.
struct StatisticsProblem: Error, CustomStringConvertible { var description: String }

/// What a database says of its rows, and the engine whose plans it is for.
struct DatabaseStatistics {
  var engine: EngineName
  var statistics: PlanStatistics

  /// For the blocks of one engine; other engines' know nothing of that database.
  func statistics(for engine: EngineName) -> PlanStatistics? { engine == self.engine ? statistics : nil }
}

/// - Parameters:
///   - name: a file of SQLite's, or a connection string of PostgreSQL's.
///   - blocks: one of them has to be of that engine.
func planStatistics(
  of name: String, for blocks: [BlockSnapshot], _ context: CommandContext
) throws -> DatabaseStatistics {
  let isServer = ["postgres://", "postgresql://"].contains { name.lowercased().hasPrefix($0) }
  let engine = isServer ? EngineName.postgresql : .sqlite
  guard let block = blocks.first(where: { $0.engine.name == engine }) else {
    throw StatisticsProblem(
      description: isServer
        ? "'--database' is PostgreSQL's, and the project has no block with 'engine: postgresql'"
        : "'--database' is a file of SQLite's, and the project has no block with 'engine: sqlite'; a database of PostgreSQL's is written 'postgres://user@host/name'"
    )
  }
  let statistics = try isServer ? serverStatistics(of: name, block.block.settings) : fileStatistics(of: name, context)
  return DatabaseStatistics(engine: engine, statistics: statistics)
}

/// Of an SQLite file, which is only read: the rows of `sqlite_stat1`, which ANALYZE and `PRAGMA optimize` write.
private func fileStatistics(of name: String, _ context: CommandContext) throws -> PlanStatistics {
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

/// Of a database of PostgreSQL's, which is only read: the numbers of rows in `pg_class`, which ANALYZE and autovacuum write.
private func serverStatistics(of name: String, _ settings: SQLBlock) throws -> PlanStatistics {
  let rows: [TableRowCount]
  do throws(ServerProblem) {
    rows = try rowCounts(ofDatabaseAt: name, serverSettings(of: settings))
  } catch {
    throw StatisticsProblem(description: (["'--database': \(error.message)"] + error.advice).joined(separator: "; "))
  }
  guard !rows.isEmpty else {
    // The string may have a password.
    throw StatisticsProblem(description: "the database of '--database' has no statistics: 'ANALYZE' makes them")
  }
  return PlanStatistics(
    rows: rows.map { PlanStatistics.Row(table: "\($0.schema).\($0.table)", index: nil, text: "\($0.rows)") })
}

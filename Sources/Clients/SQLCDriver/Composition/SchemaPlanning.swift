// What plans migrations of a block, and the definitions that a database file has.

import SQLCAnalysis
import SQLCConfiguration
import SQLCEngine
import SQLCOracleSQLite
import SQLCSchemaDiffSQLite

/// What compares schemas of a block's engine.
func schemaPlanner(of block: SQLBlock) -> any SchemaPlanner {
  SQLiteSchemaPlanner(
    extensions: scratchExtensions(extensions(of: block).value.functions, of: block))
}

/// Every definition of a database file in the order in which the objects were made. The file is only read.
func definitions(ofDatabase path: String) throws -> [String] { try databaseDefinitions(at: path) }

/// Do these bytes begin an SQLite database (fileformat2.html §1.3)?
func isDatabase(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("SQLite format 3\0".utf8)) }

// How the databases of a block's applications are reached.

import Foundation
import SQLCConfiguration
import SQLCEngine

/// Nothing for an engine without a runtime library that migrates.
func databaseAccess(of block: SQLBlock, _ context: CommandContext) -> (any DatabaseAccess)? {
  if block.engine == .postgresql {
    return PostgreSQLDatabases(
      environment: ProcessInfo.processInfo.environment, scratchServer: postgreSQLEngine(for: block).settings)
  }
  guard block.engine == .sqlite else { return nil }
  return SQLiteDatabases(
    workingDirectory: context.location.workingDirectory, fileSystem: context.fileSystem,
    extensions: scratchExtensions(extensions(of: block).value.functions, of: block))
}

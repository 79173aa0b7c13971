// What a process that runs commands sets up once.

import SQLCOracleSQLite

/// To be called by the process's entry point, before the first command.
public func prepareProcess() { configureSQLiteForCompiling() }

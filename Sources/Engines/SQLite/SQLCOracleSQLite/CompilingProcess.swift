// SQLite's library in the process of the tool.

import CSQLiteAllocator

/// Sets SQLite up for a process that compiles and is no application: connections that are each used by one thread at a time, and
/// no lock around every allocation.
///
/// To be called before the first connection; later it changes nothing.
public func configureSQLiteForCompiling() { _ = sqlc_configure_for_compiling() }

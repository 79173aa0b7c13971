// What keeps the facts of `vet`.

import SQLCFactStoreSQLite
import SQLCVet

/// A database in memory. It speaks SQLite's SQL whatever engine a project is for: rules are written once.
func makeFactDatabase() throws -> any FactDatabase { try SQLiteFacts() }

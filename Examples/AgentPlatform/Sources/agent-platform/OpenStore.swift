// From a path to a database that has the schema.

import AgentStore
import SQLCRuntime

/// Opens the file, a new one if need be, and applies the migrations that it has not had yet.
func openStore(at path: String) async throws -> Database {
  let database = try await Database.open(path)
  let applied = try await database.migrate(Schema.self)
  print("opened \(path), applied \(applied.applied.count) migrations")
  return database
}

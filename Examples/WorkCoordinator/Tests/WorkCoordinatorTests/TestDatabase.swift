// A database for each test, on the server that libpq's variables name: `scripts/with-postgresql swift test`.

import Foundation
import SQLCPostgres
import Testing
import WorkStore

let hasServer = ProcessInfo.processInfo.environment["PGHOST"] != nil

func withDatabase(_ body: (Queries, Database) async throws -> Void) async throws {
  let name = "work_" + UUID().uuidString.lowercased().replacing("-", with: "")
  let server = try await Database.open("dbname=postgres")
  try await server.execute("CREATE DATABASE \(name)")
  var failure: (any Error)?
  do {
    let database = try await Database.open(try ConnectionOptions("dbname=\(name)"))
    try await database.migrate(Schema.self)
    do { try await body(Queries(database), database) } catch { failure = error }
    await database.close()
  } catch {
    failure = error
  }
  try await server.execute("DROP DATABASE \(name) WITH (FORCE)")
  await server.close()
  if let failure { throw failure }
}

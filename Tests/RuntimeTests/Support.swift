// Databases for tests.

import Foundation

@testable import SQLCRuntime

/// In memory, with the schema and one environment, whose id is 1.
nonisolated func stationInMemory() async throws -> Database {
  let database = try await Database.inMemory()
  try await database.execute(stationSchema)
  _ = try await database.run(CreateEnvironment(name: "home"))
  return database
}

/// A file of its own in a temporary folder, removed afterwards.
func withStationFile<T: Sendable>(
  _ body: (Database, String) async throws -> T
) async throws -> T {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sqlc-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let path = folder.appendingPathComponent("station.db").path
  let database = try await Database.open(path)
  try await database.execute(stationSchema)
  _ = try await database.run(CreateEnvironment(name: "home"))
  let result = try await body(database, path)
  await database.close()
  return result
}

/// The first column of a statement's one row, read as `Value`.
nonisolated func read<Value: SQLiteDecodable>(_ sql: String, as type: Value.Type = Value.self) throws -> Value {
  try probe(sql, bind: { _ throws(DatabaseError) in }, read: { row throws(DatabaseError) in try row.decode(0) })
}

nonisolated func read<C: ColumnCodec>(_ sql: String, with codec: C.Type) throws -> C.Value {
  try probe(
    sql, bind: { _ throws(DatabaseError) in },
    read: { row throws(DatabaseError) -> C.Value in try row.decode(0, with: codec) })
}

/// What SQLite makes of a parameter: an expression of `?1`.
nonisolated func write<Value: SQLiteEncodable>(_ value: Value, into sql: String = "?1") throws -> SQLiteValue {
  try probe(
    "SELECT \(sql)", bind: { statement throws(DatabaseError) in try statement.bind(value, at: 1) },
    read: { row throws(DatabaseError) in try row.decode(0) })
}

nonisolated func write<C: ColumnCodec>(_ value: C.Value, with codec: C.Type) throws -> SQLiteValue {
  try probe(
    "SELECT ?1", bind: { statement throws(DatabaseError) in try statement.bind(value, at: 1, with: codec) },
    read: { row throws(DatabaseError) in try row.decode(0) })
}

private nonisolated func probe<Value>(
  _ sql: String, bind: (borrowing Statement) throws(DatabaseError) -> Void,
  read: (borrowing ResultRow) throws(DatabaseError) -> Value
) throws -> Value {
  let core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open()
  let prepared = try core.prepare(StatementDefinition(name: "Probe", sql: sql, parameters: 1, isReadOnly: true))
  defer { core.finish(prepared) }
  let statement = Statement(prepared)
  try bind(statement)
  guard try statement.step() else { throw statement.missingRow() }
  return try read(statement.row)
}

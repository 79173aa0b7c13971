import Foundation
import SQLCPostgres
import Testing

/// An empty database of its own, which belongs to a role that may make others. Those of earlier tests are dropped: they run one
/// after another.
func freshDatabase() async throws -> (Database, ConnectionOptions) {
  let name = unique("migrated")
  let administrator = try await Server.open(user: "sqlc_superuser")
  let old = try await administrator.run(
    Text(
      sql:
        "SELECT string_agg(format('DROP DATABASE %I WITH (FORCE)', datname), ';') AS d FROM pg_database WHERE datname LIKE 'migrated%'"
    ))
  if let start = old.range(of: "<d>"), let end = old.range(of: "</d>") {
    for statement in old[start.upperBound..<end.lowerBound].split(separator: ";") {
      try await administrator.execute(String(statement))
    }
  }
  try await administrator.execute("ALTER ROLE sqlc CREATEDB")
  try await administrator.execute("CREATE DATABASE \(name) OWNER sqlc")
  await administrator.close()
  var options = try Server.options()
  options["dbname"] = name
  return (try await Database.open(options), options)
}

nonisolated private struct Text: ExactlyOneQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "Text", sql: "SELECT query_to_xml($1, true, false, '')::text", parameterTypes: [25], isReadOnly: true,
    reads: [])
  var sql: String
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(sql, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

nonisolated extension Database {
  /// Does the query give a row?
  func holds(_ sql: String) async throws -> Bool { try await run(Text(sql: sql)).contains("<row") }
}

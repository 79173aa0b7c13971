// A project of migrations in a folder of its own.

import Foundation
import SQLCRuntime

/// Three migrations, each of which makes a table.
struct MigratedProject {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-migrated-\(UUID().uuidString)")

  static let queries = "-- name: One :one\nSELECT 1 AS one;\n"

  init(versions: [Int] = [1, 2, 3]) throws {
    try write(
      "sqlc-swift.yaml",
      "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: schema\n    queries: q.sql\n    gen: { swift: { out: Generated } }\n"
    )
    try write("q.sql", Self.queries)
    for version in versions { try write("schema/00\(version)_t.sql", Self.migration(version)) }
  }

  static func migration(_ version: Int) -> String {
    "-- +goose Up\nCREATE TABLE t\(version) (id INTEGER);\n-- +goose Down\nDROP TABLE t\(version);\n"
  }

  func write(_ path: String, _ text: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  func delete(_ path: String) throws { try FileManager.default.removeItem(at: folder.appending(path: path)) }

  func tool(_ arguments: String...) throws -> Result { try run(arguments, in: folder) }

  /// `migrate` on a database file.
  func migrate(_ arguments: String..., on database: String = "app.db") throws -> Result {
    try run(["migrate"] + arguments + ["--database", database], in: folder)
  }

  /// A database file, made by statements.
  func database(_ statements: [String], at name: String = "app.db") async throws {
    let database = try await Database.open(folder.appending(path: name).path)
    for statement in statements { try await database.execute(statement) }
    await database.close()
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

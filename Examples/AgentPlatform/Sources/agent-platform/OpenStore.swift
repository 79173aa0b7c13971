// From a path to a database that has the schema.

import Foundation
import SQLCRuntime

/// Opens the file and, when it is new, applies `schema/` in the order of its names.
func openStore(at path: String) async throws -> Database {
  let isNew = !FileManager.default.fileExists(atPath: path)
  let database = try await Database.open(path)
  guard isNew else {
    print("opened \(path)")
    return database
  }
  // The schema lies beside the sources; an application would carry it as a resource.
  let schema = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../schema").standardized
  let files = try FileManager.default.contentsOfDirectory(at: schema, includingPropertiesForKeys: nil)
    .filter { $0.pathExtension == "sql" }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
  for file in files {
    try await database.execute(try String(contentsOf: file, encoding: .utf8))
  }
  print("created \(path) from \(files.map(\.lastPathComponent).joined(separator: ", "))")
  return database
}

// A workload as a project on disk, and the tool run on it.

public import Foundation

extension Workload {
  /// A configuration of the same project that asks every rule.
  public static let everyPackFile = "every-pack.yaml"

  /// One schema file, and one query file for every 50 queries, as projects have them.
  public func write(to folder: URL, output: String = "Generated", access: String = "internal", engine: Engine = .sqlite)
    throws
  {
    try FileManager.default.createDirectory(at: folder.appending(path: "queries"), withIntermediateDirectories: true)
    let configuration = """
      version: "2"
      sql:
        - engine: \(engine.rawValue)
          schema: schema.sql
          queries: queries
          gen: { swift: { out: \(output), access: \(access) } }
      """
    try configuration.write(to: folder.appending(path: "sqlc-swift.yaml"), atomically: true, encoding: .utf8)
    let everyPack = """

      vet:
        packs: [naming, keys, time, isolation, safety, schema, plans, portable]
        tenant: user_id
        soft_delete: deleted_at
      """
    try (configuration + everyPack).write(
      to: folder.appending(path: Self.everyPackFile), atomically: true, encoding: .utf8)
    try schema.map(engine.words).joined(separator: "\n").write(
      to: folder.appending(path: "schema.sql"), atomically: true, encoding: .utf8)
    for start in stride(from: 0, to: queries.count, by: 50) {
      let text = queries[start..<min(start + 50, queries.count)].enumerated().map { offset, sql in
        "-- name: Query\(start + offset) :\(command(of: sql))\n\(engine.words(sql))\n"
      }
      try text.joined(separator: "\n").write(
        to: folder.appending(path: "queries/file\(start / 50).sql"), atomically: true, encoding: .utf8)
    }
  }

  /// As one would annotate it: by what it gives, and how much of that.
  private func command(of sql: String) -> String {
    let isOne = sql.contains("WHERE id = ? AND") || sql.hasPrefix("INSERT") || sql.hasPrefix("SELECT count(*)")
    if sql.contains("RETURNING") || sql.hasPrefix("SELECT") { return isOne ? "one" : "many" }
    if sql.hasPrefix("WITH") { return "many" }
    return sql.hasPrefix("DELETE") ? "execrows" : "exec"
  }
}

/// Runs a program to its end; a failure ends the measurement.
public func runTool(_ program: String, _ command: String, _ folder: URL) {
  runProgram([program, command, "--directory", folder.path])
}

/// - Parameter statuses: with which it may end.
public func runProgram(_ command: [String], endingWith statuses: Set<Int32> = [0]) {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = command
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  do {
    try process.run()
    process.waitUntilExit()
  } catch {
    print("\(command[0]) cannot be run: \(error)")
    exit(2)
  }
  guard statuses.contains(process.terminationStatus) else {
    print("\(command.joined(separator: " ")) failed with \(process.terminationStatus)")
    exit(2)
  }
}

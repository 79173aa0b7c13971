// What is left of a server when the tool is killed, and what a machine without libpq is told.

import Foundation
import Testing

@Suite struct PostgreSQLProcessTests {
  static let isInstalled =
    ["/usr/lib/postgresql", "/opt/homebrew/opt/libpq", "/usr/local/opt/libpq"].contains {
      FileManager.default.fileExists(atPath: $0)
    } || ProcessInfo.processInfo.environment["SQLC_SWIFT_REQUIRE_POSTGRESQL"] != nil

  private func project(_ schema: String) throws -> URL {
    // A short path, since a socket's may have some 100 bytes.
    let folder = URL(filePath: "/tmp/sqlc-kill-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder.appending(path: "tmp"), withIntermediateDirectories: true)
    // Of root's tool another user runs the server, who must get there.
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    try Data(schema.utf8).write(to: folder.appending(path: "schema.sql"))
    try Data("-- name: One :one\nSELECT 1 AS one;\n".utf8).write(to: folder.appending(path: "queries.sql"))
    let configuration = """
      version: "2"
      sql:
        - {engine: postgresql, schema: schema.sql, queries: queries.sql, gen: {swift: {out: Generated}}}
      """
    try Data(configuration.utf8).write(to: folder.appending(path: "sqlc-swift.yaml"))
    return folder
  }

  private func tool(in folder: URL, _ environment: [String: String]) throws -> (Process, FileHandle) {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = ["analyze"]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    let errors = folder.appending(path: "errors")
    try Data().write(to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardOutput = FileHandle.nullDevice
    return (process, try FileHandle(forReadingFrom: errors))
  }

  @Test(.enabled("PostgreSQL is not installed here") { Self.isInstalled })
  func nothingIsLeftOfAToolThatIsKilled() throws {
    let folder = try project("SELECT pg_sleep(600);")
    defer { try? FileManager.default.removeItem(at: folder) }
    let temporary = folder.appending(path: "tmp").path
    let (process, errors) = try tool(in: folder, ["TMPDIR": temporary])
    try process.run()
    func server() -> String? {
      guard let run = try? FileManager.default.contentsOfDirectory(atPath: temporary).first,
        let text = try? String(contentsOfFile: "\(temporary)/\(run)/data/postmaster.pid", encoding: .utf8)
      else { return nil }
      // The last line says "ready".
      return text.contains("ready") ? text.split(separator: "\n").first.map(String.init) : nil
    }
    var pid: String?
    // Blocking: a task that sleeps waits for a thread that other tests may hold for longer than the server lives.
    while pid == nil, process.isRunning {
      pid = server()
      Thread.sleep(forTimeInterval: 0.05)
    }
    let found = try #require(
      pid.flatMap { pid_t($0) }, "\(String(decoding: errors.readDataToEndOfFile(), as: UTF8.self))")
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    for _ in 0..<200 {
      let left = try FileManager.default.contentsOfDirectory(atPath: temporary)
      if left.isEmpty, kill(found, 0) != 0 { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    Issue.record("the server or its folder is still there")
  }

  @Test func aMachineWithoutLibpqIsToldWhatToInstall() throws {
    let folder = try project("CREATE TABLE t (id int);")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (process, errors) = try tool(in: folder, ["SQLC_SWIFT_LIBPQ": "/nowhere/libpq.so.5"])
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: errors.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 2)
    #expect(text.contains("libpq, PostgreSQL's client library, is not on this machine"), "\(text)")
    #expect(text.contains("apt-get install libpq5"))
  }
}

// Two branches that add a migration each, and deployments that meet an older schema: with git.

import Foundation
import Testing

/// Skipped where there is no git, which is all that these tests need besides.
private let gitIsThere: Bool = {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["git", "--version"]
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  do { try process.run() } catch { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}()

extension MigratedProject {
  /// What git prints, and how it ends.
  @discardableResult
  fileprivate func git(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "init.defaultBranch=main"] + arguments
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    environment["GIT_CONFIG_SYSTEM"] = "/dev/null"
    environment["LC_ALL"] = "C"
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  fileprivate func commit(_ message: String) throws {
    try git("add", "-A")
    let (status, output) = try git("commit", "-q", "-m", message)
    try #require(status == 0, "\(output)")
  }
}

@Suite(.enabled(if: gitIsThere, "git is not there")) struct MigrationBranchesTests {
  /// `main` and `feature` both add a migration, with the names given, and lock it; then `feature` is merged.
  private func merged(_ main: String, _ feature: String) throws -> (project: MigratedProject, output: String) {
    let project = try MigratedProject(versions: [1, 2])
    try project.git("init", "-q")
    #expect(try project.tool("migrate", "lock").exit == 0)
    try project.commit("two migrations")
    try project.git("checkout", "-q", "-b", "feature")
    try project.write("schema/\(feature)", MigratedProject.migration(7))
    #expect(try project.tool("migrate", "lock").exit == 0)
    try project.commit("a migration of the feature")
    try project.git("checkout", "-q", "main")
    try project.write("schema/\(main)", MigratedProject.migration(8))
    #expect(try project.tool("migrate", "lock").exit == 0)
    try project.commit("a migration of main")
    let (status, output) = try project.git("merge", "--no-edit", "feature")
    #expect(status == 1)
    return (project, output)
  }

  /// Without what a merge puts around the sides.
  private func bothSides(_ text: String) -> String {
    text.split(separator: "\n").filter { line in !["<<<<<<<", "=======", ">>>>>>>"].contains { line.hasPrefix($0) } }
      .map { $0 + "\n" }.joined()
  }

  @Test func theLockFileConflicts() throws {
    let (project, output) = try merged("003_main.sql", "003_feature.sql")
    defer { project.remove() }
    #expect(output.contains("CONFLICT (content): Merge conflict in schema/migrations.lock"))
    let conflicted = try project.text("schema/migrations.lock")
    #expect(conflicted.contains("<<<<<<<"))
    // As git left it: the two migrations have one version.
    for command in [["check"], ["migrate", "check"]] {
      let said = try run(command, in: project.folder)
      #expect(said.exit == 2 && said.error.contains("migrations/duplicate-version"))
    }
    // Badly: both lines are kept, and still one version.
    try project.write("schema/migrations.lock", bothSides(conflicted))
    #expect(try project.tool("check").error.contains("migrations/duplicate-version"))
    // Another version, and the marks left in the file.
    try FileManager.default.moveItem(
      at: project.folder.appending(path: "schema/003_feature.sql"),
      to: project.folder.appending(path: "schema/004_feature.sql"))
    try project.write("schema/migrations.lock", conflicted)
    let unread = try project.tool("check")
    #expect(unread.exit == 1 && unread.error.contains("schema/migrations.lock:1:1: error: this is no lock file"))
    // One side taken: the other one's migration is not in it.
    try project.git("checkout", "-q", "--ours", "schema/migrations.lock")
    let unlocked = try project.tool("check")
    #expect(unlocked.exit == 1 && unlocked.error.contains("the lock file does not have version 4"))
    // Well.
    #expect(try project.tool("migrate", "lock").output == "wrote schema/migrations.lock: 4 migrations\n")
    #expect(try project.tool("check").exit == 0)
    try project.commit("merged")
    #expect(try project.git("status", "--porcelain").output == "")
  }

  /// Numbered by time no two are the same, and still one of them comes late.
  @Test func theOlderOfTwoIsLate() throws {
    let (project, output) = try merged("20240102000000_main.sql", "20240101000000_feature.sql")
    defer { project.remove() }
    #expect(output.contains("Merge conflict in schema/migrations.lock"))
    let conflicted = try project.text("schema/migrations.lock")
    #expect(try project.tool("check").error.contains("this is no lock file of migrations"))
    // Badly: both lines are kept as they stand, that of main first.
    try project.write("schema/migrations.lock", bothSides(conflicted))
    let late = "version 20240101000000 is new, and the later version 20240102000000 is there already"
    #expect(try project.tool("check").error.contains(late))
    // Badly: main's lines, and the file written anew.
    try project.git("checkout", "-q", "--ours", "schema/migrations.lock")
    #expect(try project.tool("check").error.contains(late))
    let refused = try project.tool("migrate", "lock")
    #expect(refused.exit == 2 && refused.error.contains(late))
    // Well: it becomes the later one.
    try FileManager.default.moveItem(
      at: project.folder.appending(path: "schema/20240101000000_feature.sql"),
      to: project.folder.appending(path: "schema/20240103000000_feature.sql"))
    #expect(try project.tool("migrate", "lock").exit == 0)
    #expect(try project.tool("check").exit == 0)
    // Or it does not matter, and its file says so.
    try FileManager.default.moveItem(
      at: project.folder.appending(path: "schema/20240103000000_feature.sql"),
      to: project.folder.appending(path: "schema/20240101000000_feature.sql"))
    try project.git("checkout", "-q", "--ours", "schema/migrations.lock")
    try project.write(
      "schema/20240101000000_feature.sql", "-- sqlc:out-of-order\n" + MigratedProject.migration(7))
    #expect(try project.tool("migrate", "lock").exit == 0)
    #expect(try project.tool("check").exit == 0)
  }

  @Test func verifyAgainstACommit() throws {
    let project = try MigratedProject(versions: [1, 2])
    defer { project.remove() }
    let queries = "-- name: AddOne :exec\nINSERT INTO t1 (id) VALUES (?);\n-- name: ListOne :many\nSELECT id FROM t1;\n"
    try project.write("q.sql", queries)
    try project.git("init", "-q")
    try project.commit("before")
    try project.git("tag", "v1")
    #expect(try project.tool("verify", "--against", "v1", "--order", "both").exit == 0)
    // A column that new code uses: its queries need the migration.
    try project.write(
      "schema/003_t.sql",
      "-- +goose Up\nALTER TABLE t1 ADD COLUMN name TEXT;\n-- +goose Down\nALTER TABLE t1 DROP COLUMN name;\n")
    try project.write("q.sql", queries + "-- name: ListNames :many\nSELECT name FROM t1;\n")
    let either = try project.tool("verify", "--against", "v1")
    #expect(either.exit == 0 && either.output.hasSuffix("safe: migrate first\n"), "\(either.output)\(either.error)")
    #expect(either.output.contains("  holds     AddOne\n"))
    #expect(either.output.contains("  fails     ListNames: no such column: name\n"))
    #expect(try project.tool("verify", "--against", "v1", "--order", "migrate-first").exit == 0)
    #expect(try project.tool("verify", "--against", "HEAD", "--order", "deploy-first").exit == 1)
    #expect(try project.tool("verify", "--against", "v1", "--order", "both").exit == 1)
    #expect(try project.tool("verify", "--against", "v9").exit == 2)
    #expect(try project.tool("verify", "--against", "--upload-pack").exit == 64)
    #expect(try project.tool("verify", "--against", "v1", "--order", "never").exit == 64)
  }
}

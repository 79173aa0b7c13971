// Files that are no backup, and copies onto what they are copied from: refused, and nothing has changed.

import Foundation
import Testing

@testable import SQLCRuntime

@Suite struct RestoreTests {
  private func error(_ body: () async throws -> Void) async -> DatabaseError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? DatabaseError
    }
  }

  private func isUnharmed(_ database: Database) async throws -> Bool {
    let tags = try await database.run(ListTags()).count
    let report = try await database.checkIntegrity()
    return tags == 500 && report.isClean
  }

  private func withTags(_ body: (Database, String) async throws -> Void) async throws {
    try await withStationFile { database, path in
      try await database.executeBatch((0..<500).map { CreateTag(name: "\($0)-" + String(repeating: "x", count: 100)) })
      try await body(database, path)
    }
  }

  @Test func whatIsNoBackupIsNotRestored() async throws {
    try await withTags { database, path in
      try await database.backup(to: path + ".good")
      let good = try Data(contentsOf: URL(filePath: path + ".good"))
      var torn = good
      for offset in 8192..<8300 { torn[offset] = 0xFF }
      let files: [(String, Data, ResultCode)] = [
        ("empty", Data(), .notADatabase),
        ("text", Data(String(repeating: "no database\n", count: 500).utf8), .notADatabase),
        ("short", Data("SQLite format 3\0".utf8), .notADatabase), ("truncated", good.prefix(good.count / 2), .corrupt),
        ("cut within a page", good.prefix(good.count - 100), .corrupt), ("one page", good.prefix(4096), .corrupt),
        ("header", good.prefix(100), .corrupt), ("torn", torn, .corrupt),
        ("encrypted", Data((0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 256 &* 31) }), .notADatabase),
      ]
      for (name, data, code) in files {
        let file = URL(filePath: path + "." + name)
        try data.write(to: file)
        let found = await error { try await database.restore(from: file.path) }
        #expect(found?.code.primary == code, "\(name): \(String(describing: found))")
        #expect(try await isUnharmed(database), "\(name)")
        #expect(try Data(contentsOf: file) == data, "\(name) was changed")
      }
      let folder = (path as NSString).deletingLastPathComponent
      #expect(await error { try await database.restore(from: folder) }?.message.contains("it is a folder") == true)
      #expect(
        await error { try await database.restore(from: path + ".none") }?.message.contains("no such file") == true)
      #expect(try await isUnharmed(database))
      try await database.restore(from: path + ".good")
      #expect(try await isUnharmed(database))
    }
  }

  /// A database without tables is one all the same, and a log beside a file belongs to it.
  @Test func unusualBackups() async throws {
    try await withTags { database, path in
      let bare = try await Database.open(path + ".bare")
      try await bare.execute("CREATE TABLE t (x); DROP TABLE t")
      await bare.close()
      let busy = try await Database.open(path + ".busy")
      try await busy.execute(stationSchema)
      try await busy.run(CreateTag(name: "in the log"))
      for ending in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + ".busy" + ending, toPath: path + ".hot" + ending)
      }
      await busy.close()
      try await database.restore(from: path + ".hot")
      #expect(try await database.run(ListTags()) == ["in the log"])
      try await database.restore(from: path + ".bare")
      #expect(await error { _ = try await database.run(ListTags()) }?.message == "no such table: tags")
      #expect(try await database.checkIntegrity().isClean)
    }
  }

  /// By every way to spell it, in every journal mode.
  @Test(arguments: [Configuration.Journal.wal, .delete, .truncate, .persist])
  func aDatabaseIsNotCopiedOntoItself(journal: Configuration.Journal) async throws {
    try await withTags { original, path in
      try await original.backup(to: path + ".mine")
      var configuration = Configuration()
      configuration.journal = journal
      let own = path + ".mine"
      let database = try await Database.open(own, configuration: configuration)
      let files = FileManager.default
      try files.createSymbolicLink(atPath: own + ".symbolic", withDestinationPath: own)
      try files.linkItem(atPath: own, toPath: own + ".hard")
      let folder = (own as NSString).deletingLastPathComponent
      let name = (own as NSString).lastPathComponent
      var options = BackupOptions()
      options.existing = .replace
      for spelling in [
        own, own + ".symbolic", own + ".hard", "\(folder)/./\(name)", "\(folder)//\(name)",
        "\(folder)/../\((folder as NSString).lastPathComponent)/\(name)", own + "-wal", own + "-journal", own + "-shm",
      ] {
        let backup = await error { try await database.backup(to: spelling, options: options) }
        #expect(backup?.kind == .misuse, "\(spelling): \(String(describing: backup))")
        let vacuum = await error { try await database.vacuum(into: spelling, existing: .replace) }
        #expect(vacuum?.kind == .misuse, "\(spelling): \(String(describing: vacuum))")
        if !["-wal", "-journal", "-shm"].contains(where: spelling.hasSuffix) {
          let restore = await error { try await database.restore(from: spelling) }
          #expect(restore?.kind == .misuse, "\(spelling): \(String(describing: restore))")
        }
        #expect(try await isUnharmed(database))
      }
      let again = try await Database.open(own + ".symbolic", configuration: configuration)
      #expect(await error { try await database.backup(into: again) }?.kind == .misuse)
      await again.close()
      #expect(try await isUnharmed(database))
      await database.close()
    }
  }

  /// A quote that a combining mark follows is another character to Swift, and a quote to SQL.
  @Test func aQuoteBesideACombiningMarkIsPartOfAName() async throws {
    try await withTags { database, path in
      let copy = path + "'\u{301}; DELETE FROM tags; --"
      try await database.vacuum(into: copy)
      #expect(try await isUnharmed(database))
      let vacuumed = try await Database.open(copy)
      #expect(try await isUnharmed(vacuumed))
      await vacuumed.close()
    }
  }
}

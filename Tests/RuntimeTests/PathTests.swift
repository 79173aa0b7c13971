// Which file a path names, and what is said where there is none.

import Foundation
import Testing

@testable import SQLCRuntime

@Suite struct PathTests {
  private func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-paths-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  private func error(_ body: () async throws -> Void) async -> DatabaseError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? DatabaseError
    }
  }

  private func text(_ pragma: String, _ database: Database) async throws -> String? {
    try await database.onWriter { core in try core.database.texts("PRAGMA \(pragma)").first?[0] }
  }

  /// Whatever stands in a name: a file of exactly that name, in write-ahead mode, that another connection reads.
  @Test(arguments: [
    "mode=memory.db", "a?mode=memory", ":memory:.db", "x:memory:", "vfs=memdb", "a?vfs=memdb", "what?.db", "a#b.db",
    "100%.db",
    "a%20b.db", "%3Fmode=memory", "it's \"quoted\".db", " blank ", "größe.db", "a&b=c", "a;b", "-", "?", "#", "'",
  ])
  func anyNameIsAFile(name: String) async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "x").deletingLastPathComponent().path + "/" + name
      let database = try await Database.open(path)
      try await database.execute("CREATE TABLE tags (name TEXT); INSERT INTO tags VALUES ('a')")
      #expect(try await text("journal_mode", database) == "wal")
      #expect(database.readerRecipe != nil)
      #expect(try await database.run(ListTags()) == ["a"])
      #expect(FileManager.default.fileExists(atPath: path))
      try await database.backup(to: path + ".copy")
      try await database.vacuum(into: path + ".compact")
      try await database.restore(from: path + ".copy")
      #expect(try await database.run(ListTags()) == ["a"])
      let wrong = path + ".missing/copy"
      #expect(await error { try await database.backup(to: wrong) }?.message.contains("does not exist") == true)
      await database.close()
      let found = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(found).isSuperset(of: [name, name + ".copy", name + ".compact"]) && found.count == 3, "\(found)")
    }
  }

  @Test(
    arguments: [
      (":memory:", nil), ("file::memory:", nil), ("file::memory:?cache=private", nil), ("file:x?mode=memory", nil),
      ("file:x?cache=shared&mode=memory", nil), ("file:x?mode=%6demory", nil), ("file:%3Amemory:", nil),
      ("file:/x?vfs=memdb", nil),
      ("file:", nil), ("file:?mode=rwc", nil), ("file:x?mode=memory#y", nil), ("file:x?mode=rwc&mode=memory", nil),
      ("file:x?mode=memory&mode=rwc", "x"), ("file:x?a=mode=memory", "x"), ("file:x#?mode=memory", "x"),
      ("file:a%3Fmode=memory", "a?mode=memory"), ("file:/a/b?immutable=1", "/a/b"), ("file:///a/b", "/a/b"),
      ("file://localhost/a/b", "/a/b"), ("FILE:x?mode=memory", "FILE:x?mode=memory"),
      ("x?mode=memory", "x?mode=memory"),
      ("./:memory:", "./:memory:"), ("a%2", "a%2"), ("file:a%2", "a%2"), ("file:a%zz", "a%zz"),
    ] as [(String, String?)])
  func locations(text: String, path: String?) throws {
    #expect(try DatabaseLocation(text) == (path.map { .file($0) } ?? .ofOneConnection))
  }

  @Test func pathsThatNameNothing() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "a.db").path
      let database = try await Database.open(path)
      for wrong in ["", path + "\0.other", "\0", "file:\(path)%00.other"] {
        let opening = await error { _ = try await Database.open(wrong) }
        #expect(opening?.kind == .misuse && opening?.code == .cannotOpen, "\(wrong)")
        #expect(await error { try await database.backup(to: wrong) }?.kind == .misuse)
        #expect(await error { try await database.restore(from: wrong) }?.kind == .misuse)
        #expect(await error { try await database.vacuum(into: wrong) }?.kind == .misuse)
      }
      for wrong in [":memory:", "file:x", "file:\(path)?mode=memory"] {
        #expect(await error { try await database.backup(to: wrong) }?.kind == .misuse)
        #expect(await error { try await database.vacuum(into: wrong) }?.kind == .misuse)
      }
      for wrong in [":memory:", "file:x?mode=memory", "file:"] {
        #expect(await error { try await database.restore(from: wrong) }?.kind == .misuse)
      }
      await database.close()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.db"])
    }
  }

  /// "unable to open database file" is no answer.
  @Test func whatKeepsAFileFromBeingOpened() async throws {
    try await withFolder { folder in
      var readOnly = Configuration()
      readOnly.access = .readOnly
      try Data().write(to: folder.appending(path: "file"))
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "link").path, withDestinationPath: folder.path + "/gone/x.db")
      for (name, configuration, reason) in [
        ("none/a.db", Configuration(), "its folder '\(folder.path)/none' does not exist"),
        ("", Configuration(), "it is a folder"), ("file/a.db", Configuration(), "'\(folder.path)/file' is no folder"),
        ("a.db", readOnly, "there is no such file"),
        ("link", Configuration(), "it is a symbolic link to a file that does not exist"),
        (String(repeating: "x", count: 300), Configuration(), "File name too long"),
      ] {
        for path in ["\(folder.path)/\(name)", "file:\(folder.path)/\(name)?psow=1"] {
          let found = await error { _ = try await Database.open(path, configuration: configuration) }
          #expect(found?.code == .cannotOpen, "\(name): \(String(describing: found))")
          #expect(found?.message == "cannot open '\(path)': \(reason)")
        }
      }
      guard getuid() != 0 else { return }
      chmod(folder.path + "/file", 0)
      #expect(
        await error { _ = try await Database.open(folder.path + "/file") }?.message.hasSuffix("it may not be read")
          == true)
      chmod(folder.path, 0o555)
      defer { chmod(folder.path, 0o755) }
      #expect(
        await error { _ = try await Database.open(folder.path + "/new") }?.message.contains("no file may be made")
          == true)
    }
  }
}

// Every setting of a configuration reaches the connections.

import Foundation
import Testing

@testable import SQLCRuntime

@Suite struct SettingsTests {
  private func expect(
    _ pragma: String, _ value: String, on database: Database, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let actual = try await database.onWriter { core in try core.database.texts("PRAGMA \(pragma)").first?[0] }
    #expect(actual == value, "\(pragma)", sourceLocation: sourceLocation)
  }

  private func withFile(_ configuration: Configuration, _ body: (Database, String) async throws -> Void) async throws {
    try await withStationFile { first, path in
      await first.close()
      let database = try await Database.open(path, configuration: configuration)
      try await body(database, path)
      await database.close()
    }
  }

  @Test func defaults() async throws {
    try await withFile(Configuration()) { database, _ in
      try await expect("foreign_keys", "1", on: database)
      try await expect("journal_mode", "wal", on: database)
      try await expect("synchronous", "1", on: database)
      try await expect("journal_size_limit", "\(64 << 20)", on: database)
      let error = await #expect(throws: DatabaseError.self) { try await database.execute("SELECT \"text\"") }
      #expect(error?.message.contains("no such column") == true)
    }
  }

  @Test func chosen() async throws {
    var configuration = Configuration()
    configuration.enforcesForeignKeys = false
    configuration.acceptsDoubleQuotedStrings = true
    configuration.journal = .truncate
    configuration.synchronous = .extra
    configuration.cache = .kibibytes(512)
    configuration.memoryMap = 1 << 20
    configuration.temporaryStore = .memory
    configuration.connectionSetup = "PRAGMA analysis_limit = 123"
    try await withFile(configuration) { database, _ in
      try await expect("foreign_keys", "0", on: database)
      try await expect("journal_mode", "truncate", on: database)
      try await expect("synchronous", "3", on: database)
      try await expect("cache_size", "-512", on: database)
      try await expect("mmap_size", "\(1 << 20)", on: database)
      try await expect("temp_store", "2", on: database)
      try await expect("analysis_limit", "123", on: database)
      try await database.execute("SELECT \"text\"")
      try await database.run(CreateTag(name: "a"))
      #expect(try await database.run(ListTags()) == ["a"])
    }
  }

  @Test func readOnly() async throws {
    var configuration = Configuration()
    configuration.access = .readOnly
    try await withFile(configuration) { database, _ in
      let tags = try await database.run(ListTags())
      #expect(tags == [])
      let error = await #expect(throws: DatabaseError.self) { try await database.run(CreateTag(name: "a")) }
      #expect(error.map { ResultCode.readOnly ~= $0.code } == true)
    }
  }

  @Test func temporary() async throws {
    let database = try await Database.temporary()
    try await database.execute(stationSchema)
    try await database.executeBatch((0..<1000).map { CreateTag(name: "\($0)") })
    #expect(try await database.run(ListTags()).count == 1000)
    await database.close()
  }

  /// SQLite, uri.html, `vfs=memdb` with a name that begins with a slash: one database in memory for several connections.
  @Test func inMemoryAndShared() async throws {
    let name = "file:/shared-\(UUID().uuidString)?vfs=memdb"
    let first = try await Database.open(name)
    try await first.execute(stationSchema)
    let second = try await Database.open(name)
    try await first.run(CreateTag(name: "a"))
    #expect(try await second.run(ListTags()) == ["a"])
    await first.close()
    await second.close()
  }

  @Test func extensionsMustBeThere() async throws {
    var configuration = Configuration()
    configuration.extensions = [.init(path: "/nowhere/extension.so")]
    let error = await #expect(throws: DatabaseError.self) {
      _ = try await Database.inMemory(configuration: configuration)
    }
    #expect(error?.message.contains("extension.so") == true)
    let database = try await Database.inMemory()
    let refused = await #expect(throws: DatabaseError.self) {
      try await database.execute("SELECT load_extension('/nowhere/extension.so')")
    }
    #expect(refused?.message.contains("not authorized") == true)
  }

  /// A log that was copied starts anew with the next commit, so that it stays as short as it is meant to be.
  @Test func theLogIsCopiedBetweenTransactions() async throws {
    var configuration = Configuration()
    configuration.walCheckpointPages = 50
    try await withFile(configuration) { database, path in
      for index in 0..<2000 { try await database.run(CreateTag(name: "\(index)")) }
      let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int ?? 0
      #expect(log < 80 * 4096, "\(log)")
      #expect(try await database.run(ListTags()).count == 2000)
    }
  }
}

@Suite struct SQLiteLibraryTests {
  /// The library is in use by every other test; who is late hears of it.
  @Test func theLibraryIsConfiguredBeforeItIsUsedOrNotAtAll() async throws {
    let database = try await Database.inMemory()
    let error = #expect(throws: DatabaseError.self) { try SQLiteLibrary.configure([.withoutMemoryStatistics]) }
    #expect(error?.kind == .misuse)
    try await database.execute("SELECT 1")
    await database.close()
  }
}

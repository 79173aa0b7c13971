// Checks, checkpoints, counters, and what comes first on a connection.

import Foundation
import Synchronization
import Testing

@testable import SQLCRuntime

@Suite struct MaintenanceTests {
  @Test func aCleanDatabaseIsClean() async throws {
    try await withStationFile { database, _ in
      let report = try await database.checkIntegrity()
      #expect(report.problems == [])
      #expect(report.foreignKeyViolations == [])
      #expect(report.isClean)
      #expect(try await database.checkIntegrity(.quick).isClean)
    }
  }

  @Test func everyKindOfDamageIsNamed() async throws {
    try await withStationFile { database, _ in
      try await database.execute(
        """
        CREATE TABLE damaged (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, parent INTEGER REFERENCES damaged (id));
        CREATE INDEX idx_damaged ON damaged (a);
        INSERT INTO damaged VALUES (1, 1, NULL, NULL), (2, 2, -5, NULL);
        CREATE TABLE negative (a INTEGER);
        INSERT INTO negative VALUES (-1);
        PRAGMA foreign_keys = OFF;
        UPDATE damaged SET parent = 99 WHERE id = 2;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX idx_damaged ON damaged (b)' WHERE name = 'idx_damaged';
        UPDATE sqlite_schema SET sql = 'CREATE TABLE damaged (id INTEGER PRIMARY KEY, a INTEGER,
          b INTEGER NOT NULL, parent INTEGER REFERENCES damaged (id))' WHERE name = 'damaged';
        UPDATE sqlite_schema SET sql = 'CREATE TABLE negative (a INTEGER CHECK (a > 0))' WHERE name = 'negative';
        PRAGMA schema_version = 1000;
        PRAGMA writable_schema = RESET;
        PRAGMA foreign_keys = ON;
        """)
      let report = try await database.checkIntegrity()
      #expect(!report.isClean)
      let kinds = report.problems.map { "\($0.kind): \($0)" }.sorted()
      #expect(kinds.contains { $0.hasPrefix("value: NULL value in damaged.b") }, "\(kinds)")
      #expect(kinds.contains { $0.hasPrefix("value: CHECK constraint failed in negative") }, "\(kinds)")
      #expect(kinds.contains { $0.hasPrefix("index: ") && $0.contains("idx_damaged") }, "\(kinds)")
      #expect(report.foreignKeyViolations.count == 1)
      let violation = try #require(report.foreignKeyViolations.first)
      #expect(violation.table == "damaged")
      #expect(violation.rowID == 2)
      #expect(violation.parent == "damaged")
      #expect(violation.columns == ["parent"])
      #expect(try await database.checkIntegrity(limit: 1).problems.count == 1)
    }
  }

  @Test func checkpointsEmptyTheLog() async throws {
    try await withStationFile { database, path in
      let passive = try await database.checkpoint()
      #expect(passive.isComplete)
      #expect((passive.logPages ?? 0) > 0)
      #expect(passive.logPages == passive.checkpointedPages)
      #expect((try await database.statistics().logBytes ?? 0) > 0)
      let truncated = try await database.checkpoint(.truncate)
      #expect(truncated.isComplete)
      #expect(try await database.statistics().logBytes == 0)
    }
    let memory = try await Database.inMemory()
    #expect(try await memory.checkpoint(.full).logPages == nil)
  }

  @Test func aReaderKeepsACheckpointFromFinishing() async throws {
    try await withStationFile { _, path in
      var configuration = Configuration()
      configuration.busyTimeout = .milliseconds(20)
      let database = try await Database.open(path, configuration: configuration)
      let isHeld = Mutex(false)
      let isToEnd = Mutex(false)
      let reader = Task {
        try await database.read { tx in
          _ = try tx.run(ListTags())
          isHeld.withLock { $0 = true }
          while !isToEnd.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
        }
      }
      while !isHeld.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
      try await database.run(CreateTag(name: "a"))
      let result = try await database.checkpoint(.full)
      #expect(!result.isComplete)
      isToEnd.withLock { $0 = true }
      try await reader.value
      #expect(try await database.checkpoint(.full).isComplete)
      await database.close()
    }
  }

  /// Only the first commit after a checkpoint that copied everything can start the log anew, which syncs and therefore is
  /// made on the queue. A reader that is in the log keeps it from that, and then those that follow cannot either: they may
  /// run inline again.
  @Test(arguments: [true, false]) func onlyTheFirstCommitAfterACheckpointStartsTheLogAnew(hasReader: Bool) async throws
  {
    try await withStationFile { _, path in
      var configuration = Configuration()
      configuration.walCheckpointPages = 0
      let database = try await Database.open(path, configuration: configuration)
      let isHeld = Mutex(false)
      let isToEnd = Mutex(!hasReader)
      for index in 0..<20 { try await database.run(CreateTag(name: "\(index)")) }
      let reader = Task {
        try await database.read { tx in
          _ = try tx.run(ListTags())
          isHeld.withLock { $0 = true }
          while !isToEnd.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
        }
      }
      while !isHeld.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
      if !hasReader { try await reader.value }
      func onWriter<T: Sendable>(_ body: @Sendable (ConnectionCore) -> T) async throws -> T {
        try await database.writers.lend(nil) { connection throws(DatabaseError) in
          try connection.perform { core throws(DatabaseError) in body(core) }
        }
      }
      let isExpected = try await onWriter { core in
        core.supervisor.checkpoint(core.database)
        return core.supervisor.isLogToStartAnew
      }
      #expect(isExpected)
      try await database.run(CreateTag(name: "first"))
      let isStillExpected = try await onWriter { $0.supervisor.isLogToStartAnew }
      #expect(!isStillExpected)
      let before = try await database.statistics().logBytes ?? 0
      isToEnd.withLock { $0 = true }
      try await reader.value
      for index in 0..<3 { try await database.run(CreateTag(name: "later \(index)")) }
      // With a reader in it the log goes on behind its old end; without one it began at its start, where it has room.
      let after = try await database.statistics().logBytes ?? 0
      #expect(hasReader ? after > before : after == before)
      await database.close()
    }
  }

  /// Readers that overlap keep passive checkpoints from ever starting the log over.
  @Test func theLogStaysNearItsLimit() async throws {
    try await withStationFile { _, path in
      let limit: Int64 = 256 << 10
      var configuration = Configuration()
      configuration.walSizeLimit = limit
      configuration.walCheckpointPages = 0
      let database = try await Database.open(path, configuration: configuration)
      let isToEnd = Mutex(false)
      let readers = (0..<2).map { _ in
        Task {
          while !isToEnd.withLock({ $0 }) {
            try await database.read { tx in
              _ = try tx.run(ListTags())
              Thread.sleep(forTimeInterval: 0.003)
            }
          }
        }
      }
      let text = String(repeating: "x", count: 3000)
      var highest: Int64 = 0
      for index in 0..<200 {
        try await database.run(CreateTag(name: "\(index)\(text)"))
        highest = max(highest, try await database.statistics().logBytes ?? 0)
      }
      isToEnd.withLock { $0 = true }
      for reader in readers { try await reader.value }
      // 200 rows of a page each, with the pages of the index: more than three times the limit without one.
      #expect(highest < limit * 2, "\(highest)")
      await database.close()
    }
  }

  @Test func statisticsCount() async throws {
    try await withStationFile { database, _ in
      try await database.executeBatch((0..<500).map { CreateTag(name: "\($0)") })
      let statistics = try await database.statistics()
      #expect(statistics.pageSize == 4096)
      #expect(statistics.pageCount > 3)
      #expect(statistics.bytes == Int64(statistics.pageCount) * 4096)
      #expect(statistics.writer.changes >= 500)
      #expect(statistics.writer.cachedStatements >= 1)
      #expect(statistics.writer.cacheBytes > 0)
      #expect(statistics.writer.statementBytes > 0)
      #expect(statistics.writer.schemaBytes > 0)
      #expect(statistics.sqliteVersion.hasPrefix("3."))
    }
  }

  @Test func theHookRunsFirstOnEveryConnection() async throws {
    try await withStationFile { _, path in
      let calls = Mutex(0)
      var configuration = Configuration()
      configuration.readers = 2
      configuration.prepare = { connection in
        calls.withLock { $0 += 1 }
        // Before anything is read from the file, the page size can still be chosen.
        try connection.execute("PRAGMA page_size = 8192")
      }
      let database = try await Database.open(path + ".new", configuration: configuration)
      #expect(try await database.statistics().pageSize == 8192)
      try await database.execute(stationSchema)
      _ = try await database.run(ListTags())
      #expect(calls.withLock { $0 } == 2)
      try await database.backup(to: path + ".copy")
      #expect(calls.withLock { $0 } == 4)
      await database.close()
      configuration.prepare = { connection in try connection.execute("SELEC 1") }
      let refused = configuration
      let error = await #expect(throws: DatabaseError.self) {
        try await Database.open(path + ".new", configuration: refused)
      }
      #expect(error?.message.contains("syntax error") == true)
    }
  }

  /// The SQLite that tests run on does not encrypt, and would take no notice of a key.
  @Test(.enabled(if: !encrypts)) func aKeyIsNeverIgnored() async throws {
    try await withStationFile { _, path in
      for key in [EncryptionKey.passphrase("it's a secret"), .raw([UInt8](repeating: 0xAB, count: 32))] {
        var configuration = Configuration()
        configuration.encryptionKey = key
        let error = await #expect(throws: DatabaseError.self) {
          try await Database.open(path + ".locked", configuration: configuration)
        }
        #expect(error?.message.contains("does not encrypt") == true)
        let texts = ["\(configuration)", "\(key)", String(reflecting: key), error?.description ?? ""]
        for text in texts { #expect(!text.contains("secret'") && !text.contains("abab")) }
      }
    }
  }
}

// Files that are not as they should be: taken away, not writable, no database, with pages spoilt, another's clock.

import DurabilityLedger
import Foundation
import SQLCRuntime
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The error of the runtime that `body` throws.
func databaseError<T>(_ body: () async throws -> T) async -> DatabaseError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? DatabaseError
  }
}

@Suite struct FileTests {
  /// The connections hold the file that has no name any more; what they say stays true, and a new one at the same place is
  /// another database.
  @Test func removedWhileOpen() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 3)
      let database = try await Database.open(path)
      #expect(try await database.checkSnapshot().entries == 3)
      for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
      // Either it goes on in the file that it holds, or it says so; it does not mix the two.
      let refused = await databaseError { try await database.append(Entry(4)) }
      #expect(try await database.checkSnapshot().entries == (refused == nil ? 4 : 3))
      let other = try await Database.open(path)
      try await other.execute(ledgerSchema)
      #expect(try await other.checkSnapshot().entries == 0)
      try await other.append(Entry(9))
      await database.close()
      #expect(try await other.ledgerProblems(acknowledged: [9]) == [])
      await other.close()
    }
  }

  @Test func readOnlyFileAndFolder() async throws {
    // The superuser may write anywhere.
    guard getuid() != 0 else { return }
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 3)
      chmod(path, 0o444)
      chmod(folder.path, 0o555)
      defer {
        chmod(folder.path, 0o755)
        chmod(path, 0o644)
      }
      let opening = await databaseError { try await Database.open(path) }
      #expect(
        opening.map { [.readOnly, .cannotOpen].contains($0.code.primary) } == true, "\(String(describing: opening))")
      var configuration = Configuration()
      configuration.access = .readOnly
      let error = await databaseError { try await Database.open(path, configuration: configuration) }
      #expect(error.map { [.readOnly, .cannotOpen].contains($0.code.primary) } == true, "\(String(describing: error))")
      // SQLite, wal.html#readonly: a file of write-ahead mode on a read-only medium is opened as immutable.
      let database = try await Database.open("file:\(path)?immutable=1", configuration: configuration)
      #expect(try await database.checkSnapshot().entries == 3)
      await database.close()
    }
  }

  @Test func noDatabase() async throws {
    try await withFolder { folder in
      for (name, data) in [
        ("text", Data(String(repeating: "not a database\n", count: 400).utf8)),
        ("header", Data("SQLite format 3\0".utf8) + Data(repeating: 0xFF, count: 4080)),
      ] {
        let file = folder.appending(path: name)
        try data.write(to: file)
        let error = await databaseError { try await Database.open(file.path) }
        #expect(
          error.map { [.notADatabase, .corrupt].contains($0.code.primary) } == true,
          "\(name): \(String(describing: error))")
        #expect(error?.message.contains(file.path) == true)
        #expect(try Data(contentsOf: file) == data, "\(name) was changed")
      }
      let error = await databaseError { try await Database.open(folder.path) }
      #expect(error?.code.primary == .cannotOpen)
    }
  }

  /// Each page in turn is spoilt: whatever is read is right, or an error; what can be read still can; nothing crashes.
  @Test func spoiltPages() async throws {
    let seed = runSeed()
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 20)
      let sound = try Data(contentsOf: URL(fileURLWithPath: path))
      let pages = sound.count / 4096
      try #require(pages > 4)
      var generator = SeededGenerator(seed: seed)
      var reported = 0
      for page in 0..<pages {
        var data = sound
        // The page's own header, and some bytes of it.
        for offset in 0..<8 where page > 0 || offset >= 100 { data[page * 4096 + offset] = 0xFF }
        for _ in 0..<16 {
          data[page * 4096 + Int.random(in: 108..<4096, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        let copy = folder.appending(path: "spoilt-\(page).db").path
        try data.write(to: URL(fileURLWithPath: copy))
        guard let database = try? await Database.open(copy) else {
          reported += 1
          continue
        }
        let errors = [
          await databaseError { try await database.run(ListParts()) },
          await databaseError { try await database.append(Entry(100)) },
          await databaseError { for try await _ in database.stream(ListParts()) {} },
          await databaseError { _ = try await database.checkSnapshot() },
        ].compactMap(\.self)
        for error in errors {
          #expect(
            [.sqlite, .decoding, .missingRow].contains(error.kind), "page \(page) of seed \(seed): \(error)")
        }
        let integrity = try? await database.run(CheckIntegrity())
        if !errors.isEmpty || integrity != ["ok"] { reported += 1 }
        // The pool has its readers back: as many streams as before can be open.
        _ = try await within(.seconds(60)) { await databaseError { try await database.run(GetTotals()) } }
        await database.close()
      }
      #expect(reported >= pages / 2, "\(reported) of \(pages) pages, seed \(seed)")
    }
  }

  /// SQLite asks the VFS for the time; whatever it says, what is written can be read, or is refused.
  @Test(arguments: [-10_000 * 365, -20, -1, 1, 40_000, 3_000_000] as [Int64]) func clockJumps(days: Int64) async throws
  {
    try await withFolder { folder in
      let vfs = try FaultVFS()
      let database = try await Database.open(vfs.uri(folder.appending(path: "clock.db").path))
      try await database.execute(ledgerSchema)
      try await database.append(Entry(1))
      vfs.setClock(.seconds(days * 86_400))
      try await database.append(Entry(3))
      let error = await databaseError { try await database.run(Now()) }
      if let error { #expect(error.kind == .decoding) }
      vfs.setClock(.zero)
      try await database.append(Entry(5))
      _ = try await database.run(Now())
      #expect(try await database.ledgerProblems(acknowledged: [1, 3, 5]) == [])
      await database.close()
    }
  }
}

private struct Now: ExactlyOneQuery {
  typealias Row = Date
  static let statement = StatementDefinition(name: "Now", sql: "SELECT CURRENT_TIMESTAMP", isReadOnly: true)
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Date { try row.decode(0) }
}

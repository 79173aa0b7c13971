// Transactions that end in other ways than they should: rolled back by SQLite, by their own SQL, cancelled at any point.

import DurabilityLedger
import Foundation
import Synchronization
import Testing

@testable import SQLCRuntime

private let schema = """
  CREATE TABLE notes (text TEXT NOT NULL UNIQUE);
  CREATE TABLE guarded (n INTEGER);
  CREATE TRIGGER guard BEFORE INSERT ON guarded BEGIN SELECT raise(ROLLBACK, 'guarded'); END;
  """

private struct AddNote: ExecQuery {
  var text: String
  static let statement = StatementDefinition(
    name: "AddNote", sql: "INSERT INTO notes (text) VALUES (?1)", parameters: 1, isReadOnly: false, writes: ["notes"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(text, at: 1) }
}

/// Cancels the task that runs it, once it has begun.
private struct AddNoteAndCancel: ExecQuery {
  var text: String
  static let statement = StatementDefinition(
    name: "AddNoteAndCancel", sql: "INSERT INTO notes (text) VALUES (?1)", parameters: 1, isReadOnly: false,
    writes: ["notes"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(text, at: 1)
    withUnsafeCurrentTask { $0?.cancel() }
  }
}

private struct ListNotes: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "ListNotes", sql: "SELECT text FROM notes ORDER BY rowid", isReadOnly: true, reads: ["notes"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

private func notes() async throws -> Database {
  let database = try await Database.inMemory()
  try await database.execute(schema)
  try await database.run(AddNote(text: "first"))
  return database
}

@Suite struct TransactionFaultTests {
  /// What makes SQLite roll back the whole transaction, as SQL (lang_conflict.html, lang_createtrigger.html#raise).
  static let rollbacks = [
    "INSERT OR ROLLBACK INTO notes VALUES ('first')", "INSERT INTO guarded VALUES (1)",
  ]

  /// Nothing can run in a transaction that is gone, where it would be kept by itself.
  @Test(arguments: rollbacks) func caughtAfterARollback(sql: String) async throws {
    let database = try await notes()
    var kinds: [DatabaseError.Kind?] = []
    for isInSavepoint in [false, true] {
      let error = await databaseError {
        try await database.transaction { tx in
          try tx.run(AddNote(text: "before"))
          do {
            if isInSavepoint { try tx.savepoint { inner in try inner.execute(sql) } } else { try tx.execute(sql) }
          } catch is DatabaseError {}
          try tx.run(AddNote(text: "after"))
        }
      }
      kinds.append(error?.kind)
      let silent = await databaseError {
        try await database.transaction { tx in
          try tx.run(AddNote(text: "before"))
          try? tx.execute(sql)
          try? tx.execute("INSERT INTO notes VALUES ('after')")
          try? tx.savepoint { inner in try inner.run(AddNote(text: "after")) }
        }
      }
      kinds.append(silent?.kind)
    }
    #expect(kinds == [.rolledBack, .rolledBack, .rolledBack, .rolledBack])
    #expect(try await database.run(ListNotes()) == ["first"])
    try await database.transaction { tx in try tx.run(AddNote(text: "next")) }
    #expect(try await database.run(ListNotes()) == ["first", "next"])
  }

  /// The words that end a transaction, with whatever SQLite allows before them.
  @Test(arguments: [
    "COMMIT", "END TRANSACTION", "commit; begin", "-- a comment\n/* and another */ ; ROLLBACK", "BEGIN",
    "INSERT INTO notes VALUES ('half'); COMMIT; BEGIN", "ROLLBACK TRANSACTION",
  ])
  func sqlThatEndsItsTransaction(sql: String) async throws {
    let database = try await notes()
    for isInSavepoint in [false, true] {
      let error = await databaseError {
        try await database.transaction { tx in
          if isInSavepoint { try tx.savepoint { inner in try inner.execute(sql) } } else { try tx.execute(sql) }
        }
      }
      #expect(error?.kind == .misuse)
      #expect(try await database.run(ListNotes()) == ["first"])
    }
  }

  @Test func sqlWithSavepointsOfItsOwn() async throws {
    let database = try await notes()
    try await database.transaction { tx in
      try tx.execute(
        """
        SAVEPOINT mine; INSERT INTO notes VALUES ('undone'); ROLLBACK TO mine; ROLLBACK TRANSACTION TO mine;
        INSERT INTO notes VALUES ('it''s; kept'); RELEASE mine;
        """)
    }
    #expect(try await database.run(ListNotes()) == ["first", "it's; kept"])
    // Outside of a transaction a script may have its own.
    try await database.execute("BEGIN; INSERT INTO notes VALUES ('mine'); COMMIT;")
    await #expect(throws: DatabaseError.self) {
      try await database.execute("BEGIN; INSERT INTO notes VALUES ('lost'); INSERT INTO nowhere VALUES (1); COMMIT")
    }
    #expect(try await database.run(ListNotes()) == ["first", "it's; kept", "mine"])
  }

  /// Cancelled while the statement runs, it is stopped or kept, and says which.
  @Test func cancellationIsNotReportedForWhatIsKept() async throws {
    let database = try await notes()
    var kept: Set<String> = ["first"]
    // The handler that asks is called about every 4,000 steps of SQLite's machine: often enough among so many runs.
    for number in 0..<3000 {
      let text = "\(number)"
      let task = Task { await databaseError { try await database.run(AddNoteAndCancel(text: text)) } }
      if let error = await task.value {
        #expect(error.kind == .cancelled)
      } else {
        kept.insert(text)
      }
    }
    #expect(Set(try await database.run(ListNotes())) == kept)
  }

  /// Cancelled at random moments, a transaction with savepoints is there as a whole and without an error, or not at all.
  @Test func cancelledAtRandomMoments() async throws {
    let seed = runSeed()
    var generator = SeededGenerator(seed: seed)
    try await withFolder { folder in
      let database = try await Database.open(folder.appending(path: "ledger.db").path)
      try await database.execute(ledgerSchema)
      var acknowledged: Set<Int64> = []
      var refused: Set<Int64> = []
      for id in 1...(Int64(setting("SQLC_SWIFT_CANCELLATIONS", 400))) {
        let task = Task { try await database.append(Entry(id)) }
        let delay = Int.random(in: 0...600, using: &generator)
        if delay > 0 { try await Task.sleep(for: .microseconds(delay)) }
        task.cancel()
        switch await task.result {
        case .success: acknowledged.insert(id)
        case .failure(let error as DatabaseError) where error.kind == .cancelled: refused.insert(id)
        case .failure(let error): Issue.record("\(error), seed \(seed)")
        }
      }
      #expect(!acknowledged.isEmpty && !refused.isEmpty, "\(acknowledged.count), \(refused.count), seed \(seed)")
      #expect(
        try await database.ledgerProblems(acknowledged: acknowledged, refused: refused) == [], "seed \(seed)")
      await database.close()
    }
  }

  /// As many streams as one likes may be open, and what is done with their rows may read and write.
  @Test func streamsWhoseBodiesRead() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 60)
      let database = try await Database.open(path)
      let rows = try await within(.seconds(60)) {
        try await withThrowingTaskGroup(of: Int.self) { group in
          for _ in 0..<12 {
            group.addTask {
              var rows = 0
              for try await row in database.stream(ListParts()) {
                if row.part == 0 { _ = try await database.run(GetHead(id: row.id)) }
                rows += 1
              }
              return rows
            }
          }
          return try await group.reduce(0, +)
        }
      }
      let parts = try await database.checkSnapshot().parts
      #expect(rows == 12 * Int(parts))
      await database.close()
    }
  }

  /// A task that waits for a reader stops waiting when it is cancelled; nobody else loses a place.
  @Test func cancellationEndsTheWaitForAReader() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 1)
      var configuration = Configuration()
      configuration.readers = 1
      let database = try await Database.open(path, configuration: configuration)
      let isHeld = Mutex(false)
      let isToEnd = Mutex(false)
      let holder = Task {
        try await database.read { _ in
          isHeld.withLock { $0 = true }
          while !isToEnd.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
        }
      }
      while !isHeld.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
      let tasks = (0..<20).map { _ in Task { await databaseError { try await database.run(GetTotals()) } } }
      try await Task.sleep(for: .milliseconds(10))
      for task in tasks.prefix(10) { task.cancel() }
      let kinds = try await within(.seconds(30)) {
        var kinds: [DatabaseError.Kind?] = []
        for task in tasks.prefix(10) { kinds.append(await task.value?.kind) }
        return kinds
      }
      #expect(kinds == Array(repeating: .cancelled, count: 10))
      isToEnd.withLock { $0 = true }
      try await holder.value
      for task in tasks.dropFirst(10) { #expect(await task.value == nil) }
      await database.close()
    }
  }
}

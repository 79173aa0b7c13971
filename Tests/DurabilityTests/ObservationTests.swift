// What an observation sees, and what it must not see.

import DurabilityLedger
import Foundation
import Synchronization
import Testing

@testable import SQLCRuntime

private struct Undone: Error {}

/// One way to write, and which of the observed queries have another result afterwards.
struct ObservedChange: Sendable, CustomTestStringConvertible {
  var name: String
  var changes: Set<Watched>
  var body: @Sendable (Database) async throws -> Void
  var testDescription: String { name }

  static let all = [
    ObservedChange(name: "insert, with a trigger", changes: [.items, .audit, .owned]) {
      _ = try await $0.run(AddItem(name: "new"))
    },
    ObservedChange(name: "insert with returning", changes: [.items, .audit, .owned]) {
      _ = try await $0.run(AddItemReturning(name: "new"))
    },
    ObservedChange(name: "through a view", changes: [.items, .audit, .owned]) { _ = try await $0.run(AddOwned()) },
    ObservedChange(name: "delete of all rows", changes: [.items, .owned]) { _ = try await $0.run(RemoveItems()) },
    ObservedChange(name: "foreign-key action", changes: [.items, .owners, .owned]) {
      _ = try await $0.run(RemoveOwner())
    },
    ObservedChange(name: "delete of all rows without rowid", changes: [.keyed]) { _ = try await $0.run(RemoveKeyed()) },
    ObservedChange(name: "upsert without rowid", changes: [.keyed]) {
      _ = try await $0.run(SetKeyed(key: "a", value: "9"))
    },
    ObservedChange(name: "batch", changes: [.items, .audit, .owned]) {
      try await $0.executeBatch((0..<50).map { AddItem(name: "\($0)") })
    },
    ObservedChange(name: "many rows by one statement", changes: [.keyed]) {
      _ = try await $0.insert(contentsOf: (0..<150).map { AddKeyed(key: "k\($0)") })
    },
    ObservedChange(name: "many rows, of which one is refused", changes: []) { database in
      await #expect(throws: DatabaseError.self) {
        try await database.insert(contentsOf: ((0..<100).map { "k\($0)" } + ["a"]).map { AddKeyed(key: $0) })
      }
    },
    ObservedChange(name: "each of several queries", changes: [.keyed]) {
      _ = try await $0.run(each: ["x", "y"].map { SetKeyed(key: $0, value: "") })
    },
    ObservedChange(name: "transaction over two tables", changes: [.items, .audit, .owned, .keyed]) {
      try await $0.transaction { tx in
        _ = try tx.run(AddItem(name: "new"))
        _ = try tx.run(SetKeyed(key: "c", value: "3"))
      }
    },
    ObservedChange(name: "savepoints, one kept and one undone", changes: [.keyed]) {
      try await $0.transaction { tx in
        try tx.savepoint { inner in _ = try inner.run(SetKeyed(key: "c", value: "3")) }
        do {
          try tx.savepoint { inner in
            _ = try inner.run(AddItem(name: "undone"))
            throw Undone()
          }
        } catch is Undone {}
      }
    },
    ObservedChange(name: "raw SQL", changes: [.keyed]) { try await $0.execute("UPDATE keyed SET value = 'raw'") },
    ObservedChange(name: "raw SQL in a transaction", changes: [.keyed, .owners, .owned]) {
      try await $0.transaction { tx in
        try tx.execute("UPDATE keyed SET value = 'raw'; UPDATE owners SET name = upper(name)")
      }
    },
    ObservedChange(name: "rename and put back in one statement each", changes: [.keyed]) {
      try await $0.execute(
        "ALTER TABLE keyed RENAME TO other; ALTER TABLE other RENAME TO keyed; INSERT INTO keyed VALUES ('z', NULL)")
    },
    ObservedChange(name: "migration", changes: [.owners]) {
      try await $0.migrate([
        Migration(version: "1", name: "1_add", up: ["INSERT INTO owners VALUES (3, 'eve')", "CREATE TABLE more (a)"])
      ])
    },
    ObservedChange(name: "another table", changes: []) { _ = try await $0.run(TouchUnrelated()) },
    ObservedChange(name: "no row at all", changes: []) { _ = try await $0.run(RenameNobody()) },
    ObservedChange(name: "reading", changes: []) {
      _ = try await $0.read { tx in (try tx.run(WatchItems()), try tx.run(WatchKeyed())) }
    },
    ObservedChange(name: "rolled back", changes: []) { database in
      await #expect(throws: Undone.self) {
        try await database.transaction { tx in
          _ = try tx.run(AddItem(name: "undone"))
          _ = try tx.run(RemoveKeyed())
          try tx.execute("DELETE FROM owners")
          throw Undone()
        }
      }
    },
    ObservedChange(name: "refused", changes: []) { database in
      await #expect(throws: DatabaseError.self) { try await database.run(AddItem(name: "one")) }
      await #expect(throws: DatabaseError.self) {
        try await database.executeBatch([AddItem(name: "new"), AddItem(name: "one")])
      }
      await #expect(throws: DatabaseError.self) {
        try await database.transaction { tx in
          _ = try tx.run(RemoveKeyed())
          _ = try tx.run(AddItem(name: "one"))
        }
      }
    },
    ObservedChange(name: "cancelled", changes: []) { database in
      let task = Task {
        try await database.transaction { tx in
          _ = try tx.run(RemoveKeyed())
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      await #expect(throws: DatabaseError.self) { try await task.value }
    },
  ]
}

/// The values that the observations of a test gave.
final class Sightings: Sendable {
  private let values = Mutex<[Watched: [[String]]]>([:])
  func add(_ value: [String], of watched: Watched) { values.withLock { $0[watched, default: []].append(value) } }
  func of(_ watched: Watched) -> [[String]] { values.withLock { $0[watched] ?? [] } }

  /// Waits, generously, until the observation has given a value that satisfies `condition`.
  func wait(for watched: Watched, _ what: String, _ condition: ([[String]]) -> Bool) async throws {
    let start = ContinuousClock.now
    while !condition(of(watched)) {
      guard ContinuousClock.now - start < .seconds(60) else {
        Issue.record("\(what): \(watched) gave \(of(watched))")
        throw DeadlineError()
      }
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}

func observeAll(_ database: Database, _ sightings: Sightings) -> [Task<Void, any Error>] {
  func task<Q: TextsQuery>(_ query: Q, _ watched: Watched) -> Task<Void, any Error> {
    Task { for try await value in database.observe(query) { sightings.add(value, of: watched) } }
  }
  return [
    task(WatchOwners(), .owners), task(WatchItems(), .items), task(WatchKeyed(), .keyed),
    task(WatchAudit(), .audit), task(WatchOwned(), .owned),
  ]
}

func current(_ watched: Watched, _ database: Database) async throws -> [String] {
  switch watched {
  case .owners: try await database.run(WatchOwners())
  case .items: try await database.run(WatchItems())
  case .keyed: try await database.run(WatchKeyed())
  case .audit: try await database.run(WatchAudit())
  case .owned: try await database.run(WatchOwned())
  }
}

/// Numbers of entries, as an observation gave them.
private final class Entries: Sendable {
  private let numbers = Mutex<[Int64]>([])
  func add(_ number: Int64) { numbers.withLock { $0.append(number) } }
  func wait(for number: Int64) async throws {
    let start = ContinuousClock.now
    while numbers.withLock({ $0.last != number }) {
      if ContinuousClock.now - start > .seconds(60) {
        Issue.record("\(number) did not come, but \(numbers.withLock { $0 })")
        throw DeadlineError()
      }
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}

@Suite struct ObservationTests {
  /// After the change every observation that it concerns gives the new result, and after that nothing but a last change of
  /// everything gives another: no change is missed, none is made up.
  @Test(arguments: ["file", "memory"], ObservedChange.all)
  func whatIsSeen(place: String, change: ObservedChange) async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "watched.db").path
      let database = place == "file" ? try await Database.open(path) : try await Database.inMemory()
      try await database.execute(observedSchema)
      let sightings = Sightings()
      let tasks = observeAll(database, sightings)
      for watched in Watched.allCases { try await sightings.wait(for: watched, "first") { $0.count == 1 } }

      try await change.body(database)
      var expected: [Watched: [[String]]] = [:]
      for watched in Watched.allCases {
        let before = sightings.of(watched).first ?? []
        let after = try await current(watched, database)
        #expect((before != after) == change.changes.contains(watched), "the case is wrong about \(watched)")
        expected[watched] = before == after ? [before] : [before, after]
        if before != after { try await sightings.wait(for: watched, change.name) { $0.last == after } }
      }
      // What should not come gets its chance to.
      try await Task.sleep(for: .milliseconds(5))
      try await database.execute(
        """
        BEGIN; INSERT INTO owners VALUES (100, 'last'); INSERT INTO items VALUES (100, 100, 'last');
        INSERT INTO keyed VALUES ('last', ''); COMMIT;
        """)
      for watched in Watched.allCases {
        let last = try await current(watched, database)
        try await sightings.wait(for: watched, "last") { $0.last == last }
        var values = expected[watched] ?? []
        values.append(last)
        // SQL that nobody has analysed may concern any table.
        let isExact = !change.name.contains("raw") && !change.name.contains("rename") && change.name != "migration"
        if isExact { #expect(sightings.of(watched) == values, "\(watched)") }
      }
      await database.close()
      // Closing ends them.
      for task in tasks { try await within(.seconds(60)) { try await task.value } }
    }
  }

  private struct Sums: ExactlyOneQuery {
    struct Row: Sendable, Hashable, RowDecodable {
      var a: Int64
      var b: Int64
      init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
        a = try row.decode(first)
        b = try row.decode(first + 1)
      }
    }
    static let statement = StatementDefinition(
      name: "Sums", sql: "SELECT (SELECT coalesce(sum(n), 0) FROM a), (SELECT coalesce(sum(n), 0) FROM b)",
      isReadOnly: true, reads: ["a", "b"])
  }
  private struct AddA: ExecQuery {
    var n: Int64
    static let statement = StatementDefinition(
      name: "AddA", sql: "INSERT INTO a VALUES (?1)", parameters: 1, isReadOnly: false, writes: ["a"])
    func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(n, at: 1) }
  }
  private struct AddB: ExecQuery {
    var n: Int64
    static let statement = StatementDefinition(
      name: "AddB", sql: "INSERT INTO b VALUES (?1)", parameters: 1, isReadOnly: false, writes: ["b"])
    func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(n, at: 1) }
  }

  /// Many transactions, many observers, some slow: every value is of one moment, they come in order, the last is the last.
  @Test(arguments: ["file", "memory"]) func manyChanges(place: String) async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "sums.db").path
      let database = place == "file" ? try await Database.open(path) : try await Database.inMemory()
      try await database.execute("CREATE TABLE a (n INTEGER NOT NULL); CREATE TABLE b (n INTEGER NOT NULL)")
      let observers = (0..<8).map { number in
        Task {
          var values: [Int64] = []
          for try await sums in database.observe(Sums()) {
            guard sums.a == sums.b else { throw LedgerError("half a transaction: \(sums)") }
            values.append(sums.a)
            if sums.a == 300 { break }
            if number % 2 == 1 { try await Task.sleep(for: .milliseconds(3)) }
          }
          return values
        }
      }
      for step in 0..<300 {
        try await database.transaction { tx in
          try tx.run(AddA(n: 1))
          if step % 10 == 0 { Thread.sleep(forTimeInterval: 0.0005) }
          try tx.run(AddB(n: 1))
        }
      }
      for observer in observers {
        let values = try await within(.seconds(60)) { try await observer.value }
        #expect(values.last == 300)
        #expect(values == values.sorted())
      }
      await database.close()
    }
  }

  /// Observations that are broken off, cancelled or never begun leave nothing behind, and do not keep the database.
  @Test func nothingIsLeftBehind() async throws {
    weak var left: Database?
    do {
      let database = try await Database.inMemory()
      left = database
      try await database.execute(observedSchema)
      for number in 0..<200 {
        switch number % 4 {
        case 0: for try await _ in database.observe(WatchItems()) { break }
        case 1:
          let task = Task { for try await _ in database.observe(WatchItems()) {} }
          try await Task.sleep(for: .microseconds(number * 5))
          task.cancel()
          _ = await task.result
        case 2: _ = database.observe(WatchItems()).makeAsyncIterator()
        default:
          var iterator = database.observe(WatchItems()).makeAsyncIterator()
          _ = try await iterator.next()
        }
      }
      #expect(database.changes.count == 0)
      await database.close()
      // After closing there is nothing to observe, and no waiting for it.
      let late = Task { for try await _ in database.observe(WatchItems()) {} }
      _ = await databaseError { try await within(.seconds(60)) { try await late.value } }
    }
    let start = ContinuousClock.now
    while left != nil, ContinuousClock.now - start < .seconds(30) { try await Task.sleep(for: .milliseconds(1)) }
    #expect(left == nil)
  }

  /// With `observesOthersEvery`, what other databases of this process and other processes write is seen too.
  @Test func whatOthersWrite() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      try await makeLedger(at: path, count: 1)
      let other = try await Database.open(path)
      for round in 0..<20 {
        var configuration = Configuration()
        configuration.observesOthersEvery = .milliseconds(2)
        let database = try await Database.open(path, configuration: configuration)
        let seen = Entries()
        let task = Task { for try await totals in database.observe(GetTotals()) { seen.add(totals.entries) } }
        let first = Int64(round + 1)
        try await seen.wait(for: first)
        // Right after opening, before anybody has looked twice.
        try await other.append(Entry(Int64(10 + round)))
        try await seen.wait(for: first + 1)
        task.cancel()
        await database.close()
      }
      await other.close()

      var configuration = Configuration()
      configuration.observesOthersEvery = .milliseconds(5)
      let database = try await Database.open(path, configuration: configuration)
      let observer = Task { () -> Int64 in
        for try await totals in database.observe(GetTotals()) where totals.entries == 61 { return totals.entries }
        return 0
      }
      let writer = try WriterProcess(path, first: 100, seed: 1, count: 40, in: folder)
      #expect(try await within(.seconds(120)) { try await observer.value } == 61)
      while writer.process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
      #expect(writer.process.terminationStatus == 0, "\(writer.errorText)")
      await database.close()
    }
  }
}

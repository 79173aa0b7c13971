// A database with another schema than the code was generated for: opening says so, and so does what fails later.

import Foundation
import SQLCRuntime
import Testing

private enum Station: DatabaseSchema {
  static let migrations = [
    Migration(
      version: "1", name: "1_agents",
      up: [
        """
        CREATE TABLE agents (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'idle' CHECK (status <> ''))
        """,
        "CREATE INDEX by_name ON agents (name)",
      ], down: ["DROP TABLE agents"]),
    Migration(
      version: "2", name: "2_runs",
      up: [
        "CREATE TABLE runs (id INTEGER PRIMARY KEY, agent INTEGER NOT NULL REFERENCES agents (id), cost REAL)",
        "CREATE VIEW costs AS SELECT agent, sum(cost) AS cost FROM runs GROUP BY agent",
        "CREATE TRIGGER no_free BEFORE INSERT ON runs WHEN new.cost = 0 BEGIN SELECT raise(ABORT, 'free'); END",
      ], down: ["DROP TABLE runs"]),
  ]
}

/// What was done to the database by hand, and the differences that opening names.
private struct Tampering: Sendable, CustomTestStringConvertible {
  var sql: String
  var differences: [String]
  /// Do they count even where other objects are welcome?
  var isStrict = true
  var testDescription: String { sql }
}

@Suite struct SchemaCheckTests {
  private static let tamperings = [
    Tampering(sql: "", differences: []),
    Tampering(sql: "DROP INDEX by_name; CREATE INDEX By_Name ON \"agents\" ( name )", differences: []),
    Tampering(
      sql: "ALTER TABLE agents ADD COLUMN extra TEXT", differences: ["unexpected: column agents.extra TEXT"]),
    Tampering(
      sql: "ALTER TABLE runs RENAME COLUMN cost TO price; DROP VIEW costs",
      differences: [
        "missing: column runs.cost REAL", "missing: trigger no_free", "missing: view costs",
        "unexpected: column runs.price REAL", "unexpected: trigger no_free",
      ]),
    Tampering(sql: "DROP INDEX by_name", differences: ["missing: index by_name on agents (name)"]),
    Tampering(
      sql: "DROP TRIGGER no_free; DROP VIEW costs",
      differences: ["missing: trigger no_free", "missing: view costs"]),
    Tampering(
      sql: "CREATE TABLE mine (a INTEGER PRIMARY KEY, b TEXT UNIQUE CHECK (b <> '')); CREATE INDEX my ON runs (cost)",
      differences: [
        "unexpected: check mine", "unexpected: column mine.a", "unexpected: column mine.b",
        "unexpected: index my on runs (cost)", "unexpected: table mine", "unexpected: unique mine (b)",
      ], isStrict: false),
  ]

  @Test(arguments: tamperings) private func differencesAreNamed(tampering: Tampering) async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "station.db").path
      let database = try await Database.open(path)
      try await database.migrate(Station.self)
      if !tampering.sql.isEmpty { try await database.execute(tampering.sql) }
      await database.close()
      for additions in [SchemaAdditions.none, .objects] {
        let isMismatch = !tampering.differences.isEmpty && (additions == .none || tampering.isStrict)
        do throws(MigrationError) {
          let opened = try await Database.open(path, schema: Station.self, additions: additions)
          await opened.close()
          #expect(!isMismatch)
        } catch {
          guard case .mismatch(let differences) = error, isMismatch else { throw error }
          #expect(differences.count == tampering.differences.count, "\(differences)")
          for (found, wanted) in zip(differences, tampering.differences) { #expect(found.hasPrefix(wanted)) }
          #expect("\(error)".contains(tampering.differences[0]))
        }
      }
    }
  }

  @Test func whatIsNotMigratedYet() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "station.db").path
      let database = try await Database.open(path)
      try await database.migrate(Station.self, to: "1")
      await database.close()
      let error = await #expect(throws: MigrationError.self) { try await Database.open(path, schema: Station.self) }
      #expect(error.map { "\($0)".contains("missing: migration 2 (2_runs)\n") } == true)
      let other = await #expect(throws: MigrationError.self) {
        try await Database.open(folder.appending(path: "empty.db").path, schema: Station.self)
      }
      #expect(other.map { "\($0)".contains("missing: table agents") } == true)
      let missing = await #expect(throws: MigrationError.self) {
        try await Database.open("/nonexistent/station.db", schema: Station.self)
      }
      guard case .database(let cause)? = missing else { throw DeadlineError() }
      #expect(cause.code.primary == .cannotOpen)
    }
  }

  private enum Extended: DatabaseSchema {
    static let migrations = [
      Migration(
        version: "1", name: "1_words",
        up: [
          "CREATE TABLE words (word TEXT NOT NULL COLLATE BACKWARDS, shout TEXT GENERATED ALWAYS AS (loud(word)))",
          "INSERT INTO words VALUES ('a')", "CREATE INDEX by_shout ON words (shout)",
        ])
    ]
  }

  @Test func withFunctionsOfTheApplication() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "words.db").path
      var configuration = Configuration()
      configuration.functions = [.scalar("loud") { (word: String) in word.uppercased() }]
      configuration.collations = [SQLCollation("BACKWARDS") { CollationOrder(of: $1, and: $0) }]
      let database = try await Database.open(path, configuration: configuration)
      try await database.migrate(Extended.self)
      await database.close()
      let opened = try await Database.open(path, schema: Extended.self, configuration: configuration)
      await opened.close()
    }
  }

  private struct Costs: ManyQuery {
    typealias Row = Double
    static let statement = StatementDefinition(
      name: "Costs", sql: "SELECT cost FROM costs", isReadOnly: true, reads: ["runs"])
    static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Double { try row.decode(0) }
  }

  /// Opened without a check, the first query that the schema cannot serve says where to look.
  @Test(arguments: ["DROP VIEW costs", "DROP VIEW costs; CREATE VIEW costs AS SELECT id AS price FROM runs"])
  func theFirstQueryThatFails(sql: String) async throws {
    let database = try await Database.inMemory()
    try await database.migrate(Station.self)
    #expect(try await database.run(Costs()) == [])
    try await database.execute(sql)
    let error = await databaseError { try await database.run(Costs()) }
    #expect(error?.kind == .sqlite && error?.message.hasPrefix("no such ") == true)
    #expect(error?.suggestion?.contains("verifySchema") == true)
    #expect(error?.description.contains("verifySchema") == true)
  }

  @Test func aColumnOfAnotherType() async throws {
    let database = try await Database.inMemory()
    try await database.migrate(Station.self)
    try await database.execute("DROP VIEW costs; CREATE VIEW costs AS SELECT 'dear' AS cost")
    let error = await databaseError { try await database.run(Costs()) }
    #expect(error?.kind == .decoding)
    #expect(error?.suggestion?.contains("verifySchema") == true)
  }

  /// Another connection alters a table that this one has statements for: they are prepared again, or say what is missing.
  @Test func alteredUnderUs() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "station.db").path
      let database = try await Database.open(path)
      try await database.migrate(Station.self)
      let other = try await Database.open(path)
      for round in 0..<20 {
        try await database.execute("INSERT INTO agents (name) VALUES ('a\(round)')")
        #expect(try await database.run(Costs()) == [])
        try await other.execute("ALTER TABLE runs ADD COLUMN extra\(round) TEXT")
        #expect(try await database.run(Costs()) == [])
        try await database.transaction { tx in _ = try tx.run(Costs()) }
        if round == 10 {
          try await other.execute("DROP VIEW costs")
          let error = await databaseError { try await database.run(Costs()) }
          #expect(error?.message.contains("no such table: costs") == true)
          try await other.execute("CREATE VIEW costs AS SELECT agent, cost FROM runs")
        }
      }
      // A stream keeps the schema that it began with.
      try await database.execute("INSERT INTO runs (agent, cost) SELECT 1, id FROM agents")
      var rows = 0
      for try await _ in database.stream(Costs()) {
        if rows == 0 { try await other.execute("ALTER TABLE runs ADD COLUMN late TEXT") }
        rows += 1
      }
      #expect(rows == 20)
      await other.close()
      await database.close()
    }
  }
}

// The generator of rows: constraints are met, and the same seed gives the same rows.

import SQLCEngine
import Testing

@testable import SQLCExercise
@testable import SQLCTrialSQLite

private let hardSchema = """
  CREATE TABLE users (
      id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 4), email TEXT NOT NULL UNIQUE CHECK (email LIKE '%_@_%'),
      role TEXT NOT NULL CHECK (role IN ('admin', 'member')), age INTEGER CHECK (age BETWEEN 0 AND 150));
  CREATE TABLE teams (
      id INTEGER PRIMARY KEY, lead TEXT NOT NULL REFERENCES users (id), parent INTEGER REFERENCES teams (id),
      spec TEXT NOT NULL CHECK (json_valid(spec)), kind TEXT NOT NULL AS (spec ->> '$.kind'));
  CREATE TABLE members (
      team INTEGER NOT NULL REFERENCES teams, member TEXT NOT NULL REFERENCES users, weight REAL CHECK (weight > 0.5),
      PRIMARY KEY (team, member)) WITHOUT ROWID;
  CREATE TABLE codes (code TEXT PRIMARY KEY NOT NULL CHECK (code GLOB '[A-Z][A-Z]-[0-9][0-9]*'), bits BLOB NOT NULL) STRICT;
  CREATE TABLE keys (
      id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36), raw BLOB NOT NULL UNIQUE CHECK (length(raw) = 16));
  CREATE TABLE intervals (low INT NOT NULL, high INT NOT NULL, CHECK (low < high));
  CREATE VIRTUAL TABLE search USING fts5(title, body);
  """

@Suite struct FillTests {
  @Test func fillsEveryTable() throws {
    let connection = try SQLiteTrialEngine().open()
    try connection.execute(hardSchema)
    let report = try connection.fill(seed: 7)
    #expect(report.refused.isEmpty)
    #expect(Set(report.inserted.keys) == ["users", "teams", "members", "codes", "intervals", "keys", "search"])
    #expect(report.inserted.values.allSatisfy { $0 > 0 })
  }

  /// Under each of the plans that an exercise has.
  @Test(arguments: hardSchemas, [0, 25, 90]) func fillsWhatIsHard(_ schema: HardSchema, nullPercentage: Int) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      for rows in [1...1, 4...12] {
        let connection = try SQLiteTrialEngine().open()
        try connection.execute(schema.sql)
        let report = try connection.fill(FillPlan(rows: rows, nullPercentage: nullPercentage), seed: seed)
        #expect(report.refused == [:])
        #expect(report.besideTriggers.isEmpty)
        #expect(throws: Never.self) { try connection.execute("PRAGMA integrity_check") }
        #expect(try connection.count("SELECT count(*) FROM pragma_foreign_key_check") == 0)
        for table in report.inserted.keys { #expect(try connection.count("SELECT count(*) FROM \(table)") > 0) }
      }
    }
  }

  @Test(arguments: hardSchemas) func aHardSchemaRepeats(_ schema: HardSchema) throws {
    func contents() throws -> FillReport {
      let connection = try SQLiteTrialEngine().open()
      try connection.execute(schema.sql)
      return try connection.fill(seed: 5)
    }
    #expect(try contents() == contents())
  }

  /// Rows that a table's triggers refuse whatever they are: none, unless they are asked for.
  @Test(arguments: ["ABORT, 'append only'", "ROLLBACK, 'append only'", "FAIL, 'append only'", "IGNORE"])
  func fillsBesideTriggersOnlyWhenAsked(raise: String) throws {
    let schema = """
      CREATE TABLE log (id INTEGER PRIMARY KEY, line TEXT NOT NULL);
      CREATE TABLE notes (id INTEGER PRIMARY KEY, log INT NOT NULL REFERENCES log);
      CREATE TRIGGER guard BEFORE INSERT ON log BEGIN SELECT RAISE(\(raise)); END;
      """
    for guardedTables in [GuardedTables.keptEmpty, .filledBesideTriggers] {
      let connection = try SQLiteTrialEngine().open()
      try connection.execute(schema)
      var plan = FillPlan()
      plan.guardedTables = guardedTables
      let report = try connection.fill(plan, seed: 1)
      #expect(report.refused.isEmpty == (guardedTables == .filledBesideTriggers))
      #expect(report.besideTriggers.isEmpty == (guardedTables == .keptEmpty))
      // The trigger is there as before.
      #expect(try connection.count("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'") == 1)
      let count = try connection.count("SELECT count(*) FROM log")
      try? connection.execute("INSERT INTO log VALUES (999, '')")
      #expect(try connection.count("SELECT count(*) FROM log") == count)
    }
  }

  /// No value is both: the child gets none, rather than one that is not of its type.
  @Test func keysOfOtherKindsGetNoRow() throws {
    let connection = try SQLiteTrialEngine().open()
    try connection.execute(
      """
      CREATE TABLE blobs (id BLOB PRIMARY KEY NOT NULL);
      CREATE TABLE texts (id INTEGER PRIMARY KEY, blob TEXT NOT NULL REFERENCES blobs, maybe TEXT REFERENCES blobs);
      CREATE TABLE loose (id INTEGER PRIMARY KEY, maybe TEXT REFERENCES blobs);
      """)
    let report = try connection.fill(seed: 1)
    #expect(report.refused["texts"] == "'blob' is TEXT, and the key that it refers to holds BLOB")
    #expect(report.refused.count == 1)
    #expect(try connection.count("SELECT count(*) FROM loose WHERE typeof(maybe) = 'blob'") == 0)
  }

  /// The one row of a singleton takes other values, too.
  @Test func variesASingleton() throws {
    let schema = hardSchemas.first { $0.name.hasPrefix("a singleton") }
    var sizes: Set<Int64> = []
    for seed in 1...8 as ClosedRange<UInt64> {
      let connection = try SQLiteTrialEngine().open()
      try connection.execute(try #require(schema).sql)
      _ = try connection.fill(seed: seed)
      sizes.insert(try connection.count("SELECT size FROM settings"))
      #expect(try connection.count("SELECT count(*) FROM settings") == 1)
    }
    #expect(sizes.count > 2)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func repeats(seed: UInt64) throws {
    func contents() throws -> FillReport {
      let connection = try SQLiteTrialEngine().open()
      try connection.execute(hardSchema)
      return try connection.fill(seed: seed)
    }
    #expect(try contents() == contents())
  }

  @Test func saysWhatItCannotFill() throws {
    let connection = try SQLiteTrialEngine().open()
    try connection.execute("CREATE TABLE t (a TEXT NOT NULL CHECK (a <> a), b INT)")
    let report = try connection.fill(seed: 1)
    #expect(report.inserted["t"] == 0)
    #expect(report.refused["t"]?.contains("CHECK") == true)
  }

  @Test func leavesOutWhatIsExcluded() throws {
    let connection = try SQLiteTrialEngine().open()
    try connection.execute(hardSchema)
    let report = try connection.fill(FillPlan(excluded: ["members"]), seed: 1)
    #expect(report.inserted["members"] == nil)
  }

  @Test func keysAreNullOnlyWhereThatIsWanted() throws {
    func hasNull(_ keyNulls: KeyNulls) throws -> Bool {
      let connection = try SQLiteTrialEngine(keyNulls: keyNulls).open()
      try connection.execute("CREATE TABLE t (k TEXT PRIMARY KEY, a INT)")
      _ = try connection.fill(FillPlan(rows: 40...40), seed: 3)
      // Fails when there is one.
      let isNone = "CREATE TABLE nulls (n INT CHECK (n = 0)); INSERT INTO nulls SELECT count(*) FROM t WHERE k IS NULL"
      return (try? connection.execute(isNone)) == nil
    }
    #expect(try hasNull(.wherePermitted))
    #expect(try !hasNull(.none))
  }
}

extension SQLiteTrialDatabase {
  /// The integer that a query of one row and column gives.
  fileprivate func count(_ sql: String) throws -> Int64 {
    guard case .integer(let count)? = try rows(sql).first?.first else {
      Issue.record("no number: \(sql)")
      return -1
    }
    return count
  }
}

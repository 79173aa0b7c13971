// The generator of rows: constraints are met, and the same seed gives the same rows.

import SQLCExercise
import Testing

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
    let connection = try Connection()
    try connection.execute(hardSchema)
    let report = try connection.fill(seed: 7)
    #expect(report.refused.isEmpty)
    #expect(Set(report.inserted.keys) == ["users", "teams", "members", "codes", "intervals", "keys", "search"])
    #expect(report.inserted.values.allSatisfy { $0 > 0 })
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func repeats(seed: UInt64) throws {
    func contents() throws -> FillReport {
      let connection = try Connection()
      try connection.execute(hardSchema)
      return try connection.fill(seed: seed)
    }
    #expect(try contents() == contents())
  }

  @Test func saysWhatItCannotFill() throws {
    let connection = try Connection()
    try connection.execute("CREATE TABLE t (a TEXT NOT NULL CHECK (a <> a), b INT)")
    let report = try connection.fill(seed: 1)
    #expect(report.inserted["t"] == 0)
    #expect(report.refused["t"]?.contains("CHECK") == true)
  }

  @Test func leavesOutWhatIsExcluded() throws {
    let connection = try Connection()
    try connection.execute(hardSchema)
    let report = try connection.fill(FillPlan(excluded: ["members"]), seed: 1)
    #expect(report.inserted["members"] == nil)
  }

  @Test func keysAreNullOnlyWhereThatIsWanted() throws {
    func hasNull(_ keyNulls: KeyNulls) throws -> Bool {
      let connection = try Connection()
      try connection.execute("CREATE TABLE t (k TEXT PRIMARY KEY, a INT)")
      _ = try connection.fill(FillPlan(rows: 40...40, keyNulls: keyNulls), seed: 3)
      // Fails when there is one.
      let isNone = "CREATE TABLE nulls (n INT CHECK (n = 0)); INSERT INTO nulls SELECT count(*) FROM t WHERE k IS NULL"
      return (try? connection.execute(isNone)) == nil
    }
    #expect(try hasNull(.wherePermitted))
    #expect(try !hasNull(.none))
  }
}

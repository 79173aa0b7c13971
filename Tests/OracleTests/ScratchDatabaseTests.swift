// The scratch database against statements whose answers the SQLite documentation gives.

import CSQLite
import Foundation
import SQLCOracleSQLite
import SQLCSQLiteHandle
import Testing

@Suite struct ScratchDatabaseTests {
  private func station() throws -> ScratchDatabase {
    let scratch = try ScratchDatabase()
    try scratch.execute("CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT \"x\", env INT)")
    try scratch.execute(
      "CREATE TABLE runs (id INTEGER PRIMARY KEY, agent_id INTEGER REFERENCES agents(id) ON DELETE CASCADE, at DATETIME)"
    )
    try scratch.execute("CREATE TABLE log (what TEXT)")
    try scratch.execute("CREATE VIEW named AS SELECT id, name AS label FROM agents")
    try scratch.execute(
      "CREATE TRIGGER noted AFTER INSERT ON runs BEGIN INSERT INTO log SELECT name FROM agents WHERE id = new.agent_id; END"
    )
    return scratch
  }

  @Test func columnsHaveTheirOrigins() throws {
    let found = try station().describe("SELECT label, count(*) AS n FROM named WHERE id = :id AND label <> ?3")
    #expect(found.columns.map(\.name) == ["label", "n"])
    #expect(found.columns[0].originTable == "agents")
    #expect(found.columns[0].originColumn == "name")
    #expect(found.columns[1].originTable == nil)
    #expect(found.parameterCount == 3)
    #expect(found.parameterNames == [":id", nil, "?3"])
    #expect(found.isReadOnly)
    #expect(found.reads == ["agents"])
    #expect(found.writes == [])
  }

  @Test func countingReadsTheTable() throws {
    #expect(try station().describe("SELECT count(*) FROM named").reads == ["agents"])
    #expect(try station().describe("WITH c AS (SELECT 1) SELECT count(*) FROM c").reads == [])
  }

  @Test func triggersAreSeenThrough() throws {
    let found = try station().describe("INSERT INTO runs (agent_id) VALUES (?)")
    #expect(!found.isReadOnly)
    #expect(found.writes == ["log", "runs"])
    #expect(found.reads.contains("agents"))
    #expect(found.accesses.contains { $0.kind == .insert && $0.table == "log" && $0.cause == "noted" })
  }

  @Test func foreignKeyActionsAreWrites() throws {
    let found = try station().describe("DELETE FROM agents WHERE id = ?")
    #expect(found.writes == ["agents", "runs"])
    #expect(found.reads == ["agents"])
  }

  @Test func foreignKeysThatCannotWorkAreNoRefusal() throws {
    let scratch = try station()
    try scratch.execute("CREATE TABLE bad (x REFERENCES agents(name))")
    let found = try scratch.describe("INSERT INTO bad VALUES (1)")
    #expect(found.writes == ["bad"])
    #expect(found.foreignKeyProblem?.contains("foreign key mismatch") == true)
  }

  @Test(
    arguments: [
      ("SELECT nope FROM agents", "no such column: nope", 7),
      ("SELECT 'é', nope FROM agents", "no such column: nope", 13),
      ("SELECT \"nope\" FROM agents", "no such column: nope", 7),
      ("SELEC 1", "near \"SELEC\": syntax error", 0),
      ("SELECT 1 FROM nowhere", "no such table: nowhere", nil),
      ("ATTACH 'x.db' AS x", "sqlc-swift refuses ATTACH: it would open a file on the machine that generates", nil),
      (
        "SELECT load_extension('x')",
        "sqlc-swift refuses the function load_extension: it runs a library's code in the process that generates", 7
      ),
      (
        "PRAGMA writable_schema = 1",
        "sqlc-swift refuses PRAGMA writable_schema: what follows would write into SQLite's own schema table", nil
      ),
      ("  -- nothing", "no statement", nil),
    ] as [(String, String, Int?)])
  func refusals(sql: String, message: String, offset: Int?) throws {
    let scratch = try station()
    let error = #expect(throws: OracleError.self) { try scratch.describe(sql) }
    #expect(error?.message == message)
    #expect(error?.offset == offset)
  }

  @Test(arguments: [
    "ATTACH 'x.db' AS x", "PRAGMA temp_store_directory = '/'", "SELECT load_extension('x')",
    "CREATE TABLE t (", "AUTO_INCREMENT",
    "INSERT INTO log WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n WHERE i > 1",
  ])
  func refusedInSchemas(sql: String) throws {
    let scratch = try station()
    #expect(throws: OracleError.self) { try scratch.execute(sql) }
  }

  /// What SQLite accepts and we leave out is said; what we alone would refuse is accepted.
  @Test(
    arguments: [
      ("PRAGMA strict = ON", ["PRAGMA strict"]), ("VACUUM INTO 'x.db'", ["VACUUM INTO"]), ("VACUUM", []),
      ("PRAGMA writable_schema = OFF", []), ("PRAGMA count_changes = 1", []),
      ("CREATE TABLE IF NOT EXISTS \"docs_data\"(id INTEGER PRIMARY KEY, block BLOB)", []),
      ("INSERT INTO docs_data VALUES (99, x'00')", ["writing rows of a virtual table's own tables"]),
      ("DROP TABLE docs_config", []),
      ("INSERT INTO log VALUES (\"a string\")", []),
    ] as [(String, [String])])
  func leftOut(sql: String, subjects: [String]) throws {
    let scratch = try station()
    try scratch.execute("CREATE VIRTUAL TABLE docs USING fts5(body)")
    #expect(try scratch.execute(sql).map(\.subject) == subjects)
  }

  /// Each goes beyond a budget, and says which; the connection is as good as before.
  @Test(arguments: [
    ("INSERT INTO log VALUES (zeroblob(900000000))", "8 MiB for one value"),
    (
      "INSERT INTO log WITH RECURSIVE c(x) AS (SELECT zeroblob(1000000) UNION ALL SELECT x FROM c) SELECT x FROM c",
      "64 MiB of memory"
    ),
    (
      "INSERT INTO log SELECT x FROM (WITH RECURSIVE c(x) AS (SELECT zeroblob(1000000) UNION ALL SELECT x FROM c) SELECT x FROM c) ORDER BY x",
      "64 MiB of memory"
    ),
    (
      "INSERT INTO log WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c WHERE x > 1",
      "1000000 steps"
    ),
  ])
  func budgets(sql: String, says: String) throws {
    var extensions = ScratchExtensions()
    extensions.budget = ExecutionBudget(steps: 1_000_000, seconds: 60, mebibytes: 64)
    let scratch = try ScratchDatabase(extensions: extensions)
    try scratch.execute("CREATE TABLE log (what TEXT)")
    let error = #expect(throws: OracleError.self) { try scratch.execute(sql) }
    #expect(error?.refusal != nil && error?.message.contains(says) == true, "\(String(describing: error))")
    #expect(try scratch.describe("SELECT what FROM log").columns.count == 1)
  }

  /// A schema that is looked at for an hour has not run for an hour.
  @Test func theTimeBetweenStatementsDoesNotCount() throws {
    var extensions = ScratchExtensions()
    extensions.budget = ExecutionBudget(steps: 1_000_000, seconds: 1, mebibytes: 64)
    let scratch = try ScratchDatabase(extensions: extensions)
    try scratch.execute("CREATE TABLE log (what TEXT)")
    let counting =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) SELECT count(*) FROM n"
    for _ in 0..<2 {
      #expect(try scratch.execute(counting).isEmpty)
      #expect(try scratch.describe(counting).columns.count == 1)
      Thread.sleep(forTimeInterval: 1.1)
    }
  }

  /// Nor does what others take of the memory between two statements stop what the tool reads of a schema itself.
  @Test func whatTheToolReadsIsOnNoBudget() throws {
    var extensions = ScratchExtensions()
    extensions.budget = ExecutionBudget(steps: 1_000_000, seconds: 60, mebibytes: 8)
    let connection = try ProjectConnection(extensions: extensions, stepsPerStatement: nil)
    try connection.execute("CREATE TABLE log (what TEXT)")
    let other = try DatabaseHandle(
      filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
    try other.execute("CREATE TABLE large AS SELECT randomblob(32000000) AS a")
    let counting =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) SELECT count(*) FROM n"
    #expect(try connection.database.texts(counting) == [["999"]])
    #expect(throws: Never.self) { try connection.execute(counting) }
  }

  @Test(arguments: [
    "PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON;", "VACUUM", "-- nothing",
    "INSERT INTO log VALUES ('a'); INSERT INTO log VALUES ('b');", "BEGIN; COMMIT",
  ])
  func acceptedInSchemas(sql: String) throws {
    try station().execute(sql)
  }

  @Test func errorsCountFromTheStartOfTheText() throws {
    let scratch = try station()
    let error = #expect(throws: OracleError.self) { try scratch.execute("SELECT 1; SELECT nope FROM log") }
    #expect(error?.offset == 17)
  }

  @Test func describingChangesNothing() throws {
    let scratch = try station()
    _ = try scratch.describe("PRAGMA case_sensitive_like = 1")
    _ = try scratch.describe("INSERT INTO log VALUES ('a')")
    try scratch.execute("CREATE TABLE t2 (x CHECK (x > 0))")
    #expect(try scratch.describe("SELECT * FROM t2").columns.map(\.name) == ["x"])
  }

  @Test func tablesAsSQLiteHasThem() throws {
    let scratch = try station()
    try scratch.execute(
      "CREATE TABLE g (a TEXT COLLATE NOCASE NOT NULL, b TEXT AS (a), PRIMARY KEY (a)) WITHOUT ROWID, STRICT")
    try scratch.execute("CREATE VIRTUAL TABLE docs USING fts5(body)")
    try scratch.execute("CREATE VIEW broken AS SELECT nope FROM nowhere")
    let tables = try scratch.describeTables()
    let g = try #require(tables.first { $0.name == "g" })
    #expect(g.isStrict && g.isWithoutRowID && g.kind == .table)
    #expect(g.columns.map(\.visibility) == [.visible, .generatedVirtual])
    #expect(g.columns[0].collation == "NOCASE")
    #expect(g.columns[0].primaryKeyIndex == 1)
    let docs = try #require(tables.first { $0.name == "docs" })
    #expect(docs.kind == .virtual)
    #expect(docs.columns.map(\.isHidden) == [false, true, true])
    #expect(tables.first { $0.name == "docs_data" }?.isShadow == true)
    #expect(tables.first { $0.name == "broken" }?.columns == [])
    // Columns of views are the business of the queries over them.
    #expect(tables.first { $0.name == "named" }?.columns == [])
  }

  @Test func keysAsSQLiteHasThem() throws {
    let scratch = try ScratchDatabase()
    try scratch.execute("CREATE TABLE parent (a TEXT, b TEXT, PRIMARY KEY (a, b), UNIQUE (b COLLATE NOCASE, a))")
    try scratch.execute(
      """
      CREATE TABLE child (
        id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT REFERENCES child, y TEXT,
        FOREIGN KEY (x, y) REFERENCES parent(a, b) ON DELETE CASCADE ON UPDATE SET NULL)
      """)
    try scratch.execute("CREATE UNIQUE INDEX partial ON child(x) WHERE y IS NOT NULL")
    try scratch.execute("CREATE UNIQUE INDEX expression ON child(lower(x))")
    try scratch.execute("CREATE INDEX plain ON child(y)")
    let tables = try scratch.describeTables()
    let parent = try #require(tables.first { $0.name == "parent" })
    #expect(Set(parent.uniqueKeys.map(\.origin)) == [.primaryKey, .unique])
    let unique = try #require(parent.uniqueKeys.first { $0.origin == .unique })
    #expect(unique.terms.map(\.column) == ["b", "a"] && unique.terms.map(\.collation) == ["NOCASE", "BINARY"])
    let child = try #require(tables.first { $0.name == "child" })
    #expect(child.columns[0].isAutoincrement && !child.columns[1].isAutoincrement)
    #expect(Set(child.uniqueKeys.map(\.name)) == ["partial", "expression"])
    #expect(child.uniqueKeys.first { $0.name == "partial" }?.isPartial == true)
    #expect(child.uniqueKeys.first { $0.name == "expression" }?.terms.map(\.column) == [nil])
    #expect(child.foreignKeys.map(\.columns) == [["x", "y"], ["x"]])
    #expect(child.foreignKeys.map(\.parentColumns) == [["a", "b"], []])
    #expect(child.foreignKeys[0].onDelete == "CASCADE" && child.foreignKeys[0].onUpdate == "SET NULL")
  }

  @Test func hiddenColumnsAreNoReads() throws {
    let scratch = try station()
    try scratch.execute("CREATE VIRTUAL TABLE docs USING fts5(body)")
    let search = try scratch.describe("SELECT body FROM docs WHERE docs MATCH ?")
    #expect(search.reads == ["docs"])
  }

  @Test func fiveThousandStatementsTakeLittleTime() throws {
    let scratch = try station()
    let time = try ContinuousClock().measure {
      for _ in 0..<5000 { _ = try scratch.describe("SELECT id, name FROM agents WHERE id = ?1") }
    }
    print("5,000 descriptions: \(time)")
    #expect(time < .seconds(5))
  }
}

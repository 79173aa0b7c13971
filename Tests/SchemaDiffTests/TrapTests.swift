// What other tools have got wrong when they rebuild tables, one test for each.

import SQLCEngine
import SQLCMigrationCheck
import SQLCSchemaDiffSQLite
import SQLCTrialSQLite
import Testing

@Suite struct TrapTests {
  private let parent = "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT)"
  private let stricterParent = "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, CHECK (id > 0))"
  private let child = "CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a (id) ON DELETE CASCADE)"

  @Test func childrenOfARebuiltTableStay() throws {
    let plan = try provenPlan([parent, child], [stricterParent, child])
    let database = try filledDatabase([parent, child, "INSERT INTO a VALUES (1, 'x')", "INSERT INTO b VALUES (7, 1)"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT id, a_id FROM b") == [[.integer(7), .integer(1)]])
  }

  @Test func whereForeignKeysAreEnforcedItFailsBeforeAnythingIsLost() throws {
    let plan = try provenPlan([parent, child], [stricterParent, child])
    let database = try filledDatabase([parent, child, "INSERT INTO a VALUES (1, 'x')", "INSERT INTO b VALUES (7, 1)"])
    try database.execute("BEGIN")
    try database.execute("PRAGMA foreign_keys = OFF")
    #expect(throws: TrialFailure.self) { for statement in plan.upSQL { try database.execute(statement) } }
    try database.execute("ROLLBACK")
    #expect(try database.count(of: "b") == 1)
    // A table that nothing refers to needs no such statement.
    #expect(!(try provenPlan([parent], [stricterParent]).allSQL.contains("foreign_keys")))
  }

  @Test(arguments: [true, false]) func countersStay(isEmptied: Bool) throws {
    let old = "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT)"
    let plan = try provenPlan([old], ["CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT, CHECK (id > 0))"])
    let database = try filledDatabase([old, "INSERT INTO a VALUES (41, 'x'), (3, 'y')", "DELETE FROM a WHERE id = 41"])
    if isEmptied { try database.execute("DELETE FROM a") }
    for statements in [plan.upSQL, plan.downSQL] {
      try database.take(statements)
      #expect(try database.values("SELECT name, seq FROM sqlite_sequence") == [[.text("a"), .integer(41)]])
    }
  }

  @Test func everythingThatATableHasIsMadeAgain() throws {
    func schema(_ extra: String) -> [String] {
      [
        "CREATE TABLE p (id INTEGER PRIMARY KEY)",
        """
        CREATE TABLE a (
          id INTEGER PRIMARY KEY, x TEXT COLLATE NOCASE DEFAULT 'a' CHECK (x <> ''), y INTEGER NOT NULL UNIQUE ON CONFLICT IGNORE,
          z TEXT AS (upper(x)) STORED, w INTEGER AS (y * 2), p_id INTEGER REFERENCES p (id) ON DELETE SET NULL ON UPDATE CASCADE
          DEFERRABLE INITIALLY DEFERRED\(extra)
        ) STRICT
        """,
        "CREATE INDEX i1 ON a (x DESC, y)", "CREATE INDEX i2 ON a (x) WHERE y > 0",
        "CREATE INDEX i3 ON a (lower(x), y COLLATE RTRIM)",
        "CREATE TRIGGER t1 AFTER UPDATE OF x ON a WHEN new.y > 0 BEGIN INSERT INTO p VALUES (new.y); DELETE FROM p WHERE id < 0; END",
      ]
    }
    let plan = try provenPlan(schema(""), schema(", CHECK (y > id)"))
    #expect(plan.upSQL.count { $0.hasPrefix("CREATE") } == 5)
    let text = plan.upSQL.joined()
    for part in ["ON CONFLICT IGNORE", "DEFERRABLE INITIALLY DEFERRED", "STRICT", "ON UPDATE CASCADE"] {
      #expect(text.contains(part))
    }
  }

  @Test func deferredKeysAndConflictClausesAreDifferences() throws {
    for (old, new) in [
      ("a_id INTEGER REFERENCES a (id)", "a_id INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED"),
      ("a_id INTEGER UNIQUE", "a_id INTEGER UNIQUE ON CONFLICT REPLACE"),
      ("x TEXT, a_id TEXT AS (x), y TEXT AS (x || 'y')", "x TEXT, a_id TEXT AS (x || 'y'), y TEXT AS (x)"),
    ] {
      _ = try provenPlan([parent, "CREATE TABLE b (\(old))"], [parent, "CREATE TABLE b (\(new))"])
    }
  }

  @Test func triggersOfAViewThatChangesAreMadeAgain() throws {
    let trigger = "CREATE TRIGGER vt INSTEAD OF INSERT ON v BEGIN INSERT INTO a (n) VALUES (new.n); END"
    let plan = try provenPlan(
      [parent, "CREATE VIEW v AS SELECT n FROM a", trigger], [parent, "CREATE VIEW v AS SELECT n, id FROM a", trigger])
    #expect(plan.upSQL == ["DROP VIEW v", "CREATE VIEW v AS SELECT n, id FROM a", trigger])
  }

  @Test func theOldTableIsNeverRenamed() throws {
    let plan = try provenPlan([parent, child], [stricterParent, child])
    #expect(!plan.allSQL.contains("ALTER TABLE a RENAME"))
    let database = try filledDatabase([parent, child])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT \"table\" FROM pragma_foreign_key_list('b')") == [[.text("a")]])
  }

  @Test func viewsAndTriggersThatNameTheTableAreNotTouched() throws {
    let others = [
      child, "CREATE VIEW v AS SELECT n FROM a", "CREATE VIEW w AS SELECT count(*) AS c FROM v",
      "CREATE TRIGGER bt AFTER INSERT ON b BEGIN UPDATE a SET n = n WHERE id = new.a_id; END",
      "CREATE TRIGGER vt INSTEAD OF DELETE ON v BEGIN DELETE FROM a WHERE n = old.n; END",
    ]
    let plan = try provenPlan([parent] + others, [stricterParent] + others)
    for word in ["VIEW", "TRIGGER", "INDEX"] { #expect(!plan.allSQL.contains("CREATE \(word)")) }
    // So too where the table's own expressions say its name, which RENAME must mend.
    let named = "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, CHECK (a.id > 0))"
    _ = try provenPlan([parent] + others, [named] + others)
  }

  @Test func aNameInQuotesIsNeverAString() throws {
    let choices = PlanChoices(backfills: [.init(table: "a", column: "m", expression: "\"not there\"")])
    #expect(throws: SchemaPlanFailure.self) {
      try SQLiteSchemaPlanner().plan(
        from: [parent], to: ["CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, m TEXT NOT NULL)"], choices)
    }
  }

  @Test(arguments: ["CURRENT_TIMESTAMP", "(lower('A'))", "(random())"])
  func aDefaultThatIsComputedIsNoAddColumn(value: String) throws {
    let plan = try provenPlan([parent], ["CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, m TEXT DEFAULT \(value))"])
    #expect(!plan.upSQL.contains { $0.contains("ADD COLUMN") })
    let constant = try provenPlan(
      [parent], ["CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, m TEXT NOT NULL DEFAULT 'x')"])
    #expect(constant.upSQL == ["ALTER TABLE a ADD COLUMN m TEXT NOT NULL DEFAULT 'x'"])
  }

  @Test func whatADroppedColumnIsPartOfGoesFirst() throws {
    let old = [
      "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, m TEXT, g TEXT AS (m || '!'))", "CREATE INDEX i ON a (m)",
      "CREATE VIEW v AS SELECT m FROM a", "CREATE TRIGGER t AFTER UPDATE OF m ON a BEGIN SELECT 1; END",
    ]
    let plan = try provenPlan(old, [parent])
    #expect(
      plan.upSQL == [
        "DROP TRIGGER t", "DROP VIEW v", "DROP INDEX i", "ALTER TABLE a DROP COLUMN g", "ALTER TABLE a DROP COLUMN m",
      ])
  }

  private func indexed(_ table: String) -> [String] {
    [
      table, "CREATE VIRTUAL TABLE f USING fts5(n, content='a', content_rowid='rowid')",
      "CREATE TRIGGER f_i AFTER INSERT ON a BEGIN INSERT INTO f (rowid, n) VALUES (new.rowid, new.n); END",
    ]
  }

  @Test func implicitRowIDsStay() throws {
    let (old, new) = (
      indexed("CREATE TABLE a (n TEXT, m TEXT)"), indexed("CREATE TABLE a (n TEXT, m TEXT, CHECK (m <> ''))")
    )
    let plan = try provenPlan(old, new)
    let database = try filledDatabase(old + ["INSERT INTO a (rowid, n) VALUES (5, 'five'), (9, 'nine')"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT rowid FROM f('nine')") == [[.integer(9)]])
    #expect(try database.inconsistencies() == [])
    #expect(!plan.allSQL.contains("'rebuild'"))
  }

  @Test func aRowIDWhoseNamesAreTakenIsFoundByAnother() throws {
    _ = try provenPlan(
      ["CREATE TABLE a (rowid TEXT, n TEXT)"], ["CREATE TABLE a (rowid TEXT, n TEXT, CHECK (n <> ''))"])
  }

  @Test func valuesThatAreConvertedAreIndexedAgain() throws {
    let (old, new) = (indexed("CREATE TABLE a (n TEXT)"), indexed("CREATE TABLE a (n INTEGER)"))
    let plan = try provenPlan(old, new)
    #expect(plan.upSQL.last == "INSERT INTO f (f) VALUES ('rebuild')")
    let database = try filledDatabase(old + ["INSERT INTO a (n) VALUES ('007')"])
    try database.take(plan.upSQL)
    #expect(try database.inconsistencies() == [])
    #expect(plan.hazards.map(\.kind) == [.changedType("n", from: "TEXT", to: "INTEGER")])
  }

  @Test func anIndexOfARenamedTableFollowsIt() throws {
    let old = indexed("CREATE TABLE a (n TEXT)")
    let new = [
      "CREATE TABLE c (n TEXT)", "CREATE VIRTUAL TABLE f USING fts5(n, content='c', content_rowid='rowid')",
      "CREATE TRIGGER f_i AFTER INSERT ON c BEGIN INSERT INTO f (rowid, n) VALUES (new.rowid, new.n); END",
    ]
    let plan = try provenPlan(old, new, PlanChoices(renames: [.init(.table("a"), to: "c")]))
    let database = try filledDatabase(old + ["INSERT INTO a (rowid, n) VALUES (5, 'five')"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT rowid, n FROM f('five')") == [[.integer(5), .text("five")]])
  }

  @Test func aRenameMayTakeADroppedColumnsName() throws {
    let old = ["CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT, y TEXT)"]
    let new = ["CREATE TABLE a (id INTEGER PRIMARY KEY, y TEXT)"]
    let choices = PlanChoices(renames: [.init(.column("x", of: "a"), to: "y")], drops: [.column("y", of: "a")])
    let plan = try provenPlan(old, new, choices)
    let database = try filledDatabase(old + ["INSERT INTO a VALUES (1, 'kept', 'gone')"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT y FROM a") == [[.text("kept")]])
    #expect(plan.hazards == [PlanHazard(.droppedColumn("y"), of: "a")])
  }

  @Test func namesMayBeExchanged() throws {
    let old = ["CREATE TABLE a (x TEXT, y TEXT)", "CREATE TABLE b (z TEXT)"]
    let choices = PlanChoices(renames: [
      .init(.column("x", of: "a"), to: "y"), .init(.column("y", of: "a"), to: "x"), .init(.table("a"), to: "b"),
      .init(.table("b"), to: "a"),
    ])
    let plan = try unprovenPlan(old, ["CREATE TABLE b (y TEXT, x TEXT)", "CREATE TABLE a (z TEXT)"], choices)
    let database = try filledDatabase(old + ["INSERT INTO a VALUES ('1', '2')"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT x, y FROM b") == [[.text("2"), .text("1")]])
    try database.take(plan.downSQL)
    #expect(try database.values("SELECT x, y FROM a") == [[.text("1"), .text("2")]])
  }

  @Test func temporaryNamesMayExistAlready() throws {
    let others = ["CREATE TABLE sqlc_new_a (x)", "CREATE VIEW sqlc_new_a_2 AS SELECT 1 AS one"]
    let plan = try provenPlan([parent] + others, [stricterParent] + others)
    #expect(plan.upSQL.contains("ALTER TABLE sqlc_new_a_3 RENAME TO a"))
  }

  @Test func nullsSurviveAChangeOfDefault() throws {
    let plan = try provenPlan([parent], ["CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT DEFAULT 'new')"])
    let database = try filledDatabase([parent, "INSERT INTO a VALUES (1, NULL)"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT n FROM a") == [[.null]])
  }

  @Test func nothingIsCastOrIgnored() throws {
    let plan = try provenPlan(
      ["CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, m TEXT)"],
      ["CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER, m TEXT UNIQUE)"])
    for word in ["CAST", "IGNORE", "OR REPLACE"] { #expect(!plan.allSQL.contains(word)) }
    #expect(plan.hazards.map(\.kind) == [.changedType("n", from: "TEXT", to: "INTEGER"), .newKey(["m"])])
  }

  /// SQLite 3.40 says that NULL is no JSON; later releases that they do not know.
  @Test func aCheckThatRefusesNullIsFound() throws {
    let new = "CREATE TABLE a (id INTEGER PRIMARY KEY, n TEXT, j TEXT CHECK (json_valid(j)))"
    let plan = try unprovenPlan([parent], [new])
    let database = try filledDatabase([parent, "INSERT INTO a VALUES (1, 'x')"])
    let fails = try database.migrate(plan.upSQL, .oneTransaction).failure != nil
    #expect(plan.hazards.isEmpty == !fails)
    let choices = PlanChoices(backfills: [.init(table: "a", column: "j", expression: "'{}'")])
    let mended = try unprovenPlan([parent], [new], choices)
    try database.take(mended.upSQL)
  }

  /// SQLite 3.40.1 calls the rows of such a table out of order.
  @Test func aFalseAlarmOfIntegrityCheckIsNone() throws {
    let old = "CREATE TABLE a (k1 INTEGER, k2 TEXT, n TEXT, PRIMARY KEY (k2 COLLATE NOCASE DESC, k1)) WITHOUT ROWID"
    let new =
      "CREATE TABLE a (k1 INTEGER, k2 TEXT, n TEXT, PRIMARY KEY (k2 COLLATE NOCASE DESC, k1), CHECK (n <> '')) WITHOUT ROWID"
    _ = try provenPlan([old], [new])
  }

  @Test func anIndexThatIsNotOfItsRowsIsFound() throws {
    let database = try filledDatabase(
      indexed("CREATE TABLE a (n TEXT)") + ["INSERT INTO a (n) VALUES ('x')", "UPDATE a SET n = 'y'"])
    #expect(try database.inconsistencies().count == 1)
  }
}

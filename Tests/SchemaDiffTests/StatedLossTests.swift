// What is lost or refused is stated, whatever it comes by; and what is allowed is written.

import SQLCEngine
import SQLCMigrationCheck
import SQLCSchemaDiffSQLite
import SQLCTrialSQLite
import Testing

@Suite struct StatedLossTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var old: [String]
    var new: [String]
    var hazards: [PlanHazard.Kind]
    var testDescription: String { name }
  }

  private static let parent = "CREATE TABLE p (id INTEGER PRIMARY KEY, n TEXT)"

  @Test(arguments: [
    Case(
      name: "ANY of a STRICT table converts without it",
      old: ["CREATE TABLE a (v ANY, t TEXT, b BLOB, i INT, r REAL) STRICT"],
      new: ["CREATE TABLE a (v ANY, t TEXT, b BLOB, i INT, r REAL)"], hazards: [.converting("v", type: "ANY")]),
    Case(
      name: "STRICT refuses and converts nothing", old: ["CREATE TABLE a (v ANY, t TEXT, i INT)"],
      new: ["CREATE TABLE a (v ANY, t TEXT, i INT) STRICT"], hazards: [.strict]),
    Case(
      name: "a key becomes the number of the row", old: ["CREATE TABLE a (id INT PRIMARY KEY, t TEXT)"],
      new: ["CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT)"], hazards: [.rowNumber("id")]),
    Case(
      name: "a column becomes the number of the row", old: ["CREATE TABLE a (x INTEGER, t TEXT)"],
      new: ["CREATE TABLE a (x INTEGER PRIMARY KEY, t TEXT)"], hazards: [.rowNumber("x"), .newKey(["x"])]),
    Case(
      name: "a text becomes the number of the row", old: ["CREATE TABLE a (x TEXT, t TEXT)"],
      new: ["CREATE TABLE a (x INTEGER PRIMARY KEY, t TEXT)"],
      hazards: [.changedType("x", from: "TEXT", to: "INTEGER"), .rowNumber("x"), .newKey(["x"])]),
    Case(
      name: "a strict integer that cannot be NULL is one already",
      old: ["CREATE TABLE a (id INT NOT NULL PRIMARY KEY) STRICT"],
      new: ["CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT"],
      hazards: []),
    Case(
      name: "a new unique index", old: ["CREATE TABLE a (x INT, t TEXT)"],
      new: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (t)"], hazards: [.newKey(["t"])]),
    Case(
      name: "a unique index over fewer columns",
      old: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x, t)"],
      new: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x)"], hazards: [.newKey(["x"])]),
    Case(
      name: "a unique index over more columns",
      old: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x)"],
      new: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x, t)"], hazards: []),
    Case(
      name: "a partial index that is of all rows",
      old: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x) WHERE t > ''"],
      new: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x)"], hazards: [.newKey(["x"])]),
    Case(
      name: "an index of all rows that is partial",
      old: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x)"],
      new: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (x) WHERE t > ''"], hazards: []),
    Case(
      name: "a unique index on an expression", old: ["CREATE TABLE a (x INT, t TEXT)"],
      new: ["CREATE TABLE a (x INT, t TEXT)", "CREATE UNIQUE INDEX i ON a (lower(t)) WHERE x IS NOT NULL"],
      hazards: [.newKey(["lower(t) where x is not null"])]),
    Case(
      name: "a key that deletes", old: ["CREATE TABLE a (x INT, t TEXT)"],
      new: ["CREATE TABLE a (x INT UNIQUE ON CONFLICT REPLACE, t TEXT)"], hazards: [.newKey(["x"], .deleted)]),
    Case(
      name: "a key that leaves out", old: ["CREATE TABLE a (x INT, \"the T\" TEXT)"],
      new: ["CREATE TABLE a (x INT, \"the T\" TEXT, UNIQUE (x, \"the T\" COLLATE NOCASE) ON CONFLICT IGNORE)"],
      hazards: [.newKey(["the t", "x"], .deleted)]),
    Case(
      name: "a NOT NULL that leaves out", old: ["CREATE TABLE a (x INT, t TEXT)"],
      new: ["CREATE TABLE a (x INT NOT NULL ON CONFLICT IGNORE, t TEXT)"], hazards: [.notNull("x", .deleted)]),
    Case(
      name: "a foreign key of a column that is there",
      old: [parent, "CREATE TABLE a (id INTEGER PRIMARY KEY, p INT NOT NULL)"],
      new: [parent, "CREATE TABLE a (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p (id))"],
      hazards: [.newForeignKey(["p"])]),
    Case(
      name: "a foreign key to the table itself", old: ["CREATE TABLE a (id INTEGER PRIMARY KEY, p INT)"],
      new: ["CREATE TABLE a (id INTEGER PRIMARY KEY, p INT REFERENCES a (id))"], hazards: [.newForeignKey(["p"])]),
    Case(
      name: "a parent that its children cannot do without",
      old: [parent, "CREATE TABLE a (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p (id))"],
      new: ["CREATE TABLE a (id INTEGER PRIMARY KEY, p INT NOT NULL)"], hazards: [.droppedTable]),
    Case(
      name: "a parent and its parent, with keys of their own",
      old: [
        "CREATE TABLE g (code TEXT PRIMARY KEY, n TEXT NOT NULL UNIQUE)",
        "CREATE TABLE p (id INTEGER PRIMARY KEY, g TEXT NOT NULL REFERENCES g (code), n TEXT NOT NULL)",
        "CREATE TABLE a (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p (id))",
      ], new: ["CREATE TABLE a (id INTEGER PRIMARY KEY)"],
      hazards: [.droppedColumn("p"), .droppedTable, .droppedTable]),
    Case(
      name: "a reference to a table that stays",
      old: [parent, "CREATE TABLE a (id INTEGER PRIMARY KEY, p INT NOT NULL REFERENCES p (id))"],
      new: [parent, "CREATE TABLE a (id INTEGER PRIMARY KEY)"], hazards: [.droppedColumn("p")]),
  ])
  func statedAndWritten(_ test: Case) throws {
    let drops = PlanChoices(drops: [.column("p", of: "a"), .table("p"), .table("g")])
    let plan = try provenPlan(test.old, test.new, drops)
    #expect(Set(plan.hazards.map(\.kind)) == Set(test.hazards) && plan.hazards.count == test.hazards.count)
  }

  @Test func nullKeysGetNumbersThatNoRowHas() throws {
    let old = ["CREATE TABLE a (id INT PRIMARY KEY, t TEXT)"]
    let plan = try provenPlan(old, ["CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT)"])
    let database = try filledDatabase(old + ["INSERT INTO a VALUES (NULL, 'x'), (1, 'y'), (2, 'z')"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT id FROM a WHERE t > 'x' ORDER BY t") == [[.integer(1)], [.integer(2)]])
    #expect(try database.count(of: "a") == 3)
  }

  @Test func deletedRowsAreCounted() throws {
    let old = ["CREATE TABLE a (x INT CHECK (x IN (1, 2)), t TEXT)"]
    let new = ["CREATE TABLE a (x INT CHECK (x IN (1, 2)) UNIQUE ON CONFLICT REPLACE, t TEXT)"]
    let proof = try prove(try unprovenPlan(old, new), from: old, to: new, on: SQLiteTrialEngine())
    #expect(proof.failures == [])
    #expect(proof.refused["a"] ?? 0 > 0)
  }

  @Test func whatFallsWithARebuiltTableIsDroppedByName() throws {
    let old = [
      "CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT)", "CREATE INDEX i ON a (t)", "CREATE INDEX j ON a (t, id)",
      "CREATE TRIGGER r AFTER INSERT ON a BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT t FROM a",
      "CREATE TRIGGER vr INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
    ]
    let new = [
      "CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT, CHECK (id > 0))", "CREATE INDEX j ON a (t)",
      "CREATE VIEW v AS SELECT id FROM a",
    ]
    let plan = try provenPlan(old, new)
    for drop in ["DROP INDEX i", "DROP TRIGGER r", "DROP TRIGGER vr"] { #expect(plan.upSQL.contains(drop)) }
    #expect(!plan.upSQL.contains("DROP INDEX j"))
  }

  @Test func aRenameUnderStackedViewsMakesThemAnew() throws {
    func schema(_ column: String) -> [String] {
      [
        "CREATE TABLE a (id INTEGER PRIMARY KEY, \(column) TEXT)", "CREATE VIEW x AS SELECT \(column) FROM a",
        "CREATE VIEW y AS SELECT \(column) FROM x",
        "CREATE TRIGGER yr INSTEAD OF INSERT ON y BEGIN INSERT INTO a (\(column)) VALUES (new.\(column)); END",
        "CREATE VIEW other AS SELECT 1 AS one",
      ]
    }
    let choices = PlanChoices(renames: [.init(.column("v", of: "a"), to: "w")])
    let plan = try provenPlan(schema("v"), schema("w"), choices)
    #expect(plan.changes == ["column a.v renamed to w", "view x changed", "view y changed", "trigger yr changed"])
    #expect(!plan.allSQL.contains("other"))
    let dropped = try provenPlan(schema("v"), [schema("w")[0], schema("w")[1]], choices)
    #expect(dropped.changes.contains("view y dropped") && dropped.changes.contains("trigger yr dropped"))
  }

  @Test(arguments: [
    ("CREATE VIRTUAL TABLE f USING fts5(t)", "CREATE VIRTUAL TABLE f USING fts5(t, prefix='2')"),
    (
      "CREATE VIRTUAL TABLE f USING fts5(t, content='a')",
      "CREATE VIRTUAL TABLE f USING fts5(t, content='a', prefix='2')"
    ),
    ("CREATE VIRTUAL TABLE f USING fts5(t, content='a')", "CREATE VIRTUAL TABLE f USING fts5(t)"),
  ]) func settingsOfAFullTextIndexStay(before: String, after: String) throws {
    let others = [
      "CREATE TABLE a (t TEXT)",
      "CREATE TRIGGER r AFTER INSERT ON a BEGIN INSERT INTO f (rowid, t) VALUES (new.rowid, new.t); END",
    ]
    let (old, new) = ([others[0], before, others[1]], [others[0], after, others[1]])
    let plan = try provenPlan(old, new)
    let database = try filledDatabase(
      old + ["INSERT INTO f (f, rank) VALUES ('rank', 'bm25(10.0)')", "INSERT INTO a VALUES ('some words')"])
    for statements in [plan.upSQL, plan.downSQL] {
      try database.take(statements)
      #expect(try database.values("SELECT v FROM f_config WHERE k = 'rank'") == [[.text("bm25(10.0)")]])
    }
  }
}

// What is asked, what is stated, and what is left alone.

import SQLCEngine
import SQLCMigrationCheck
import SQLCSchemaDiffSQLite
import SQLCTrialSQLite
import Testing

@Suite struct ChoiceTests {
  private let old = ["CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER)"]

  private func questions(_ new: [String], _ choices: PlanChoices = PlanChoices()) throws -> [RenameQuestion] {
    guard case .undecided(let questions) = try SQLiteSchemaPlanner().plan(from: old, to: new, choices) else {
      return []
    }
    return questions
  }

  @Test func aRenameIsAskedAndNeverGuessed() throws {
    let new = ["CREATE TABLE users (id INTEGER PRIMARY KEY, full_name TEXT, age INTEGER)"]
    #expect(try questions(new) == [RenameQuestion(.column("name", of: "users"), candidates: ["full_name"])])
    let renamed = try provenPlan(old, new, PlanChoices(renames: [.init(.column("NAME", of: "Users"), to: "full_name")]))
    #expect(renamed.upSQL == ["ALTER TABLE users RENAME COLUMN name TO full_name"])
    #expect(renamed.downSQL == ["ALTER TABLE users RENAME COLUMN full_name TO name"])
    let dropped = try provenPlan(old, new, PlanChoices(drops: [.column("name", of: "users")]))
    #expect(dropped.hazards == [PlanHazard(.droppedColumn("name"), of: "users")])
    #expect(dropped.upSQL == ["ALTER TABLE users ADD COLUMN full_name TEXT", "ALTER TABLE users DROP COLUMN name"])
  }

  @Test func tablesAreAskedToo() throws {
    let new = ["CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, age INTEGER)", "CREATE TABLE other (x)"]
    #expect(try questions(new) == [RenameQuestion(.table("users"), candidates: ["people"])])
    let both = PlanChoices(renames: [.init(.table("users"), to: "people")])
    #expect(try provenPlan(old, new, both).upSQL == ["ALTER TABLE users RENAME TO people", "CREATE TABLE other (x)"])
  }

  @Test func anotherTypeIsNoCandidate() throws {
    #expect(try questions(["CREATE TABLE users (id INTEGER PRIMARY KEY, photo BLOB, age INTEGER)"]).isEmpty)
  }

  @Test func whatARenameNamesMustBeThere() {
    let new = ["CREATE TABLE users (id INTEGER PRIMARY KEY, full_name TEXT, age INTEGER)"]
    for rename in [
      PlanChoices.Rename(.table("nobody"), to: "users"), .init(.column("nothing", of: "users"), to: "full_name"),
      .init(.column("name", of: "users"), to: "nothing"), .init(.column("name", of: "nobody"), to: "full_name"),
    ] {
      #expect(throws: SchemaPlanFailure.self) {
        try SQLiteSchemaPlanner().plan(from: old, to: new, PlanChoices(renames: [rename]))
      }
    }
  }

  @Test func theSameSchemaIsNoMigration() throws {
    let same = ["create table \"Users\" ( id integer primary key, -- the key\n  name text, age INTEGER )"]
    #expect(try SQLiteSchemaPlanner().plan(from: old, to: same, PlanChoices()) == .same)
  }

  @Test func aColumnWithoutAValueIsStatedOrFilled() throws {
    let new = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, slug TEXT NOT NULL)"
    let bare = try provenPlan(old, [new])
    #expect(bare.hazards == [PlanHazard(.notNull("slug"), of: "users")])
    #expect(try prove(bare, from: old, to: [new], on: SQLiteTrialEngine()).refused["users"] ?? 0 > 0)
    let given = PlanChoices(backfills: [.init(table: "users", column: "slug", expression: "lower(coalesce(name, id))")])
    #expect(try provenPlan(old, [new], given).hazards.isEmpty)
    let said =
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, slug TEXT NOT NULL -- sqlc:backfill slug = 'user-' || id\n)"
    let plan = try provenPlan(old, [said])
    #expect(plan.hazards.isEmpty)
    let database = try filledDatabase(old + ["INSERT INTO users (id) VALUES (3)"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT slug FROM users") == [[.text("user-3")]])
    // Where it is so already, the comment asks for nothing.
    #expect(try SQLiteSchemaPlanner().plan(from: [said], to: [said], PlanChoices()) == .same)
  }

  @Test func aDefaultStandsForNull() throws {
    let new = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'nobody', age INTEGER)"
    let plan = try provenPlan(old, [new])
    #expect(plan.hazards.isEmpty)
    let database = try filledDatabase(old + ["INSERT INTO users (id, name) VALUES (1, NULL), (2, 'x')"])
    try database.take(plan.upSQL)
    #expect(try database.values("SELECT name FROM users ORDER BY id") == [[.text("nobody")], [.text("x")]])
  }

  @Test func aCheckOfANewColumnAloneIsNoDanger() throws {
    for column in ["x TEXT CHECK (x <> '')", "x INTEGER NOT NULL DEFAULT 3 CHECK (x >= 0 AND x != 2)"] {
      let plan = try provenPlan(old, ["CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, \(column))"])
      #expect(plan.hazards.isEmpty)
      #expect(plan.upSQL == ["ALTER TABLE users ADD COLUMN \(column)"])
    }
    let wrong = try unprovenPlan(
      old, ["CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, x INTEGER DEFAULT 3 CHECK (x < 0))"])
    #expect(wrong.hazards == [PlanHazard(.newCheck("x < 0"), of: "users")])
  }

  @Test func whatNewRulesRefuseIsCounted() throws {
    let new = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER CHECK (age BETWEEN 1 AND 3))"
    let plan = try unprovenPlan(old, [new])
    #expect(plan.hazards == [PlanHazard(.newCheck("age BETWEEN 1 AND 3"), of: "users")])
    let proof = try prove(plan, from: old, to: [new], on: SQLiteTrialEngine())
    #expect(proof.failures == [])
    #expect(proof.refused["users"] ?? 0 > 0)
  }

  @Test func aPlanThatDoesNotHoldIsSeen() throws {
    let new = ["CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, CHECK (id > 0))"]
    let plan = try provenPlan(old, new)
    // Each of these is a way in which others have gone wrong.
    var lossy = plan
    lossy.up = plan.up.map { PlannedStatement($0.sql.replacing(" FROM users", with: " FROM users WHERE id % 2 = 0")) }
    var changed = plan
    changed.up = plan.up.map {
      PlannedStatement($0.sql.replacing("SELECT id, name, age", with: "SELECT id, coalesce(name, ''), age"))
    }
    var incomplete = plan
    incomplete.down = []
    for (name, wrong) in [("lossy", lossy), ("changed", changed), ("incomplete", incomplete)] {
      #expect(wrong != plan, "\(name)")
      #expect(try !prove(wrong, from: old, to: new, on: SQLiteTrialEngine()).failures.isEmpty, "\(name)")
    }
  }

  @Test func theSameQuestionGetsTheSameAnswer() throws {
    var generator = SchemaGenerator(seed: 4)
    let (from, to) = (generator.schema(), generator.schema())
    var choices = PlanChoices()
    for table in from.tables { choices.drops.append(.table(table.name)) }
    let plans = try (0..<5).map { _ in
      try SQLiteSchemaPlanner().plan(from: from.definitions, to: to.definitions, choices)
    }
    #expect(plans.allSatisfy { $0 == plans[0] })
  }
}

// What a stranger found wrong with migrations, each through the command line.

import Foundation
import Testing

@Suite struct MigrationFaultTests {
  private func files(_ project: MigratedProject) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: project.folder.appending(path: "schema").path).sorted()
  }

  /// What is written beside a folder that is not as its lock file says would make that right.
  @Test(arguments: ["edited", "late", "conflict", "gone"]) func nothingIsWrittenBesideALockFileThatIsWrong(
    fault: String
  ) throws {
    let project = try MigratedProject(versions: [1, 2, 4])
    defer { project.remove() }
    #expect(try project.tool("migrate", "lock").exit == 0)
    let rule: String
    switch fault {
    case "edited":
      try project.write("schema/001_t.sql", MigratedProject.migration(1).replacing("INTEGER", with: "TEXT"))
      rule = "changed-migration"
    case "late":
      try project.write("schema/003_t.sql", MigratedProject.migration(3))
      rule = "late-migration"
    case "conflict":
      let lock = try project.text("schema/migrations.lock")
      try project.write("schema/migrations.lock", "<<<<<<< HEAD\n\(lock)=======\n\(lock)>>>>>>> feature\n")
      rule = "unreadable-lock"
    default:
      try project.delete("schema/002_t.sql")
      rule = "missing-migration"
    }
    try project.write("wanted.sql", "CREATE TABLE t1 (id INTEGER);\n")
    let (before, lock) = (try files(project), try project.text("schema/migrations.lock"))
    for arguments in [
      ["new", "more"], ["diff", "less", "--to", "wanted.sql", "--allow-data-loss"], ["squash", "--up-to", "4"],
    ] {
      let refused = try run(["migrate"] + arguments, in: project.folder)
      #expect(refused.exit == 2 && refused.error.contains("migrations/\(rule)"), "\(arguments): \(refused)")
      #expect(try files(project) == before && project.text("schema/migrations.lock") == lock, "\(arguments)")
    }
  }

  /// A folder that numbers by time may have a file of another clock.
  @Test func theNextVersionIsLaterThanTheLast() throws {
    let project = try MigratedProject(versions: [])
    defer { project.remove() }
    try project.write("schema/20991231235959_t.sql", MigratedProject.migration(1))
    #expect(try project.tool("migrate", "lock").exit == 0)
    #expect(
      try project.tool("migrate", "new", "more").output
        == "wrote schema/20991231235960_more.sql\nwrote schema/migrations.lock\n")
  }

  @Test func whatTheConnectionRefusesIsChecked() throws {
    let project = try MigratedProject(versions: [1])
    defer { project.remove() }
    try project.write(
      "schema/002_t.sql", "-- +goose Up\nUPDATE t1 SET id = \"zz\";\n-- +goose Down\nSELECT 1;\n")
    let checked = try project.tool("migrate", "check")
    #expect(checked.exit == 1 && checked.error.contains("migrate/failing-up"), "\(checked)")
    #expect(try project.migrate("up").exit == 2)
  }

  @Test func repeatablesAreTakenAwayBeforeAStepIs() async throws {
    let project = try MigratedProject(versions: [])
    defer { project.remove() }
    try project.write("schema/V1__t.sql", "CREATE TABLE t (a INT);\nCREATE VIEW kept AS SELECT a FROM t;\n")
    try project.write("schema/U1__t.sql", "DROP VIEW kept;\nDROP TABLE t;\n")
    try project.write("schema/V2__b.sql", "ALTER TABLE t ADD COLUMN b INT;\n")
    try project.write("schema/U2__b.sql", "ALTER TABLE t DROP COLUMN b;\n")
    try project.write(
      "schema/R__views.sql",
      "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT b FROM t;\nCREATE TRIGGER IF NOT EXISTS r INSTEAD OF DELETE ON v BEGIN SELECT 1; END;\n"
        + "DROP VIEW IF EXISTS kept;\nCREATE VIEW kept AS SELECT a AS c FROM t;\n")
    #expect(try project.migrate("up").output == "3 applied, 0 reverted\n")
    #expect(try project.migrate("to", "2").output == "nothing to do\n")
    let down = try project.migrate("down")
    #expect(down.output == "0 applied, 2 reverted\n", "\(down.error)")
    #expect(down.error == "reverting R__views  R__views\nreverting 2  V2__b\n")
    #expect(try project.migrate("to", "2").output == "2 applied, 0 reverted\n")
    // One that has changed is there as it was.
    try project.write("schema/R__views.sql", "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT a, b FROM t;\n")
    #expect(try project.migrate("to", "1").output == "0 applied, 2 reverted\n")
    #expect(try project.migrate("to", "0").output == "0 applied, 1 reverted\n")
    #expect(try project.migrate("up").output == "3 applied, 0 reverted\n")
    #expect(try project.tool("schema", "verify", "--database", "app.db").exit == 0)
  }

  @Test func diffLeavesToRepeatablesWhatIsTheirs() throws {
    let project = try MigratedProject(versions: [])
    defer { project.remove() }
    try project.write("schema/V1__t.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\n")
    try project.write("schema/U1__t.sql", "DROP TABLE t;\n")
    let view = "CREATE VIEW v AS SELECT a FROM t;\n"
    try project.write("schema/R__views.sql", "DROP VIEW IF EXISTS v;\n\(view)")
    let table = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);\n"
    for wanted in [table, table + view] {
      try project.write("wanted.sql", wanted)
      let same = try project.tool("migrate", "diff", "x", "--to", "wanted.sql")
      #expect(same.exit == 0 && same.output == "the migrations make the wanted schema\n", "\(same)")
    }
    try project.write("wanted.sql", table + "CREATE VIEW v AS SELECT id FROM t;\n")
    let other = try project.tool("migrate", "diff", "x", "--to", "wanted.sql")
    #expect(other.exit == 1 && other.error.contains("view v"), "\(other)")
    // A table under it is built anew, and holds where the view is there and where it is not yet.
    #expect(try project.migrate("up").exit == 0)
    try project.write("wanted.sql", table.replacing("a TEXT", with: "a TEXT DEFAULT 'x'"))
    let rebuilt = try project.tool("migrate", "diff", "x", "--to", "wanted.sql")
    #expect(rebuilt.exit == 0, "\(rebuilt.error)")
    #expect(try !project.text("schema/V2__x.sql").contains("VIEW v"))
    for database in ["app.db", "new.db"] {
      #expect(try project.migrate("up", on: database).exit == 0)
      #expect(try project.tool("schema", "verify", "--database", database).exit == 0)
    }
    // The repeatable one is ahead of the steps.
    try project.write("schema/R__views.sql", "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT b FROM t;\n")
    try project.write("wanted.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT DEFAULT 'x');\n")
    let ahead = try project.tool("migrate", "diff", "y", "--to", "wanted.sql", "--rename", "t.a=b")
    #expect(ahead.exit == 0, "\(ahead.error)")
    for database in ["app.db", "newer.db"] {
      let up = try project.migrate("up", on: database)
      #expect(up.exit == 0, "\(up)")
      #expect(try project.tool("schema", "verify", "--database", database).exit == 0)
    }
    // One that is not right over the wanted schema is shown.
    try project.write("wanted.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT DEFAULT 'x');\n")
    let wrong = try project.tool("migrate", "diff", "z", "--to", "wanted.sql", "--rename", "t.b=c")
    #expect(wrong.exit == 2 && wrong.error.contains("schema/R__views.sql: error: view 'v' cannot be read"), "\(wrong)")
  }

  @Test func rowsOfAWantedSchemaAreSaidToBeLeftOut() throws {
    let project = try MigratedProject(versions: [1])
    defer { project.remove() }
    try project.write(
      "wanted.sql",
      "CREATE TABLE t1 (id INTEGER);\nCREATE TABLE t2 (id INTEGER);\nINSERT INTO t2 VALUES (1);\nINSERT INTO t2 VALUES (2);\n"
    )
    let written = try project.tool("migrate", "diff", "x", "--to", "wanted.sql")
    #expect(written.output.contains("left out: 2 statements of wanted.sql that write rows"), "\(written)")
    let again = try project.tool("migrate", "diff", "x", "--to", "wanted.sql")
    #expect(again.exit == 0 && again.error.contains("left out: 2 statements"))
  }

  @Test(arguments: [
    ["CREATE TABLE schema_migrations (version uint64, dirty bool)"],
    ["CREATE TABLE schema_migrations (version varchar(128) primary key)"],
    ["CREATE TABLE gorp_migrations (id varchar(255) primary key, applied_at datetime)"],
    ["CREATE TABLE schema_version (version int4)", "INSERT INTO schema_version VALUES (0)"],
    [
      "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP)",
      "INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1)",
    ],
  ]) func anEmptyTableOfAnotherToolIsNoDeadEnd(table: [String]) async throws {
    let project = try MigratedProject()
    defer { project.remove() }
    try await project.database(["CREATE TABLE t1 (id INTEGER)", "CREATE TABLE t2 (id INTEGER)"] + table)
    let up = try project.migrate("up")
    #expect(up.exit == 2 && up.error.contains("migrate baseline VERSION"), "\(up)")
    #expect(try project.migrate("baseline").error.contains("name the version"))
    let adopted = try project.migrate("baseline", "2")
    #expect(adopted.exit == 0 && adopted.output.hasSuffix("2 recorded as applied, none was run\n"), "\(adopted)")
    #expect(try project.migrate("up").output == "1 applied, 0 reverted\n")
    #expect(try project.migrate("down").output == "0 applied, 1 reverted\n")
  }

  @Test func aRefusedBaselineChangesNothing() async throws {
    let project = try MigratedProject()
    defer { project.remove() }
    let file = project.folder.appending(path: "app.db")
    // A database without a write-ahead log.
    try await project.database(
      ["CREATE TABLE t1 (id INTEGER)", "CREATE TABLE other (x)", "VACUUM INTO '\(file.path)'"], at: "made.db")
    let before = try Data(contentsOf: file)
    // Bytes 18 and 19: the format's versions, 1 without a log (fileformat2.html §1.3.3).
    try #require(before[18] == 1 && before[19] == 1)
    #expect(try project.migrate("baseline", "1").exit == 2)
    #expect(try Data(contentsOf: file) == before)
    // One with a log has none left beside it.
    for arguments in [["baseline", "1"], ["status"]] {
      for database in ["app.db", "made.db"] {
        _ = try run(["migrate"] + arguments + ["--database", database], in: project.folder)
      }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: project.folder.path).filter { $0.contains(".db") }
    #expect(left.sorted() == ["app.db", "made.db"])
  }

  @Test func aSnapshotKeepsWhatTheFileAndItsIndexesKeep() throws {
    let project = try MigratedProject(versions: [1])
    defer { project.remove() }
    try project.write(
      "schema/002_t.sql",
      """
      -- +goose Up
      CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);
      INSERT INTO notes VALUES (1, 'one'), (2, 'two'), (3, 'three');
      CREATE VIRTUAL TABLE some USING fts5(body, content='notes', content_rowid='id');
      INSERT INTO some (rowid, body) VALUES (1, 'one'), (3, 'three');
      INSERT INTO some (some, rank) VALUES ('rank', 'bm25(10.0)');
      CREATE VIRTUAL TABLE none USING fts5(body, content='notes', content_rowid='id');
      CREATE VIRTUAL TABLE own USING fts5(body, tokenize='porter');
      INSERT INTO own (own, rank) VALUES ('automerge', 7);
      INSERT INTO own VALUES ('running');
      PRAGMA user_version = 5;
      -- +goose Down
      PRAGMA user_version = 0;
      DROP TABLE own;
      DROP TABLE none;
      DROP TABLE some;
      DROP TABLE notes;

      """)
    let written = try project.tool("migrate", "squash", "--up-to", "2")
    #expect(written.exit == 0, "\(written)")
    let text = try project.text("schema/002_snapshot.sql")
    #expect(text.contains("WHERE rowid IN (1, 3)") && text.contains("'bm25(10.0)'") && text.contains("'automerge', 7"))
    #expect(!text.contains("INSERT INTO none"))
    #expect(text.components(separatedBy: "-- +goose Down").last?.contains("PRAGMA user_version = 0") == true)
    let checked = try project.tool("migrate", "check")
    #expect(checked.exit == 0, "\(checked.error)")
    // An index of words that are nowhere cannot be written down.
    let stale = try MigratedProject(versions: [1])
    defer { stale.remove() }
    try stale.write(
      "schema/002_t.sql",
      "-- +goose Up\nCREATE TABLE n (b TEXT);\nINSERT INTO n VALUES ('now');\nCREATE VIRTUAL TABLE f USING fts5(b, content='n');\n"
        + "INSERT INTO f (rowid, b) VALUES (1, 'then');\n-- +goose Down\nDROP TABLE f;\nDROP TABLE n;\n")
    let refused = try stale.tool("migrate", "squash", "--up-to", "2")
    #expect(refused.exit == 1 && refused.error.contains("another index"), "\(refused)")
    #expect(try files(stale) == ["001_t.sql", "002_t.sql"])
  }
}

// Order, baselines, snapshots and repeatable migrations, from outside.

import Foundation
import Testing

@Suite struct MigrationOrderCommandTests {
  @Test func outOfOrder() throws {
    let project = try MigratedProject(versions: [1, 3])
    defer { project.remove() }
    #expect(try project.migrate("up").output == "2 applied, 0 reverted\n")
    try project.write("schema/002_t.sql", MigratedProject.migration(2))
    for arguments in ["up", "to"] {
      let refused =
        arguments == "up" ? try project.migrate("up") : try project.migrate("to", "3")
      #expect(
        refused.exit == 2 && refused.error.contains("migration 2 (002_t) is not applied, and the later version 3 is"))
    }
    #expect(try project.migrate("status").output.contains("pending  2  002_t"))
    #expect(try project.migrate("up", "--allow-out-of-order", "--dry-run").output.hasPrefix("1 would be applied"))
    try project.write("schema/002_t.sql", "-- sqlc:out-of-order\n" + MigratedProject.migration(2))
    #expect(try project.migrate("up").output == "1 applied, 0 reverted\n")
  }

  @Test(arguments: [
    (
      "goose's table has 1, 2; 3 taken back\n",
      [
        "CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP)",
        "INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1), (3, 1), (3, 0)",
      ]
    ),
    (
      "golang-migrate's table is at version 2\n",
      ["CREATE TABLE schema_migrations (version uint64, dirty bool)", "INSERT INTO schema_migrations VALUES (2, 0)"]
    ),
    (
      "dbmate's table has 001, 002\n",
      [
        "CREATE TABLE schema_migrations (version varchar(128) primary key)",
        "INSERT INTO schema_migrations VALUES ('001'), ('002')",
      ]
    ),
    (
      "sql-migrate's table has 001_t.sql, 002_t.sql\n",
      [
        "CREATE TABLE gorp_migrations (id varchar(255) primary key, applied_at datetime)",
        "INSERT INTO gorp_migrations VALUES ('001_t.sql', 'now'), ('002_t.sql', 'now')",
      ]
    ),
    (
      "tern's table is at version 2\n",
      ["CREATE TABLE schema_version (version int4)", "INSERT INTO schema_version VALUES (2)"]
    ),
    ("", []),
  ]) func baseline(found: String, table: [String]) async throws {
    let project = try MigratedProject()
    defer { project.remove() }
    try await project.database(["CREATE TABLE t1 (id INTEGER)", "CREATE TABLE t2 (id INTEGER)"] + table)
    let other = try project.migrate("baseline", "3")
    #expect(other.exit == 2 && !other.error.contains("recorded"))
    let unsaid = try project.migrate("baseline")
    if table.isEmpty {
      #expect(unsaid.exit == 2 && unsaid.error.contains("name the version"))
      #expect(try project.migrate("baseline", "2").exit == 0)
    } else {
      #expect(
        unsaid.output == found + "the schema is that of version 2\n2 recorded as applied, none was run\n",
        "\(unsaid.error)")
    }
    #expect(try project.migrate("baseline", "2").error.contains("recorded as applied already"))
    #expect(try project.migrate("up").output == "1 applied, 0 reverted\n")
    #expect(try project.tool("schema", "verify", "--database", "app.db").exit == 0)
  }

  @Test func aDirtyVersionIsNamedAndCleared() async throws {
    let project = try MigratedProject()
    defer { project.remove() }
    try await project.database([
      "CREATE TABLE t1 (id INTEGER)", "CREATE TABLE schema_migrations (version uint64, dirty bool)",
      "INSERT INTO schema_migrations VALUES (2, 1)",
    ])
    for command in ["up", "status", "baseline"] {
      let refused = try project.migrate(command)
      #expect(refused.exit == 2 && refused.error.contains("golang-migrate left version 2 marked as dirty"))
    }
    #expect(try project.migrate("baseline", "2").error.contains("missing: table t2"))
    #expect(
      try project.migrate("baseline", "1").output
        == "golang-migrate's table has no version; 2 is marked as dirty\nthe schema is that of version 1\n1 recorded as applied, none was run\n"
    )
    #expect(try project.migrate("up").output == "2 applied, 0 reverted\n")
  }

  @Test func squash() throws {
    let project = try MigratedProject()
    defer { project.remove() }
    try project.write(
      "schema/002_t.sql",
      "-- +goose Up\nCREATE TABLE t2 (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);\nINSERT INTO t2 (name) VALUES ('a;b'), ('c');\nDELETE FROM t2 WHERE id = 2;\nALTER TABLE t1 ADD COLUMN b TEXT;\n-- +goose Down\nDROP TABLE t2;\nALTER TABLE t1 DROP COLUMN b;\n"
    )
    #expect(try project.tool("migrate", "lock").exit == 0)
    for (database, version) in [("before.db", "1"), ("at.db", "2"), ("beyond.db", "3")] {
      #expect(try project.migrate("to", version, on: database).exit == 0)
    }
    #expect(try project.tool("migrate", "squash", "--up-to", "9").exit == 2)
    let shown = try project.tool("migrate", "squash", "--up-to", "2", "--dry-run")
    #expect(shown.output.contains("-- sqlc:squashes 1 ") && shown.error.contains("t2: 1 rows"))
    let written = try project.tool("migrate", "squash", "--up-to", "2", "All there is")
    #expect(
      written.output.hasSuffix(
        "removed 2 migrations\nwrote schema/002_all_there_is.sql\nwrote schema/migrations.lock\n"), "\(written)")
    let files = try FileManager.default.contentsOfDirectory(atPath: project.folder.appending(path: "schema").path)
    #expect(files.sorted() == ["002_all_there_is.sql", "003_t.sql", "migrations.lock"])
    let checked = try project.tool("migrate", "check")
    #expect(checked.exit == 0 && checked.output.contains("2 is a snapshot of 2 migrations"), "\(checked.error)")

    #expect(try project.migrate("up", on: "new.db").output == "2 applied, 0 reverted\n")
    #expect(try project.migrate("up", on: "at.db").output == "1 applied, 0 reverted\n")
    #expect(try project.migrate("up", on: "beyond.db").output == "nothing to do\n")
    for database in ["new.db", "at.db", "beyond.db"] {
      #expect(try project.tool("schema", "verify", "--database", database).exit == 0)
      #expect(try project.migrate("status", on: database).output.hasSuffix("2 applied, 0 pending\n"))
    }
    let refused = try project.migrate("up", on: "before.db")
    #expect(refused.exit == 2 && refused.error.contains("it has 1 of the migrations in it, and lacks 2"))
    #expect(
      try project.migrate("status", on: "before.db").output.hasPrefix("before   2  002_all_there_is  (a snapshot"))
    #expect(try project.migrate("to", "1", on: "beyond.db").error.contains("part of the snapshot 2"))

    // A branch from before brings back what is in it, or adds one before it.
    try project.write("schema/001_t.sql", MigratedProject.migration(1))
    let back = try project.tool("migrate", "check")
    #expect(back.exit == 2 && back.error.contains("version 1 is part of the snapshot 2"))
    try project.delete("schema/001_t.sql")
    try project.write("schema/001.5_late.sql", MigratedProject.migration(9))
    #expect(try project.tool("check").error.contains("version 1.5 would come before the snapshot 2"))
  }

  @Test func repeatable() throws {
    let project = try MigratedProject(versions: [])
    defer { project.remove() }
    try project.write("schema/V1__t.sql", "CREATE TABLE t (a INT, b INT);\n")
    func view(_ columns: String) throws {
      try project.write(
        "schema/R__views.sql", "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT \(columns) FROM t;\n")
    }
    try view("a")
    #expect(try project.migrate("up").output == "2 applied, 0 reverted\n")
    #expect(try project.migrate("up").output == "nothing to do\n")
    // A later step comes before it and leaves it alone; a change of its own applies it again.
    try project.write("schema/V2__u.sql", "CREATE TABLE u (a INT);\n")
    #expect(try project.migrate("up").error == "applying 2  V2__u\n")
    try view("a, b")
    #expect(try project.migrate("status").output.contains("edited   R__views"))
    #expect(try project.migrate("up").error == "applying R__views  R__views\n")
    #expect(try project.tool("schema", "verify", "--database", "app.db").exit == 0)
    #expect(try project.tool("migrate", "check").exit == 0)
    // It is no step: a lock file does not hold it.
    #expect(try project.tool("migrate", "lock").output.hasSuffix("2 migrations\n"))
    try view("b")
    #expect(try project.tool("migrate", "check").exit == 0)
  }
}

// What `scaffold` writes is checked, vetted and exercised like any query that somebody wrote.

import Foundation
import SQLCAnalysis
import SQLCDriver
import SQLCEngine
import Testing

@Suite struct ScaffoldTests {
  /// Keys of every kind, names that need quotes, tenants, rows that are marked as deleted.
  static let schema = """
    CREATE TABLE tenants (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE projects (
      id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL REFERENCES tenants (id), name TEXT NOT NULL,
      parent_id INTEGER REFERENCES projects (id), note TEXT, is_open BOOLEAN NOT NULL DEFAULT TRUE,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
      deleted_at DATETIME, UNIQUE (tenant_id, name)
    );
    CREATE TABLE members (
      tenant_id INTEGER NOT NULL REFERENCES tenants (id), project_id INTEGER NOT NULL REFERENCES projects (id),
      role TEXT NOT NULL CHECK (role IN ('guest', 'owner')), PRIMARY KEY (tenant_id, project_id)
    ) WITHOUT ROWID;
    CREATE TABLE words (word TEXT NOT NULL PRIMARY KEY, weight REAL, shape TEXT AS (lower(word)) STORED);
    CREATE TABLE "order" ("key" INTEGER PRIMARY KEY, "group" TEXT NOT NULL, "two words" TEXT, "Big" BLOB UNIQUE);
    CREATE TABLE events (kind TEXT NOT NULL, at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);
    CREATE TABLE marks (id INTEGER PRIMARY KEY);
    CREATE TABLE codes (code UUID NOT NULL PRIMARY KEY, gone INTEGER, changed_at DATETIME);
    CREATE VIEW open_projects AS SELECT id, name FROM projects WHERE is_open;
    """
  static let tables = ["tenants", "projects", "members", "words", "order", "events", "marks", "codes"]
  static let vet = """

    vet:
      packs: [isolation]
      tenant: {column: tenant_id, shared: [tenants, words, order, events, marks, codes]}
      soft_delete: {column: deleted_at, tables: {codes: gone}, shared: [tenants, members, words, order, events, marks]}
    """

  private func disk(vet: String = "") -> MemoryFileSystem {
    project([
      "schema/001_agents.sql": Self.schema,
      "queries/agents.sql": "-- name: CountTenants :one\nSELECT count(*) FROM tenants;\n",
      "sqlc-swift.yaml": configuration + vet,
    ])
  }

  @Test(arguments: ["", vet]) func whatIsWrittenIsSound(vet: String) throws {
    let disk = self.disk(vet: vet)
    let written = try scaffold(context(disk), tables: Self.tables, to: .folder)
    #expect(written.exit == .success, "\(written.standardError)")
    #expect(written.standardOutput.contains("wrote queries/projects.sql"))
    #expect(written.standardError.contains("left out, since there are queries of that name: CountTenants"))
    let checked = try check(context(disk))
    #expect(checked.exit == .success && !checked.standardError.contains("warning:"), "\(checked.standardError)")
    let exercised = try exercise(context(disk), effort: ExerciseEffort(rounds: 1, seconds: 20))
    #expect(exercised.standardOutput.contains("0 wrong claims, 0 queries never ran"), "\(exercised.standardOutput)")
    #expect(try generate(context(disk)).exit == .success)
  }

  /// Tables of random columns, keys and references.
  @Test(arguments: 0..<10) func randomTablesAreSound(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &* 613 &+ 5)
    func pick(_ list: [String]) -> String { list[Int(random.next() % UInt64(list.count))] }
    func chance(_ percent: UInt64) -> Bool { random.next() % 100 < percent }
    var schema = "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
    for table in ["things", "odd things"] {
      let composite = chance(30)
      var columns =
        composite
        ? ["left_id INTEGER NOT NULL", "\"right\" TEXT NOT NULL"]
        : [pick(["id INTEGER PRIMARY KEY", "id UUID NOT NULL PRIMARY KEY", "code TEXT NOT NULL PRIMARY KEY"])]
      for index in 0..<(1 + Int(random.next() % 5)) {
        let type = pick(["TEXT", "INTEGER", "REAL", "BLOB", "BOOLEAN", "DATETIME", "DATE", "DECIMAL(9,2)", "JSON"])
        columns.append(
          "\(pick(["c", "\"two words", "\"group"]))\(index)".withClosedQuote + " \(type)"
            + (chance(50) ? " NOT NULL" : "") + (chance(20) ? " UNIQUE" : ""))
      }
      if chance(60) { columns.append("parent_id INTEGER\(chance(50) ? " NOT NULL" : "") REFERENCES parents (id)") }
      if chance(40) { columns.append("updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP") }
      if composite { columns.append("PRIMARY KEY (left_id, \"right\")") }
      schema += "CREATE TABLE \"\(table)\" (\(columns.joined(separator: ", ")))\(composite ? " WITHOUT ROWID" : "");\n"
    }
    let disk = project([
      "schema/001_agents.sql": schema,
      "queries/agents.sql": "-- name: CountParents :one\nSELECT count(*) FROM parents;\n",
      "sqlc-swift.yaml": configuration,
    ])
    let written = try scaffold(context(disk), tables: ["things", "odd things"], to: .folder)
    #expect(written.exit == .success, "\(written.standardError)\n\(schema)")
    let checked = try check(context(disk))
    #expect(
      checked.exit == .success && !checked.standardError.contains("warning:"), "\(checked.standardError)\n\(schema)")
    let exercised = try exercise(context(disk), effort: ExerciseEffort(rounds: 1, seconds: 20))
    #expect(
      exercised.standardOutput.contains("0 wrong claims, 0 queries never ran"),
      "\(exercised.standardOutput)\n\(exercised.standardError)\n\(schema)")
  }

  /// A table's name leads to no other folder.
  @Test(arguments: [("../../escape", "_.._.._escape"), ("/root", "_root"), ("a/b", "a_b"), (".hidden", "_.hidden")])
  func filesStayInTheFolder(table: String, file: String) throws {
    let disk = project(["schema/001_agents.sql": "CREATE TABLE \"\(table)\" (id INTEGER PRIMARY KEY);\n"])
    let written = try scaffold(context(disk), tables: [table], to: .folder)
    #expect(written.standardOutput == "wrote queries/\(file).sql\n", "\(written.standardError)")
  }

  /// A quote that a combining mark follows is another character to Swift, and a quote to SQL.
  @Test func quotesBesideCombiningMarksAreDoubled() throws {
    let name = "a\"\u{301}; b"
    let disk = project([
      "schema/001_agents.sql": "CREATE TABLE \"a\"\"\u{301}; b\" (id INTEGER PRIMARY KEY, \"c\"\"\u{301}\" TEXT);\n"
    ])
    let written = try scaffold(context(disk), tables: [name], to: .file("queries/a.sql"))
    #expect(written.exit == .success, "\(written.standardError)")
    // The file that the project has already names a table that this schema has not.
    let checked = try check(context(disk)).standardError
    #expect(checked.contains("queries/agents.sql:2:15: error: no table 'agents'"))
    #expect(!checked.contains("queries/a.sql:"), "\(checked)")
  }

  @Test func tenantsAndDeletedRowsAreHonoured() throws {
    let disk = self.disk(vet: Self.vet)
    #expect(try scaffold(context(disk), tables: ["projects", "codes"], to: .folder).exit == .success)
    let outcome = try SQLCDriver.vet(context(disk), VetRequest())
    // Whose a parent is, is for the user to prove: no other rule has anything to say.
    for line in outcome.standardError.split(separator: "\n") where line.contains("= help: ") {
      #expect(line.contains("isolation/foreign-parent"), "\(outcome.standardError)")
    }
    let text = try scaffold(context(self.disk(vet: Self.vet)), tables: ["projects"], to: .standardOutput).standardOutput
    #expect(text.contains("UPDATE projects\nSET deleted_at = CURRENT_TIMESTAMP\nWHERE id = @id"))
    #expect(text.contains("AND tenant_id = @tenant_id\n  AND deleted_at IS NULL"))
    #expect(text.contains("-- name: ListProjectsByParentID :many") && !text.contains("ListProjectsByTenantID"))
    #expect(text.contains("-- name: GetProjectByTenantIDAndName :one"))
    #expect(
      text.contains(
        "SET sqlc.patch(name = @name, parent_id = @parent_id, note = @note, is_open = @is_open), updated_at = CURRENT_TIMESTAMP"
      ))
    #expect(text.contains("INSERT INTO projects (tenant_id, name, parent_id, note)"))
    // Without the configuration neither is guarded.
    let plain = try scaffold(context(self.disk()), tables: ["projects"], to: .standardOutput).standardOutput
    #expect(plain.contains("DELETE FROM projects\nWHERE id = @id;") && plain.contains("ListProjectsByTenantID"))
  }

  @Test func nothingIsOverwritten() throws {
    let disk = self.disk()
    let again = try scaffold(context(disk), tables: ["agents"], to: .folder)
    #expect(again.exit == .failure && again.standardError.contains("there is no table 'agents'"))
    #expect(try scaffold(context(disk), tables: ["words"], to: .folder).exit == .success)
    let twice = try scaffold(context(disk), tables: ["words"], to: .folder)
    #expect(twice.exit == .success && twice.standardError.contains("CreateWord"))
    let view = try scaffold(context(disk), tables: ["open_projects"], to: .folder)
    #expect(view.exit == .failure && view.standardError.contains("is no table"))
    let near = try scaffold(context(disk), tables: ["project"], to: .folder)
    #expect(near.standardError.contains("did you mean 'projects'?"))
    // The first queries of a project.
    let bare = project(["schema/001_agents.sql": Self.schema, "queries/agents.sql": nil])
    #expect(try scaffold(context(bare), tables: ["words"], to: .folder).standardOutput == "wrote queries/words.sql\n")
    let broken = project(["schema/001_agents.sql": "CREATE TABLE t (a INT, a INT);"])
    #expect(try scaffold(context(broken), tables: ["t"], to: .folder).exit == .failure)
    let elsewhere = try scaffold(context(disk), tables: ["marks", "events"], to: .file("queries/others.sql"))
    #expect(elsewhere.standardOutput == "wrote queries/others.sql\n")
    let taken = try scaffold(context(disk), tables: ["codes"], to: .file("queries/others.sql"))
    #expect(taken.exit == .failure && taken.standardError.contains("exists, and is yours"))
  }
}

extension String {
  /// A name that begins with a quote ends with one.
  fileprivate var withClosedQuote: String { hasPrefix("\"") ? self + "\"" : self }
}

// Which queries an edit of an SQLite schema analyses again; that what is kept is right is for `RandomEditTests` to show.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCModel
import Testing

/// A schema whose objects depend on each other in the ways that SQLite has.
enum RelatedSchema {
  static let configuration = """
    version: "2"
    sql: [{ engine: sqlite, schema: schema.sql, queries: queries.sql, gen: { swift: { out: Out } } }]
    """
  static let schema = """
    CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE people (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id) ON DELETE CASCADE, nick TEXT);
    CREATE TABLE tasks (
      id INTEGER PRIMARY KEY,
      owner INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      due TEXT
    );
    CREATE TABLE log (id INTEGER PRIMARY KEY, line TEXT NOT NULL);
    CREATE TABLE apart (id INTEGER PRIMARY KEY, note TEXT);
    CREATE UNIQUE INDEX tasks_title ON tasks (title);
    CREATE VIEW open AS SELECT id, title, owner FROM tasks WHERE due IS NULL;
    CREATE VIEW named AS SELECT o.title, p.nick FROM open o LEFT JOIN people p ON p.id = o.owner;
    CREATE TRIGGER tasks_log AFTER INSERT ON tasks BEGIN INSERT INTO log (line) VALUES (NEW.title); END;
    CREATE VIRTUAL TABLE pages USING fts5(body);
    ALTER TABLE apart ADD COLUMN extra TEXT;
    """
  static let queries = """
    -- name: Teams :many
    SELECT * FROM teams;
    -- name: Person :one
    SELECT nick, team_id FROM people WHERE id = @id;
    -- name: Task :one
    SELECT due FROM tasks WHERE title = @title;
    -- name: Named :many
    SELECT title, nick FROM named;
    -- name: AddTask :exec
    INSERT INTO tasks (owner, title) VALUES (@owner, @title);
    -- name: DropTeam :execrows
    DELETE FROM teams WHERE id = @id;
    -- name: Apart :many
    SELECT note, extra FROM apart;
    -- name: SetApart :exec
    UPDATE apart SET note = @note WHERE id = @id;
    -- name: Pages :many
    SELECT body FROM pages WHERE pages MATCH @words;
    -- name: Stored :many
    SELECT c0 FROM pages_content;
    -- name: Parts :many
    SELECT name FROM sqlite_schema;
    -- name: Nothing :one
    SELECT 1 AS one;
    """

  static func workspace() -> Workspace {
    Workspace(
      at: ProjectLocation(workingDirectory: "/p"),
      files: MemoryFiles([
        "/p/sqlc-swift.yaml": configuration, "/p/schema.sql": schema, "/p/queries.sql": queries,
      ]), engines: .standard)
  }
}

@Suite struct SchemaEditTests {

  /// The queries that are analysed again, told by what does not stay the same object.
  private func analyzed(_ old: String, _ new: String) throws -> Int {
    let workspace = RelatedSchema.workspace()
    let before = try workspace.snapshot()
    #expect(before.diagnostics.filter { $0.severity == .error }.isEmpty, "\(before.diagnostics.map(\.message))")
    let text = RelatedSchema.schema.replacing(old, with: new)
    #expect(text != RelatedSchema.schema)
    workspace.setText(text, of: FileID("/p/schema.sql"))
    let after = try workspace.snapshot()
    let fresh = RelatedSchema.workspace()
    fresh.setText(text, of: FileID("/p/schema.sql"))
    let expected = try fresh.snapshot()
    #expect(after.blocks[0].model.queries == expected.blocks[0].model.queries)
    #expect(after.diagnostics.sortedAndUnique() == expected.diagnostics.sortedAndUnique())
    #expect(after.work.schemasLoaded == 2)
    return after.work.queriesAnalyzed - before.work.queriesAnalyzed
  }

  @Test(arguments: [
    // Nothing but places.
    ("CREATE TABLE teams", "-- Teams.\n\nCREATE TABLE teams", 0),
    ("  due TEXT\n", "  /* when */ due TEXT\n", 0),
    // Parts, and who names the table: Apart, SetApart.
    ("note TEXT", "note TEXT NOT NULL DEFAULT ''", 3),
    ("extra TEXT", "extra INTEGER", 3),
    // Parts, Task, AddTask; Named through two views; DropTeam, which cascades into it.
    ("due TEXT", "due INTEGER", 5),
    ("CREATE UNIQUE INDEX", "CREATE INDEX", 5),
    // Parts, Person, Named, DropTeam; AddTask, whose foreign key it is.
    ("nick TEXT", "nick TEXT NOT NULL", 5),
    // Parts, Named.
    ("due IS NULL", "due IS NOT NULL", 2),
    // Parts; AddTask, whose trigger writes there, and DropTeam, which reaches that table.
    ("line TEXT NOT NULL", "line TEXT", 3),
    ("VALUES (NEW.title)", "VALUES (NEW.due)", 3),
    // Parts, Pages and what the table keeps for itself.
    ("fts5(body)", "fts5(body, title)", 3),
    // Parts, and none that could name it.
    ("ALTER TABLE", "CREATE TABLE more (id);\nALTER TABLE", 1),
    // Parts, and one that is now something else.
    ("CREATE VIEW open", "CREATE TABLE one (id);\nCREATE VIEW open", 2),
    // What a setting is good for is not known.
    ("ALTER TABLE", "PRAGMA foreign_keys = on;\nALTER TABLE", 12),
    // A schema with an error leaves nothing known.
    ("REFERENCES people (id)", "REFERENCES people (nick)", 12),
  ]) func analysesWhatDependsOnTheEdit(_ old: String, _ new: String, _ count: Int) throws {
    #expect(try analyzed(old, new) == count)
  }
}

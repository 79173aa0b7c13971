// A schema that is read again and again is the schema that is there.

import SQLCSQLiteHandle
import Testing

@Suite struct SchemaReaderTests {
  /// Each of them on what those before it have made.
  private let steps = [
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x', b INT CHECK (b > 0), UNIQUE (a, b))",
    "CREATE TABLE child (t INT REFERENCES t, c TEXT GENERATED ALWAYS AS (t || '!') STORED)",
    "CREATE INDEX t_a ON t (a DESC) WHERE b IS NOT NULL", "CREATE INDEX t_f ON t (lower(a))",
    "CREATE VIEW v AS SELECT a FROM t", "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
    "ALTER TABLE t ADD c REAL", "ALTER TABLE t RENAME a TO \"the name\"", "ALTER TABLE child RENAME TO \"a \"\"child\"",
    "INSERT INTO t VALUES (1, 'x', 1, 1)", "CREATE TABLE s (k TEXT PRIMARY KEY) WITHOUT ROWID, STRICT",
    // An index says nothing of its columns' collation: the table does.
    "CREATE TABLE w (a TEXT)", "CREATE INDEX w_a ON w (a)",
    "DROP TABLE w; CREATE TABLE w (a TEXT COLLATE NOCASE); CREATE INDEX w_a ON w (a)",
    "BEGIN; DROP TABLE s; ROLLBACK", "BEGIN; DROP TABLE s; COMMIT", "CREATE TABLE docs_data (a)",
    "DROP TABLE docs_data",
    "CREATE VIRTUAL TABLE docs USING fts5(body)", "CREATE TABLE z (a)", "DROP TABLE docs", "DROP VIEW v",
    "DROP TRIGGER g; DROP INDEX t_a", "CREATE TABLE sqlc_schema_migrations (version TEXT)", "VACUUM",
    "CREATE INDEX \"UPPER\" ON t (b)", "ALTER TABLE t DROP c", "DROP TABLE \"a \"\"child\"; DROP TABLE t",
  ]

  @Test func stepByStep() throws {
    let database = try open()
    var reader = SchemaReader()
    var state = SchemaReader.State()
    var seen: Set<SchemaSnapshot> = []
    for step in steps {
      try database.execute(step)
      let found = try reader.read(database, since: &state)
      #expect(found == (try SchemaSnapshot(of: database)), "\(step)")
      seen.insert(found)
      #expect(try reader.read(database, since: &state) == found)
    }
    // Rows, an own table, a rollback and VACUUM change nothing; one table comes back as it was.
    #expect(seen.count == steps.count - 5)
  }

  /// What is known from one database is right for another.
  @Test func ofTwoDatabases() throws {
    let databases = [try open(), try open()]
    var reader = SchemaReader()
    var states = [SchemaReader.State(), SchemaReader.State()]
    for (index, step) in steps.enumerated() {
      for place in [index % 2, 1 - index % 2] {
        try databases[place].execute(step)
        #expect(try reader.read(databases[place], since: &states[place]) == SchemaSnapshot(of: databases[place]))
      }
    }
  }

  @Test func whatChangedIsTold() throws {
    let database = try open()
    var table = DefinitionTable()
    #expect(try table.update(from: database).isEmpty)
    try database.execute("CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x); CREATE INDEX i ON b (x)")
    #expect(try table.update(from: database).added.map(\.name) == ["a", "b", "c", "i"])
    try database.execute("DROP TABLE b; ALTER TABLE c ADD y; CREATE VIEW v AS SELECT 1")
    let change = try table.update(from: database)
    #expect(change.removed.map(\.name).sorted() == ["b", "c", "i"])
    #expect(change.added.map(\.name) == ["c", "v"])
    #expect(table.rows.map(\.name) == ["a", "c", "v"])
    #expect(try table.update(from: database).isEmpty)
  }

  private func open() throws -> DatabaseHandle { try DatabaseHandle(filename: ":memory:", flags: 6) }
}

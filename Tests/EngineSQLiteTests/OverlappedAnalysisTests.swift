// A schema and its queries looked at together, on several threads, against one after the other.

import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import Testing

@Suite struct OverlappedAnalysisTests {
  private static let tables = """
    CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE agents (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), name TEXT NOT NULL, note TEXT);
    CREATE VIEW named AS SELECT agents.id, teams.name FROM agents LEFT JOIN teams ON teams.id = team_id;

    """

  /// What can go wrong, and where: nowhere, in our reading, in our catalog, in SQLite, between the two, in what threads cannot share.
  private static let schemas: [String] = [
    tables,
    tables + "CREATE TABLE x (id INTEGER;",
    tables + "CREATE TABLE agents (id INTEGER);\nCREATE TABLE later (id INTEGER);",
    tables + "INSERT INTO teams (id, name) VALUES (1, 'a'), (1, 'b');\nCREATE TABLE later (id INTEGER);",
    tables + "PRAGMA strict = ON;\nCREATE VIEW odd AS SELECT absent FROM agents;",
    tables + "CREATE TABLE words (w TEXT DEFAULT \"a\" CHECK (w <> \"b\"));\nINSERT INTO words (w) VALUES (\"c\");",
    tables + "CREATE TEMP TABLE own (id INTEGER PRIMARY KEY);",
  ]

  private func query(_ number: Int) -> AnnotatedQuery {
    let texts = [
      "SELECT * FROM agents WHERE id = ?", "SELECT name FROM named WHERE id = @id", "SELECT absent FROM agents",
      "INSERT INTO agents (name, note) VALUES (?, ?) RETURNING *", "SELEC", "DELETE FROM teams WHERE id = ?",
      "SELECT id FROM agents WHERE id IN (sqlc.slice('ids'))", "SELECT 1 AS one; SELECT 2", "SELECT id FROM own",
    ]
    let source = SourceFile(path: "queries/\(number).sql", text: texts[number % texts.count])
    return AnnotatedQuery(
      name: "Query\(number)", nameRange: ByteRange(at: 0), command: number % texts.count == 5 ? .exec : .many,
      commandRange: ByteRange(at: 0), source: source, bodyRange: ByteRange(0, source.text.utf8.count),
      documentation: [])
  }

  @Test(arguments: schemas) func isAsOneAfterTheOther(_ schema: String) throws {
    let files = [SourceFile(path: "schema.sql", text: schema)]
    let queries = (0..<120).map(query)
    let loaded = try SQLiteEngine().load(files)
    let expected = try queries.map { try loaded.value.analyze($0) }
    for threads in [1, 2, 3] {
      let found = try SQLiteEngine().analyze(queries, over: files, threads: threads) { _ in }
      #expect(found.schema.diagnostics == loaded.diagnostics, "\(threads) threads")
      #expect(found.queries.map(\.diagnostics) == expected.map(\.diagnostics), "\(threads) threads")
      #expect(found.queries.map(\.value) == expected.map(\.value), "\(threads) threads")
    }
  }
}

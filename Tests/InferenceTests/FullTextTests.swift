// Hidden columns of full-text tables: what they take and give, each claim held against SQLite.

import SQLCSemanticsSQLite
import Testing

@Suite struct FullTextTests {
  static let schema = """
    CREATE VIRTUAL TABLE f USING fts5(t, b);
    INSERT INTO f VALUES ('hello', 'x'), ('foo', NULL);
    CREATE VIRTUAL TABLE g USING fts4(t, languageid=lid);
    INSERT INTO g(t, lid) VALUES ('hello', 3), ('foo', 0);
    CREATE VIRTUAL TABLE h USING fts3(t);
    INSERT INTO h VALUES ('hello');
    CREATE TABLE one (x TEXT NOT NULL);
    INSERT INTO one VALUES ('y');
    """

  @Test(arguments: [
    ("SELECT f, rank FROM f", "int real?"),
    ("SELECT f, rank FROM f WHERE f MATCH 'hello'", "int real"),
    ("SELECT rank FROM f WHERE f = 'hello'", "real"),
    ("SELECT rank FROM f('hello')", "real"),
    // A ranking function is chosen; nothing is searched for, and nothing compared.
    ("SELECT rank FROM f WHERE rank = 'bm25(1.0)'", "real?"),
    ("SELECT rank FROM f WHERE rank MATCH 'bm25(1.0)'", "real?"),
    ("SELECT rank FROM f WHERE f MATCH 'hello' AND rank = 'bm25(1.0)'", "real"),
    ("SELECT rank FROM f WHERE f MATCH 'hello' AND rank MATCH 'bm25(1.0)' AND rank < 0", "real"),
    ("SELECT rank FROM f WHERE rank > 0", "real?"),
    ("SELECT f.f FROM one LEFT JOIN f ON f.t = one.x", "int?"),
    ("SELECT g, docid, lid FROM g WHERE g MATCH 'hello' AND lid = 3", "any? int int"),
    ("SELECT h, __langid FROM h", "any? int?"),
  ]) func whatTheyGive(_ sql: String, _ types: String) throws {
    let result = try #require(Analysis(schema: Self.schema).analyze(sql).first?.1)
    #expect(!result.diagnostics.contains { $0.severity != .note }, "\(result.diagnostics.map(\.message))")
    #expect(notation(result.value).joined(separator: " ") == types)
    #expect(try Soundness(schema: Self.schema).check(sql, against: result.value).isEmpty)
  }

  @Test(arguments: [
    ("SELECT t FROM f WHERE f MATCH ?", "f text"),
    ("SELECT t FROM f WHERE f = ?", "f text"),
    ("SELECT t FROM f WHERE f MATCH ? AND rank = @ranking", "f text, ranking text"),
    ("SELECT t FROM f WHERE f MATCH ? AND rank MATCH @ranking", "f text, ranking text"),
    ("SELECT t FROM f WHERE f MATCH ? AND rank < ?", "f text, rank real"),
    ("INSERT INTO f(f, rank) VALUES ('rank', ?)", "rank text"),
    ("INSERT INTO f(f, rank) VALUES ('automerge', ?)", "rank int"),
    ("INSERT INTO f(rank, f) VALUES (?, 'merge')", "rank int"),
    ("INSERT INTO f(f, rank) VALUES (?, ?)", "f text, rank any"),
    ("INSERT INTO f(f, rowid, t, b) VALUES ('delete', ?, ?, ?)", "rowid int, t text?, b text?"),
    ("INSERT INTO g(g) VALUES (?)", "g text"),
    ("SELECT t FROM g WHERE g MATCH ? AND lid = ?", "g text, lid int"),
  ]) func whatTheyTake(_ sql: String, _ parameters: String) throws {
    let result = try #require(Analysis(schema: Self.schema).analyze(sql).first?.1)
    #expect(!result.diagnostics.hasErrors, "\(result.diagnostics.map(\.message))")
    let found = result.value.parameters.map { "\($0.name) \(notation($0.facts))" }
    #expect(found.joined(separator: ", ") == parameters)
  }
}

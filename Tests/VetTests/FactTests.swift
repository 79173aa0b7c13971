// What the tables say of a project.

import SQLCVet
import Testing

@Suite struct FactTests {
  private static let schema = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE);
    CREATE TABLE posts (
      id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
      title TEXT DEFAULT 'none', state TEXT NOT NULL CHECK (state IN ('draft', 'live'))
    ) STRICT;
    CREATE INDEX idx_posts_user_id ON posts (user_id, lower(title)) WHERE state = 'live';
    CREATE VIEW drafts AS SELECT id, title FROM posts WHERE state = 'draft';
    CREATE TRIGGER stamped AFTER UPDATE OF title ON posts BEGIN SELECT 1; END;

    """
  private static let queries = """
    -- name: Post :one
    SELECT p.id, p.title, u.email FROM posts p LEFT JOIN users u ON u.id = p.user_id WHERE p.id = @id;
    -- name: Rename :exec
    UPDATE posts SET title = @title WHERE id = @id;
    -- name: Page :many
    SELECT id FROM posts ORDER BY state LIMIT 10 OFFSET 5;

    """

  private func texts(_ select: String) throws -> [String] {
    try vetting(schema: Self.schema, queries: Self.queries).database.rows(of: select)
      .map { $0.map(\.text).joined(separator: "|") }
  }

  @Test func definitions() throws {
    #expect(
      try texts("SELECT name, kind, is_strict FROM tables ORDER BY id") == [
        "users|table|0", "posts|table|1", "drafts|view|0",
      ])
    #expect(
      try texts(
        "SELECT name, default_text, is_not_null, allowed_values FROM columns WHERE table_id = 2 AND ordinal > 1")
        == ["title|'none'|0|", "state||1|[\"draft\",\"live\"]"])
    #expect(
      try texts(
        "SELECT f.parent, f.on_delete, c.name, p.name FROM foreign_keys f JOIN foreign_key_columns x ON x.foreign_key_id = f.id JOIN columns c ON c.id = x.column_id JOIN columns p ON p.id = x.parent_column_id"
      ) == ["users|CASCADE|user_id|id"])
    #expect(
      try texts(
        "SELECT i.name, i.condition, x.ordinal, x.text FROM indexes i JOIN index_columns x ON x.index_id = i.id")
        == ["idx_posts_user_id|state = 'live'|0|user_id", "idx_posts_user_id|state = 'live'|1|lower(title)"])
    #expect(try texts("SELECT name, timing, event FROM triggers") == ["stamped|AFTER|update"])
    #expect(try texts("SELECT text FROM checks") == ["state IN ('draft', 'live')"])
    #expect(
      try texts("SELECT line, \"column\" FROM places WHERE id = (SELECT place FROM tables WHERE name = 'posts')")
        == ["2|14"])
  }

  @Test func statements() throws {
    #expect(
      try texts("SELECT name, command FROM queries ORDER BY id") == ["Post|one", "Rename|exec", "Page|many"])
    #expect(try texts("SELECT row_count FROM queries WHERE name = 'Post'") == ["atMostOne"])
    #expect(
      try texts("SELECT r.name, r.is_nullable FROM results r WHERE r.query_id = 1 ORDER BY r.ordinal")
        == ["id|0", "title|1", "email|1"])
    #expect(
      try texts("SELECT c.name, p.parameter FROM pins p JOIN columns c ON c.id = p.column_id WHERE p.query_id = 1")
        == ["id|id"])
    #expect(
      try texts(
        "SELECT t.name, x.access FROM query_tables x JOIN tables t ON t.id = x.table_id WHERE x.query_id = 1 ORDER BY 1"
      )
        == ["posts|read", "users|read"])
    #expect(
      try texts(
        "SELECT c.name FROM query_columns x JOIN columns c ON c.id = x.column_id WHERE x.query_id = 2 AND x.access = 'write'"
      )
        == ["title"])
    #expect(
      try texts(
        "SELECT verb, has_limit, has_order, order_is_total, offset_place IS NOT NULL FROM statements WHERE query_id = 3"
      )
        == ["select|1|1|0|1"])
  }

  @Test func theDatabaseIsWritten() throws {
    let bytes = try vetting(schema: Self.schema, queries: Self.queries).database.bytes()
    #expect(String(decoding: bytes.prefix(15), as: UTF8.self) == "SQLite format 3")
    #expect(try texts("SELECT version FROM facts") == ["\(factVersion)"])
  }

  /// A value that a comparison with what is given decides picks rows as WHERE does.
  @Test(arguments: [
    ("state = (id = @id)", true), ("state = CASE WHEN id = @id THEN 'live' ELSE 'draft' END", true),
    ("state = CASE id WHEN @id THEN 'live' ELSE state END", true),
    ("state = id IN (sqlc.slice('ids'))", true), ("state = NOT (id = @id)", true),
    ("state = @state", false), ("title = title || @more", false), ("state = (id = 1)", false),
    ("state = (@id = 1)", false), ("state = (id = @id), title = @title", false),
    ("title = coalesce(@title, title)", false),
  ])
  func whatIsWrittenIsDecided(_ assignments: String, _ isConditional: Bool) throws {
    let facts = try vetting(
      schema: Self.schema, queries: "-- name: Set :exec\nUPDATE posts SET \(assignments);\n")
    #expect(
      try facts.database.rows(of: "SELECT has_condition FROM statements WHERE combination = 'whole'")
        == [[.integer(isConditional ? 1 : 0)]])
  }
}

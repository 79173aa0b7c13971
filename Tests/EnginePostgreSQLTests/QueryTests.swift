import Foundation
import SQLCDriver
import Testing

/// How queries are read, sent and refused.
@Suite("Queries", .needsPostgreSQL)
struct QueryTests {
  private let schema = """
    CREATE TABLE people (
      id uuid PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, tags text[] NOT NULL DEFAULT '{}',
      "select" text, seen timestamptz
    );
    CREATE UNIQUE INDEX named ON people (name) WHERE seen IS NULL;
    CREATE SCHEMA billing;
    CREATE TABLE billing.bills (id bigserial PRIMARY KEY, person uuid NOT NULL REFERENCES people, total numeric(12, 2));
    CREATE VIEW owed AS SELECT p.id, b.total FROM people p LEFT JOIN billing.bills b ON b.person = p.id;
    """

  @Test("What stands for several columns is sent by name")
  func stars() throws {
    let found = try PostgreSQLProject(
      schema: schema,
      queries: """
        -- name: Plain :many
        SELECT * FROM people;
        -- name: Joined :many
        SELECT *, 1 AS one FROM people p JOIN billing.bills b ON b.person = p.id;
        -- name: Qualified :many
        SELECT count(*) AS n, b.* FROM people p, billing.bills b GROUP BY b.id;
        -- name: Nested :many
        SELECT * FROM (SELECT * FROM owed) AS "O";
        -- name: Merged :many
        SELECT * FROM (VALUES (1, 2)) a (id, b) FULL JOIN (VALUES (1, 3)) c (id, d) USING (id);
        -- name: Product :many
        SELECT (1) * 2 AS two, array_length(tags, 1) * 3 AS three FROM people;
        -- name: Written :one
        INSERT INTO billing.bills (person) VALUES (@person) RETURNING *;
        -- name: Embedded :many
        SELECT sqlc.embed(p), sqlc.embed(b) FROM people p LEFT JOIN billing.bills b ON b.person = p.id;
        """
    ).analyze()
    #expect(found.exit == .success, "\(found.messages)")
    #expect(try found.query("Plain").sql == "SELECT id, email, name, tags, \"select\", seen FROM people")
    #expect(
      try found.query("Joined").sql.hasPrefix(
        "SELECT p.id, p.email, p.name, p.tags, p.\"select\", p.seen, b.id, b.person, b.total, 1 AS one FROM"))
    #expect(try found.query("Qualified").sql.hasPrefix("SELECT count(*) AS n, b.id, b.person, b.total FROM"))
    #expect(try found.query("Nested").sql == "SELECT id, total FROM (SELECT id, total FROM owed) AS \"O\"")
    #expect(try found.query("Merged").columns.map(\.name) == ["id", "b", "d"])
    #expect(try found.query("Merged").sql.hasPrefix("SELECT id, a.b, c.d FROM"))
    #expect(try found.query("Product").sql.hasPrefix("SELECT (1) * 2 AS two"))
    #expect(try found.query("Written").sql.hasSuffix("RETURNING id, person, total"))
    let embedded = try found.query("Embedded")
    #expect(embedded.columns.map(\.embed) == Array(repeating: "p", count: 6) + Array(repeating: "b", count: 3))
    #expect(embedded.columns.map(\.nullable) == [false, false, false, false, true, true, true, true, true])
    #expect(embedded.columns[6].origin == .init(table: "billing.bills", column: "id"))
  }

  @Test("The columns written for a star are those of its own query")
  func starsOfTheirOwnQuery() throws {
    let found = try PostgreSQLProject(
      schema: """
        CREATE TABLE settings (key text PRIMARY KEY, value text NOT NULL);
        CREATE TABLE incoming (value text NOT NULL, key text NOT NULL);
        """,
      queries: """
        -- name: Swapped :exec
        INSERT INTO settings (key, value) SELECT * FROM incoming;
        -- name: Renamed :many
        WITH pairs (a, b) AS (SELECT * FROM settings UNION SELECT * FROM incoming) SELECT * FROM pairs;
        -- name: Kept :one
        INSERT INTO settings (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value
        RETURNING *;
        -- name: Hidden :many
        SELECT (SELECT count(*) FROM (SELECT * FROM (settings JOIN incoming USING (key)) AS j) q) AS n
        FROM settings, incoming;
        """
    ).analyze()
    #expect(found.exit == .success, "\(found.messages)")
    #expect(try found.query("Swapped").sql == "INSERT INTO settings (key, value) SELECT value, key FROM incoming")
    #expect(
      try found.query("Renamed").sql == """
        WITH pairs (a, b) AS (SELECT key, value FROM settings UNION SELECT value, key FROM incoming) SELECT a, b FROM pairs
        """)
    #expect(try found.query("Kept").sql.hasSuffix("RETURNING key, value"))
    #expect(try found.query("Hidden").sql.contains("SELECT * FROM (settings JOIN"))
  }

  @Test("Columns that are called like the server's keywords are quoted")
  func starsOverKeywords() throws {
    let schema = """
      DO $$ BEGIN
        EXECUTE (SELECT format('CREATE TABLE words (%s)', string_agg(format('%I int', word), ', '))
          FROM pg_get_keywords());
      END $$;
      """
    let names = ["Bare", "Named"]
    let found = try PostgreSQLProject(
      schema: schema,
      queries: """
        -- name: Bare :many
        SELECT * FROM words;
        -- name: Named :many
        SELECT w.* FROM words w;
        """
    ).analyze()
    let texts = try names.map { try found.query($0).sql }
    #expect(!texts.contains { $0.contains("*") })
    let again = try PostgreSQLProject(
      schema: schema, queries: zip(names, texts).map { "-- name: \($0) :many\n\($1);\n" }.joined()
    ).analyze()
    #expect(again.exit == .success, "\(again.messages)")
    for name in names {
      #expect(try again.query(name).columns.map(\.name) == found.query(name).columns.map(\.name))
      #expect(try again.query(name).columns.count > 400)
    }
  }

  @Test("Columns of PostgreSQL's own views are proven like those of others")
  func systemViews() throws {
    let found = try PostgreSQLProject(
      schema:
        "CREATE TABLE own (id int PRIMARY KEY); CREATE VIEW names AS SELECT tablename, tablespace FROM pg_tables;",
      queries: """
        -- name: Tables :many
        SELECT schemaname, tablename, hasindexes, tablespace FROM pg_catalog.pg_tables;
        -- name: Columns :many
        SELECT table_name, column_name, column_default FROM information_schema.columns WHERE table_schema = @schema;
        -- name: Names :many
        SELECT * FROM names;
        -- name: Locks :many
        SELECT mode, granted FROM pg_locks;
        """
    ).analyze()
    #expect(found.exit == .success, "\(found.messages)")
    #expect(try found.query("Tables").columns.map(\.nullable) == [true, false, false, true])
    #expect(try found.query("Columns").columns.map(\.nullable) == [false, false, true])
    #expect(try found.query("Names").columns.map(\.nullable) == [false, true])
    #expect(try found.query("Names").reads == [])
    #expect(try found.query("Locks").columns.map(\.nullable) == [true, true])
    #expect(try found.query("Locks").readOnly)
  }

  @Test("Parameters have sqlc's spellings; numbers that are written keep their meaning")
  func parameters() throws {
    let found = try PostgreSQLProject(
      schema: schema,
      queries: """
        -- name: Mixed :many
        SELECT id FROM people WHERE email=@email AND name = sqlc.arg('name') LIMIT $1;
        -- name: Lists :many
        SELECT id FROM people WHERE id IN (sqlc.slice(ids)) AND name NOT IN (sqlc.slice('names'));
        -- name: Operators :many
        SELECT id FROM people WHERE tags <@ @tags AND tags @> '{@x}' AND email ~ '@y' -- @z
          AND name = $$it's @w$$;
        -- name: Update :exec
        UPDATE people SET seen = sqlc.narg(seen), name = coalesce(sqlc.narg(name), name) WHERE id = @id;
        -- name: Optional :many
        SELECT id FROM people WHERE $1 IS NULL OR name = $1;
        """
    ).analyze()
    #expect(found.exit == .success, "\(found.messages)")
    let mixed = try found.query("Mixed")
    #expect(mixed.sql == "SELECT id FROM people WHERE email=$2 AND name = $3 LIMIT $1")
    #expect(mixed.parameters.map(\.name) == ["limit", "email", "name"])
    let lists = try found.query("Lists")
    #expect(lists.sql == "SELECT id FROM people WHERE id = ANY ($1) AND name <> ALL ($2)")
    #expect(lists.parameters.map(\.type) == ["uuid[]", "text[]"])
    #expect(try found.query("Operators").parameters.map(\.name) == ["tags"])
    #expect(try !found.query("Operators").sql.contains("@z"))
    #expect(try found.query("Update").parameters.map(\.nullable) == [true, true, false])
    // The server goes by the first place alone; the second says the type.
    #expect(try found.query("Optional").sql == "SELECT id FROM people WHERE $1::text IS NULL OR name = $1::text")
  }

  @Test(
    "A mistake is one error, at its place",
    arguments: [
      (
        "SELECT 'ü', nme FROM people", "queries.sql:2:14: error: PostgreSQL rejects this: column \"nme\" does not exist"
      ),
      ("SELECT /* ü\n */ nme FROM people", "queries.sql:3:5: error: PostgreSQL rejects this: column \"nme\""),
      ("SELECT id FROM people WHERE @x IS NULL", "queries.sql:2:29: error: PostgreSQL cannot tell the type"),
      ("SELECT id FROM people WHERE seen > now() - @age", "say another with a cast"),
      ("SELECT 1 AS a; SELECT 2 AS a", "queries.sql:2:16: error: a second statement"),
      ("BEGIN", "error: transaction control cannot be a query"),
      ("SELECT id FROM people WHERE name = sqlc.agr(x)", "did you mean 'sqlc.arg'?"),
      ("SELECT id FROM people WHERE sqlc.embed(people) IS NOT NULL", "sqlc.embed(people)"),
      ("SELECT id FROM people WHERE id IN (@a, sqlc.slice(b))", "must stand alone between its parentheses"),
      ("SELECT id FROM people WHERE id = $2", "the parameter $1 is not used"),
      ("DELETE FROM people", "':many' on a statement that returns no rows"),
      (
        "INSERT INTO people (id, email, name) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING RETURNING id",
        "no unique index has exactly the columns of this ON CONFLICT"
      ),
    ])
  func refusals(_ sql: String, _ message: String) throws {
    let found = try PostgreSQLProject(schema: schema, queries: "-- name: Wrong :many\n\(sql);\n").analyze()
    #expect(found.exit == .failure)
    #expect(found.messages.contains(message), "\(found.messages)")
    #expect(found.messages.split(separator: "error: ").count == 2, "\(found.messages)")
    #expect(found.document.queries.isEmpty)
  }

  @Test("A partial index is found by its condition, and what is read and written is told through views")
  func effects() throws {
    let found = try PostgreSQLProject(
      schema: schema
        + "CREATE MATERIALIZED VIEW totals AS SELECT person, sum(total) FROM billing.bills GROUP BY person;",
      queries: """
        -- name: Upsert :one
        INSERT INTO people (id, email, name) VALUES ($1, $2, $3) ON CONFLICT (name) WHERE seen IS NULL DO NOTHING RETURNING id;
        -- name: Owed :many
        SELECT * FROM owed;
        -- name: Lock :exec
        SELECT pg_advisory_xact_lock(@key);
        -- name: Locked :many
        SELECT id FROM people FOR UPDATE SKIP LOCKED;
        -- name: Emptied :exec
        TRUNCATE TABLE ONLY billing.bills /* and their numbers */ RESTART IDENTITY;
        -- name: EmptiedAll :exec
        truncate "people" cascade;
        -- name: Refreshed :exec
        REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
        """
    ).analyze()
    #expect(found.exit == .success, "\(found.messages)")
    #expect(try found.query("Upsert").writes == ["people"])
    #expect(try found.query("Owed").reads == ["billing.bills", "people"])
    #expect(try found.query("Owed").readOnly)
    #expect(try !found.query("Lock").readOnly)
    #expect(try !found.query("Locked").readOnly)
    #expect(try found.query("Emptied").writes == ["billing.bills"])
    #expect(try found.query("EmptiedAll").writes == ["billing.bills", "people"])
    #expect(try found.query("Refreshed").writes == ["totals"])
    #expect(try found.query("Refreshed").reads == ["billing.bills", "totals"])
  }

  @Test("Rows as values have a struct of their own, whose fields may all be NULL")
  func rowsAsValues() throws {
    let project = try PostgreSQLProject(
      schema: schema + "CREATE TABLE kept (id int PRIMARY KEY, bill billing.bills);",
      queries: """
        -- name: Whole :many
        SELECT p FROM people p;
        -- name: Lists :many
        SELECT p.id, array_agg(b) AS bills FROM people p JOIN billing.bills b ON b.person = p.id GROUP BY p.id;
        -- name: Outer :many
        SELECT o FROM people p LEFT JOIN owed o ON o.id = p.id;
        """)
    let found = try project.analyze()
    #expect(found.exit == .success, "\(found.messages)")
    #expect(try found.query("Whole").columns.map(\.type) == ["people"])
    #expect(try found.query("Whole").columns.map(\.nullable) == [false])
    #expect(try found.query("Lists").columns.map(\.type) == ["uuid", "billing.bills[]"])
    #expect(try found.query("Outer").columns.map(\.nullable) == [true])
    let generated = try SQLCDriver.generate(project.context)
    #expect(generated.exit == .success, "\(generated.standardError)")
    let models = try String(contentsOf: project.folder.appending(path: "Generated/Models.swift"), encoding: .utf8)
    for name in ["PersonValue", "BillingBillValue", "OwedValue"] { #expect(models.contains("struct \(name): ")) }
    #expect(models.contains(##"PostgresType = #""billing"."bills""#"##), "\(models)")
  }
}

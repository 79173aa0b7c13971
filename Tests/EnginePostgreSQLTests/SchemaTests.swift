import Foundation
import SQLCDriver
import Testing

/// What schemas hold in practice, and what is refused of them.
@Suite("Schemas", .needsPostgreSQL)
struct SchemaTests {
  @Test("A dump with roles, rights, psql's commands and extensions loads; types are the server's")
  func dump() throws {
    let found = try PostgreSQLProject(
      schema: #"""
        \restrict it's
        SET transaction_timeout = 0;
        SELECT pg_catalog.set_config('search_path', '', false);
        CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
        CREATE ROLE app LOGIN;
        DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'x') THEN CREATE ROLE x; END IF; END $$;
        CREATE SCHEMA billing AUTHORIZATION app;
        /* a /* nested */ ; comment */
        CREATE TYPE public.state AS ENUM ('a', 'b');
        ALTER TYPE public.state ADD VALUE 'c';
        ALTER TYPE public.state OWNER TO app;
        CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $fn$
        BEGIN NEW.changed = now(); RETURN NEW; END;
        $fn$;
        CREATE FUNCTION public.twice(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a; SELECT 2 * a; END;
        CREATE TABLE public.people (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email public.citext NOT NULL,
          said text NOT NULL DEFAULT E'it\'s;', state public.state NOT NULL DEFAULT 'c', changed timestamp(3)
        );
        CREATE TEMP TABLE gone (a int) ON COMMIT DROP;
        INSERT INTO gone VALUES (1);
        ALTER TABLE public.people ENABLE ROW LEVEL SECURITY;
        GRANT SELECT ON public.people TO app;
        CREATE TABLE billing.bills (id serial PRIMARY KEY, amounts numeric(10, 2)[]);
        \connect other
        """#,
      queries: """
        -- name: All :many
        SELECT *, twice(1) AS two FROM people;
        -- name: Bills :many
        SELECT * FROM billing.bills;
        """
    ).analyze()
    #expect(found.exit == .success, "\(found.messages)")
    #expect(found.messages.contains("statements of this file are not run"))
    #expect(
      try found.query("All").columns.map(\.type) == [
        "bigint", "citext", "text", "state", "timestamp(3) without time zone", "integer",
      ])
    #expect(try found.query("Bills").columns.map(\.type) == ["integer", "numeric(10,2)[]"])
    #expect(found.document.tables.map(\.name) == ["people", "billing.bills"])
  }

  @Test("A policy for a role, and an index that is made concurrently")
  func outsideTransactions() throws {
    let found = try PostgreSQLProject(
      schema: """
        CREATE TABLE t (id int PRIMARY KEY, a text);
        CREATE INDEX CONCURRENTLY i ON t (a);
        CREATE POLICY p ON t TO authenticated, anon USING (true);
        """, queries: "-- name: All :many\nSELECT id FROM t;\n"
    ).analyze()
    #expect(found.exit == .success, "\(found.messages)")
  }

  @Test(
    "A refused statement is one error with advice",
    arguments: [
      ("CREATE TABLE t (id int AUTO_INCREMENT);", "schema.sql:1:24", "GENERATED ALWAYS AS IDENTITY"),
      ("CREATE TABLE t (id int, at datetime);", "schema.sql:1:28", "in PostgreSQL: timestamptz"),
      ("CREATE TABLE t (a timestamptz);\nCREATE INDEX i ON t (a) WHERE a > now();", "schema.sql:2:1", "now()"),
      ("CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\n", "schema.sql:2:1", "pg_dump --schema-only"),
      ("CREATE EXTENSION dblink;", "schema.sql:1:1", "is not made"),
      ("CREATE EXTENSION postgis_topology;", "schema.sql:1:1", "postgis_topology"),
      ("COPY (SELECT 1) TO PROGRAM 'id';", "schema.sql:1:1", "a role without rights"),
      ("-- ü\nCREATE TABLE é (a int, b txt);", "schema.sql:2:27", "type \"txt\" does not exist"),
      ("CREATE TABLE a (id int REFERENCES b);", "schema.sql:1:1", "relation \"b\" does not exist"),
    ])
  func refusals(_ schema: String, _ place: String, _ advice: String) throws {
    let found = try PostgreSQLProject(schema: schema, queries: "-- name: One :one\nSELECT 1 AS one;\n").analyze()
    #expect(found.exit == .failure)
    #expect(found.messages.contains(place + ": error: "), "\(found.messages)")
    #expect(found.messages.contains(advice), "\(found.messages)")
    #expect(found.messages.split(separator: "error: ").count == 2, "\(found.messages)")
  }

  @Test("A schema that never ends is stopped")
  func endless() throws {
    let start = ContinuousClock.now
    let found = try PostgreSQLProject(
      schema: "SET statement_timeout = 0;\nDO $$ BEGIN LOOP NULL; END LOOP; END $$;", queries: "",
      settings: "limits: {seconds: 1}"
    ).analyze()
    #expect(found.messages.contains("schema.sql:2:1: error: this statement was stopped after 1 seconds"))
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test("`check` proves schema and queries, `generate` writes code, `diff` finds it up to date")
  func commands() throws {
    let project = try PostgreSQLProject(
      schema: "CREATE TABLE t (id int PRIMARY KEY);", queries: "-- name: Get :one\nSELECT * FROM t WHERE id = $1;\n")
    let checked = try SQLCDriver.check(project.context)
    #expect(checked.exit == .success, "\(checked.standardError)")
    #expect(
      checked.standardOutput == "checked 1 query; 'sqlc-swift generate' would change the generated code\n")
    #expect(try SQLCDriver.diff(project.context).exit == .drift)
    let generated = try SQLCDriver.generate(project.context)
    #expect(generated.exit == .success, "\(generated.standardError)")
    #expect(try SQLCDriver.diff(project.context).exit == .success)
    let text = try String(
      contentsOf: project.folder.appending(path: "Generated/queries.sql.swift"), encoding: .utf8)
    #expect(text.contains("sql: \"SELECT id FROM t WHERE id = $1\""))
    #expect(text.contains("parameterTypes: [23]"))
  }

  @Test("No server that answers, and none of the version that is asked for: each says what to do")
  func noServer() throws {
    for (settings, message) in [
      ("database: {uri: 'postgres://u:secret@127.0.0.1:1/x'}", "no connection to the PostgreSQL server"),
      ("database: {uri: 'postgres://${SQLC_NOT_SET}@h/x'}", "the environment has no variable 'SQLC_NOT_SET'"),
      ("database: {version: 39}", "PostgreSQL 39 is not installed"),
    ] {
      let found = try PostgreSQLProject(
        schema: "CREATE TABLE t (id int);", queries: "-- name: A :many\nSELECT id FROM t;\n", settings: settings
      ).analyze()
      #expect(found.exit == .failure)
      #expect(found.messages.contains(message), "\(found.messages)")
      #expect(found.messages.contains("sqlc-swift.yaml:"))
      #expect(!found.messages.contains("secret"))
    }
  }
}

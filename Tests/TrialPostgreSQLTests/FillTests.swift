// Tables whose constraints are hard to meet get rows all the same.

import SQLCEngine
import SQLCExercise
import SQLCTrialPostgreSQL
import Testing

private let schema = """
  CREATE SCHEMA app;
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
  CREATE DOMAIN email AS text CHECK (VALUE ~ '^[a-z0-9]+@[a-z]+\\.[a-z]{2,}$');
  CREATE DOMAIN percent AS int NOT NULL CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TYPE address AS (street text, zip char(5));
  CREATE TABLE app."Users" (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "E Mail" email NOT NULL UNIQUE, mood mood NOT NULL DEFAULT 'ok',
    done percent, home address, tags text[] NOT NULL, moods mood[], born date CHECK (born > '1900-01-01'),
    code char(2) NOT NULL CHECK (code = upper(code)), slug varchar(20) NOT NULL CHECK (char_length(slug) >= 3),
    kind text NOT NULL CHECK (kind IN ('a', 'b')), CONSTRAINT plain CHECK (length(kind) < 2 OR born IS NULL));
  CREATE TABLE accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner bigint NOT NULL REFERENCES app."Users", parent uuid REFERENCES accounts,
    balance numeric(6, 2) NOT NULL CHECK (balance >= 0), currency varchar(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    gross numeric GENERATED ALWAYS AS (balance * 1.2) STORED, settings jsonb NOT NULL CHECK (jsonb_typeof(settings) = 'object'),
    since timestamptz NOT NULL, until timestamptz, CHECK (until > since), UNIQUE (owner, currency));
  CREATE TABLE bookings (
    room int NOT NULL, during tstzrange NOT NULL CHECK (NOT isempty(during)), price money, ip inet, pause interval,
    PRIMARY KEY (room, during), EXCLUDE USING gist (during WITH &&));
  CREATE TABLE events (
    id bigserial, at date NOT NULL, kind text NOT NULL, payload bytea, PRIMARY KEY (id, at, kind)) PARTITION BY RANGE (at);
  CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (kind);
  CREATE TABLE events_2024_a PARTITION OF events_2024 FOR VALUES IN ('x', 'y');
  CREATE TABLE members (account uuid, who bigint, level int2 NOT NULL CHECK (level IN (1, 2, 3)), PRIMARY KEY (account, who),
    FOREIGN KEY (account) REFERENCES accounts, FOREIGN KEY (who) REFERENCES app."Users");
  CREATE TABLE grants (account uuid NOT NULL, who bigint NOT NULL, FOREIGN KEY (account, who) REFERENCES members (account, who));
  CREATE TABLE left_side (id int PRIMARY KEY, other int NOT NULL);
  CREATE TABLE right_side (id int PRIMARY KEY, other int NOT NULL REFERENCES left_side DEFERRABLE INITIALLY DEFERRED);
  ALTER TABLE left_side ADD FOREIGN KEY (other) REFERENCES right_side DEFERRABLE INITIALLY DEFERRED;
  CREATE MATERIALIZED VIEW totals AS SELECT owner, sum(balance) AS total FROM accounts GROUP BY owner;
  CREATE TABLE guarded (n int NOT NULL);
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
  CREATE TRIGGER refuse BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION refuse();
  """

@Suite("Filling", .needsPostgreSQL, .serialized) struct FillTests {
  @Test("Every table gets rows", arguments: [1, 2, 3] as [UInt64]) func fills(_ seed: UInt64) throws {
    let database = try Installed.engine.open(until: .after(seconds: 60))
    try database.execute(schema)
    let report = try database.fill(FillPlan(rows: 3...5), seed: seed)
    #expect(report.refused.keys.sorted() == ["guarded"], "\(report.refused)")
    #expect(report.refused["guarded"] == "never")
    #expect(report.inserted.count == 9)
    let total = try database.rows(of: "totals", [], where: RowFilter(), limit: nil).count
    #expect(total > 0)
  }

  @Test("Beside triggers where they refuse every row") func besideTriggers() throws {
    let database = try Installed.engine.open(until: .after(seconds: 60))
    try database.execute(schema)
    var plan = FillPlan(rows: 2...2)
    plan.guardedTables = .filledBesideTriggers
    let report = try database.fill(plan, seed: 4)
    #expect(report.besideTriggers == ["guarded": "never"])
    #expect(try database.count(of: "guarded") == 2)
    // They are on again.
    #expect(throws: TrialFailure.self) { try database.run("INSERT INTO guarded VALUES (1)") }
  }

  @Test("A fresh database has the rows of the schema and no others") func isFresh() throws {
    let database = try Installed.engine.open(until: .after(seconds: 60))
    try database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (7);")
    let first = try database.fresh()
    _ = try first.fill(FillPlan(rows: 5...5), seed: 1)
    #expect(try first.count(of: "t") == 6)
    #expect(try first.fresh().count(of: "t") == 1)
  }

  @Test("Statements end with the trial") func ends() throws {
    let database = try Installed.engine.open(until: .after(seconds: 1))
    let start = ContinuousClock.now
    #expect {
      try database.attempt(TrialQuery([.text("SELECT pg_sleep(60)")]), limit: 1)
    } throws: { error in
      (error as? TrialFailure)?.cause == .outOfTime
    }
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("Endless answers are not kept") func isBounded() throws {
    let database = try Installed.engine.open(until: .after(seconds: 20))
    let run = try database.attempt(TrialQuery([.text("SELECT generate_series(1, 200000)")]), limit: 3)
    #expect(run.rows == [[.integer(1)], [.integer(2)], [.integer(3)]])
  }
}

// Isolation is proven over PostgreSQL's own trees: the same classes of leaks are found as for SQLite, whose corpus this reads, and
// what is PostgreSQL's alone.

import Foundation
import SQLCDiagnostics
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCFacts
import SQLCIsolation
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile
import Testing

private struct Judged {
  var name: String
  /// Nothing where the statement has no relations.
  var findings: [IsolationFinding]?
}

private struct Corpus {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "IsolationTests/Cases")

  let loaded: any LoadedSchema
  let inspector: any FactInspector
  let proof: IsolationProof

  init(_ schema: String, _ policy: IsolationPolicy) throws {
    let machine = Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
    let engine = PostgreSQLEngine(
      settings: ServerSettings(machine: machine), extensions: [],
      place: SourceRange(path: "sqlc-swift.yaml", range: ByteRange(at: 0)))
    let loaded = try engine.load([SourceFile(path: "schema.sql", text: schema)])
    #expect(loaded.diagnostics.map(\.message) == [])
    self.loaded = loaded.value
    inspector = try #require(loaded.value.inspector as? any FactInspector)
    proof = IsolationProof(inspector.schemaFacts(), policy)
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// A schema of the corpus without what only SQLite has.
  static func schema(_ name: String) throws -> String {
    try text(name).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("CREATE VIRTUAL TABLE") }.joined(separator: "\n")
  }

  /// What is found of each query that the server takes.
  func judge(_ queries: String) throws -> [Judged] {
    let file = SourceFile(path: "queries.sql", text: queries)
    let split = splitQueries(of: file, rules: .postgresql).value
    return try zip(split, loaded.analyze(split) { _ in }).compactMap { query, answer in
      guard answer.value != nil else { return nil }
      let statements = inspector.statements(of: query)
      return Judged(name: query.name, findings: statements.isEmpty ? nil : statements.flatMap(proof.findings))
    }
  }
}

@Suite(.needsPostgreSQL) struct PostgreSQLIsolationTests {
  private static let tenants = IsolationPolicy(.tenant, column: "user_id")
  private static let deletion = IsolationPolicy(.softDelete, column: "deleted_at")

  private func check(_ found: [Judged], leak: Bool, atLeast count: Int) {
    var proven = 0
    for query in found {
      guard let findings = query.findings else { continue }
      proven += 1
      if leak {
        #expect(!findings.isEmpty, "missed: \(query.name)")
      } else {
        #expect(findings.map { "\($0.kind): \($0.table): \($0.reason)" } == [], "\(query.name)")
      }
    }
    print("of \(found.count) queries that PostgreSQL takes, \(proven) have relations")
    #expect(proven >= count)
  }

  @Test func tenantsAreProvenAsForSQLite() throws {
    let corpus = try Corpus(Corpus.schema("schema.sql"), Self.tenants)
    check(try corpus.judge(Corpus.text("leaks.sql")), leak: true, atLeast: 80)
    check(try corpus.judge(Corpus.text("clean.sql")), leak: false, atLeast: 80)
  }

  /// Judged by executions on SQLite, in `ClinicTests`.
  @Test func theClinicIsProvenAsForSQLite() throws {
    let corpus = try Corpus(Corpus.schema("clinic-schema.sql"), IsolationPolicy(.tenant, column: "org_id"))
    check(try corpus.judge(Corpus.text("clinic-leaks.sql")), leak: true, atLeast: 80)
    check(try corpus.judge(Corpus.text("clinic-clean.sql")), leak: false, atLeast: 80)
  }

  @Test func deletedRowsAreProvenAsForSQLite() throws {
    let corpus = try Corpus(Corpus.schema("deleted-schema.sql"), Self.deletion)
    check(try corpus.judge(Corpus.text("deleted-leaks.sql")), leak: true, atLeast: 55)
    check(try corpus.judge(Corpus.text("deleted-clean.sql")), leak: false, atLeast: 50)
    check(try corpus.judge(Corpus.text("deleted-meant.sql")), leak: false, atLeast: 6)
  }

  private static let own = """
    CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY, user_id uuid NOT NULL, at timestamptz NOT NULL, body jsonb, PRIMARY KEY (id, at))
      PARTITION BY RANGE (at);
    CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE members (user_id uuid NOT NULL, name varchar(20) NOT NULL CONSTRAINT uq_members_name UNIQUE, code char(4) NOT NULL);
    CREATE TABLE rooms (id bigint PRIMARY KEY, user_id uuid NOT NULL, UNIQUE (user_id, id));
    CREATE TABLE stays (id bigint PRIMARY KEY, user_id uuid NOT NULL, host_id uuid NOT NULL, room_id bigint NOT NULL,
      FOREIGN KEY (host_id, room_id) REFERENCES rooms (user_id, id));
    CREATE MATERIALIZED VIEW daily AS SELECT user_id, at::date AS day, count(*) AS n FROM events GROUP BY user_id, at::date;

    """

  @Test func whatIsPostgreSQLsAloneLeaks() throws {
    let corpus = try Corpus(Self.own, Self.tenants)
    let found = try corpus.judge(
      """
      -- name: DistinctOn :many
      SELECT body FROM (SELECT DISTINCT ON (body) body, user_id FROM events ORDER BY body, at) e WHERE user_id = @user_id;
      -- name: RoomOfAnother :exec
      INSERT INTO stays (id, user_id, host_id, room_id) VALUES (@id, @user_id, @host_id, @room_id);
      -- name: MoveToAnother :exec
      UPDATE stays SET host_id = @host_id, room_id = @room_id WHERE id = @id AND user_id = @user_id;
      -- name: Using :exec
      DELETE FROM events e USING members m WHERE m.user_id = @user_id AND m.name = e.body ->> 'name';
      -- name: Lateral :many
      SELECT m.name, e.body FROM members m, LATERAL (SELECT body FROM events ORDER BY at DESC LIMIT 3) e WHERE m.user_id = @user_id;
      -- name: AnyOf :many
      SELECT body FROM events WHERE user_id = ANY (@user_ids::uuid[]);
      -- name: Partition :many
      SELECT body FROM events_2026 WHERE id = @id;
      -- name: OnConstraint :exec
      INSERT INTO members (user_id, name, code) VALUES (@user_id, @name, 'a') ON CONFLICT ON CONSTRAINT uq_members_name DO UPDATE SET code = 'b';
      -- name: Daily :many
      SELECT day, n FROM daily WHERE day = @day;
      -- name: Rollup :many
      SELECT user_id, count(*) FROM events GROUP BY ROLLUP (user_id) HAVING user_id = @user_id OR user_id IS NULL;
      -- name: Grouped :one
      SELECT json_agg(body) FROM events WHERE at > @since;
      -- name: ArrayOf :one
      SELECT ARRAY(SELECT name FROM members) AS names;
      -- name: Written :exec
      UPDATE events SET body = m.name::text::jsonb FROM members m WHERE events.user_id = @user_id AND m.code = @code;

      """)
    #expect(found.count == 13)
    check(found, leak: true, atLeast: 13)
  }

  @Test func whatIsPostgreSQLsAloneIsClean() throws {
    let corpus = try Corpus(Self.own, Self.tenants)
    let found = try corpus.judge(
      """
      -- name: DistinctOn :many
      SELECT body FROM (SELECT DISTINCT ON (user_id, body) body, user_id FROM events ORDER BY user_id, body, at) e WHERE user_id = @user_id;
      -- name: Using :exec
      DELETE FROM events e USING members m WHERE m.user_id = @user_id AND m.user_id = e.user_id AND m.name = e.body ->> 'name';
      -- name: OwnRoom :exec
      INSERT INTO stays (id, user_id, host_id, room_id) VALUES (@id, @user_id, @user_id, @room_id);
      -- name: MoveToOwn :exec
      UPDATE stays SET host_id = @user_id, room_id = @room_id WHERE id = @id AND user_id = @user_id;
      -- name: Lateral :many
      SELECT m.name, e.body FROM members m, LATERAL (SELECT body FROM events x WHERE x.user_id = m.user_id ORDER BY at DESC LIMIT 3) e WHERE m.user_id = @user_id;
      -- name: Partition :many
      SELECT body FROM events_2026 WHERE id = @id AND user_id = @user_id;
      -- name: Daily :many
      SELECT day, n FROM daily WHERE user_id = @user_id;
      -- name: Ranked :many
      SELECT * FROM (SELECT id, user_id, row_number() OVER (PARTITION BY user_id ORDER BY at) AS place FROM events) e WHERE user_id = @user_id;
      -- name: Filtered :one
      SELECT count(*) FILTER (WHERE user_id = @user_id) AS n FROM events;
      -- name: Cast :many
      SELECT body FROM events WHERE user_id = @user_id::text::uuid;
      -- name: Own :exec
      INSERT INTO members (user_id, name, code) VALUES (@user_id, @name, 'a') ON CONFLICT (name) DO UPDATE SET code = 'b' WHERE members.user_id = excluded.user_id;

      """)
    #expect(found.count == 11)
    check(found, leak: false, atLeast: 11)
  }

  /// Of what has no words in relations nothing is claimed.
  @Test func whatCannotBeToldIsNotProven() throws {
    let corpus = try Corpus(Self.own, Self.tenants)
    let found = try corpus.judge(
      """
      -- name: Moved :many
      WITH gone AS (DELETE FROM events WHERE id = @id RETURNING *) SELECT body FROM gone WHERE user_id = @user_id;
      -- name: Merged :exec
      MERGE INTO members m USING events e ON e.user_id = m.user_id WHEN MATCHED THEN DELETE;
      -- name: Sampled :many
      SELECT body FROM events TABLESAMPLE SYSTEM (10) WHERE user_id = @user_id;

      """)
    #expect(found.count >= 2)
    for query in found { #expect(query.findings == nil, "\(query.name)") }
  }
}

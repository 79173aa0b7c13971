// Plans of PostgreSQL: what its EXPLAIN is read as, the indexes that are proposed, and what they are worth to the server itself.

import Foundation
import SQLCDiagnostics
import SQLCDriver
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCFacts
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPlans
import SQLCPostgreSQLHandle
import SQLCQueryFile
import Testing

/// A query, its plan, and the index that is best for it.
private struct KnownPlan {
  var name: String
  var sql: String
  /// Values for its parameters, in their order, where it is run.
  var values: [String] = []
  var steps: [String]
  /// Nothing: none is wanted.
  var best: String?

  static let schema = """
    CREATE TABLE users (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, is_active boolean NOT NULL);
    CREATE TABLE tasks (
      id bigserial PRIMARY KEY, user_id bigint NOT NULL, project_id bigint NOT NULL, state text NOT NULL, priority int NOT NULL,
      title text NOT NULL, created_at timestamptz NOT NULL, due_at timestamptz, deleted_at timestamptz
    );
    CREATE TABLE comments (
      id bigserial PRIMARY KEY, task_id bigint NOT NULL, author_id bigint NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL
    );
    CREATE TABLE labels (task_id bigint NOT NULL, name text NOT NULL, PRIMARY KEY (task_id, name));
    CREATE TABLE events (id bigserial PRIMARY KEY, kind text NOT NULL, subject_id bigint NOT NULL, at timestamptz NOT NULL);
    CREATE INDEX idx_events_kind ON events (kind);

    """

  static let all: [Self] = [
    Self(
      name: "Equality", sql: "SELECT id, title FROM tasks WHERE user_id = @user", values: ["7"], steps: ["scan tasks"],
      best: "tasks (user_id)"),
    Self(
      name: "TwoEqualities", sql: "SELECT id FROM tasks WHERE state = @state AND project_id = @project",
      values: ["'open'", "7"], steps: ["scan tasks"], best: "tasks (state, project_id)"),
    Self(
      name: "EqualityAndBound", sql: "SELECT id FROM tasks WHERE created_at > @since AND user_id = @user",
      values: ["'2020-06-01'", "7"], steps: ["scan tasks"], best: "tasks (user_id, created_at)"),
    Self(
      name: "EqualityAndOrder",
      sql: "SELECT id, title FROM tasks WHERE user_id = @user ORDER BY created_at DESC LIMIT 20", values: ["7"],
      steps: ["scan tasks", "sort for ORDER BY"], best: "tasks (user_id, created_at)"),
    Self(
      name: "OrderAlone", sql: "SELECT id, title FROM tasks ORDER BY created_at LIMIT 20",
      steps: ["scan tasks", "sort for ORDER BY"], best: "tasks (created_at)"),
    Self(
      name: "BothWays", sql: "SELECT id FROM tasks WHERE user_id = @user ORDER BY priority DESC, due_at LIMIT 10",
      values: ["7"], steps: ["scan tasks", "sort for ORDER BY"], best: "tasks (user_id, priority, due_at DESC)"),
    Self(
      name: "PageByKey",
      sql:
        "SELECT id FROM tasks WHERE user_id = @user AND (created_at, id) < (@at, @id) ORDER BY created_at DESC, id DESC LIMIT 20",
      values: ["7", "'2025-06-01'", "500"], steps: ["scan tasks", "sort for ORDER BY"],
      best: "tasks (user_id, created_at, id)"),
    Self(
      name: "JoinToChildren",
      sql: "SELECT t.id, c.body FROM tasks AS t JOIN comments AS c ON c.task_id = t.id WHERE t.id = @id",
      values: ["70"],
      steps: ["search tasks as t by tasks_pkey alone (id=?)", "scan comments as c"], best: "comments (task_id)"),
    Self(
      name: "CorrelatedCount",
      sql:
        "SELECT id, (SELECT count(*) FROM comments AS c WHERE c.task_id = t.id) AS n FROM tasks AS t WHERE t.id BETWEEN @low AND @high",
      values: ["100", "110"],
      steps: [
        "search tasks as t by tasks_pkey alone (id>=? AND id<=?)", "correlated subquery", "  scan comments as c",
      ], best: "comments (task_id)"),
    Self(
      name: "Exists",
      sql:
        "SELECT id FROM users AS u WHERE u.id < @limit AND EXISTS (SELECT 1 FROM tasks AS t WHERE t.user_id = u.id AND t.state = 'open')",
      values: ["20"],
      // The users of open tasks, told apart, then each of them by its key.
      steps: ["scan tasks as t", "sort for GROUP BY", "search users as u by users_pkey alone (id=? AND id<?)"],
      best: "tasks (user_id, state)"),
    Self(
      name: "List", sql: "SELECT id, title FROM tasks WHERE project_id = ANY(@projects::bigint[])",
      values: ["'{3,5}'"], steps: ["scan tasks"], best: "tasks (project_id)"),
    Self(
      name: "SoftDelete", sql: "SELECT id FROM tasks WHERE deleted_at IS NULL AND user_id = @user", values: ["7"],
      steps: ["scan tasks"], best: "tasks (user_id) WHERE deleted_at IS NULL"),
    Self(
      name: "Queue",
      sql: "SELECT id FROM tasks WHERE deleted_at IS NOT NULL AND due_at < @now ORDER BY due_at LIMIT 10",
      values: ["'2026-01-01'"], steps: ["scan tasks", "sort for ORDER BY"],
      best: "tasks (due_at) WHERE deleted_at IS NOT NULL"),
    Self(
      name: "Bound", sql: "SELECT id FROM tasks WHERE due_at < @now", values: ["'2020-01-03'"], steps: ["scan tasks"],
      best: "tasks (due_at)"),
    Self(
      name: "Either", sql: "SELECT id FROM tasks WHERE user_id = @user OR project_id = @project", values: ["7", "8"],
      steps: ["scan tasks"], best: "tasks (user_id); tasks (project_id)"),
    Self(
      name: "Widened", sql: "SELECT id FROM events WHERE kind = @kind ORDER BY at DESC LIMIT 50", values: ["'k3'"],
      steps: ["search events by idx_events_kind (kind=?)", "sort for ORDER BY"],
      best: "events (kind, at) for idx_events_kind"),
    Self(
      name: "Update", sql: "UPDATE tasks SET state = 'done' WHERE project_id = @project", values: ["7"],
      steps: ["scan tasks"], best: "tasks (project_id)"),
    Self(
      name: "Expression", sql: "SELECT id FROM users WHERE lower(name) = @name", values: ["'n7'"],
      steps: ["scan users"], best: "users (lower(name))"),
    Self(
      name: "ServedByAKey", sql: "SELECT name FROM labels WHERE task_id = @task ORDER BY name", values: ["7"],
      steps: ["search labels by labels_pkey alone (task_id=?)"]),
    // All rows of both: the server reads each once.
    Self(
      name: "WholeJoin", sql: "SELECT t.id, c.body FROM tasks AS t JOIN comments AS c ON c.task_id = t.id",
      steps: ["scan comments as c", "scan tasks as t by tasks_pkey alone"]),
  ]
}

@Suite(.needsPostgreSQL) struct PostgreSQLPlanTests {
  private final class Planning {
    let facts: SchemaFacts
    let inspector: any FactInspector
    let planner: any QueryPlanner
    let models: [String: QueryToPlan]

    init(schema: String, queries: String) throws {
      let machine = Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
      let engine = PostgreSQLEngine(
        settings: ServerSettings(machine: machine), extensions: [],
        place: SourceRange(path: "sqlc-swift.yaml", range: ByteRange(at: 0)))
      let files = [SourceFile(path: "schema.sql", text: schema)]
      let loaded = try engine.load(files)
      inspector = try #require(loaded.value.inspector as? any FactInspector)
      facts = inspector.schemaFacts()
      let split = splitQueries(of: SourceFile(path: "queries.sql", text: queries), rules: .postgresql).value
      var models: [String: QueryToPlan] = [:]
      for (query, answer) in try zip(split, loaded.value.analyze(split) { _ in }) {
        #expect(answer.diagnostics.filter { $0.severity == .error }.map(\.message) == [], "\(query.name)")
        models[query.name] = answer.value.map { QueryToPlan(query, $0) }
      }
      self.models = models
      planner = try engine.planner(over: files, statistics: nil)
    }

    func plans(_ names: String...) throws -> BlockPlans {
      BlockPlans(try names.map { try #require(models[$0]) }, over: facts, inspector: inspector, by: planner)
    }
  }

  private static let queries = KnownPlan.all.map { "-- name: \($0.name) :exec\n\($0.sql);\n" }.joined()

  private static func lines(_ steps: [PlanStep]) -> [String] {
    zip(steps, depths(of: steps)).map { String(repeating: "  ", count: $1) + $0.words }
  }

  @Test func plansAreReadAndTheBestIndexIsProposed() throws {
    let planning = try Planning(schema: KnownPlan.schema, queries: Self.queries)
    for known in KnownPlan.all {
      let plans = try planning.plans(known.name)
      #expect(plans.queries[0].failure == nil, "\(known.name)")
      #expect(Self.lines(plans.queries[0].statements.first?.steps ?? []) == known.steps, "\(known.name)")
      let proposed = plans.wanted.map { wanted in
        wanted.definitions.map { String($0[$0.firstRange(of: " ON ")!.upperBound...]) }.joined(separator: "; ")
          + (wanted.replaces.map { " for \($0)" } ?? "")
      }
      #expect(proposed == [known.best].compactMap(\.self), "\(known.name)")
    }
  }

  /// With rows and statistics the server itself takes each proposed index, and reads less. With SQLC_SWIFT_PLAN_ROWS=100000 the times
  /// are printed: the table of the article.
  @Test func whatIsProposedIsUsed() throws {
    let wantedRows = ProcessInfo.processInfo.environment["SQLC_SWIFT_PLAN_ROWS"].flatMap { Int($0) }
    let planning = try Planning(schema: KnownPlan.schema, queries: Self.queries)
    let filled = try Filled(rows: wantedRows ?? 20_000)
    for known in KnownPlan.all where known.best != nil {
      let wanted = try planning.plans(known.name).wanted
      let statement = PlaceholderStyle.dollar.text(of: try #require(planning.models[known.name]).model.sql)
      let before = try filled.run(statement, known.values)
      try filled.execute("BEGIN; " + wanted.flatMap(\.definitions).joined(separator: "; "))
      for name in wanted.compactMap(\.replaces) { try filled.execute("DROP INDEX \(name)") }
      let after = try filled.run(statement, known.values)
      try filled.execute("ROLLBACK")
      #expect(after.rows == before.rows && (before.rows > 0 || known.name == "Update"), "\(known.name)")
      // What an update writes outweighs what it reads of so few rows.
      #expect(
        after.blocks < before.blocks || known.name == "Update",
        "\(known.name): \(before.blocks) blocks before, \(after.blocks) after")
      if wantedRows != nil {
        let times = [before, after].map { String(format: "%.3f ms", $0.milliseconds) }
        print("| \(known.name) | \(before.rows) | `\(known.best ?? "")` | \(times[0]) | \(times[1]) |")
      }
    }
  }

  @Test func schemasPartitionsAndNames() throws {
    let planning = try Planning(
      schema: """
        CREATE SCHEMA one; CREATE SCHEMA two;
        CREATE TABLE one.items (id int PRIMARY KEY, "Kind" text NOT NULL, "user" int NOT NULL);
        CREATE TABLE two.items (id int PRIMARY KEY, "Kind" text NOT NULL);
        CREATE TABLE readings (at date NOT NULL, sensor int NOT NULL, value int NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE readings_1 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE TABLE readings_2 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE INDEX idx_readings_at ON readings (at);
        CREATE TABLE docs (id int PRIMARY KEY, tags text[] NOT NULL, title text NOT NULL);
        CREATE INDEX idx_docs_tags ON docs USING gin (tags);
        CREATE TABLE jobs (id int PRIMARY KEY, state text NOT NULL);
        CREATE INDEX idx_jobs_open ON jobs (id) WHERE state <> 'done';
        """,
      queries: """
        -- name: Quoted :many
        SELECT id FROM one.items WHERE "Kind" = @kind AND "user" = @user;
        -- name: Other :many
        SELECT id FROM two.items AS t WHERE t."Kind" = @kind;
        -- name: Parts :many
        SELECT value FROM readings WHERE sensor = @sensor;
        -- name: PartsByDay :many
        SELECT value FROM readings WHERE at = @at;
        -- name: Tagged :many
        SELECT id FROM docs WHERE tags @> @tags;
        -- name: EqualTags :many
        SELECT id FROM docs WHERE tags = @tags AND title = @title;
        -- name: Open :many
        SELECT id FROM jobs WHERE state <> 'done' ORDER BY id LIMIT 5;
        -- name: Twice :many
        SELECT a.id FROM docs a JOIN docs b ON b.title = a.title WHERE a.id = @id;
        -- name: Hashed :many
        SELECT id FROM docs WHERE id NOT IN (SELECT id FROM jobs);
        -- name: Called :exec
        SELECT 1;
        -- name: Deletes :exec
        DELETE FROM docs USING jobs WHERE jobs.id = docs.id AND jobs.state = @state;
        """)
    func lines(_ name: String) throws -> [String] {
      Self.lines(try planning.plans(name).queries[0].statements.first?.steps ?? [])
    }
    func wanted(_ name: String) throws -> [String] { try planning.plans(name).wanted.flatMap(\.definitions) }
    #expect(try lines("Quoted") == ["scan one.items as items"])
    #expect(
      try wanted("Quoted") == [
        #"CREATE INDEX "idx_one.items_Kind_user" ON one.items ("Kind", "user")"#
      ])
    #expect(try wanted("Other") == [#"CREATE INDEX "idx_two.items_Kind" ON two.items ("Kind")"#])
    #expect(try lines("Parts") == ["scan readings"])
    #expect(try wanted("Parts") == ["CREATE INDEX idx_readings_sensor ON readings (sensor)"])
    #expect(try lines("PartsByDay") == ["search readings by idx_readings_at (at=?)"])
    #expect(try lines("Tagged") == ["search docs by idx_docs_tags (tags@>?)"])
    #expect(try wanted("EqualTags") == [] as [String])
    #expect(try lines("Open") == ["search jobs by idx_jobs_open alone"])
    #expect(try lines("Twice").count == 2)
    #expect(try wanted("Twice") == ["CREATE INDEX idx_docs_title ON docs (title)"])
    #expect(try lines("Hashed").contains("subquery"))
    #expect(try lines("Called") == [] as [String])
    #expect(try wanted("Deletes") == ["CREATE INDEX idx_jobs_state ON jobs (state)"])
  }

  /// The rules, the baseline and `plan` serve both engines.
  @Test func theCommands() throws {
    let schema =
      "CREATE TABLE jobs (id bigserial PRIMARY KEY, worker_id bigint NOT NULL, at timestamptz NOT NULL);\n"
    let index = "CREATE INDEX idx_jobs_worker_id ON jobs (worker_id);\n"
    let project = try PostgreSQLProject(
      schema: schema + index,
      queries: """
        -- name: OfWorker :many
        SELECT at FROM jobs WHERE worker_id = @worker_id;
        -- name: Search :many
        SELECT id FROM jobs WHERE worker_id = @worker_id AND sqlc.optional(at > @since);
        """)
    let configuration = try String(
      contentsOf: project.folder.appending(path: "sqlc-swift.yaml"), encoding: .utf8)
    try project.write(configuration + "\nvet: {packs: [plans], plans: plans.txt}\n", to: "sqlc-swift.yaml")
    var writing = VetRequest()
    writing.plans = .written
    #expect(try vet(project.context, writing).exit == .success)
    let text = try String(contentsOf: project.folder.appending(path: "plans.txt"), encoding: .utf8)
    #expect(text.contains("OfWorker\n  search jobs by idx_jobs_worker_id (worker_id=?)\n"), "\(text)")
    #expect(try vet(project.context, VetRequest()).exit == .success)

    try project.write(schema, to: "schema.sql")
    let worse = try vet(project.context, VetRequest())
    #expect(worse.exit == .drift)
    #expect(worse.standardOutput.contains("error: 'OfWorker' reads every row of 'jobs', which it did not when"))
    #expect(
      worse.standardOutput.contains(
        "which 'CREATE INDEX idx_jobs_worker_id_at ON jobs (worker_id, at)' would spare it"), "\(worse.standardOutput)")
    let printed = try plan(project.context, of: "OfWorker")
    #expect(printed.standardOutput.hasPrefix("OfWorker  queries.sql:1\n╰─ scan jobs\n"), "\(printed)")
  }
}

/// A server with rows: a thousand users' tasks, events of ten kinds.
private final class Filled {
  struct Work {
    var rows: Int
    var blocks: Int
    var milliseconds: Double
  }

  private struct Answer: Decodable {
    struct Node: Decodable {
      var rows: Int
      var hit: Int
      var read: Int
      var type: String
      enum CodingKeys: String, CodingKey {
        case rows = "Actual Rows"
        case hit = "Shared Hit Blocks"
        case read = "Shared Read Blocks"
        case type = "Node Type"
      }
    }
    var plan: Node
    var time: Double
    enum CodingKeys: String, CodingKey {
      case plan = "Plan"
      case time = "Execution Time"
    }
  }

  private let server: ScratchServer
  private let connection: PostgreSQLConnection

  init(rows: Int) throws {
    server = try ScratchServer(
      ServerSettings(
        machine: Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)))
    connection = try server.connect()
    func mixed(_ column: Int, _ bound: Int) -> String { "((i * \(column * 2) + 1) * 2654435761 >> 8) % \(bound)" }
    func moment(_ column: Int) -> String {
      "timestamptz '2020-01-01' + (\(mixed(column, rows))) * interval '30 minutes'"
    }
    try execute(
      """
      \(KnownPlan.schema)
      INSERT INTO users SELECT i, 'u' || i, 'N' || i, i % 3 = 0 FROM generate_series(1::bigint, 1000) AS i;
      INSERT INTO tasks SELECT i, \(mixed(1, 1000)), CASE WHEN i % 370 = 0 THEN 7 ELSE \(mixed(2, 500)) END,
        CASE WHEN i % 37 = 0 THEN 'open' ELSE 'done' END, i % 5, 't' || i, \(moment(3)), \(moment(4)),
        CASE i % 3 WHEN 0 THEN now() END FROM generate_series(1::bigint, \(rows)) AS i;
      INSERT INTO comments SELECT i, i * 7919 % \(rows / 4), i % 1000, 'b' || i, \(moment(5)) FROM generate_series(1::bigint, \(rows)) AS i;
      INSERT INTO events SELECT i, 'k' || (i % 10), i % 1000, \(moment(6)) FROM generate_series(1::bigint, \(rows)) AS i;
      """)
    try execute("ANALYZE")
  }

  func execute(_ sql: String) throws { try connection.execute(sql, deadline: .now + .seconds(120)) }

  /// The statement, run; the shortest of three times.
  func run(_ sql: String, _ values: [String]) throws -> Work {
    let arguments = values.isEmpty ? "" : "(\(values.joined(separator: ", ")))"
    var best: Work?
    for _ in 0..<3 {
      try execute("DEALLOCATE ALL")
      let rows = try connection.execute(
        "PREPARE known AS \(sql); EXPLAIN (FORMAT JSON, ANALYZE, BUFFERS, TIMING OFF) EXECUTE known\(arguments)",
        deadline: .now + .seconds(120))
      let json = try #require(rows.rows.first?.first ?? nil)
      let answer = try #require(try JSONDecoder().decode([Answer].self, from: Data(json.utf8)).first)
      let work = Work(
        rows: answer.plan.rows, blocks: answer.plan.hit + answer.plan.read,
        milliseconds: min(answer.time, best?.milliseconds ?? answer.time))
      best = work
    }
    return try #require(best)
  }
}

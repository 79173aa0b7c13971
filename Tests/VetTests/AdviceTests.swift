// Queries whose best index is known: what is proposed for them, tried on the scratch database.

import SQLCAnalysis
import SQLCDriver
import SQLCEngine
import SQLCFacts
import SQLCPlans
import Testing

/// A query and the index that is best for it; none where none helps, or one that is there does.
struct KnownIndex: Sendable, CustomTestStringConvertible {
  var name: String
  var sql: String
  var best: String?
  var testDescription: String { name }

  static let schema = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, team_id INTEGER NOT NULL) STRICT;
    CREATE TABLE tasks (
      id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, project_id INTEGER NOT NULL, state TEXT NOT NULL,
      priority INTEGER NOT NULL, title TEXT NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER, deleted_at INTEGER
    ) STRICT;
    CREATE TABLE comments (
      id INTEGER PRIMARY KEY, task_id INTEGER NOT NULL, author_id INTEGER NOT NULL, body TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE labels (task_id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (task_id, name)) STRICT;
    CREATE TABLE events (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject_id INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX idx_events_kind ON events (kind);
    """

  static let all: [Self] = [
    Self(name: "equality", sql: "SELECT id, title FROM tasks WHERE user_id = @user", best: "tasks (user_id)"),
    Self(
      name: "two equalities", sql: "SELECT id FROM tasks WHERE state = @state AND project_id = @project",
      best: "tasks (state, project_id)"),
    Self(
      name: "equality and bound", sql: "SELECT id FROM tasks WHERE created_at > @since AND user_id = @user",
      best: "tasks (user_id, created_at)"),
    Self(
      name: "equality and order",
      sql: "SELECT id, title FROM tasks WHERE user_id = @user ORDER BY created_at DESC LIMIT 20",
      best: "tasks (user_id, created_at)"),
    Self(
      name: "order alone", sql: "SELECT id, title FROM tasks ORDER BY created_at LIMIT 20", best: "tasks (created_at)"),
    Self(
      name: "order both ways",
      sql: "SELECT id FROM tasks WHERE user_id = @user ORDER BY priority DESC, due_at LIMIT 10",
      best: "tasks (user_id, priority, due_at DESC)"),
    Self(
      name: "page by key",
      sql:
        "SELECT id FROM tasks WHERE user_id = @user AND (created_at, id) < (@at, @id) ORDER BY created_at DESC, id DESC LIMIT 20",
      best: "tasks (user_id, created_at)"),
    Self(
      name: "join to children",
      sql: "SELECT t.id, c.body FROM tasks AS t JOIN comments AS c ON c.task_id = t.id WHERE t.id = @id",
      best: "comments (task_id)"),
    Self(
      name: "children in order", sql: "SELECT body FROM comments WHERE task_id = @task ORDER BY created_at",
      best: "comments (task_id, created_at)"),
    Self(
      name: "correlated count",
      sql:
        "SELECT id, (SELECT count(*) FROM comments AS c WHERE c.task_id = t.id) AS n FROM tasks AS t WHERE t.id BETWEEN @low AND @high",
      best: "comments (task_id)"),
    Self(
      name: "exists",
      sql:
        "SELECT id FROM users AS u WHERE EXISTS (SELECT 1 FROM tasks AS t WHERE t.user_id = u.id AND t.state = 'open')",
      best: "tasks (user_id, state)"),
    Self(
      name: "list", sql: "SELECT id, title FROM tasks WHERE project_id IN (sqlc.slice('projects'))",
      best: "tasks (project_id)"),
    Self(
      name: "soft delete", sql: "SELECT id FROM tasks WHERE deleted_at IS NULL AND user_id = @user",
      best: "tasks (user_id) WHERE deleted_at IS NULL"),
    Self(name: "bound", sql: "SELECT id FROM tasks WHERE due_at < @now", best: "tasks (due_at)"),
    Self(
      name: "between", sql: "SELECT id FROM comments WHERE created_at BETWEEN @low AND @high",
      best: "comments (created_at)"),
    Self(
      name: "either", sql: "SELECT id FROM tasks WHERE user_id = @user OR project_id = @project",
      best: "tasks (user_id); tasks (project_id)"),
    Self(
      name: "widened", sql: "SELECT id FROM events WHERE kind = @kind ORDER BY at DESC LIMIT 50",
      best: "events (kind, at) for idx_events_kind"),
    Self(
      name: "update", sql: "UPDATE tasks SET state = 'done' WHERE project_id = @project", best: "tasks (project_id)"),
    Self(name: "served by a key", sql: "SELECT name FROM labels WHERE task_id = @task ORDER BY name", best: nil),
    Self(
      name: "a function around it", sql: "SELECT id FROM tasks WHERE lower(title) = @title",
      best: "tasks (lower(title))"),
    Self(name: "a pattern", sql: "SELECT id FROM tasks WHERE title LIKE '%' || @part", best: nil),
    Self(
      name: "a queue",
      sql: "SELECT id FROM tasks WHERE deleted_at IS NULL AND state <> 'done' ORDER BY created_at LIMIT 5",
      best: "tasks (created_at) WHERE deleted_at IS NULL AND state <> 'done'"),
  ]
}

@Suite struct AdviceTests {
  @Test(arguments: KnownIndex.all)
  func theBestIndexIsProposed(_ known: KnownIndex) throws {
    let plans = try plans(schema: KnownIndex.schema, queries: "-- name: Known :exec\n\(known.sql);\n")
    let proposed = plans.wanted.map { wanted in
      wanted.definitions.map { String($0[$0.firstRange(of: " ON ")!.upperBound...]) }.joined(separator: "; ")
        + (wanted.replaces.map { " for \($0)" } ?? "")
    }
    #expect(proposed == [known.best].compactMap(\.self), "\(plans.queries[0].statements[0].steps.map(\.detail))")
  }

  /// The index that was proposed is there: nothing is wanted any more.
  @Test(arguments: KnownIndex.all)
  func whatIsProposedSettlesIt(_ known: KnownIndex) throws {
    let queries = "-- name: Known :exec\n\(known.sql);\n"
    let wanted = try plans(schema: KnownIndex.schema, queries: queries).wanted
    let made = wanted.flatMap { $0.definitions + ($0.replaces.map { ["DROP INDEX \($0)"] } ?? []) }
    let after = try plans(
      schema: KnownIndex.schema + "\n" + made.map { "\($0);\n" }.joined(), queries: queries)
    #expect(after.wanted.flatMap(\.definitions) == [])
  }

  /// One index for both: the wider one.
  @Test func aWiderIndexServesTheNarrowerQuery() throws {
    let plans = try plans(
      schema: KnownIndex.schema,
      queries: """
        -- name: OfUser :many
        SELECT id FROM tasks WHERE user_id = @user;
        -- name: Newest :many
        SELECT id FROM tasks WHERE user_id = @user ORDER BY created_at DESC LIMIT 5;
        """)
    #expect(
      plans.wanted.flatMap(\.definitions) == [
        "CREATE INDEX idx_tasks_user_id_created_at ON tasks (user_id, created_at)"
      ])
    #expect(plans.wanted.first?.queries.map(\.place) == [0, 1])
  }

  /// A partial index is none to those who ask for the other rows as well: one for both.
  @Test func aWholeIndexServesTheQueryOfSomeRows() throws {
    let plans = try plans(
      schema: KnownIndex.schema,
      queries: """
        -- name: Live :many
        SELECT id FROM tasks WHERE user_id = @user AND deleted_at IS NULL;
        -- name: All :many
        SELECT id FROM tasks WHERE user_id = @user;
        """)
    #expect(plans.wanted.flatMap(\.definitions) == ["CREATE INDEX idx_tasks_user_id ON tasks (user_id)"])
  }

  /// Indexes of the same columns and other rows have other names.
  @Test func partialIndexesAreToldApart() throws {
    let plans = try plans(
      schema: KnownIndex.schema,
      queries: """
        -- name: Live :many
        SELECT id FROM tasks WHERE user_id = @user AND deleted_at IS NULL;
        -- name: Gone :many
        SELECT id FROM tasks WHERE user_id = @user AND deleted_at IS NOT NULL;
        """)
    #expect(
      plans.wanted.flatMap(\.definitions) == [
        "CREATE INDEX idx_tasks_user_id ON tasks (user_id) WHERE deleted_at IS NULL",
        "CREATE INDEX idx_tasks_user_id_2 ON tasks (user_id) WHERE deleted_at IS NOT NULL",
      ])
  }

  /// What a partial index has is what is asked for: its scan reads nothing in vain.
  @Test func aScanOfAPartialIndexIsNone() throws {
    let plans = try plans(
      schema: KnownIndex.schema + "\nCREATE INDEX idx_tasks_open ON tasks (created_at) WHERE state <> 'done';",
      queries: "-- name: Open :many\nSELECT id FROM tasks WHERE state <> 'done' ORDER BY created_at LIMIT 5;\n")
    #expect(plans.queries[0].statements[0].steps.map(\.words) == ["search tasks by idx_tasks_open"])
    #expect(plans.wanted.isEmpty)
  }

  /// One branch of an OR has its index already.
  @Test func anIndexForTheOtherBranch() throws {
    let plans = try plans(
      schema: KnownIndex.schema + "\nCREATE INDEX idx_tasks_user_id ON tasks (user_id);",
      queries: "-- name: Q :many\nSELECT id FROM tasks WHERE user_id = @user OR project_id = @project;\n")
    #expect(plans.wanted.flatMap(\.definitions) == ["CREATE INDEX idx_tasks_project_id ON tasks (project_id)"])
  }

  /// Whose rows they are comes first, wherever it is compared.
  @Test func theTenantComesFirst() throws {
    var options = PlanOptions()
    options.leadingColumns = ["user_id"]
    let plans = try plans(
      schema: KnownIndex.schema, queries: "-- name: Q :many\nSELECT id FROM tasks WHERE state = @s AND user_id = @u;\n",
      options: options)
    #expect(plans.wanted.flatMap(\.definitions) == ["CREATE INDEX idx_tasks_user_id_state ON tasks (user_id, state)"])
  }

  /// A name that is a word of SQL's, or has a space.
  @Test func namesAreQuotedWhereTheyMustBe() throws {
    let plans = try plans(
      schema: "CREATE TABLE \"order\" (id INTEGER PRIMARY KEY, \"group\" TEXT NOT NULL, \"a b\" TEXT NOT NULL);",
      queries: "-- name: Q :many\nSELECT id FROM \"order\" WHERE \"group\" = @g AND \"a b\" = @b;\n")
    #expect(
      plans.wanted.flatMap(\.definitions)
        == ["CREATE INDEX \"idx_order_group_a b\" ON \"order\" (\"group\", \"a b\")"])
  }

  @Test func everyCombinationIsPlanned() throws {
    let plans = try plans(
      schema: KnownIndex.schema,
      queries: """
        -- name: Search :many
        SELECT id FROM tasks WHERE user_id = @user AND sqlc.optional(state = @state)
        ORDER BY sqlc.order(created_at, priority DESC) LIMIT 10;
        """)
    #expect(
      plans.queries[0].statements.map(\.combination) == [
        "everything by created_at", "nothing by created_at", "everything by created_at desc",
        "nothing by created_at desc", "everything by priority desc", "nothing by priority desc",
        "everything by priority",
        "nothing by priority",
      ])
  }

  /// With statistics, what is small may be read.
  @Test func statisticsSayWhatIsSmall() throws {
    func wanted(_ rows: Int) throws -> [String] {
      try plans(
        schema: KnownIndex.schema, queries: "-- name: Q :many\nSELECT id FROM tasks WHERE user_id = @u;\n",
        statistics: PlanStatistics(rows: [.init(table: "tasks", index: nil, text: "\(rows)")])
      ).wanted.flatMap(\.definitions)
    }
    #expect(try wanted(20) == [])
    #expect(try wanted(50_000).count == 1)
  }

  /// The order of rows within a narrower index is lost in a wider one: both stay.
  @Test func anIndexThatAnotherQueryNeedsIsNotReplaced() throws {
    let plans = try plans(
      schema: KnownIndex.schema,
      queries: """
        -- name: Newest :many
        SELECT id FROM events WHERE kind = @kind ORDER BY at DESC LIMIT 50;
        -- name: ByNumber :many
        SELECT id FROM events WHERE kind = @kind ORDER BY id LIMIT 50;
        """)
    #expect(plans.wanted.flatMap(\.definitions) == ["CREATE INDEX idx_events_kind_at ON events (kind, at)"])
    #expect(plans.wanted.first?.replaces == nil)
  }
}

/// The plans of a project of one schema and one file of queries.
func plans(
  schema: String, queries: String, options: PlanOptions = PlanOptions(), statistics: PlanStatistics? = nil
) throws -> BlockPlans {
  let snapshot = try snapshot(schema: schema, queries: queries)
  let block = try #require(snapshot.blocks.first)
  let inspector = try #require(block.inspector as? any FactInspector)
  let engine = try #require(block.engine as? any PlanningEngine)
  return BlockPlans(
    block.queries.compactMap { query in query.model.map { QueryToPlan(query.annotated, $0) } },
    over: inspector.schemaFacts(), inspector: inspector,
    by: try engine.planner(over: block.block.schema, statistics: statistics), options: options)
}

// The packs serve PostgreSQL projects: what its catalogs say reaches the rules.

import Foundation
import SQLCDriver
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import Testing

@Suite(.needsPostgreSQL) struct PostgreSQLVetTests {
  private func said(_ schema: String, _ queries: String, _ settings: String) throws -> [String] {
    let project = try PostgreSQLProject(schema: schema, queries: queries)
    let configuration = try String(
      contentsOf: project.folder.appending(path: "sqlc-swift.yaml"), encoding: .utf8)
    try project.write(configuration + "\nvet:\n" + settings, to: "sqlc-swift.yaml")
    let outcome = try vet(project.context, VetRequest())
    #expect(outcome.standardError == "")
    return outcome.standardOutput.split(separator: "\n").compactMap { line in
      line.split(separator: "= help: ").dropFirst().first.map(String.init)
    }.sorted()
  }

  private static let settings =
    "  packs: [naming, keys, time, safety, schema]\n  tenant: user_id\n  soft_delete: deleted_at\n"

  private static let clean = """
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$;
    CREATE TYPE state AS ENUM ('open', 'done');
    CREATE TABLE projects (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL, name text NOT NULL, is_open boolean NOT NULL DEFAULT true,
      settings jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz, CONSTRAINT uq_projects_user_id_id UNIQUE (user_id, id)
    );
    CREATE TRIGGER touched BEFORE UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE TABLE tasks (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL, project_id bigint NOT NULL, state state NOT NULL DEFAULT 'open',
      created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz,
      CONSTRAINT fk_tasks_projects FOREIGN KEY (user_id, project_id) REFERENCES projects (user_id, id) ON DELETE CASCADE
    );
    CREATE INDEX idx_tasks_user_id_project_id ON tasks (user_id, project_id);

    """

  private static let queries = """
    -- name: Rename :exec
    UPDATE projects SET name = @name WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;
    -- name: Remove :exec
    UPDATE projects SET deleted_at = now() WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;
    -- name: Add :one
    INSERT INTO projects (user_id, name, is_open, settings) VALUES (@user_id, @name, @is_open, @settings) RETURNING *;
    -- name: AddTask :exec
    INSERT INTO tasks (user_id, project_id, state) VALUES (@user_id, @project_id, @state);
    -- name: Tasks :many
    SELECT t.*, p.name FROM tasks t JOIN projects p ON p.user_id = t.user_id AND p.id = t.project_id AND p.deleted_at IS NULL
    WHERE t.user_id = @user_id AND t.deleted_at IS NULL ORDER BY t.id LIMIT 20;
    -- name: RemoveTask :exec
    UPDATE tasks SET deleted_at = now(), updated_at = now() WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

    """

  /// The server takes statements apart for itself: rules about expressions look at SQLite's.
  @Test func rulesAboutExpressionsFindNothing() throws {
    let found = try said(
      "CREATE TABLE t (id bigint PRIMARY KEY);\n", "-- name: Get :many\nSELECT id FROM t ORDER BY id;\n",
      "  packs: [portable]\n")
    #expect(found == ["vet/unread-syntax"])
  }

  /// The catalogs know no difference between NO ACTION and nothing; the text of the schema does.
  @Test func aWrittenNoActionIsSeen() throws {
    let found = try said(
      """
      CREATE SCHEMA app;
      CREATE TABLE app.users (id bigint PRIMARY KEY, "Tenant" bigint NOT NULL, UNIQUE (id, "Tenant"));
      CREATE TABLE app.a (id bigint PRIMARY KEY, user_id bigint REFERENCES app.users (id) ON UPDATE CASCADE ON DELETE NO ACTION);
      CREATE TABLE app.b (id bigint PRIMARY KEY, owner bigint, "Tenant" bigint,
        FOREIGN KEY (owner, "Tenant") REFERENCES app.users (id, "Tenant") on delete no action);
      ALTER TABLE app.b RENAME COLUMN owner TO user_id;
      ALTER TABLE app.b RENAME TO c;
      CREATE TABLE app.d (id bigint PRIMARY KEY);
      ALTER TABLE app.d ADD COLUMN user_id bigint REFERENCES app.users ON DELETE NO ACTION, ADD COLUMN other_id bigint;
      ALTER TABLE app.d ADD CONSTRAINT fk_d_users FOREIGN KEY (other_id) REFERENCES app.users (id) ON UPDATE NO ACTION;
      """, "-- name: One :one\nSELECT 1 AS one;\n",
      "  packs: [keys]\n  rules: []\n  except: [{rule: keys/unindexed-foreign-key, reason: \"another matter\"}, {rule: keys/mixed-keys, reason: \"another matter\"}]\n"
    )
    #expect(found.filter { $0 == "keys/missing-on-delete" }.count == 1, "\(found)")
  }

  @Test func aCleanProjectHasNothing() throws {
    #expect(try said(Self.clean, Self.queries, Self.settings) == [] as [String])
  }

  @Test(arguments: [
    (
      "CREATE INDEX idx_tasks_user_id_project_id ON tasks (user_id, project_id);", "",
      ["keys/unindexed-foreign-key", "keys/unindexed-tenant"]
    ),
    (" ON DELETE CASCADE", "", ["keys/missing-on-delete"]),
    ("fk_tasks_projects", "tasks_to_projects", ["naming/constraint-name"]),
    ("idx_tasks_user_id_project_id", "tasks_by_project", ["naming/index-name"]),
    ("is_open", "open", ["naming/boolean-column"]),
    (
      "created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz,\n  CONSTRAINT fk",
      "created_at timestamp NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz,\n  CONSTRAINT fk",
      ["time/mixed-storage", "time/naive-time"]
    ),
    ("state state NOT NULL DEFAULT 'open'", "state text NOT NULL DEFAULT 'open'", ["design/unchecked-enumeration"]),
    ("SET deleted_at = now(), updated_at = now()", "SET deleted_at = now()", ["time/stale-updated-at"]),
    (
      "WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;\n-- name: Remove ",
      "WHERE id = @id AND deleted_at IS NULL;\n-- name: Remove ", ["isolation/unrestricted-rows"]
    ),
    ("AND p.deleted_at IS NULL", "", ["isolation/deleted-rows"]),
    ("ORDER BY t.id LIMIT", "ORDER BY t.state LIMIT", ["safety/unordered-limit"]),
  ])
  func aViolationTripsItsRule(_ text: String, _ instead: String, _ rules: [String]) throws {
    let schema = Self.clean.replacing(text, with: instead)
    let queries = Self.queries.replacing(text, with: instead)
    #expect(schema != Self.clean || queries != Self.queries)
    #expect(try said(schema, queries, Self.settings) == rules)
  }

  /// How many rows a server's tables have says which of them are small; a file of SQLite's is refused.
  @Test func rowsOfADatabaseAreAsked() throws {
    let schema = """
      CREATE SCHEMA app;
      CREATE TABLE app.countries (id bigint PRIMARY KEY, region text NOT NULL);
      CREATE TABLE app.visits (id bigint PRIMARY KEY, region text NOT NULL);

      """
    let machine = Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths)
    let server = try ScratchServer(ServerSettings(machine: machine))
    let connection = try server.connect()
    try connection.execute(schema, deadline: .now + .seconds(30))
    let project = try PostgreSQLProject(
      schema: schema,
      queries: """
        -- name: Countries :many
        SELECT id FROM app.countries WHERE region = @region;
        -- name: Visits :many
        SELECT id FROM app.visits WHERE region = @region;
        """)
    let configuration = try String(contentsOf: project.folder.appending(path: "sqlc-swift.yaml"), encoding: .utf8)
    try project.write(configuration + "\nvet:\n  packs: [plans]\n", to: "sqlc-swift.yaml")
    func wanted(_ database: String?) throws -> [String] {
      var request = VetRequest()
      request.database = database
      let outcome = try vet(project.context, request)
      return ["countries", "visits"].filter { outcome.standardOutput.contains("CREATE INDEX idx_\($0)_region") }
    }
    func refusal(_ database: String) throws -> String {
      do {
        return "\(try wanted(database))"
      } catch {
        return "\(error)"
      }
    }
    #expect(try wanted(nil) == ["countries", "visits"])
    let uri = "postgresql:///scratch?host=\(try #require(server.socketFolder))&user=sqlc"
    #expect(try refusal(uri).contains("has no statistics"))
    try connection.execute(
      "INSERT INTO app.countries SELECT i, 'r' || i FROM generate_series(1, 20) i;"
        + "INSERT INTO app.visits SELECT i, 'r' || i % 20 FROM generate_series(1, 5000) i; ANALYZE;",
      deadline: .now + .seconds(30))
    #expect(try wanted(uri) == ["visits"])
    #expect(try refusal("app.db").contains("no block with 'engine: sqlite'"))
    #expect(try refusal("postgres://u@127.0.0.1:1/x").contains("no connection to the PostgreSQL server"))
    try project.write(configuration + "\nvet:\n  packs: [naming]\n", to: "sqlc-swift.yaml")
    #expect(try refusal(uri).contains("'vet.packs' lacks 'plans'"))
  }
}

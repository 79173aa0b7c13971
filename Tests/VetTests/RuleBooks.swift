// The five teams' rules as schemas of our own.

private typealias Violation = RuleBook.Violation

let ruleBooks = [station, kagent, mcpGateway, agentOS, omoios]

private let station = RuleBook(
  preset: .station,
  schema: """
    CREATE TABLE users (
      id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE, is_admin BOOLEAN NOT NULL DEFAULT FALSE,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE TABLE environments (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created_by INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE INDEX idx_environments_created_by ON environments (created_by);
    CREATE TABLE agents (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, max_steps INTEGER NOT NULL DEFAULT 5 CHECK (max_steps > 0),
      environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE, cron_schedule TEXT,
      schedule_enabled BOOLEAN NOT NULL DEFAULT FALSE,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE INDEX idx_agents_env ON agents (environment_id);
    CREATE TABLE agent_runs (
      id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE, status TEXT NOT NULL,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE INDEX idx_agent_runs_agent_status ON agent_runs (agent_id, status);

    """,
  queries: """
    -- name: CreateAgent :one
    INSERT INTO agents (name, environment_id) VALUES (?, ?) RETURNING *;
    -- name: GetAgent :one
    SELECT * FROM agents WHERE id = ?;
    -- name: NewestAgents :many
    SELECT * FROM agents WHERE environment_id = ? ORDER BY created_at DESC, id DESC LIMIT 20;
    -- name: UpdateAgent :one
    UPDATE agents SET name = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ? RETURNING *;
    -- name: DeleteAgent :exec
    DELETE FROM agents WHERE id = ?;
    -- name: Statistics :many
    SELECT a.id, count(r.id) AS runs, count(CASE WHEN r.status = 'completed' THEN 1 END) AS completed
    FROM agents a LEFT JOIN agent_runs r ON r.agent_id = a.id WHERE a.environment_id = ? GROUP BY a.id;

    """,
  violations: [
    Violation("tables have plural names", "agent_runs", "agent_run", "naming/plural-table"),
    Violation("a foreign key is called after its table", "created_by", "owner", "naming/foreign-key-column"),
    Violation(
      "every row says when it was created",
      "agents (id) ON DELETE CASCADE, status TEXT NOT NULL,\n  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP",
      "agents (id) ON DELETE CASCADE, status TEXT NOT NULL", "time/missing-created-at"),
    Violation(
      "an update says when", "SET name = ?, updated_at = CURRENT_TIMESTAMP", "SET name = ?", "time/stale-updated-at"),
    Violation(
      "foreign keys are indexed", "CREATE INDEX idx_agents_env ON agents (environment_id);", "",
      "keys/unindexed-foreign-key"),
    Violation(
      "what happens to children is said", "environments (id) ON DELETE CASCADE", "environments (id)",
      "keys/missing-on-delete"),
    Violation(
      "deleting is by id", "DELETE FROM agents WHERE id = ?", "DELETE FROM agents", "safety/unconditional-write"),
    Violation(
      "a page is newest first, and always the same", "ORDER BY created_at DESC, id DESC LIMIT",
      "ORDER BY created_at DESC LIMIT", "safety/unordered-limit"),
    Violation(
      "keys are of their parents' type", "agent_id INTEGER", "agent_id TEXT", "keys/foreign-key-type",
      "safety/loose-comparison"),
  ])

private let kagent = RuleBook(
  preset: .kagent,
  schema: """
    CREATE TABLE agents (
      id INTEGER PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL, user_id TEXT NOT NULL,
      spec JSON NOT NULL CHECK (json_valid(spec)), status JSON CHECK (json_valid(status)), metadata JSON CHECK (json_valid(metadata)),
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, deleted_at DATETIME
    );
    CREATE UNIQUE INDEX idx_agent_namespace_name ON agents (user_id, namespace, name) WHERE deleted_at IS NULL;
    CREATE TABLE sessions (
      id TEXT NOT NULL PRIMARY KEY, name TEXT, user_id TEXT NOT NULL, agent_id INTEGER NOT NULL,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, deleted_at DATETIME
    );
    CREATE INDEX idx_sessions_user_id ON sessions (user_id);

    """,
  queries: """
    -- name: CreateAgent :one
    INSERT INTO agents (namespace, name, user_id, spec, status, metadata) VALUES (?, ?, @user_id, ?, ?, ?) RETURNING id;
    -- name: Agent :one
    SELECT id, spec, status, metadata FROM agents WHERE namespace = @namespace AND name = @name AND user_id = @user_id AND deleted_at IS NULL;
    -- name: SetSpec :exec
    UPDATE agents SET spec = @spec, updated_at = CURRENT_TIMESTAMP WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;
    -- name: CreateSession :exec
    INSERT INTO sessions (id, name, user_id, agent_id)
    SELECT @id, @name, user_id, id FROM agents WHERE id = @agent_id AND user_id = @user_id AND deleted_at IS NULL;
    -- name: Sessions :many
    SELECT s.id, s.name, a.name AS agent FROM sessions s
    JOIN agents a ON a.id = s.agent_id AND a.user_id = s.user_id AND a.deleted_at IS NULL
    WHERE s.user_id = @user_id AND s.deleted_at IS NULL;

    """,
  violations: [
    Violation("tables have plural names", "sessions", "session", "naming/plural-table"),
    Violation("names are lower case with underscores", "namespace", "nameSpace", "naming/snake-case-column"),
    Violation(
      "every row has created_at",
      "agent_id INTEGER NOT NULL,\n  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,",
      "agent_id INTEGER NOT NULL,", "time/missing-created-at"),
    Violation(
      "every row has updated_at, kept true", "SET spec = @spec, updated_at = CURRENT_TIMESTAMP", "SET spec = @spec",
      "time/stale-updated-at"),
    Violation(
      "every row has deleted_at", "CREATE TABLE sessions",
      "CREATE TABLE checkpoints (id INTEGER PRIMARY KEY, created_at DATETIME);\nCREATE TABLE sessions",
      "time/missing-deleted-at"),
    Violation(
      "JSON is JSON", "spec JSON NOT NULL CHECK (json_valid(spec))", "spec JSON NOT NULL", "design/unchecked-json"),
    Violation(
      "user_id is indexed", "CREATE INDEX idx_sessions_user_id ON sessions (user_id);", "", "keys/unindexed-tenant"),
    Violation(
      "every query filters by it", "WHERE id = @id AND user_id = @user_id AND", "WHERE id = @id AND",
      "isolation/unrestricted-rows"),
    Violation("joins filter by it", "AND a.user_id = s.user_id", "", "isolation/unrestricted-rows"),
    Violation(
      "every row has its user", "user_id, spec, status, metadata) VALUES (?, ?, @user_id,",
      "user_id, spec, status, metadata) VALUES (?, ?, 'nobody',", "isolation/unowned-row"),
    Violation(
      "deleted rows are gone", "@name AND user_id = @user_id AND deleted_at IS NULL", "@name AND user_id = @user_id",
      "isolation/deleted-rows"),
  ])

private let mcpGateway = RuleBook(
  preset: .mcpGateway,
  schema: """
    CREATE TABLE mcp_servers (
      id TEXT NOT NULL, name TEXT NOT NULL, is_enabled BOOLEAN NOT NULL DEFAULT TRUE, metadata TEXT,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
      CONSTRAINT pk_mcp_servers PRIMARY KEY (id), CONSTRAINT uq_mcp_servers_name UNIQUE (name)
    );
    CREATE TABLE mcp_tools (
      id TEXT NOT NULL, server_id TEXT NOT NULL, name TEXT NOT NULL, embedding BLOB, has_config BOOLEAN NOT NULL,
      created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
      CONSTRAINT pk_mcp_tools PRIMARY KEY (id),
      CONSTRAINT fk_mcp_tools_mcp_servers FOREIGN KEY (server_id) REFERENCES mcp_servers (id) ON DELETE CASCADE,
      CONSTRAINT ck_mcp_tools_embedding CHECK (length(embedding) = 6144)
    );
    CREATE INDEX idx_mcp_tools_server_id_created_at ON mcp_tools (server_id, created_at);

    """,
  queries: """
    -- name: Server :one
    SELECT id, name FROM mcp_servers WHERE id = ?;
    -- name: Tools :many
    SELECT t.id, t.server_id, s.name FROM mcp_tools t JOIN mcp_servers s ON s.id = t.server_id WHERE t.has_config;
    -- name: Enable :exec
    UPDATE mcp_servers SET is_enabled = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?;

    """,
  violations: [
    Violation("tables are plural snake_case", "mcp_tools", "mcp_tool", "naming/plural-table"),
    Violation("columns are snake_case", "embedding", "Embedding", "naming/snake-case-column"),
    Violation(
      "created_at always",
      "is_enabled BOOLEAN NOT NULL DEFAULT TRUE, metadata TEXT,\n  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,",
      "is_enabled BOOLEAN NOT NULL DEFAULT TRUE, metadata TEXT,", "time/missing-created-at"),
    Violation(
      "updated_at is kept true", "SET is_enabled = ?, updated_at = CURRENT_TIMESTAMP", "SET is_enabled = ?",
      "time/stale-updated-at"),
    Violation("foreign keys end in _id", "server_id", "server", "naming/foreign-key-column"),
    Violation("booleans begin with is_ or has_", "has_config", "configured", "naming/boolean-column"),
    Violation(
      "indexes are idx_{table}_{columns}", "idx_mcp_tools_server_id_created_at", "ix_mcp_tools_server_id_created_at",
      "naming/index-name"),
    Violation("primary keys are pk_{table}", "pk_mcp_tools", "mcp_tools_pkey", "naming/constraint-name"),
    Violation(
      "unique constraints are uq_{table}_{columns}", "uq_mcp_servers_name", "uq_name", "naming/constraint-name"),
    Violation(
      "foreign keys are fk_{table}_{parent}", "fk_mcp_tools_mcp_servers", "fk_servers", "naming/constraint-name"),
    Violation(
      "checks are ck_{table}_{description}", "ck_mcp_tools_embedding", "chk_mcp_tools_embedding",
      "naming/constraint-name"),
    Violation(
      "no N+1", "SELECT t.id, t.server_id, s.name FROM mcp_tools t JOIN mcp_servers s ON s.id = t.server_id WHERE",
      "SELECT t.id, t.server_id FROM mcp_tools t WHERE",
      "safety/n-plus-one"),
  ])

private let agentOS = RuleBook(
  preset: .agentOS,
  schema: """
    CREATE TABLE users (
      id UUID NOT NULL PRIMARY KEY, email TEXT NOT NULL UNIQUE, is_verified BOOLEAN NOT NULL DEFAULT FALSE, metadata JSON CHECK (json_valid(metadata)),
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')), updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')),
      CONSTRAINT chk_users_email_format CHECK (email LIKE '_%@_%')
    );
    CREATE TABLE orders (
      id UUID NOT NULL PRIMARY KEY, user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      status VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'shipped')),
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')), updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
    );
    CREATE INDEX idx_orders_user_id_created_at ON orders (user_id, created_at);

    """,
  queries: """
    -- name: Page :many
    SELECT id, status FROM orders WHERE user_id = ? AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT 20;
    -- name: HasOrders :one
    SELECT EXISTS (SELECT 1 FROM orders WHERE user_id = ?) AS has_orders;
    -- name: Users :many
    SELECT u.email, count(o.id) FILTER (WHERE o.status = 'shipped') AS shipped
    FROM users u LEFT JOIN orders o ON o.user_id = u.id WHERE u.is_verified GROUP BY u.id;

    """,
  violations: [
    Violation("tables are plural snake_case", "orders", "order_list", "naming/plural-table"),
    Violation("ON DELETE is always said", "users (id) ON DELETE CASCADE", "users (id)", "keys/missing-on-delete"),
    Violation(
      "foreign keys are indexed", "CREATE INDEX idx_orders_user_id_created_at ON orders (user_id, created_at);", "",
      "keys/unindexed-foreign-key"),
    Violation(
      "status sets are checked", " CHECK (status IN ('pending', 'processing', 'shipped'))", "",
      "design/unchecked-enumeration"),
    Violation("constraints are named chk_", "chk_users_email_format", "email_format", "naming/constraint-name"),
    Violation("booleans begin with is_", "is_verified", "verified", "naming/boolean-column"),
    Violation("lists have a LIMIT", "WHERE u.is_verified GROUP", "GROUP", "safety/unbounded-rows"),
    Violation(
      "pages go on from a key", "AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT 20",
      "ORDER BY created_at DESC, id DESC LIMIT 20 OFFSET ?",
      "safety/offset-pagination"),
    Violation(
      "EXISTS asks whether there is one", "SELECT EXISTS (SELECT 1 FROM orders WHERE user_id = ?) AS has_orders",
      "SELECT count(*) > 0 AS has_orders FROM orders WHERE user_id = ?",
      "safety/counted-existence"),
    Violation(
      "indexes that are not needed go", "CREATE INDEX idx_orders",
      "CREATE INDEX idx_orders_user_id ON orders (user_id);\nCREATE INDEX idx_orders", "design/redundant-index"),
    Violation("JSON is JSON", " CHECK (json_valid(metadata))", "", "design/unchecked-json"),
    Violation(
      "rows say when they were created",
      "CHECK (json_valid(metadata)),\n  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')),",
      "CHECK (json_valid(metadata)),",
      "time/missing-created-at"),
  ])

private let omoios = RuleBook(
  preset: .omoios,
  schema: """
    CREATE TABLE tickets (
      id VARCHAR NOT NULL PRIMARY KEY, title TEXT NOT NULL, details JSON NOT NULL CHECK (json_valid(details)),
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')), updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
    );
    CREATE TABLE tasks (
      id VARCHAR NOT NULL PRIMARY KEY, ticket_id VARCHAR NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
      status TEXT NOT NULL CHECK (status IN ('pending', 'done')),
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')), updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
    );
    CREATE INDEX ix_tasks_ticket_id ON tasks (ticket_id);
    CREATE TABLE phase_history (
      id VARCHAR NOT NULL PRIMARY KEY, ticket_id VARCHAR NOT NULL REFERENCES tickets (id) ON DELETE CASCADE, phase TEXT NOT NULL,
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
    );
    CREATE INDEX idx_phase_history_ticket_id ON phase_history (ticket_id);
    CREATE TABLE resource_locks (
      id VARCHAR NOT NULL PRIMARY KEY, locked_by_task_id VARCHAR NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
      created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
    );
    CREATE INDEX ix_resource_locks_locked_by_task_id ON resource_locks (locked_by_task_id);

    """,
  queries: """
    -- name: Task :one
    SELECT id, ticket_id, status FROM tasks WHERE id = ?;
    -- name: Finish :exec
    UPDATE tasks SET status = 'done', updated_at = strftime('%Y-%m-%dT%H:%M:%fZ') WHERE id = ?;

    """,
  violations: [
    Violation(
      "every id is a string", "phase_history (\n  id VARCHAR NOT NULL PRIMARY KEY",
      "phase_history (\n  id INTEGER PRIMARY KEY", "keys/mixed-keys"),
    Violation(
      "a foreign key has its parent's type", "locked_by_task_id VARCHAR", "locked_by_task_id INTEGER",
      "keys/foreign-key-type"),
    Violation("no column is called metadata", "details", "metadata", "naming/reserved-name"),
    Violation("no column is called type", "phase TEXT", "type TEXT", "naming/reserved-name"),
    Violation(
      "times have a zone",
      "title TEXT NOT NULL, details JSON NOT NULL CHECK (json_valid(details)),\n  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))",
      "title TEXT NOT NULL, details JSON NOT NULL CHECK (json_valid(details)),\n  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP",
      "time/naive-time"),
    Violation(
      "there is one way to keep a time",
      "ON DELETE CASCADE,\n  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))\n);\nCREATE INDEX ix_resource",
      "ON DELETE CASCADE,\n  created_at INTEGER NOT NULL DEFAULT 0\n);\nCREATE INDEX ix_resource", "time/mixed-storage"),
    Violation(
      "foreign keys are indexed", "CREATE INDEX ix_tasks_ticket_id ON tasks (ticket_id);", "",
      "keys/unindexed-foreign-key"),
    Violation("indexes are ix_ or idx_", "ix_tasks_ticket_id", "tasks_by_ticket", "naming/index-name"),
    Violation("tables have plural names", "tickets", "ticket", "naming/plural-table"),
    Violation("JSON is JSON", " CHECK (json_valid(details))", "", "design/unchecked-json"),
  ])

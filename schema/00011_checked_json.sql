-- +goose Up
-- table mcp_tools changed (built anew)
-- table tickets changed (built anew)
-- table tasks changed (built anew)
-- index idx_agent_memories_agent_id dropped
-- index idx_agent_memories_agent_id_importance added

-- Fails where foreign keys are enforced: dropping a table would change the rows that refer to it.
SELECT json_extract('{}', 'foreign keys are enforced, and dropping a table would change rows of others: ' || foreign_keys)
FROM pragma_foreign_keys WHERE foreign_keys = 1 AND (EXISTS (SELECT 1 FROM agent_tools) OR EXISTS (SELECT 1 FROM tool_call_logs) OR EXISTS (SELECT 1 FROM tasks) OR EXISTS (SELECT 1 FROM resource_locks));
DROP INDEX idx_agent_memories_agent_id;
-- mcp_tools is built anew: ALTER TABLE cannot change it so.
CREATE TABLE sqlc_new_mcp_tools (
  id            INTEGER PRIMARY KEY,
  mcp_server_id INTEGER NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
  name          TEXT NOT NULL,
  description   TEXT,
  -- JSON schema of the tool's input.
  input_schema  JSON CHECK (input_schema IS NULL OR json_valid(input_schema)),
  created_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT uq_mcp_tools_mcp_server_id_name UNIQUE (mcp_server_id, name)
);
INSERT INTO sqlc_new_mcp_tools (id, mcp_server_id, name, description, input_schema, created_at, updated_at)
SELECT id, mcp_server_id, name, description, input_schema, created_at, updated_at FROM mcp_tools;
DROP TABLE mcp_tools;
ALTER TABLE sqlc_new_mcp_tools RENAME TO mcp_tools;
-- tickets is built anew: ALTER TABLE cannot change it so.
CREATE TABLE sqlc_new_tickets (
  id         UUID NOT NULL PRIMARY KEY,
  user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  title      TEXT NOT NULL,
  body       TEXT NOT NULL DEFAULT '',
  priority   TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  due_on     DATE,
  -- Whatever the asking team wants to remember.
  context    JSON NOT NULL DEFAULT '{}' CHECK (json_valid(context)),
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at DATETIME
);
INSERT INTO sqlc_new_tickets (rowid, id, user_id, title, body, priority, due_on, context, created_at, updated_at, deleted_at)
SELECT rowid, id, user_id, title, body, priority, due_on, context, created_at, updated_at, deleted_at FROM tickets;
DROP TABLE tickets;
ALTER TABLE sqlc_new_tickets RENAME TO tickets;
-- tasks is built anew: ALTER TABLE cannot change it so.
CREATE TABLE sqlc_new_tasks (
  id           UUID NOT NULL PRIMARY KEY,
  ticket_id    UUID NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  -- The agent that took the task, if one has.
  agent_id     INTEGER REFERENCES agents (id) ON DELETE SET NULL,
  title        TEXT NOT NULL,
  status       TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'assigned', 'processing', 'done', 'failed')),
  estimate     NUMERIC,
  result       JSON CHECK (result IS NULL OR json_valid(result)),
  completed_at DATETIME,
  created_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO sqlc_new_tasks (rowid, id, ticket_id, agent_id, title, status, estimate, result, completed_at, created_at, updated_at)
SELECT rowid, id, ticket_id, agent_id, title, status, estimate, result, completed_at, created_at, updated_at FROM tasks;
DROP TABLE tasks;
ALTER TABLE sqlc_new_tasks RENAME TO tasks;
CREATE INDEX idx_tickets_user_id_created_at ON tickets (user_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX idx_tasks_ticket_id ON tasks (ticket_id);
CREATE INDEX idx_tasks_agent_id ON tasks (agent_id) WHERE agent_id IS NOT NULL;
CREATE INDEX idx_tasks_status_created_at ON tasks (status, created_at);
CREATE INDEX idx_agent_memories_agent_id_importance ON agent_memories (agent_id, importance DESC);
CREATE INDEX idx_tickets_user_id ON tickets (user_id);
-- +goose StatementBegin
CREATE TRIGGER tr_tasks_completed_at AFTER UPDATE OF status ON tasks
WHEN new.status IN ('done', 'failed') AND new.completed_at IS NULL
BEGIN
  UPDATE tasks SET completed_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;
-- +goose StatementEnd

-- +goose Down
-- Fails where foreign keys are enforced: dropping a table would change the rows that refer to it.
SELECT json_extract('{}', 'foreign keys are enforced, and dropping a table would change rows of others: ' || foreign_keys)
FROM pragma_foreign_keys WHERE foreign_keys = 1 AND (EXISTS (SELECT 1 FROM agent_tools) OR EXISTS (SELECT 1 FROM tool_call_logs) OR EXISTS (SELECT 1 FROM tasks) OR EXISTS (SELECT 1 FROM resource_locks));
DROP INDEX idx_agent_memories_agent_id_importance;
-- mcp_tools is built anew: ALTER TABLE cannot change it so.
CREATE TABLE sqlc_new_mcp_tools (
  id            INTEGER PRIMARY KEY,
  mcp_server_id INTEGER NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
  name          TEXT NOT NULL,
  description   TEXT,
  -- JSON schema of the tool's input.
  input_schema  JSON,
  created_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT uq_mcp_tools_mcp_server_id_name UNIQUE (mcp_server_id, name)
);
INSERT INTO sqlc_new_mcp_tools (id, mcp_server_id, name, description, input_schema, created_at, updated_at)
SELECT id, mcp_server_id, name, description, input_schema, created_at, updated_at FROM mcp_tools;
DROP TABLE mcp_tools;
ALTER TABLE sqlc_new_mcp_tools RENAME TO mcp_tools;
-- tickets is built anew: ALTER TABLE cannot change it so.
CREATE TABLE sqlc_new_tickets (
  id         UUID NOT NULL PRIMARY KEY,
  user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  title      TEXT NOT NULL,
  body       TEXT NOT NULL DEFAULT '',
  priority   TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  due_on     DATE,
  -- Whatever the asking team wants to remember.
  context    JSON NOT NULL DEFAULT '{}',
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at DATETIME
);
INSERT INTO sqlc_new_tickets (rowid, id, user_id, title, body, priority, due_on, context, created_at, updated_at, deleted_at)
SELECT rowid, id, user_id, title, body, priority, due_on, context, created_at, updated_at, deleted_at FROM tickets;
DROP TABLE tickets;
ALTER TABLE sqlc_new_tickets RENAME TO tickets;
-- tasks is built anew: ALTER TABLE cannot change it so.
CREATE TABLE sqlc_new_tasks (
  id           UUID NOT NULL PRIMARY KEY,
  ticket_id    UUID NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  -- The agent that took the task, if one has.
  agent_id     INTEGER REFERENCES agents (id) ON DELETE SET NULL,
  title        TEXT NOT NULL,
  status       TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'assigned', 'processing', 'done', 'failed')),
  estimate     NUMERIC,
  result       JSON,
  completed_at DATETIME,
  created_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO sqlc_new_tasks (rowid, id, ticket_id, agent_id, title, status, estimate, result, completed_at, created_at, updated_at)
SELECT rowid, id, ticket_id, agent_id, title, status, estimate, result, completed_at, created_at, updated_at FROM tasks;
DROP TABLE tasks;
ALTER TABLE sqlc_new_tasks RENAME TO tasks;
CREATE INDEX idx_tickets_user_id_created_at ON tickets (user_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX idx_tasks_ticket_id ON tasks (ticket_id);
CREATE INDEX idx_tasks_agent_id ON tasks (agent_id) WHERE agent_id IS NOT NULL;
CREATE INDEX idx_tasks_status_created_at ON tasks (status, created_at);
CREATE INDEX idx_agent_memories_agent_id ON agent_memories (agent_id, importance DESC);
-- +goose StatementBegin
CREATE TRIGGER tr_tasks_completed_at AFTER UPDATE OF status ON tasks
WHEN new.status IN ('done', 'failed') AND new.completed_at IS NULL
BEGIN
  UPDATE tasks SET completed_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;
-- +goose StatementEnd

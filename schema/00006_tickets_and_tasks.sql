-- +goose Up

-- Work that people ask for. Keys are UUIDs kept as text, made by whoever creates the row.
CREATE TABLE tickets (
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

CREATE INDEX idx_tickets_user_id_created_at ON tickets (user_id, created_at) WHERE deleted_at IS NULL;

-- The parts of a ticket that agents work on.
CREATE TABLE tasks (
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

CREATE INDEX idx_tasks_ticket_id ON tasks (ticket_id);
CREATE INDEX idx_tasks_agent_id ON tasks (agent_id) WHERE agent_id IS NOT NULL;
CREATE INDEX idx_tasks_status_created_at ON tasks (status, created_at);

-- +goose StatementBegin
CREATE TRIGGER tr_tasks_completed_at AFTER UPDATE OF status ON tasks
WHEN new.status IN ('done', 'failed') AND new.completed_at IS NULL
BEGIN
  UPDATE tasks SET completed_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;
-- +goose StatementEnd

-- Who holds what. One holder at a time for every resource.
CREATE TABLE resource_locks (
  id                 UUID NOT NULL PRIMARY KEY,
  resource           TEXT NOT NULL,
  locked_by_task_id  UUID NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  locked_by_agent_id INTEGER REFERENCES agents (id) ON DELETE CASCADE,
  expires_at         DATETIME NOT NULL,
  released_at        DATETIME,
  created_at         DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE UNIQUE INDEX uq_resource_locks_resource ON resource_locks (resource) WHERE released_at IS NULL;
CREATE INDEX idx_resource_locks_locked_by_task_id ON resource_locks (locked_by_task_id);
CREATE INDEX idx_resource_locks_locked_by_agent_id ON resource_locks (locked_by_agent_id);

-- +goose Down
DROP TABLE resource_locks;
DROP TABLE tasks;
DROP TABLE tickets;

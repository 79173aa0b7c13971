-- +goose Up
CREATE TABLE agent_messages (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  from_agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  to_agent_id TEXT REFERENCES agents (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  message_metadata JSONB,
  read_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_agent_messages_from_agent_id ON agent_messages (from_agent_id);
CREATE INDEX ix_agent_messages_to_agent_id ON agent_messages (to_agent_id);

CREATE TABLE collaboration_threads (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  task_id TEXT REFERENCES tasks (id) ON DELETE CASCADE,
  participants TEXT[] NOT NULL DEFAULT '{}' CHECK (array_position(participants, NULL) IS NULL),
  thread_metadata JSONB,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_collaboration_threads_ticket_id ON collaboration_threads (ticket_id);
CREATE INDEX ix_collaboration_threads_task_id ON collaboration_threads (task_id);

-- One row for each resource that is locked.
CREATE TABLE resource_locks (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  resource_name TEXT NOT NULL CONSTRAINT uq_resource_locks_resource_name UNIQUE,
  locked_by_task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  locked_by_agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  expires_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_resource_locks_locked_by_task_id ON resource_locks (locked_by_task_id);
CREATE INDEX ix_resource_locks_locked_by_agent_id ON resource_locks (locked_by_agent_id);
CREATE INDEX ix_resource_locks_expires_at ON resource_locks (expires_at);

-- +goose Down
DROP TABLE resource_locks;
DROP TABLE collaboration_threads;
DROP TABLE agent_messages;

-- +goose Up
CREATE TABLE tickets (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  title TEXT NOT NULL CHECK (title <> ''),
  phase_id TEXT NOT NULL DEFAULT 'requirements'
    CHECK (phase_id IN ('requirements', 'design', 'implementation', 'testing', 'done')),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  priority INTEGER NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
-- As vet proposes it for the page of open tickets.
CREATE INDEX idx_tickets_status_priority_created_at_id ON tickets (status, priority, created_at, id);

CREATE TABLE agents (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  name TEXT NOT NULL CONSTRAINT uq_agents_name UNIQUE,
  status TEXT NOT NULL DEFAULT 'idle' CHECK (status IN ('idle', 'working', 'lost')),
  capabilities TEXT[] NOT NULL DEFAULT '{}' CHECK (array_position(capabilities, NULL) IS NULL),
  -- When the agent was last heard of.
  heartbeat_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_agents_status ON agents (status);

CREATE TABLE tasks (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  assigned_agent_id TEXT REFERENCES agents (id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'failed')),
  priority INTEGER NOT NULL DEFAULT 0,
  -- Ids of the tasks that come first.
  dependencies JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(dependencies) = 'array'),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  result JSONB,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_tasks_ticket_id ON tasks (ticket_id);
CREATE INDEX ix_tasks_assigned_agent_id ON tasks (assigned_agent_id);
CREATE INDEX ix_tasks_status ON tasks (status);
CREATE INDEX idx_tasks_dependencies ON tasks USING gin (dependencies);

CREATE TABLE events (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  entity_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  payload JSONB NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_events_entity_id ON events (entity_id);
CREATE INDEX ix_events_created_at ON events (created_at);

-- +goose Down
DROP TABLE events;
DROP TABLE tasks;
DROP TABLE agents;
DROP TABLE tickets;

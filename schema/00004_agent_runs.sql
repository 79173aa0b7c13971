-- +goose Up

-- One execution of an agent. A run may start others: then it is their parent.
CREATE TABLE agent_runs (
  id               INTEGER PRIMARY KEY,
  agent_id         INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  user_id          INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  parent_run_id    INTEGER REFERENCES agent_runs (id) ON DELETE SET NULL,
  task             TEXT NOT NULL,
  status           TEXT NOT NULL DEFAULT 'queued'
    CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  final_response   TEXT,
  error            TEXT,
  input_tokens     INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
  output_tokens    INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
  total_tokens     INTEGER NOT NULL GENERATED ALWAYS AS (input_tokens + output_tokens) VIRTUAL,
  duration_seconds REAL CHECK (duration_seconds >= 0),
  started_at       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  completed_at     DATETIME,
  CONSTRAINT ck_agent_runs_order CHECK (completed_at IS NULL OR completed_at >= started_at)
);

CREATE INDEX idx_agent_runs_agent_id_started_at ON agent_runs (agent_id, started_at DESC);
CREATE INDEX idx_agent_runs_user_id ON agent_runs (user_id);
CREATE INDEX idx_agent_runs_parent_run_id ON agent_runs (parent_run_id) WHERE parent_run_id IS NOT NULL;
CREATE INDEX idx_agent_runs_active ON agent_runs (status, started_at) WHERE status IN ('queued', 'running');

-- What a run did, in order.
CREATE TABLE agent_run_steps (
  id           INTEGER PRIMARY KEY,
  agent_run_id INTEGER NOT NULL REFERENCES agent_runs (id) ON DELETE CASCADE,
  position     INTEGER NOT NULL CHECK (position > 0),
  kind         TEXT NOT NULL CHECK (kind IN ('thought', 'tool_call', 'answer')),
  content      TEXT NOT NULL,
  created_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT uq_agent_run_steps_agent_run_id_position UNIQUE (agent_run_id, position)
);

-- Every call of a tool, with what went in and came out.
CREATE TABLE tool_call_logs (
  id           INTEGER PRIMARY KEY,
  agent_run_id INTEGER NOT NULL REFERENCES agent_runs (id) ON DELETE CASCADE,
  -- NULL once the tool is gone: the log outlives it.
  tool_id      INTEGER REFERENCES mcp_tools (id) ON DELETE SET NULL,
  tool_name    TEXT NOT NULL,
  input        JSON NOT NULL CHECK (json_valid(input)),
  output       BLOB,
  is_error     BOOLEAN NOT NULL DEFAULT FALSE,
  duration_ms  INTEGER NOT NULL CHECK (duration_ms >= 0),
  created_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_tool_call_logs_agent_run_id ON tool_call_logs (agent_run_id);
CREATE INDEX idx_tool_call_logs_tool_id ON tool_call_logs (tool_id) WHERE tool_id IS NOT NULL;
CREATE INDEX idx_tool_call_logs_created_at ON tool_call_logs (created_at);

-- +goose Down
DROP TABLE tool_call_logs;
DROP TABLE agent_run_steps;
DROP TABLE agent_runs;

-- What agents did.

CREATE TABLE agent_runs (
  id INTEGER PRIMARY KEY,
  agent_id INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  parent_run_id INTEGER REFERENCES agent_runs (id) ON DELETE SET NULL,
  task TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed')),
  duration_seconds REAL,
  started_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_agent_runs_agent_id ON agent_runs (agent_id, started_at);
CREATE INDEX idx_agent_runs_parent_run_id ON agent_runs (parent_run_id);

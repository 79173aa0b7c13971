-- +goose Up
CREATE TABLE monitor_anomalies (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  details JSONB NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_monitor_anomalies_agent_id ON monitor_anomalies (agent_id);
CREATE INDEX ix_monitor_anomalies_severity ON monitor_anomalies (severity);

CREATE TABLE cost_records (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  agent_id TEXT REFERENCES agents (id) ON DELETE SET NULL,
  provider TEXT NOT NULL,
  tokens BIGINT NOT NULL CHECK (tokens >= 0),
  cost NUMERIC(14, 6) NOT NULL CHECK (cost >= 0),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_cost_records_task_id ON cost_records (task_id);
CREATE INDEX ix_cost_records_agent_id ON cost_records (agent_id);
CREATE INDEX ix_cost_records_created_at ON cost_records (created_at);

-- What a guardian did to somebody else's work, and on whose word.
CREATE TABLE guardian_actions (
  id TEXT NOT NULL PRIMARY KEY DEFAULT gen_random_uuid()::TEXT,
  target_entity_id TEXT NOT NULL,
  action_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  executed_by_agent_id TEXT REFERENCES agents (id) ON DELETE SET NULL,
  audit_log JSONB NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX ix_guardian_actions_target_entity_id ON guardian_actions (target_entity_id);
CREATE INDEX ix_guardian_actions_executed_by_agent_id ON guardian_actions (executed_by_agent_id);

-- +goose Down
DROP TABLE guardian_actions;
DROP TABLE cost_records;
DROP TABLE monitor_anomalies;

-- +goose Up
CREATE TABLE sessions (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  agent_id UUID NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  title TEXT,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP
);
CREATE INDEX idx_sessions_agent_id ON sessions (agent_id);
CREATE INDEX idx_sessions_user_id ON sessions (user_id);

CREATE TABLE tasks (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  session_id UUID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'submitted' CHECK (state IN ('submitted', 'working', 'completed', 'failed')),
  priority INTEGER NOT NULL DEFAULT 0,
  message TEXT NOT NULL,
  result JSON,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP
);
CREATE INDEX idx_tasks_session_id ON tasks (session_id);
CREATE INDEX idx_tasks_user_id ON tasks (user_id);

CREATE TABLE checkpoints (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  task_id UUID NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step >= 0),
  state BLOB NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP,
  CONSTRAINT uq_checkpoints_task_id_step UNIQUE (task_id, step)
);
CREATE INDEX idx_checkpoints_user_id ON checkpoints (user_id);

-- +goose Down
DROP TABLE checkpoints;
DROP TABLE tasks;
DROP TABLE sessions;

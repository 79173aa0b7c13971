-- +goose Up
CREATE TABLE sessions (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  agent_id UUID NOT NULL,
  title TEXT,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP,
  CONSTRAINT uq_sessions_user_id_id UNIQUE (user_id, id),
  CONSTRAINT fk_sessions_agents FOREIGN KEY (user_id, agent_id) REFERENCES agents (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_sessions_user_id_agent_id ON sessions (user_id, agent_id);

CREATE TABLE tasks (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  session_id UUID NOT NULL,
  state TEXT NOT NULL DEFAULT 'submitted' CHECK (state IN ('submitted', 'working', 'completed', 'failed')),
  priority INTEGER NOT NULL DEFAULT 0,
  message TEXT NOT NULL,
  result JSON CHECK (result IS NULL OR json_valid(result)),
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP,
  CONSTRAINT uq_tasks_user_id_id UNIQUE (user_id, id),
  CONSTRAINT fk_tasks_sessions FOREIGN KEY (user_id, session_id) REFERENCES sessions (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_tasks_user_id_session_id ON tasks (user_id, session_id);

CREATE TABLE checkpoints (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  task_id UUID NOT NULL,
  step INTEGER NOT NULL CHECK (step >= 0),
  state BLOB NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP,
  CONSTRAINT uq_checkpoints_user_id_task_id_step UNIQUE (user_id, task_id, step),
  CONSTRAINT fk_checkpoints_tasks FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE
);

-- +goose Down
DROP TABLE checkpoints;
DROP TABLE tasks;
DROP TABLE sessions;

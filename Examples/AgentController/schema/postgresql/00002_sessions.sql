-- +goose Up
CREATE TABLE sessions (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT COLLATE "C" NOT NULL,
  agent_id UUID NOT NULL,
  title TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  deleted_at TIMESTAMPTZ,
  CONSTRAINT uq_sessions_user_id_id UNIQUE (user_id, id),
  CONSTRAINT fk_sessions_agents FOREIGN KEY (user_id, agent_id) REFERENCES agents (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_sessions_user_id_agent_id ON sessions (user_id, agent_id);

CREATE TABLE tasks (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT COLLATE "C" NOT NULL,
  session_id UUID NOT NULL,
  state TEXT NOT NULL DEFAULT 'submitted' CHECK (state IN ('submitted', 'working', 'completed', 'failed')),
  priority BIGINT NOT NULL DEFAULT 0,
  message TEXT NOT NULL,
  result JSONB,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  deleted_at TIMESTAMPTZ,
  CONSTRAINT uq_tasks_user_id_id UNIQUE (user_id, id),
  CONSTRAINT fk_tasks_sessions FOREIGN KEY (user_id, session_id) REFERENCES sessions (user_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_tasks_user_id_session_id ON tasks (user_id, session_id);

CREATE TABLE checkpoints (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT COLLATE "C" NOT NULL,
  task_id UUID NOT NULL,
  step BIGINT NOT NULL CHECK (step >= 0),
  state BYTEA NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL,
  deleted_at TIMESTAMPTZ,
  CONSTRAINT uq_checkpoints_user_id_task_id_step UNIQUE (user_id, task_id, step),
  CONSTRAINT fk_checkpoints_tasks FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE
);

-- +goose Down
DROP TABLE checkpoints;
DROP TABLE tasks;
DROP TABLE sessions;

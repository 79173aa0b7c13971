-- +goose Up

-- An agent: a prompt with tools, in an environment, perhaps on a schedule.
CREATE TABLE agents (
  id               INTEGER PRIMARY KEY,
  environment_id   INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  name             TEXT NOT NULL CHECK (length(trim(name)) > 0),
  description      TEXT,
  prompt           TEXT NOT NULL,
  max_steps        INTEGER NOT NULL DEFAULT 5 CHECK (max_steps > 0),
  -- How the agent is to be run: model, temperature, limits.
  spec             JSON NOT NULL DEFAULT '{}' CHECK (json_valid(spec)),
  -- What the scheduler last reported.
  status           JSON CHECK (status IS NULL OR json_valid(status)),
  created_by       INTEGER REFERENCES users (id) ON DELETE SET NULL,
  cron_schedule    TEXT,
  schedule_enabled BOOLEAN NOT NULL DEFAULT FALSE,
  created_at       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at       DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at       DATETIME
);

-- A name is taken only by agents that are not deleted.
CREATE UNIQUE INDEX uq_agents_environment_id_name ON agents (environment_id, name) WHERE deleted_at IS NULL;
CREATE INDEX idx_agents_environment_id_created_at ON agents (environment_id, created_at DESC);
CREATE INDEX idx_agents_created_by ON agents (created_by);
CREATE INDEX idx_agents_model ON agents (json_extract(spec, '$.model'));

-- Which agent may use which tool.
CREATE TABLE agent_tools (
  agent_id   INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  tool_id    INTEGER NOT NULL REFERENCES mcp_tools (id) ON DELETE CASCADE,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (agent_id, tool_id)
) WITHOUT ROWID;

CREATE INDEX idx_agent_tools_tool_id ON agent_tools (tool_id);

-- Words that users put on agents.
CREATE TABLE tags (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE agent_tags (
  agent_id INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  tag_id   INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (agent_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idx_agent_tags_tag_id ON agent_tags (tag_id);

-- +goose Down
DROP TABLE agent_tags;
DROP TABLE tags;
DROP TABLE agent_tools;
DROP TABLE agents;

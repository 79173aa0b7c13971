-- +goose Up
CREATE TABLE model_configs (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  namespace TEXT NOT NULL CHECK (length(namespace) BETWEEN 1 AND 63),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
  provider TEXT NOT NULL CHECK (provider IN ('anthropic', 'openai', 'ollama')),
  temperature DOUBLE PRECISION NOT NULL DEFAULT 0,
  price_per_call DECIMAL(12, 6) NOT NULL DEFAULT 0,
  is_default BOOLEAN NOT NULL DEFAULT FALSE,
  released_on DATE,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP,
  CONSTRAINT uq_model_configs_user_id_id UNIQUE (user_id, id)
);
CREATE UNIQUE INDEX uq_model_configs_namespace_name ON model_configs (user_id, namespace, name) WHERE deleted_at IS NULL;

-- An agent, as its owner wants it (spec) and as it is (status).
CREATE TABLE agents (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  namespace TEXT NOT NULL CHECK (length(namespace) BETWEEN 1 AND 63),
  -- RFC 1123: lower-case letters, digits and hyphens, neither first nor last a hyphen.
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*' AND name NOT GLOB '-*' AND name NOT GLOB '*-'),
  model_config_id UUID,
  spec JSON NOT NULL CHECK (json_valid(spec)),
  status JSON CHECK (status IS NULL OR json_valid(status)),
  tags JSON NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP,
  CONSTRAINT uq_agents_user_id_id UNIQUE (user_id, id),
  -- With the user in it: nobody's agent has another's model.
  CONSTRAINT fk_agents_model_configs FOREIGN KEY (user_id, model_config_id) REFERENCES model_configs (user_id, id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX uq_agents_namespace_name ON agents (user_id, namespace, name) WHERE deleted_at IS NULL;
CREATE INDEX idx_agents_user_id_model_config_id ON agents (user_id, model_config_id);

CREATE TABLE remote_mcp_servers (
  id UUID NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  metadata JSON NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  deleted_at TIMESTAMP
);
CREATE UNIQUE INDEX uq_remote_mcp_servers_namespace_name ON remote_mcp_servers (user_id, namespace, name) WHERE deleted_at IS NULL;

-- +goose Down
DROP TABLE remote_mcp_servers;
DROP TABLE agents;
DROP TABLE model_configs;

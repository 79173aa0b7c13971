-- +goose Up

-- Configuration files found in an environment's folder.
CREATE TABLE file_configs (
  id             INTEGER PRIMARY KEY,
  environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  path           TEXT NOT NULL,
  content_hash   TEXT NOT NULL CHECK (length(content_hash) = 64),
  content        BLOB NOT NULL,
  loaded_at      TIMESTAMP,
  created_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at     TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT uq_file_configs_environment_id_path UNIQUE (environment_id, path)
);

-- Servers that speak the Model Context Protocol.
CREATE TABLE mcp_servers (
  id              INTEGER PRIMARY KEY,
  environment_id  INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  file_config_id  INTEGER REFERENCES file_configs (id) ON DELETE SET NULL,
  name            TEXT NOT NULL,
  transport       TEXT NOT NULL DEFAULT 'stdio' CHECK (transport IN ('stdio', 'sse', 'streamable-http')),
  command         TEXT,
  url             TEXT,
  arguments       JSON NOT NULL DEFAULT '[]' CHECK (json_type(arguments) = 'array'),
  timeout_seconds REAL NOT NULL DEFAULT 30.0 CHECK (timeout_seconds > 0),
  is_enabled      BOOLEAN NOT NULL DEFAULT TRUE,
  created_at      DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at      DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT uq_mcp_servers_environment_id_name UNIQUE (environment_id, name),
  CONSTRAINT ck_mcp_servers_reachable CHECK (command IS NOT NULL OR url IS NOT NULL)
);

CREATE INDEX idx_mcp_servers_file_config_id ON mcp_servers (file_config_id) WHERE file_config_id IS NOT NULL;

-- What a server offers.
CREATE TABLE mcp_tools (
  id            INTEGER PRIMARY KEY,
  mcp_server_id INTEGER NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
  name          TEXT NOT NULL,
  description   TEXT,
  -- JSON schema of the tool's input.
  input_schema  JSON,
  created_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT uq_mcp_tools_mcp_server_id_name UNIQUE (mcp_server_id, name)
);

-- +goose Down
DROP TABLE mcp_tools;
DROP TABLE mcp_servers;
DROP TABLE file_configs;

-- +goose Up

-- People who own environments. Everything below an environment belongs to its user.
CREATE TABLE users (
  id           INTEGER PRIMARY KEY,
  -- An address of the form name@host, unique whatever its case.
  email        TEXT NOT NULL COLLATE NOCASE CHECK (email LIKE '_%@_%'),
  display_name TEXT NOT NULL CHECK (length(trim(display_name)) > 0),
  is_admin     BOOLEAN NOT NULL DEFAULT FALSE,
  api_key_hash BLOB,
  last_seen_at DATETIME,
  created_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at   DATETIME,
  CONSTRAINT uq_users_email UNIQUE (email)
);

-- A place where agents run: its variables, its budget, its tools.
CREATE TABLE environments (
  id             INTEGER PRIMARY KEY,
  user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name           TEXT NOT NULL CHECK (length(trim(name)) > 0),
  description    TEXT,
  -- Names and values handed to every agent of the environment.
  variables      JSON NOT NULL DEFAULT '{}' CHECK (json_valid(variables)),
  monthly_budget DECIMAL(12, 2),
  created_at     DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at     DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT uq_environments_user_id_name UNIQUE (user_id, name)
);

CREATE INDEX idx_users_created_at ON users (created_at) WHERE deleted_at IS NULL;

-- +goose Down
DROP TABLE environments;
DROP TABLE users;

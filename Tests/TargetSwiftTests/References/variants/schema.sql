CREATE TABLE environments (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE agents (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  model TEXT,
  environment_id INTEGER NOT NULL REFERENCES environments (id),
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX agents_name ON agents (name);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  status TEXT NOT NULL CHECK (status IN ('queued', 'done')),
  cost REAL
);

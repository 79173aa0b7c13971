-- +goose Up

-- What an agent remembers, with the vector that finds it again (little-endian float32, 4 bytes each).
CREATE TABLE agent_memories (
  id         INTEGER PRIMARY KEY,
  agent_id   INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  content    TEXT NOT NULL,
  embedding  VECTOR(4) NOT NULL CHECK (length(embedding) = 16),
  importance REAL NOT NULL DEFAULT 0.5 CHECK (importance BETWEEN 0 AND 1),
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_agent_memories_agent_id ON agent_memories (agent_id, importance DESC);

-- Settings of any type: SQLite keeps what it is given.
CREATE TABLE settings (
  key        TEXT NOT NULL PRIMARY KEY,
  value      ANY,
  updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE settings;
DROP TABLE agent_memories;

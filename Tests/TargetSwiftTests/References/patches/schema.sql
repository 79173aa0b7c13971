CREATE TABLE agents (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  budget REAL NOT NULL DEFAULT 0,
  latitude REAL,
  longitude REAL,
  archived_at DATETIME,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- What an UPDATE of a column by name sets off.
CREATE TABLE renames (id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL, old_name TEXT NOT NULL);
CREATE TRIGGER agents_renamed AFTER UPDATE OF name ON agents
BEGIN
  INSERT INTO renames (agent_id, old_name) VALUES (old.id, old.name);
END;

CREATE TABLE measurements (
  id INTEGER PRIMARY KEY, sensor TEXT NOT NULL, value REAL NOT NULL, taken_at DATETIME NOT NULL);
CREATE TABLE agents (
  id INTEGER PRIMARY KEY, environment_id INTEGER NOT NULL, name TEXT NOT NULL, model TEXT, created_at DATETIME NOT NULL,
  changed_at DATETIME, shared_with INTEGER);
CREATE TABLE environments (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL);
INSERT INTO environments VALUES (3, 7), (4, 8);
CREATE TABLE readings (sensor TEXT NOT NULL, day INTEGER NOT NULL, value REAL, PRIMARY KEY (sensor, day));
CREATE TABLE units (environment_id INTEGER NOT NULL REFERENCES environments, name TEXT NOT NULL);
CREATE TABLE tools (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE agent_tools (agent_id INT NOT NULL REFERENCES agents, tool_id INT NOT NULL REFERENCES tools,
  PRIMARY KEY (agent_id, tool_id));
INSERT INTO agents (id, environment_id, name, model, created_at) VALUES (1, 3, 'scout', 'small', '2026-01-02 03:04:05'), (2, 3, 'smith', NULL, '2026-02-02 03:04:05'),
  (3, 4, 'other', NULL, '2026-01-02 03:04:05');
INSERT INTO tools VALUES (1, 'hammer');
INSERT INTO agent_tools VALUES (2, 1);

CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE agents (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  team_id INTEGER NOT NULL REFERENCES teams (id)
);

CREATE TABLE tools (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, price REAL);

CREATE TABLE agent_tools (
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  tool_id INTEGER NOT NULL REFERENCES tools (id),
  PRIMARY KEY (agent_id, tool_id)
) WITHOUT ROWID;

-- Without any key.
CREATE TABLE notes (agent_id INTEGER NOT NULL REFERENCES agents (id), body TEXT);

-- Nothing that every row has.
CREATE TABLE remarks (topic TEXT, body TEXT);
CREATE VIEW shown_remarks AS SELECT topic, body FROM remarks;

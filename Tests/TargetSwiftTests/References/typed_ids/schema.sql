CREATE TABLE teams (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

-- Who works.
CREATE TABLE agents (
  id INTEGER PRIMARY KEY,
  team_id INTEGER NOT NULL REFERENCES teams (id),
  lead_id INTEGER REFERENCES agents (id),
  country TEXT REFERENCES countries (code),
  name TEXT NOT NULL
);

CREATE TABLE countries (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL
);

-- One row for an agent: its key is the agent's.
CREATE TABLE profiles (
  agent_id INTEGER PRIMARY KEY REFERENCES agents (id),
  about TEXT NOT NULL
);

CREATE TABLE sessions (
  token UUID NOT NULL PRIMARY KEY,
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  parent UUID REFERENCES sessions (token)
);

CREATE TABLE visits (
  agent_id INTEGER NOT NULL REFERENCES agents,
  session UUID NOT NULL REFERENCES sessions,
  visited INTEGER NOT NULL,
  PRIMARY KEY (agent_id, session)
);

CREATE VIEW leads AS
SELECT DISTINCT lead.id, lead.name, lead.team_id
FROM agents AS a
JOIN agents AS lead ON lead.id = a.lead_id;

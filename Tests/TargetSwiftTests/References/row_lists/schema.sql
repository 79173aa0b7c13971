CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tenant INTEGER NOT NULL);

CREATE TABLE tools (
  tenant INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'shell' CHECK (kind IN ('shell', 'web')),
  cost REAL,
  icon BLOB,
  key UUID,
  made_on DATE,
  active BOOLEAN NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, name)
);

CREATE TABLE agent_tools (
  agent_id INTEGER NOT NULL REFERENCES agents (id),
  tool TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (agent_id, tool)
);

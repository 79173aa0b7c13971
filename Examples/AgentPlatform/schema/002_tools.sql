-- What agents may call.

CREATE TABLE mcp_tools (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT
);

CREATE TABLE agent_tools (
  agent_id INTEGER NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  tool_id INTEGER NOT NULL REFERENCES mcp_tools (id) ON DELETE CASCADE,
  PRIMARY KEY (agent_id, tool_id)
) WITHOUT ROWID;

CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE teams (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE agents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, team_id bigint NOT NULL REFERENCES teams (id), name text NOT NULL, model text, level level NOT NULL DEFAULT 'low',
  created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE tools (id bigint PRIMARY KEY, name text NOT NULL, price numeric(10,2));
CREATE TABLE agent_tools (agent_id bigint REFERENCES agents (id), tool_id bigint REFERENCES tools (id), PRIMARY KEY (agent_id, tool_id));
CREATE TABLE notes (agent_id bigint NOT NULL REFERENCES agents (id), body text);
CREATE VIEW rich_agents AS
  SELECT a.*, t.name AS team FROM agents a JOIN teams t ON t.id = a.team_id;

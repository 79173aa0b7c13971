CREATE TABLE agents (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, nick TEXT, kind TEXT CHECK (kind IN ('a','b')), spec JSON, score REAL, steps INTEGER, active BOOLEAN NOT NULL DEFAULT 1, paused BOOLEAN, created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, deleted_at DATETIME, parent_id TEXT REFERENCES agents(id), UNIQUE(user_id, name));
CREATE TABLE runs (id INTEGER PRIMARY KEY, agent_id TEXT NOT NULL REFERENCES agents(id), status TEXT NOT NULL CHECK (status IN ('queued','running','done')), tokens INTEGER, cost REAL, started_at TIMESTAMP, finished_at TIMESTAMP, data BLOB);
CREATE TABLE tags (agent_id TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (agent_id, tag)) WITHOUT ROWID;
CREATE VIEW active_agents AS SELECT a.*, count(r.id) AS run_count, max(r.started_at) AS last_run FROM agents a LEFT JOIN runs r ON r.agent_id = a.id WHERE a.deleted_at IS NULL GROUP BY a.id;
CREATE VIRTUAL TABLE agent_search USING fts5(name, nick, content='agents', content_rowid='rowid');

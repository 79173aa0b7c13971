CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE agent_runs (id INTEGER PRIMARY KEY, agent_id INT NOT NULL REFERENCES agents, duration_seconds REAL);
INSERT INTO agents VALUES (1, 'a'), (2, 'b');
INSERT INTO agent_runs VALUES (1, 1, 2.0), (2, 1, 4.0);

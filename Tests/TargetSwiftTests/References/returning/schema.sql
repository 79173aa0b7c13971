CREATE TABLE agents (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT,
  created_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
CREATE VIEW named AS SELECT id AS agent, name, note AS remark FROM agents;
CREATE TRIGGER name_agent INSTEAD OF INSERT ON named BEGIN
  INSERT INTO agents (name, note) VALUES (new.name, new.remark);
END;

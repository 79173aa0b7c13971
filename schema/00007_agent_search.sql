-- +goose Up

-- Full-text search over agents. The words live in `agents`; the triggers keep the index in step.
CREATE VIRTUAL TABLE agents_fts USING fts5 (
  name, description, prompt, content = 'agents', content_rowid = 'id', tokenize = 'porter unicode61'
);

INSERT INTO agents_fts (rowid, name, description, prompt) SELECT id, name, description, prompt FROM agents;

-- +goose StatementBegin
CREATE TRIGGER tr_agents_fts_insert AFTER INSERT ON agents BEGIN
  INSERT INTO agents_fts (rowid, name, description, prompt) VALUES (new.id, new.name, new.description, new.prompt);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER tr_agents_fts_delete AFTER DELETE ON agents BEGIN
  INSERT INTO agents_fts (agents_fts, rowid, name, description, prompt)
  VALUES ('delete', old.id, old.name, old.description, old.prompt);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER tr_agents_fts_update AFTER UPDATE OF name, description, prompt ON agents BEGIN
  INSERT INTO agents_fts (agents_fts, rowid, name, description, prompt)
  VALUES ('delete', old.id, old.name, old.description, old.prompt);
  INSERT INTO agents_fts (rowid, name, description, prompt) VALUES (new.id, new.name, new.description, new.prompt);
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER tr_agents_fts_update;
DROP TRIGGER tr_agents_fts_delete;
DROP TRIGGER tr_agents_fts_insert;
DROP TABLE agents_fts;

-- Rows that are marked as deleted.

CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT NOT NULL, deleted_at TEXT);
CREATE TABLE items (
  id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES lists (id), title TEXT NOT NULL, done INTEGER NOT NULL,
  deleted_at TEXT
);
CREATE UNIQUE INDEX live_names ON lists (name) WHERE deleted_at IS NULL;
CREATE TABLE labels (name TEXT NOT NULL PRIMARY KEY, uses INTEGER NOT NULL, deleted_at TEXT);
CREATE VIRTUAL TABLE items_fts USING fts5(title, content='items', content_rowid='id');
CREATE VIEW live_items AS SELECT * FROM items WHERE deleted_at IS NULL;

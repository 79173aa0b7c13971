-- Rows that are marked as deleted.

CREATE TABLE lists (id INTEGER PRIMARY KEY, name TEXT NOT NULL, deleted_at TEXT);
CREATE TABLE items (
  id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES lists (id), title TEXT NOT NULL, done INTEGER NOT NULL,
  deleted_at TEXT
);
CREATE UNIQUE INDEX live_names ON lists (name) WHERE deleted_at IS NULL;
CREATE TABLE labels (name TEXT NOT NULL PRIMARY KEY, uses INTEGER NOT NULL, deleted_at TEXT);
CREATE TABLE comments (
  id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES items (id), parent_id INTEGER REFERENCES comments (id),
  body TEXT NOT NULL, deleted_at TEXT
);
-- Which item has which label: nothing is marked here.
CREATE TABLE item_labels (
  item_id INTEGER NOT NULL REFERENCES items (id), label TEXT NOT NULL REFERENCES labels (name),
  PRIMARY KEY (item_id, label)
);
CREATE TABLE summaries (title TEXT NOT NULL, number INTEGER NOT NULL);
CREATE VIRTUAL TABLE items_fts USING fts5(title, content='items', content_rowid='id');
CREATE VIEW live_items AS SELECT * FROM items WHERE deleted_at IS NULL;
CREATE VIEW shown_items AS SELECT i.id, i.title, i.deleted_at, l.name AS list FROM items i JOIN lists l ON l.id = i.list_id;
CREATE VIEW item_counts AS SELECT list_id, count(*) AS number FROM items GROUP BY list_id;

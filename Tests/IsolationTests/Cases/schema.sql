-- Three tenants' rows in one database. What belongs to whom is told in four ways: by a column of the row, by a key to a row that
-- has one, by a key that carries the tenant, and by the rowid of a row that an index mirrors.

CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, plan TEXT NOT NULL);
CREATE TABLE tags (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  budget INTEGER NOT NULL,
  parent_id INTEGER REFERENCES projects (id),
  UNIQUE (user_id, name),
  UNIQUE (user_id, id)
);
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  project_id INTEGER REFERENCES projects (id),
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  priority INTEGER NOT NULL,
  due INTEGER,
  UNIQUE (user_id, id)
);
CREATE TABLE comments (
  id INTEGER PRIMARY KEY, task_id INTEGER NOT NULL REFERENCES tasks (id), body TEXT NOT NULL, score INTEGER NOT NULL
);
CREATE TABLE reactions (
  comment_id INTEGER NOT NULL REFERENCES comments (id), tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (comment_id, tag_id)
);
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, project_id INTEGER NOT NULL, amount INTEGER NOT NULL, memo TEXT,
  FOREIGN KEY (user_id, project_id) REFERENCES projects (user_id, id)
);
CREATE TABLE settings (user_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, key));
CREATE TABLE files (path TEXT NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, body TEXT NOT NULL, folder_id INTEGER);
CREATE VIRTUAL TABLE notes_fts USING fts5(body, content='notes', content_rowid='id');

CREATE VIEW open_tasks AS SELECT id, user_id, project_id, title, priority FROM tasks WHERE status = 'open';
CREATE VIEW task_titles AS SELECT id, title FROM tasks;
CREATE VIEW project_totals AS SELECT user_id, project_id, count(*) AS n FROM tasks GROUP BY user_id, project_id;
CREATE VIEW status_totals AS SELECT status, count(*) AS n FROM tasks GROUP BY status;
CREATE VIEW top_tasks AS SELECT id, user_id, title FROM tasks ORDER BY priority DESC, id LIMIT 5;
CREATE VIEW task_comments AS
  SELECT t.user_id, t.id AS task_id, c.id AS comment_id, c.body FROM tasks t JOIN comments c ON c.task_id = t.id;

CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, name TEXT, age INT, bio TEXT NOT NULL DEFAULT '', meta JSON, created DATETIME DEFAULT CURRENT_TIMESTAMP, manager_id INTEGER REFERENCES users(id) ON DELETE SET NULL, full TEXT GENERATED ALWAYS AS (coalesce(name, email)) STORED);
CREATE TABLE posts (id TEXT NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE, title TEXT NOT NULL, body TEXT, views INTEGER NOT NULL DEFAULT 0, published_at TEXT, score REAL) STRICT;
CREATE TABLE IF NOT EXISTS kv (k TEXT PRIMARY KEY, v BLOB NOT NULL, exp INTEGER) WITHOUT ROWID;
CREATE TABLE metrics (user_id INTEGER NOT NULL, day DATE NOT NULL, n INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (user_id, day));
CREATE UNIQUE INDEX one_live ON posts(user_id) WHERE published_at IS NULL;
CREATE INDEX ix ON posts(title COLLATE NOCASE);
CREATE VIEW post_stats AS SELECT u.id AS user_id, u.email, count(p.id) AS posts, sum(p.views) AS views, max(p.published_at) AS last FROM users u LEFT JOIN posts p ON p.user_id = u.id GROUP BY u.id, u.email;
CREATE TRIGGER bump AFTER INSERT ON posts BEGIN INSERT INTO metrics(user_id, day, n) VALUES (new.user_id, date('now'), 1) ON CONFLICT(user_id, day) DO UPDATE SET n = n + 1; END;

CREATE TABLE t (id INTEGER PRIMARY KEY, a INT NOT NULL, b TEXT, g AS (a + 1));
CREATE TABLE u (id INTEGER PRIMARY KEY, a INT UNIQUE, c TEXT DEFAULT 'x' NOT NULL);
CREATE VIRTUAL TABLE f USING fts5(title, body);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW vi AS SELECT a FROM t;
CREATE TRIGGER tr INSTEAD OF INSERT ON vi BEGIN INSERT INTO u (a) VALUES (new.a); END;
CREATE TABLE profile (id TEXT PRIMARY KEY, name TEXT);
--                    ^^ warning[nullable-primary-key]
CREATE TABLE numbered (id INT PRIMARY KEY, name TEXT);
--                     ^^ warning[nullable-primary-key]
CREATE TABLE downwards (id INTEGER PRIMARY KEY DESC, name TEXT);
--                      ^^ warning[nullable-primary-key]
CREATE TABLE pair (a TEXT, b TEXT DEFAULT 'b', c TEXT, PRIMARY KEY (a, b, c));
CREATE TABLE filled (id TEXT PRIMARY KEY, name TEXT);
--                   ^^ warning[nullable-primary-key]
CREATE TRIGGER fill AFTER INSERT ON filled BEGIN UPDATE filled SET id = new.rowid WHERE rowid = new.rowid; END;
CREATE TABLE strictly (id TEXT PRIMARY KEY, name TEXT) STRICT;
CREATE TABLE checked (id INTEGER PRIMARY KEY, n TEXT CHECK (n IS NOT NULL));
-- query
INSERT INTO t VALUES (1, 2, 3) RETURNING *;
--= insert id, a, b
--= star id, a, b, g
INSERT INTO t (a, b) VALUES (1, 2, 3);
--                          ^^^^^^^^^ error[insert-arity] 3 values for 2 columns of 't'
INSERT INTO t VALUES (1);
--                   ^^^ error[insert-arity]
INSERT INTO t (b) VALUES (1);
--          ^ warning[omitted-required-column] 'a' of 't'
INSERT INTO u (a) VALUES (1);
--= insert a
INSERT INTO t (g) VALUES (1);
--             ^ error[generated-column]
INSERT INTO t (a, nosuch) VALUES (1, 2);
--                ^^^^^^ error[unknown-column] no column 'nosuch' in 't'
INSERT INTO u (id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET a = excluded.a WHERE u.a > 1 RETURNING id, u.a, rowid;
--= columns id, a, id
INSERT INTO u (a) VALUES (1) ON CONFLICT (c) DO NOTHING;
--                                        ^ error[unmatched-conflict-target]
INSERT INTO u (a) VALUES (excluded.a);
--                        ^^^^^^^^ error[unknown-source]
INSERT INTO t AS q (a) VALUES (1) RETURNING q.a;
--                                          ^ error[unknown-source]
UPDATE t AS q SET a = 1 WHERE q.b IS NULL RETURNING t.a;
--= columns a
UPDATE t SET a = u.a FROM u WHERE u.id = t.id RETURNING u.a;
--                                                      ^ error[unknown-source]
UPDATE t SET a = u.a FROM u WHERE u.id = t.id;
--= reads t, u
--= writes t
UPDATE t SET (a, b) = (SELECT a, c FROM u);
--= writes t
UPDATE t SET (a, b) = (1, 2, 3);
--                    ^^^^^^^^^ error[row-arity]
UPDATE t SET nosuch = 1;
--           ^^^^^^ error[unknown-column]
UPDATE t SET a = count(*);
--               ^^^^^ error[misused-aggregate]
DELETE FROM t WHERE nosuch = 1;
--                  ^^^^^^ error[unknown-column]
DELETE FROM t RETURNING t.*;
--                      ^^^ error[returning-star]
INSERT INTO f (title) VALUES ('x') RETURNING rowid;
--                                 ^^^^^^^^^ error[virtual-returning]
INSERT INTO v (a) VALUES (1);
--          ^ error[read-only-view]
INSERT INTO vi (a) VALUES (1);
--= writes u
INSERT INTO sqlite_schema (name) VALUES (1);
--          ^^^^^^^^^^^^^ error[read-only-table]
INSERT INTO u DEFAULT VALUES RETURNING id;
--= columns id
REPLACE INTO u (id, a) VALUES (1, 2);
--= writes u
WITH q AS (SELECT 1 AS n) INSERT INTO u (a) SELECT n FROM q;
--= writes u
SELECT title, bm25(f), rank FROM f WHERE f MATCH ? ORDER BY rank;
--= outputs f.title, bm25(table(f)), f.rank
--= where (table(f) MATCH ?1)
SELECT rowid FROM f('hello');
--= columns rowid
SELECT * FROM f;
--= star title, body
-- A key that is left out is NULL.
INSERT INTO profile (name) VALUES ('n') RETURNING id;
--          ^^^^^^^ warning[omitted-key] 'id' of the primary key of 'profile'
INSERT INTO profile DEFAULT VALUES;
--          ^^^^^^^ warning[omitted-key]
INSERT INTO profile (name) SELECT b FROM t;
--          ^^^^^^^ warning[omitted-key]
INSERT INTO numbered (name) VALUES ('n') ON CONFLICT DO NOTHING;
--          ^^^^^^^^ warning[omitted-key]
INSERT INTO downwards (name) VALUES ('n');
--          ^^^^^^^^^ warning[omitted-key]
INSERT INTO pair (a) VALUES ('n');
--          ^^^^ warning[omitted-key] 'c' of the primary key
INSERT INTO filled (name) VALUES ('n');
--= insert name
INSERT INTO strictly (name) VALUES ('n');
--          ^^^^^^^^ warning[omitted-required-column] 'id' of 'strictly'
INSERT OR IGNORE INTO strictly (name) VALUES ('n');
--                    ^^^^^^^^ warning[omitted-required-column] 'id' of 'strictly'
INSERT INTO checked (id) VALUES (1);
--          ^^^^^^^ warning[omitted-required-column] 'n' of 'checked'

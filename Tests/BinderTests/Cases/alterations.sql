CREATE TABLE old (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE TABLE child (id INTEGER PRIMARY KEY, o REFERENCES old (id) ON DELETE CASCADE);
CREATE VIEW v AS SELECT old.id, a, b AS bee FROM old WHERE old.a > 0;
CREATE TRIGGER tr AFTER INSERT ON old BEGIN UPDATE old SET b = new.a WHERE old.id = new.id; END;
ALTER TABLE old RENAME TO fresh;
ALTER TABLE fresh RENAME COLUMN a TO alpha;
ALTER TABLE fresh ADD COLUMN extra TEXT NOT NULL DEFAULT 'x';
ALTER TABLE fresh DROP COLUMN extra;
CREATE TABLE copy AS SELECT id, alpha AS x, b || 'x' AS y FROM fresh;
CREATE TEMP TABLE copy (z);
CREATE TABLE g (a INT NOT NULL, b AS (a + 1), c TEXT AS (a || 'x') STORED);
CREATE TABLE rebuilt_new (id INTEGER PRIMARY KEY, x TEXT);
DROP TABLE IF EXISTS rebuilt;
ALTER TABLE rebuilt_new RENAME TO rebuilt;
CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT);
-- query
SELECT * FROM v;
--= columns id, alpha, bee
--= reads fresh
SELECT * FROM fresh;
--= star id, alpha, b
DELETE FROM fresh WHERE id = 1;
--= reads child, fresh
--= writes child, fresh
INSERT INTO fresh (alpha) VALUES (1);
--= reads child, fresh
--= writes fresh
SELECT * FROM copy;
--= columns z
SELECT * FROM main.copy;
--= columns id, x, y
SELECT * FROM g;
--= star a, b, c
INSERT INTO g VALUES (1);
--= insert a
SELECT * FROM rebuilt;
--= columns id, x
SELECT * FROM rebuilt_new;
--            ^^^^^^^^^^^ error[unknown-table]
SELECT name, seq FROM sqlite_sequence;
--= columns name, seq
SELECT name FROM pragma_table_info('g') WHERE pk = 0;
--= columns name

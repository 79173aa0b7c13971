CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
CREATE TABLE T (x);
--           ^ error[duplicate-object] table 'T' already exists
CREATE TABLE IF NOT EXISTS t (x);
CREATE TABLE d (a, b, A);
--                    ^ error[duplicate-column] duplicate column 'A'
CREATE TABLE s (a VARCHAR(5)) STRICT;
--                ^^^^^^^^^^ error[unknown-datatype]
CREATE TABLE s2 (a) STRICT;
--               ^ error[missing-datatype]
CREATE TABLE wr (a) WITHOUT ROWID;
--           ^^ error[missing-primary-key]
CREATE TABLE k (a INTEGER PRIMARY KEY, b, PRIMARY KEY (b));
--                                        ^^^^^^^^^^^^^^^ error[second-primary-key]
CREATE TABLE au (a INT PRIMARY KEY AUTOINCREMENT);
--                     ^^^^^^^^^^^^^^^^^^^^^^^^^ error[misplaced-autoincrement]
--               ^ warning[nullable-primary-key]
CREATE TABLE tk (id TEXT PRIMARY KEY, b);
--               ^^ warning[nullable-primary-key] SQLite lets the primary key 'id' of 'tk' be NULL
CREATE TABLE fk (a, FOREIGN KEY (nosuch) REFERENCES t (id));
--                               ^^^^^^ error[unknown-column]
CREATE INDEX i ON t (nosuch);
--                   ^^^^^^ error[unknown-column] no column 'nosuch' in 't'
CREATE INDEX i3 ON t (abs(nosuch));
--                        ^^^^^^ error[unknown-column] no column 'nosuch' in 't'
CREATE INDEX i4 ON t (a) WHERE nosuch > 0;
--                             ^^^^^^ error[unknown-column]
CREATE TABLE ck (a, CHECK (b > 0));
--                         ^ error[unknown-column] no column 'b' in 'ck'
CREATE INDEX i2 ON nosuch (a);
--                 ^^^^^^ error[unknown-table]
ALTER TABLE nosuch ADD COLUMN x;
--          ^^^^^^ error[unknown-table] no table 'nosuch'
ALTER TABLE t ADD COLUMN A;
--                       ^ error[duplicate-column]
ALTER TABLE t ADD COLUMN n INT UNIQUE;
--                             ^^^^^^ error[unaddable-column]
ALTER TABLE t ADD COLUMN m INT NOT NULL;
ALTER TABLE t ADD COLUMN s INT AS (1) STORED;
ALTER TABLE t DROP COLUMN id;
--                        ^^ error[immutable-column]
ALTER TABLE t RENAME COLUMN zz TO y;
--                          ^^ error[unknown-column]
DROP TABLE nosuch;
--         ^^^^^^ error[unknown-object] no table 'nosuch'
DROP TABLE IF EXISTS nosuch;
DROP VIEW t;
--        ^ error[wrong-kind] 't' is a table, not a view
CREATE VIRTUAL TABLE vt USING nosuch(a);
--                            ^^^^^^ error[unknown-module]
CREATE VIEW broken AS SELECT nosuch FROM t;
--                           ^^^^^^ warning[unknown-column] no column 'nosuch' in 't'
CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT new.nosuch; END;
--                                                   ^^^^^^ warning[unknown-column]
CREATE TRIGGER tr2 AFTER INSERT ON t BEGIN SELECT old.a; END;
--                                                ^^^ warning[unknown-source]
CREATE TABLE sqlite_x (a);
--           ^^^^^^^^ error[reserved-name]
CREATE TABLE other.x (a);
--           ^^^^^ error[unknown-database]
CREATE VIEW vp AS SELECT ?;
--                       ^ error[misplaced-parameter]
-- query
SELECT id FROM t;
--= columns id
SELECT * FROM broken;
--            ^^^^^^ error[broken-view]

CREATE TABLE x (a, b);
CREATE VIEW y AS SELECT x1.b AS p, x2.b AS q FROM x AS x1, x AS x2 WHERE x1.a = x2.a;
CREATE VIEW z AS SELECT y1.p, y2.p FROM y AS y1, y AS y2 WHERE y1.q = y2.q;
CREATE VIEW ww AS SELECT x.rowid, b FROM x;
CREATE VIEW named (one, two) AS SELECT a, b FROM x;
CREATE VIEW short (one) AS SELECT a, b FROM x;
--          ^^^^^ warning[column-count] view 'short' names 1 columns for 2 values
CREATE VIEW loop1 AS SELECT * FROM loop2;
--                                 ^^^^^ warning[broken-view]
CREATE VIEW loop2 AS SELECT * FROM loop1;
--                                 ^^^^^ warning[broken-view]
CREATE VIEW texts AS SELECT "a" AS p, "no such" AS q FROM x;
--                                    ^^^^^^^^^ warning[double-quoted-string] "no such" is read as a string
CREATE VIEW hidden AS WITH x AS (SELECT 1 AS i) SELECT i FROM x;
-- query
SELECT * FROM z;
--= columns p, p:1
SELECT * FROM ww;
--= columns rowid, b
SELECT two FROM named;
--= reads x
SELECT q FROM texts;
--= columns q
SELECT i FROM hidden;
--= reads 
WITH x AS (SELECT 9 AS z) SELECT x.z, named.one FROM x, named;
--= reads x
SELECT * FROM loop1;
--            ^^^^^ error[broken-view]

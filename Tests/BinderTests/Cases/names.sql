CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE TABLE u (id INTEGER PRIMARY KEY, a INT, c TEXT);
CREATE TABLE w (id, x);
CREATE VIEW v AS SELECT a, b FROM t;
-- query
SELECT nosuch FROM t;
--     ^^^^^^ error[unknown-column] no column 'nosuch' in 't'
SELECT x.a FROM t;
--     ^ error[unknown-source] no table 'x'
SELECT t.zz FROM t;
--       ^^ error[unknown-column] no column 'zz' in 't'
SELECT a FROM t, u;
--     ^ error[ambiguous-column] column 'a' is ambiguous
SELECT a FROM nosuch;
--            ^^^^^^ error[unknown-table] no table 'nosuch'
SELECT "text" FROM t;
--     ^^^^^^ error[double-quoted-string] no column 'text'
SELECT rowid FROM v;
--     ^^^^^ error[unknown-rowid] 'v' has no 'rowid'
SELECT rowid, t.oid, _ROWID_ FROM t;
--= columns id, id, id
--= outputs t.id, t.id, t.id
SELECT rowid FROM w;
--= outputs w.rowid
SELECT t.a FROM t AS x;
--     ^ error[unknown-source] no table 't'
SELECT main.t.a FROM t;
--= columns a
SELECT temp.t.a FROM t;
--            ^ error[unknown-column]
SELECT true, false, TRUE IS TRUE;
--= outputs true, false, (true IS true)
SELECT a AS z FROM t WHERE z > 1 GROUP BY z HAVING z > 1 ORDER BY z;
--= where (t.a > integer("1"))
--= group t.a
--= order t.a
SELECT a AS b FROM t ORDER BY b;
--= order t.a
SELECT a AS b FROM t WHERE b = '3' GROUP BY b;
--= where (t.b = string("3"))
--= group t.b
SELECT a + 1 AS z, z FROM t;
--                 ^ error[unknown-column]
SELECT a, b FROM t ORDER BY 2, 1;
--= order t.b, t.a
SELECT a FROM t ORDER BY 2;
--                       ^ error[ordinal-range] ORDER BY takes the numbers 1 to 1
SELECT a FROM t GROUP BY 3;
--                       ^ error[ordinal-range] GROUP BY
SELECT 1 LIMIT a;
--             ^ error[unknown-column]
SELECT (SELECT u.a FROM u ORDER BY t.b LIMIT 1) FROM t;
--                                 ^ error[unknown-source]
SELECT (SELECT t.b FROM u WHERE u.a = t.a) FROM t;
--= columns (SELECT t.b FROM u WHERE u.a = t.a)
SELECT x.a, t.b FROM (t JOIN u USING (id)) AS x;
--= outputs t.a, t.b
SELECT * FROM (WITH c0 AS (SELECT 1 AS a), c1 AS (SELECT x.*, y.* FROM c0 x, c0 y) SELECT x.*, y.* FROM c1 x, c1 y);
--= columns a, a:1, a:2, a:3
WITH c0 AS (SELECT 1 AS a), c1 AS (SELECT x.*, y.* FROM c0 x, c0 y) SELECT "a:1", a FROM c1;
--= columns a:1, a
SELECT * FROM (SELECT a, a AS "a:1", a, a AS "a:1" FROM t);
--= columns a, a:1, a:2, a:3
SELECT * FROM (SELECT a AS "b:", a AS "b:", a AS ":1", a AS ":1" FROM t);
--= columns b:, b:1, :1, :2

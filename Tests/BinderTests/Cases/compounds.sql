CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT);
-- query
SELECT a FROM t UNION SELECT b FROM t ORDER BY b;
--= columns a
--= order t.a
SELECT a FROM t UNION SELECT b FROM t ORDER BY a + 1;
--                                             ^^^^^ error[compound-order]
SELECT a + 1 FROM t UNION SELECT b FROM t ORDER BY a + 1;
--= order (t.a + integer("1"))
SELECT a FROM t UNION SELECT a, b FROM t;
--              ^^^^^ error[compound-arity] the queries on the two sides of UNION have 1 and 2 columns
VALUES (1, 2), (3);
--             ^^^ error[values-arity]
VALUES (1, 2);
--= columns column1, column2
SELECT * FROM t UNION ALL SELECT * FROM t;
--= star id, a, b; id, a, b
SELECT (1, 2);
--     ^^^^^^ error[misused-row]
SELECT (SELECT 1, 2);
--     ^^^^^^^^^^^^^ error[subquery-columns]
SELECT 1 IN (SELECT 1, 2);
--          ^^^^^^^^^^^^^ error[subquery-columns]
SELECT (1, 2) IN (SELECT 1, 2), (1, 2) = (SELECT 3, 4), (1, 2) < (3, 4);
--= reads 
SELECT (1, 2) = (1, 2, 3);
--     ^^^^^^^^^^^^^^^^^^ error[row-arity]
SELECT a FROM t WHERE (id, a) IN (VALUES (1, 1), (?, ?));
--= parameters 1 ×1, 2 ×1
SELECT a IN t FROM t;
--          ^ error[subquery-columns]
WITH c AS (SELECT 1 AS q) SELECT q FROM c;
--= columns q
WITH c AS (SELECT 1 AS q) SELECT 2;
--   ^ warning[unused-common-table]
WITH c(p, q) AS (SELECT 1) SELECT p FROM c;
--   ^ error[column-list-arity] 'c' has 1 values for 2 columns
WITH b AS (SELECT * FROM c), c AS (SELECT 1 AS q) SELECT q FROM b;
--= columns q
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c;
--= columns n
WITH c AS (SELECT n FROM c) SELECT n FROM c;
--                       ^ error[circular-reference]
WITH t AS (SELECT 1 AS z) SELECT z FROM t;
--= reads 
WITH t AS (SELECT 1 AS z) SELECT id FROM main.t;
--   ^ warning[unused-common-table]
--= reads t

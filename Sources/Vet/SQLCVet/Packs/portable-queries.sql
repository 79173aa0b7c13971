-- rule: portable/null-order
-- level: warning
-- message: '{text}' can be NULL, which comes first here and last on PostgreSQL
-- why: NULL is smaller than every value to SQLite and greater than every value to PostgreSQL
-- fix: NULLS FIRST or NULLS LAST
-- example: CREATE TABLE o (id INTEGER PRIMARY KEY, n INTEGER);
-- -- name: Q :many
-- SELECT id FROM o ORDER BY n, id;
-- corrected: CREATE TABLE o (id INTEGER PRIMARY KEY, n INTEGER);
-- -- name: Q :many
-- SELECT id FROM o ORDER BY n NULLS LAST, id;
SELECT e.place, e.text, q.name AS "query" FROM order_terms o JOIN expressions e ON e.id = o.expression_id
LEFT JOIN queries q ON q.id = o.query_id WHERE o.nulls IS NULL AND e.is_nullable = 1;

-- rule: portable/text-order
-- level: warning
-- message: '{text}' is ordered by bytes here, and by the database's collation on PostgreSQL
-- why: 'Z' comes before 'a' here; en_US puts it behind, and with it what min, max, < and keyset pages find
-- fix: COLLATE "C" on PostgreSQL's column or database; there is no spelling that serves both in a query, but a
--   collation of one name on each side
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY s, id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY n, id;
SELECT e.place, e.text, q.name AS "query" FROM order_terms o JOIN expressions e ON e.id = o.expression_id
LEFT JOIN queries q ON q.id = o.query_id WHERE e.category = 'text' AND e.kind <> 'collate'
UNION SELECT c.place, a.text, q.name FROM comparisons c JOIN expressions a ON a.id = c.one_id
JOIN expressions b ON b.id = c.other_id
LEFT JOIN queries q ON q.id = c.query_id WHERE c.operator NOT IN ('=', '<>', 'IS', 'IS NOT', 'IN', 'NOT IN', 'case')
AND (a.category = 'text' AND a.kind <> 'collate' OR a.kind = 'string' AND b.kind = 'string')
AND NOT (b.kind = 'collate' OR b.category IN ('number', 'moment'))
UNION SELECT e.place, e.text, q.name FROM expressions e LEFT JOIN queries q ON q.id = e.query_id WHERE e.kind = 'call'
AND e.name IN ('min', 'max') AND e.category = 'text'
AND NOT EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.kind = 'collate')
UNION SELECT c.place, c.text, q.name FROM expressions e JOIN expressions r ON r.parent_id = e.id AND r.kind = 'row'
JOIN expressions c ON c.parent_id = r.id LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'binary' AND e.name IN ('<', '<=', '>', '>=') AND c.category = 'text';

-- rule: portable/unordered-rows
-- level: warning
-- message: rows of '{query}' come in whichever order
-- why: SQLite gives them by key or in the order of an index, PostgreSQL in the order of its heap, which an UPDATE
--   changes
-- fix: ORDER BY
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n > 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n > 1 ORDER BY id;
SELECT q.place, q.name AS "query" FROM queries q JOIN statements s ON s.query_id = q.id AND s.combination = 'whole'
WHERE s.verb = 'select' AND s.has_order = 0 AND q.row_count = 'many'
AND EXISTS (SELECT 1 FROM expressions e WHERE e.query_id = q.id);

-- rule: portable/tied-window
-- level: warning
-- message: {function}() may meet rows in another order: '{text}' does not tell them apart
-- why: what row_number, lag and first_value give of equal rows is left open
-- fix: a key as the last term of the window's ORDER BY
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id, row_number() OVER (ORDER BY n) AS place FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id, row_number() OVER (ORDER BY n, id) AS place FROM t ORDER BY id;
SELECT e.place, e.text, o.function, q.name AS "query" FROM order_terms o JOIN expressions e ON e.id = o.expression_id
LEFT JOIN queries q ON q.id = o.query_id WHERE o.context = 'window' AND o.is_total = 0
AND o.function IN ('row_number', 'lag', 'lead', 'first_value', 'last_value', 'nth_value', 'ntile') GROUP BY e.parent_id,
o.function;

-- rule: portable/is-value
-- level: warning
-- message: '{text}': PostgreSQL has IS for NULL, TRUE and FALSE alone
-- why: IS compares any two values here
-- fix: IS NOT DISTINCT FROM, which both have from SQLite 3.39
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE s IS 'abc' ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE s IS NOT DISTINCT FROM 'abc' ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions r ON r.parent_id = e.id AND r.role = 'right'
WHERE e.kind = 'binary' AND e.name IN ('IS', 'IS NOT') AND r.kind NOT IN ('null', 'boolean')
AND upper(e.text) NOT LIKE '%DISTINCT%FROM%';

-- rule: portable/postfix-not-null
-- level: warning
-- message: '{detail}' is no PostgreSQL
-- why: it reads x IS NOT NULL and x NOTNULL
-- fix: IS NOT NULL
-- example: CREATE TABLE o (id INTEGER PRIMARY KEY, n INTEGER);
-- -- name: Q :many
-- SELECT id FROM o WHERE n NOT NULL ORDER BY id;
-- corrected: CREATE TABLE o (id INTEGER PRIMARY KEY, n INTEGER);
-- -- name: Q :many
-- SELECT id FROM o WHERE n IS NOT NULL ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'postfix NOT NULL';

-- rule: portable/double-equals
-- level: warning
-- message: '==' is no operator of PostgreSQL
-- why: it is SQLite's other spelling of =
-- fix: =
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT s FROM t WHERE id == 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT s FROM t WHERE id = 1;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'double equals';

-- rule: portable/comparison-chain
-- level: warning
-- message: '{detail}': comparisons do not follow each other on PostgreSQL
-- why: they have no order there; here the left one comes first
-- fix: parentheses
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n = 7 = TRUE ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE (n = 7) = TRUE ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'chain of comparisons';

-- rule: portable/conflict-word
-- level: warning
-- message: PostgreSQL has no {detail}
-- why: OR REPLACE deletes the row that is in the way, with all that refers to it, and OR IGNORE passes over NOT NULL
--   and CHECK as well
-- fix: ON CONFLICT (key) DO UPDATE SET ..., or DO NOTHING
-- example: CREATE TABLE k (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- -- name: Q :exec
-- INSERT OR REPLACE INTO k (id, name) VALUES (@id, @name);
-- corrected: CREATE TABLE k (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- -- name: Q :exec
-- INSERT INTO k (id, name) VALUES (@id, @name) ON CONFLICT (id) DO UPDATE SET name = excluded.name;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'OR in INSERT or UPDATE';

-- rule: portable/conflict-target
-- level: warning
-- message: PostgreSQL wants one ON CONFLICT with the columns of its key
-- why: DO UPDATE without a key and a second ON CONFLICT are SQLite's alone
-- fix: ON CONFLICT (id) DO UPDATE
-- example: CREATE TABLE k (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- -- name: Q :exec
-- INSERT INTO k (id, name) VALUES (@id, @name) ON CONFLICT DO UPDATE SET name = excluded.name;
-- corrected: CREATE TABLE k (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- -- name: Q :exec
-- INSERT INTO k (id, name) VALUES (@id, @name) ON CONFLICT (id) DO UPDATE SET name = excluded.name;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind IN ('DO UPDATE without a key', 'several ON CONFLICT');

-- rule: portable/repeated-upsert
-- level: note
-- message: two of the rows may have one key: an error on PostgreSQL
-- why: DO UPDATE meets a row that the same statement has just written: here the last one wins, there 21000 ends the
--   statement
-- fix: one row at a time, or rows with different keys
-- example: CREATE TABLE k (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
-- -- name: Q :exec
-- INSERT INTO k (id, n) VALUES (@a, 1), (@b, 2) ON CONFLICT (id) DO UPDATE SET n = excluded.n;
-- corrected: CREATE TABLE k (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
-- -- name: Q :exec
-- INSERT INTO k (id, n) VALUES (@a, 1) ON CONFLICT (id) DO UPDATE SET n = excluded.n;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'upsert of many rows';

-- rule: portable/returning-beside-triggers
-- level: warning
-- message: triggers of '{detail}' may change what RETURNING gives
-- why: RETURNING gives the row as the statement wrote it here, and as a BEFORE trigger left it on PostgreSQL
-- fix: read the row again
-- example: CREATE TABLE k (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
-- CREATE TRIGGER k_n AFTER INSERT ON k BEGIN UPDATE k SET n = 1 WHERE id = new.id; END;
-- -- name: Q :many
-- INSERT INTO k (id, n) VALUES (@id, 0) RETURNING n;
-- corrected: CREATE TABLE k (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
-- CREATE TRIGGER k_n AFTER INSERT ON k BEGIN UPDATE k SET n = 1 WHERE id = new.id; END;
-- -- name: Q :many
-- SELECT n FROM k WHERE id = @id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'RETURNING beside triggers';

-- rule: portable/limited-write
-- level: warning
-- message: PostgreSQL has no LIMIT in UPDATE and DELETE
-- why: it is an option of SQLite's build
-- fix: WHERE id IN (SELECT id ... LIMIT 1)
-- example: CREATE TABLE k (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
-- -- name: Q :exec
-- DELETE FROM k WHERE n = 0 ORDER BY id LIMIT 1;
-- corrected: CREATE TABLE k (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
-- -- name: Q :exec
-- DELETE FROM k WHERE id IN (SELECT id FROM k WHERE n = 0 ORDER BY id LIMIT 1);
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'LIMIT in UPDATE or DELETE';

-- rule: portable/moving-key
-- level: warning
-- message: '{text}' moves values of the unique '{column}' one at a time
-- why: uniqueness is checked row by row on both, in another order of rows: what passes here fails there
-- fix: DEFERRABLE on PostgreSQL, or two steps
-- example: CREATE TABLE k (id INTEGER PRIMARY KEY, place INTEGER NOT NULL UNIQUE);
-- -- name: Q :exec
-- UPDATE k SET place = place - 1;
-- corrected: CREATE TABLE k (id INTEGER PRIMARY KEY, place INTEGER NOT NULL UNIQUE);
-- -- name: Q :exec
-- UPDATE k SET place = @place WHERE id = @id;
SELECT e.place, e.text, c.name AS "column", q.name AS "query" FROM expressions e
LEFT JOIN queries q ON q.id = e.query_id JOIN columns c ON c.id = e.target_id
JOIN key_columns k ON k.column_id = c.id
WHERE e.kind = 'binary' AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id
AND x.column_id = e.target_id) GROUP BY e.id;

-- rule: portable/negative-limit
-- level: warning
-- message: LIMIT {text} means all rows here, and an error on PostgreSQL
-- why: a negative LIMIT is none to SQLite
-- fix: leave LIMIT out
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY id LIMIT -1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.role IN ('limit', 'offset') AND e.kind = 'unary' AND e.name = '-';

-- rule: portable/comma-limit
-- level: warning
-- message: PostgreSQL reads LIMIT n OFFSET m alone
-- why: LIMIT m, n is SQLite's and MySQL's
-- fix: LIMIT n OFFSET m
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY id LIMIT 1, 2;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY id LIMIT 2 OFFSET 1;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'LIMIT with a comma';

-- rule: portable/recursion-limit
-- level: warning
-- message: PostgreSQL takes no ORDER BY and no LIMIT in a recursive part
-- why: SQLite ends the recursion by it, and picks its next row by it
-- fix: ORDER BY and LIMIT in the query that reads it
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 3) SELECT x FROM c ORDER BY x;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3) SELECT x FROM c ORDER BY x;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind IN ('LIMIT in a recursion', 'ORDER BY in a recursion');

-- rule: portable/alias-in-condition
-- level: warning
-- message: '{detail}' is the name of a result, which conditions do not see on PostgreSQL
-- why: WHERE and HAVING see columns alone there
-- fix: write the expression again, or a subquery
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n * 2 AS twice FROM t WHERE twice > 1 ORDER BY n;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n * 2 AS twice FROM t WHERE n * 2 > 1 ORDER BY n;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'alias in a condition';

-- rule: portable/alias-in-order
-- level: warning
-- message: '{detail}' is the name of a result, which ORDER BY knows alone on PostgreSQL
-- why: in an expression names are columns there
-- fix: a subquery
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT -n AS minus FROM t ORDER BY minus + 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT -n AS minus FROM t ORDER BY minus;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'alias in an ORDER BY expression';

-- rule: portable/bare-column
-- level: warning
-- message: '{detail}' is neither grouped by nor aggregated
-- why: SQLite takes it from some row of the group; PostgreSQL refuses it
-- fix: GROUP BY it, or an aggregate of it
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id, max(n) AS n FROM t;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id, n FROM t ORDER BY n DESC, id LIMIT 1;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'column beside aggregates';

-- rule: portable/table-membership
-- level: warning
-- message: IN {detail}: PostgreSQL wants a query
-- why: IN and a table's name is SQLite's alone
-- fix: IN (SELECT id FROM t)
-- example: CREATE TABLE k (id INTEGER PRIMARY KEY);
-- -- name: Q :many
-- SELECT id FROM k WHERE id IN k ORDER BY id;
-- corrected: CREATE TABLE k (id INTEGER PRIMARY KEY);
-- -- name: Q :many
-- SELECT id FROM k WHERE id IN (SELECT id FROM k) ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'IN with a table';

-- rule: portable/join-condition
-- level: warning
-- message: PostgreSQL does not read this JOIN
-- why: JOIN needs ON or USING there, and FULL JOIN an equality
-- fix: CROSS JOIN, or ON a = b
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT a.id FROM t a JOIN t b ORDER BY a.id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT a.id FROM t a CROSS JOIN t b ORDER BY a.id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind IN ('JOIN without a condition', 'FULL JOIN by inequality');

-- rule: portable/index-hint
-- level: warning
-- message: PostgreSQL has no INDEXED BY
-- why: it chooses indexes itself
-- fix: leave it out
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t NOT INDEXED ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'index hint';

-- rule: portable/rank-order
-- level: warning
-- message: '{name}' sorts the other way round on PostgreSQL
-- why: bm25 is better the smaller it is, ts_rank the greater
-- fix: one file for each database
-- example: CREATE VIRTUAL TABLE f USING fts5 (body);
-- -- name: Q :many
-- SELECT rowid FROM f WHERE f MATCH @words ORDER BY rank;
-- corrected: CREATE VIRTUAL TABLE f USING fts5 (body);
-- -- name: Q :many
-- SELECT rowid FROM f WHERE body = @words ORDER BY rowid;
SELECT e.place, e.name, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN queries r ON r.id = e.query_id JOIN query_tables u ON u.query_id = r.id JOIN tables t ON t.id = u.table_id
AND t.kind = 'module'
WHERE e.kind = 'column' AND e.name = 'rank' OR e.kind = 'call' AND e.name = 'bm25' GROUP BY e.id;

-- rule: portable/loose-comparison
-- level: warning
-- message: {one} is compared with {other}
-- why: SQLite converts by the column's affinity, and where there is no column it finds '5' greater than 9; PostgreSQL
--   converts a literal to its neighbour's type, and refuses text beside numbers
-- fix: compare values of one type: CAST one of them
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n + 0 = '7' ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n + 0 = 7 ORDER BY id;
SELECT c.place, a.text AS one, b.text AS other, q.name AS "query" FROM comparisons c
JOIN expressions a ON a.id = c.one_id JOIN expressions b ON b.id = c.other_id
LEFT JOIN queries q ON q.id = c.query_id
WHERE a.category = 'number' AND (b.category = 'text'
  OR b.kind = 'string' AND (a.affinity IS NULL OR trim(b.name, ' ') = '' OR ltrim(trim(b.name, ' '), '-+') GLOB '*[^0-9]*'))
OR a.category = 'text' AND b.category IN ('boolean', 'moment');

-- rule: portable/text-to-number
-- level: warning
-- message: '{text}' is 0 here where PostgreSQL has an error
-- why: CAST reads what number there is at the beginning of a text; PostgreSQL takes nothing but a number, and no
--   fraction for a whole one
-- fix: check the text first, or convert it in Swift
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST('12abc' AS INTEGER) AS n;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST('12' AS INTEGER) AS n;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE e.kind = 'cast' AND e.category = 'number' AND x.kind = 'string'
AND (ltrim(trim(x.name, ' '), '-+') GLOB '*[^0-9]*' OR trim(x.name, ' ') = '');

-- rule: portable/unchecked-text
-- level: note
-- message: CAST of text to a number: 0 here for what is none, an error on PostgreSQL
-- why: CAST reads what number there is at the beginning of a text; PostgreSQL takes nothing but a number
-- fix: a CHECK on the column, or convert it in Swift
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(s AS INTEGER) AS n FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(r AS BIGINT) AS n FROM t ORDER BY id;
SELECT e.place, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE e.kind = 'cast' AND e.category = 'number' AND x.category = 'text' AND x.name <> '->>';

-- rule: portable/stored-word
-- level: warning
-- message: {text} is no number, and '{column}' is a column of numbers
-- why: outside of STRICT tables SQLite stores text in an INTEGER column; PostgreSQL refuses it
-- fix: STRICT, and values of the column's type
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET n = 'many' WHERE id = 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET n = 7 WHERE id = 1;
SELECT e.place, e.text, c.name AS "column", q.name AS "query" FROM expressions e
LEFT JOIN queries q ON q.id = e.query_id JOIN columns c ON c.id = e.target_id
WHERE e.target_type IN ('smallint', 'integer', 'bigint', 'real', 'double precision') AND (e.category = 'text'
AND e.name <> '->>'
  OR e.kind = 'string' AND (ltrim(trim(e.name, ' '), '-+') GLOB '*[^0-9]*' OR trim(e.name, ' ') = ''));

-- rule: portable/scalar-extreme
-- level: warning
-- message: {name}() of several values: PostgreSQL has greatest and least, which leave NULLs out
-- why: max(n, 1) is NULL here when n is, and 1 there
-- fix: CASE WHEN a > b THEN a ELSE b END
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT max(n, 1) AS n FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CASE WHEN n > 1 THEN n ELSE 1 END AS n FROM t ORDER BY id;
SELECT e.place, e.name, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'call' AND e.name IN ('min', 'max') AND e.use = 'scalar';

-- rule: portable/mixed-branches
-- level: warning
-- message: '{text}' gives values of several types
-- why: a column has one type on PostgreSQL, and so do the branches of CASE and the arguments of coalesce
-- fix: give all branches one type
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CASE WHEN n > 0 THEN n ELSE 'none' END AS n FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CASE WHEN n > 0 THEN n ELSE 0 END AS n FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions a ON a.parent_id = e.id JOIN expressions b ON b.parent_id = e.id AND b.id <> a.id
WHERE (e.kind = 'case' AND a.role IN ('then', 'otherwise') AND b.role IN ('then', 'otherwise')
  OR e.kind = 'call' AND e.name IN ('coalesce', 'ifnull', 'nullif', 'iif') AND a.role = 'argument' AND b.role = 'argument'
    AND (e.name <> 'iif' OR a.ordinal > 0 AND b.ordinal > 0)
  OR e.kind = 'call' AND e.name IN ('lag', 'lead') AND a.ordinal = 0 AND b.ordinal = 2 AND a.role = 'argument'
AND b.role = 'argument')
AND (a.category IN ('number', 'boolean', 'moment', 'bytes') AND b.category IN ('number', 'boolean', 'text', 'bytes')
AND a.category <> b.category
  OR a.category = 'number' AND b.kind = 'string' AND ltrim(trim(b.name, ' '), '-+') GLOB '*[^0-9]*'
  OR a.category = 'boolean' AND b.kind = 'string')
GROUP BY e.id;

-- rule: portable/mixed-union
-- level: warning
-- message: a column of the union is {detail}
-- why: 1 and '1' are two rows of a UNION here, and one there; text that is no number is an error there
-- fix: CAST one side
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n AS v FROM t UNION SELECT 'x' ORDER BY v;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(n AS TEXT) AS v FROM t UNION SELECT 'x' ORDER BY v;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'mixed types in a union';

-- rule: portable/integer-condition
-- level: warning
-- message: '{text}' is a {type}, and stands for true or false
-- why: SQLite takes every number but 0 for true; PostgreSQL wants a boolean
-- fix: n <> 0
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n <> 0 ORDER BY id;
SELECT e.place, e.text, e.type, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.role = 'condition' AND e.category IN ('number', 'text', 'document', 'moment', 'bytes');

-- rule: portable/boolean-comparison
-- level: warning
-- message: a boolean is compared with {text}
-- why: a boolean is 0 or 1 here, and equals no text; PostgreSQL compares it with booleans alone, and reads 'true' as
--   one
-- fix: flag, NOT flag, flag = TRUE
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE flag = 1 ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE flag ORDER BY id;
SELECT c.place, b.text, q.name AS "query" FROM comparisons c JOIN expressions a ON a.id = c.one_id
JOIN expressions b ON b.id = c.other_id
LEFT JOIN queries q ON q.id = c.query_id
WHERE a.type = 'boolean' AND (b.category IN ('number', 'text') OR b.kind = 'string');

-- rule: portable/boolean-value
-- level: warning
-- message: {text} becomes the boolean '{column}'
-- why: 'true' stays a text here, which is no truth; PostgreSQL takes no number for a boolean
-- fix: TRUE or FALSE
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET flag = 1 WHERE id = 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET flag = TRUE WHERE id = 1;
SELECT e.place, e.text, c.name AS "column", q.name AS "query" FROM expressions e
LEFT JOIN queries q ON q.id = e.query_id JOIN columns c ON c.id = e.target_id
WHERE e.target_type = 'boolean' AND (e.category IN ('number', 'text') OR e.kind = 'string');

-- rule: portable/boolean-arithmetic
-- level: warning
-- message: '{text}' calculates with a boolean
-- why: a boolean is a number here, and none on PostgreSQL
-- fix: CASE WHEN flag THEN 1 ELSE 0 END
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT sum(flag) AS raised FROM t;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT sum(CASE WHEN flag THEN 1 ELSE 0 END) AS raised FROM t;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE (e.kind = 'call' AND e.name IN ('sum', 'avg', 'min', 'max', 'total', 'abs')
  OR e.kind = 'binary' AND e.name IN ('+', '-', '*', '/', '%', '&', '|', '<<', '>>') OR e.kind = 'unary'
AND e.name IN ('-', '~'))
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.type = 'boolean');

-- rule: portable/boolean-cast
-- level: warning
-- message: CAST to BOOLEAN keeps every number here
-- why: CAST(2 AS BOOLEAN) is 2 here, which does not equal TRUE; on PostgreSQL it is true
-- fix: n <> 0
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(n AS BOOLEAN) AS flag FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n <> 0 AS flag FROM t ORDER BY id;
SELECT e.place, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id WHERE e.kind = 'cast'
AND e.type = 'boolean';

-- rule: portable/untyped-result
-- level: note
-- message: a parameter is a result: text on PostgreSQL
-- why: PostgreSQL gives a parameter without a neighbour the type text
-- fix: CAST(@value AS BIGINT)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id, @label AS label FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id, CAST(@label AS TEXT) AS label FROM t ORDER BY id;
SELECT e.place, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'parameter' AND e.role = 'result' AND e.parent_id IS NULL;

-- rule: portable/date-arithmetic
-- level: warning
-- message: '{text}' calculates with a date
-- why: a date is text here, and '2024-01-31' + 1 is 2025; PostgreSQL adds days and gives intervals
-- fix: calculate in Swift
-- example: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :many
-- SELECT day + 1 AS next FROM e ORDER BY id;
-- corrected: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :many
-- SELECT day AS day FROM e ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'binary' AND e.name IN ('+', '-', '*', '/') AND EXISTS (SELECT 1 FROM expressions x
WHERE x.parent_id = e.id AND x.category = 'moment');

-- rule: portable/current-time
-- level: warning
-- message: {text} is the time of the transaction on PostgreSQL, and in its time zone
-- why: CURRENT_TIMESTAMP goes on within a transaction here, and is UTC without a zone
-- fix: bind the time as a parameter
-- example: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :exec
-- UPDATE e SET at = CURRENT_TIMESTAMP WHERE id = 1;
-- corrected: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :exec
-- UPDATE e SET at = @now WHERE id = 1;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.part = 'query' AND (e.kind = 'moment' OR e.kind = 'call' AND e.name = 'now');

-- rule: portable/moment-literal
-- level: warning
-- message: {text} is compared as text here: no other form of the same time equals it
-- why: dates and times are text to SQLite: '2024-2-1' sorts behind '2024-10-1', and a T, a zone or a fraction makes
--   another text of the same time
-- fix: one form: '2024-01-31', '2024-01-31 10:00:00', bound by the generated code
-- example: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :many
-- SELECT id FROM e WHERE at = '2024-01-31T00:00:00' ORDER BY id;
-- corrected: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :many
-- SELECT id FROM e WHERE at = '2024-01-31 00:00:00' ORDER BY id;
WITH literals AS (
  SELECT c.query_id, b.place, b.text, b.name, a.type FROM comparisons c JOIN expressions a ON a.id = c.one_id
JOIN expressions b ON b.id = c.other_id
  WHERE a.category = 'moment' AND b.kind = 'string'
  UNION SELECT query_id, place, text, name, target_type FROM expressions WHERE kind = 'string'
  AND target_type IN ('date', 'time', 'timestamp', 'timestamp with time zone'))
SELECT l.place, l.text, q.name AS "query" FROM literals l LEFT JOIN queries q ON q.id = l.query_id
WHERE NOT CASE l.type WHEN 'date' THEN l.name GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
AND date(l.name, '+0 days') = l.name
  WHEN 'timestamp' THEN l.name GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'
  WHEN 'timestamp with time zone' THEN l.name GLOB '*[0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]+00:00'
  ELSE l.name GLOB '[0-9][0-9]:[0-9][0-9]:[0-9][0-9]' END;

-- rule: portable/date-against-time
-- level: warning
-- message: a {one} is compared with a {other}
-- why: '2024-01-31' and '2024-01-31 00:00:00' are two texts here, and one time on PostgreSQL
-- fix: CAST both to one type
-- example: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :many
-- SELECT id FROM e WHERE day = at ORDER BY id;
-- corrected: CREATE TABLE e (id INTEGER PRIMARY KEY, day DATE NOT NULL, at TIMESTAMP NOT NULL);
-- -- name: Q :many
-- SELECT id FROM e WHERE day = @day ORDER BY id;
SELECT c.place, a.type AS one, b.type AS other, q.name AS "query" FROM comparisons c
JOIN expressions a ON a.id = c.one_id JOIN expressions b ON b.id = c.other_id
LEFT JOIN queries q ON q.id = c.query_id
WHERE a.category = 'moment' AND b.category = 'moment' AND a.type < b.type;

-- rule: portable/uuid-case
-- level: warning
-- message: {text} has letters in upper case
-- why: a UUID is text here, and upper and lower case are two; PostgreSQL reads and writes them in lower case
-- fix: lower case, as the generated code binds it
-- example: CREATE TABLE u (id UUID PRIMARY KEY, code VARCHAR(20) NOT NULL);
-- -- name: Q :many
-- SELECT code FROM u WHERE id = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11';
-- corrected: CREATE TABLE u (id UUID PRIMARY KEY, code VARCHAR(20) NOT NULL);
-- -- name: Q :many
-- SELECT code FROM u WHERE id = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
SELECT b.place, b.text, q.name AS "query" FROM comparisons c JOIN expressions a ON a.id = c.one_id
JOIN expressions b ON b.id = c.other_id
LEFT JOIN queries q ON q.id = c.query_id
WHERE a.type = 'uuid' AND b.kind = 'string' AND b.name <> lower(b.name)
UNION SELECT e.place, e.text, q.name FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.target_type = 'uuid' AND e.kind = 'string'
AND (e.name <> lower(e.name) OR e.name NOT GLOB '*-*-*-*-*' OR length(e.name) <> 36);

-- rule: portable/vector-comparison
-- level: warning
-- message: vectors are compared as bytes here, and as numbers on PostgreSQL
-- why: 0 and -0 are one number and two kinds of bytes
-- fix: compare distances
-- example: CREATE TABLE v (id INTEGER PRIMARY KEY, e VECTOR(3) NOT NULL);
-- -- name: Q :many
-- SELECT id FROM v WHERE e = @e ORDER BY id;
-- corrected: CREATE TABLE v (id INTEGER PRIMARY KEY, e VECTOR(3) NOT NULL);
-- -- name: Q :many
-- SELECT id FROM v WHERE id = @id ORDER BY id;
SELECT c.place, q.name AS "query" FROM comparisons c JOIN expressions a ON a.id = c.one_id
JOIN expressions b ON b.id = c.other_id
LEFT JOIN queries q ON q.id = c.query_id WHERE a.type = 'vector';

-- rule: portable/bracketed-name
-- level: warning
-- message: '{detail}' is no name on PostgreSQL
-- why: it knows double quotes alone
-- fix: double quotes, or none
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT [n] AS n FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n FROM t ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'bracketed name';

-- rule: portable/schema-name
-- level: warning
-- message: there is no schema '{detail}' on PostgreSQL
-- why: main and temp are SQLite's
-- fix: leave it out
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM main.t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'schema name';

-- rule: portable/long-name
-- level: warning
-- message: '{detail}' is cut to 63 bytes by PostgreSQL
-- why: two long names with one beginning are one there
-- fix: a shorter name
-- example: CREATE TABLE a_table_with_a_name_that_is_longer_than_any_that_postgresql_would_keep (id INTEGER PRIMARY KEY);
-- corrected: CREATE TABLE a_table (id INTEGER PRIMARY KEY);
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'long name';

-- rule: portable/name-case
-- level: warning
-- message: '{detail}' is another name on PostgreSQL
-- why: names in double quotes keep their letters' case there, and all others are made small
-- fix: one spelling, in small letters
-- example: CREATE TABLE "Users" (id INTEGER PRIMARY KEY);
-- -- name: Q :many
-- SELECT id FROM users ORDER BY id;
-- corrected: CREATE TABLE users (id INTEGER PRIMARY KEY);
-- -- name: Q :many
-- SELECT id FROM users ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'name in another case';

-- rule: portable/session-name
-- level: warning
-- message: '{detail}' is the session's own on PostgreSQL, not a column
-- why: it gives the name of the role that is logged in
-- fix: double quotes, or another name
-- example: CREATE TABLE l (id INTEGER PRIMARY KEY, "user" TEXT NOT NULL);
-- -- name: Q :many
-- SELECT user FROM l ORDER BY id;
-- corrected: CREATE TABLE l (id INTEGER PRIMARY KEY, "user" TEXT NOT NULL);
-- -- name: Q :many
-- SELECT "user" FROM l ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'session name';

-- rule: portable/reserved-name
-- level: warning
-- message: '{detail}' is a word of PostgreSQL
-- why: the definition is refused there
-- fix: double quotes, or another name
-- example: CREATE TABLE r (id INTEGER PRIMARY KEY, user TEXT NOT NULL);
-- corrected: CREATE TABLE r (id INTEGER PRIMARY KEY, login TEXT NOT NULL);
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'reserved name';

-- rule: portable/bare-alias
-- level: warning
-- message: '{detail}' needs AS before it on PostgreSQL
-- why: the word begins something else there
-- fix: AS
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n year FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n AS year FROM t ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'alias without AS'
AND lower(s.detail) IN ('array', 'char', 'character', 'create', 'day', 'except', 'fetch', 'filter', 'for', 'from', 'grant',
'group',
  'having', 'hour', 'intersect', 'into', 'isnull', 'limit', 'minute', 'month', 'notnull', 'offset', 'on', 'order', 'over',
'overlaps',
  'precision', 'returning', 'second', 'to', 'union', 'varying', 'where', 'window', 'with', 'within', 'without', 'year');

-- rule: portable/string-name
-- level: warning
-- message: {detail} in single quotes is no name on PostgreSQL
-- why: it is a text there
-- fix: AS and a name
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n AS 'number' FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n AS number FROM t ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'string as a name';

-- rule: portable/nested-comment
-- level: warning
-- message: comments nest on PostgreSQL: this one has no end there
-- why: the first */ ends all of it here
-- fix: -- for each line
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id /* a /* b */ FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id /* a b */ FROM t ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'comment in a comment';

-- rule: portable/numbered-parameter
-- level: warning
-- message: {detail} is a name here, and a number on PostgreSQL
-- why: SQLite numbers $2 and $1 in the order of their first use
-- fix: @name
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n = $2 AND big = $1 ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n = @n AND big = @big ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'numbered parameters out of order';

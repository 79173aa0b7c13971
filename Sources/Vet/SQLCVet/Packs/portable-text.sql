-- rule: portable/precedence
-- level: warning
-- message: '{detail}' is read in another order by PostgreSQL
-- why: || and -> bind tighter than + and * here, and looser there: 'a' || 1 + 2 is 2 here and 'a3' there
-- fix: parentheses
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT s || n + 1 AS label FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT s || (n + 1) AS label FROM t ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'mixed precedence';

-- rule: portable/like-case
-- level: warning
-- message: '{text}' does not look at the case of letters here, and does on PostgreSQL
-- why: LIKE 'abc' is true of 'ABC' on SQLite, for the letters of ASCII
-- fix: lower(x) LIKE lower(pattern)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE s LIKE 'abc%' ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE lower(s) LIKE 'abc%' ESCAPE '!' ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions o ON o.parent_id = e.id AND o.role = 'operand' JOIN expressions p ON p.parent_id = e.id
AND p.role = 'pattern'
WHERE e.kind = 'like' AND e.name = 'LIKE' AND (p.kind <> 'string' OR p.name GLOB '*[A-Za-z]*')
AND NOT (o.kind = 'call' AND o.name IN ('lower', 'upper')
  AND (p.kind = 'call' AND p.name = o.name OR p.kind = 'string'
AND p.name = CASE o.name WHEN 'lower' THEN lower(p.name) ELSE upper(p.name) END));

-- rule: portable/like-escape
-- level: warning
-- message: a backslash in '{text}' is itself here, and escapes on PostgreSQL
-- why: LIKE has no escape character on SQLite unless one is given; on PostgreSQL it is the backslash
-- fix: LIKE pattern ESCAPE '!'
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE lower(s) LIKE @pattern ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE lower(s) LIKE @pattern ESCAPE '!' ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions p ON p.parent_id = e.id AND p.role = 'pattern'
WHERE e.kind = 'like' AND e.name = 'LIKE'
AND NOT EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.role = 'escape')
AND (p.kind <> 'string' OR instr(p.name, char(92)) > 0);

-- rule: portable/empty-replacement
-- level: warning
-- message: '{text}' is the text itself here, even where the replacement is NULL
-- why: SQLite gives back the text where nothing is to be replaced; PostgreSQL gives NULL
-- fix: leave it out
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT replace(s, '', @by) AS s FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT replace(s, ' ', @by) AS s FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'call' AND e.name = 'replace' AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id
AND x.ordinal = 1 AND x.kind = 'string' AND x.name = '')
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.ordinal = 2 AND x.kind <> 'string');

-- rule: portable/pattern-operator
-- level: warning
-- message: {name} is SQLite's alone
-- why: PostgreSQL has LIKE, SIMILAR TO and ~, and full-text search by @@; no spelling serves both
-- fix: LIKE, or one file for each database
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE s GLOB 'a*' ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE lower(s) LIKE 'a%' ORDER BY id;
SELECT e.place, e.name, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'like' AND e.name <> 'LIKE';

-- rule: portable/substring
-- level: warning
-- message: '{text}' counts from the end here, and before the beginning on PostgreSQL
-- why: substr(x, -2) is the last two letters on SQLite; on PostgreSQL positions below 1 are empty, and a negative
--   length is an error
-- fix: a start of at least 1, as a number
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT substr(s, -2, 3) AS part FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT substr(s, 2, 3) AS part FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'call' AND e.name IN ('substr', 'substring')
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.ordinal > 0 AND (x.kind <> 'integer'
OR x.ordinal = 1 AND x.name = '0'));

-- rule: portable/letter-case
-- level: warning
-- message: '{text}' changes letters beyond ASCII on PostgreSQL alone
-- why: upper('é') is 'é' on SQLite without ICU, and 'É' on PostgreSQL
-- fix: change the case of letters in Swift
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT upper('éa') AS word;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT upper('ea') AS word;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE e.kind = 'call' AND e.name IN ('upper', 'lower') AND x.kind = 'string'
AND length(x.name) <> length(CAST(x.name AS BLOB));

-- rule: portable/missing-function
-- level: warning
-- message: PostgreSQL has no {name}(): {advice}
-- why: the function is SQLite's alone, or means something else there
-- fix: what the message says; where nothing serves both, one file for each database
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT ifnull(s, 0) AS s FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT coalesce(s, '') AS s FROM t ORDER BY id;
WITH alone (name, advice) AS (VALUES
  ('bm25', 'ts_rank, with other numbers'), ('changes', 'the number of rows that a query returns'),
  ('char', 'chr'), ('date', 'CAST(x AS DATE), and intervals to move it'), ('datetime', 'bind the time in Swift'),
  ('format', 'it has no %d, and prints other texts'), ('glob', 'LIKE'), ('group_concat', 'string_agg(x, '','')'),
  ('hex', 'encode(x, ''hex''), in lower case'), ('highlight', 'ts_headline'), ('ifnull', 'coalesce'), ('iif', 'CASE'),
  ('instr', 'position(y IN x)'), ('json', 'CAST(x AS JSONB)'), ('json_array', 'json_build_array'),
  ('json_array_length', 'jsonb_array_length, which refuses what is no array'),
  ('json_each', 'another function of that name, for objects alone'), ('json_extract', '-> and ->>'),
  ('json_group_array', 'json_agg, NULL where there are no rows'), ('json_group_object', 'json_object_agg'),
  ('json_insert', 'jsonb_insert'), ('json_object', 'json_build_object, which writes blanks'), ('json_patch', '||'),
  ('json_quote', 'to_json'), ('json_remove', '#-'), ('json_replace', 'jsonb_set'), ('json_set', 'jsonb_set'),
  ('json_tree', 'a recursive query'), ('json_type', 'json_typeof, with other words'), ('json_valid', 'a JSONB column'),
  ('julianday', 'bind the time in Swift'), ('last_insert_rowid', 'RETURNING'), ('like', 'LIKE'), ('likelihood', 'nothing'),
  ('likely', 'nothing'), ('log2', 'ln(x) / ln(2)'), ('printf', 'format, which has no %d'), ('quote', 'quote_literal'),
  ('random', 'a double from 0 to 1'), ('randomblob', 'gen_random_uuid'), ('snippet', 'ts_headline'),
  ('sqlite_version', 'version'), ('strftime', 'to_char; weeks are counted otherwise'), ('time', 'CAST(x AS TIME)'),
  ('timediff', 'a subtraction'), ('total', 'coalesce(sum(x), 0)'), ('total_changes', 'RETURNING'),
  ('typeof', 'pg_typeof, with other words'), ('unhex', 'decode'), ('unicode', 'ascii'), ('unixepoch', 'extract(epoch
FROM x)'),
  ('unlikely', 'nothing'), ('zeroblob', 'decode(repeat(''00'', n), ''hex'')'))
SELECT e.place, e.name, alone.advice, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN alone ON alone.name = e.name
WHERE e.kind = 'call';

-- rule: portable/joined-numbers
-- level: warning
-- message: '{text}' joins no text
-- why: 1 || 2 is 12 here; PostgreSQL has no || without a text on one side
-- fix: CAST(n AS TEXT) || m
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n || n AS twice FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(n AS TEXT) || n AS twice FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions l ON l.parent_id = e.id AND l.role = 'left' JOIN expressions r ON r.parent_id = e.id AND r.role = 'right'
WHERE e.kind = 'binary' AND e.name = '||' AND l.category IN ('number', 'boolean', 'moment')
AND r.category IN ('number', 'boolean', 'moment');

-- rule: portable/bytes
-- level: warning
-- message: '{text}' takes bytes for text here, and not on PostgreSQL
-- why: SQLite joins and compares bytes as text or by their kind; PostgreSQL joins bytes to bytes, and reads x'00' as
--   bits
-- fix: bind bytes as parameters; CAST one side
-- example: CREATE TABLE f (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
-- -- name: Q :many
-- SELECT id FROM f WHERE body = 'abc' ORDER BY id;
-- corrected: CREATE TABLE f (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
-- -- name: Q :many
-- SELECT id FROM f WHERE body = @body ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'binary' AND e.name IN ('||', '=', '<>', '<', '<=', '>', '>=', 'IS', 'IS NOT')
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.category = 'bytes') AND (e.name = '||'
OR EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND (x.kind = 'string'
OR x.category IN ('text', 'number'))))
UNION ALL SELECT e.place, e.text, q.name FROM expressions e LEFT JOIN queries q ON q.id = e.query_id WHERE e.kind = 'blob';

-- rule: portable/cut-cast
-- level: warning
-- message: CAST to {name} cuts text on PostgreSQL alone
-- why: lengths of types mean nothing to SQLite
-- fix: substr(x, 1, 3)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(s AS VARCHAR(3)) AS short FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT substr(s, 1, 3) AS short FROM t ORDER BY id;
SELECT e.place, upper(e.name) AS name, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'cast' AND (e.name LIKE '%char%(%' OR e.name IN ('char', 'character'));

-- rule: portable/text-length
-- level: warning
-- message: length of what is no text: '{text}'
-- why: SQLite counts the letters of a number; PostgreSQL has no such function
-- fix: length(CAST(n AS TEXT))
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT length(n) AS digits FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT length(CAST(n AS TEXT)) AS digits FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'call' AND e.name IN ('length', 'upper', 'lower', 'trim', 'ltrim', 'rtrim', 'substr', 'replace')
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.ordinal = 0
AND x.category IN ('number', 'boolean', 'moment'));

-- rule: portable/written-text
-- level: warning
-- message: '{text}' is written otherwise by PostgreSQL
-- why: CAST to text writes 2 here and 2.00 there for a decimal, 1 and true for a boolean, 3.0 and 3 for a double
-- fix: give the value to Swift, and write it there
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(flag AS TEXT) AS flag FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(n AS TEXT) AS n FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE e.kind = 'cast' AND e.category = 'text'
AND (x.type IN ('numeric', 'boolean', 'real', 'double precision', 'json', 'jsonb',
  'bytea', 'timestamp', 'timestamp with time zone', 'time') OR x.kind = 'moment')
UNION ALL SELECT e.place, e.text, q.name FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE e.kind = 'binary' AND e.name = '||' AND x.type IN ('numeric', 'boolean', 'real', 'double precision')
AND x.kind <> 'decimal';

-- rule: portable/stored-text
-- level: warning
-- message: '{column}' keeps {type} as another text than on PostgreSQL
-- why: TRUE in a TEXT column is '1' here and 'true' there, 5.0 is '5.0' and '5'
-- fix: CAST it the same way on both, or bind text
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET s = flag WHERE id = 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET s = CASE WHEN flag THEN 'true' ELSE 'false' END WHERE id = 1;
SELECT e.place, c.name AS "column", e.type, q.name AS "query" FROM expressions e
LEFT JOIN queries q ON q.id = e.query_id JOIN columns c ON c.id = e.target_id
WHERE e.target_type = 'text' AND e.category IN ('boolean', 'number') AND e.type NOT IN ('smallint', 'integer', 'bigint');

-- rule: portable/fraction-modulo
-- level: warning
-- message: '{text}' gives another rest on PostgreSQL, or an error
-- why: SQLite makes both sides whole numbers first; PostgreSQL keeps the fraction of a numeric and has no % for
--   doubles
-- fix: r - m * trunc(r / m) on doubles
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT r % 2 AS rest FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT r - 2 * trunc(r / 2) AS rest FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'binary' AND e.name = '%'
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.type IN ('numeric', 'real', 'double precision'));

-- rule: portable/bits-of-fractions
-- level: warning
-- message: '{text}' takes the bits of a fraction
-- why: SQLite makes whole numbers of both sides; PostgreSQL has no bit operators for fractions
-- fix: CAST(trunc(x) AS BIGINT) & y
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT r & 1 AS odd FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n & 1 AS odd FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'binary' AND e.name IN ('&', '|', '<<', '>>') AND EXISTS (SELECT 1 FROM expressions x
WHERE x.parent_id = e.id AND x.type IN ('numeric', 'real', 'double precision'));

-- rule: portable/integer-average
-- level: warning
-- message: the average of whole numbers is exact on PostgreSQL and a double on SQLite
-- why: avg of three integers times 3 is 1 here and 0.99999999999999999999 there: avg gives numeric there, a double
--   here
-- fix: avg(CAST(x AS DOUBLE PRECISION))
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT avg(n) * 3 = 1 AS whole FROM t;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT avg(CAST(n AS DOUBLE PRECISION)) * 3 > 0.99 AS whole FROM t;
SELECT e.place, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'call' AND e.name = 'avg' AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id
AND x.type IN ('smallint', 'integer', 'bigint', 'numeric'));

-- rule: portable/shift
-- level: warning
-- message: '{text}' moves other bits on PostgreSQL
-- why: PostgreSQL shifts within the width of the left side (32 bits for an integer) and takes the count modulo that
--   width; SQLite shifts 64 bits, by 64 and more to nothing, and by a negative count the other way
-- fix: CAST(x AS BIGINT) << 3, with a count that is written, from 0 to 63
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n << 40 AS mask FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT big << 40 AS mask FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions l ON l.parent_id = e.id AND l.role = 'left' JOIN expressions r ON r.parent_id = e.id AND r.role = 'right'
WHERE e.kind = 'binary' AND e.name IN ('<<', '>>')
AND (r.kind <> 'integer' OR CAST(r.name AS INTEGER) > 63 OR e.name = '<<' AND coalesce(l.type, '') <> 'bigint');

-- rule: portable/rounding
-- level: warning
-- message: '{text}' rounds otherwise on PostgreSQL
-- why: round of a double takes halves away from zero here and to the even neighbour there; with digits it takes no
--   double there, and negative digits mean hundreds there and nothing here
-- fix: CASE WHEN r < 0 THEN ceil(r - 0.5) ELSE floor(r + 0.5) END, or round(CAST(r AS NUMERIC), 2)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT round(r) AS whole FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT round(CAST(r AS NUMERIC), 1) AS tenths FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'call' AND e.name = 'round'
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND (x.ordinal = 0
AND x.type IN ('real', 'double precision') OR x.ordinal = 1 AND x.kind <> 'integer'));

-- rule: portable/truncating-cast
-- level: warning
-- message: CAST to a whole number cuts off here and rounds on PostgreSQL: {text}
-- why: CAST(2.7 AS INTEGER) is 2 on SQLite and 3 on PostgreSQL
-- fix: CAST(trunc(x) AS INTEGER)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(r AS INTEGER) AS whole FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(trunc(r) AS INTEGER) AS whole FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE e.kind = 'cast' AND e.type IN ('smallint', 'integer', 'bigint') AND x.type IN ('numeric', 'real', 'double precision')
AND NOT (x.kind = 'call' AND x.name IN ('trunc', 'floor', 'ceil', 'ceiling', 'round'));

-- rule: portable/stored-fraction
-- level: warning
-- message: a fraction is kept in the whole number '{column}' here and rounded on PostgreSQL
-- why: outside of STRICT tables SQLite stores 2.7 in an INTEGER column as it is; PostgreSQL stores 3
-- fix: CAST(trunc(x) AS INTEGER)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET n = r WHERE id = 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET n = CAST(trunc(r) AS INTEGER) WHERE id = 1;
SELECT e.place, c.name AS "column", q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN columns c ON c.id = e.target_id
WHERE e.target_type IN ('smallint', 'integer', 'bigint') AND e.type IN ('numeric', 'real', 'double precision')
AND NOT (e.kind = 'call' AND e.name IN ('trunc', 'floor', 'ceil', 'ceiling', 'round'));

-- rule: portable/single-precision
-- level: warning
-- message: '{name}' has four bytes on PostgreSQL, and eight on SQLite
-- why: 0.1 in a REAL column equals 0.1 here and not there, and seven digits are what is left of a number
-- fix: DOUBLE PRECISION
-- example: CREATE TABLE m (id INTEGER PRIMARY KEY, weight REAL NOT NULL);
-- corrected: CREATE TABLE m (id INTEGER PRIMARY KEY, weight DOUBLE PRECISION NOT NULL);
SELECT e.place, upper(e.name) AS name, t.name AS "table", q.name AS "query" FROM expressions e
LEFT JOIN queries q ON q.id = e.query_id LEFT JOIN tables t ON t.id = e.table_id
WHERE e.type = 'real' AND (e.role = 'definition' OR e.kind = 'cast');

-- rule: portable/decimal-arithmetic
-- level: warning
-- message: '{text}' is exact on PostgreSQL and a sum of doubles on SQLite
-- why: SQLite has no decimals: ten times 0.1 is 0.9999999999999999 here and 1.0 there
-- fix: keep money as BIGINT in its smallest unit
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT sum(d) AS total FROM t;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT sum(big) AS total FROM t;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE x.column_id IS NOT NULL AND x.type = 'numeric'
AND (e.kind = 'call' AND e.name IN ('sum', 'avg', 'total') OR e.kind = 'binary' AND e.name IN ('+', '-', '*', '/'))
GROUP BY e.id;

-- rule: portable/stored-decimal
-- level: warning
-- message: '{column}' keeps a number here, and the digits as written on PostgreSQL
-- why: NUMERIC is a number to SQLite: '1.50' becomes 1.5 and '007' becomes 7, and digits beyond the declared
--   precision are no error
-- fix: BIGINT in the smallest unit, or TEXT with a CHECK
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET d = '1.50' WHERE id = 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET d = 1.5 WHERE id = 1;
SELECT e.place, c.name AS "column", q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN columns c ON c.id = e.target_id
WHERE e.target_type = 'numeric' AND (e.kind = 'string'
  OR e.kind IN ('integer', 'decimal') AND c.declared_type LIKE '%(%'
 
AND length(CAST(CAST(e.name AS INTEGER) AS TEXT)) > CAST(substr(c.declared_type, instr(c.declared_type,
'(') + 1) AS INTEGER)
    - CAST(substr(c.declared_type, instr(c.declared_type, ',') + 1) AS INTEGER) * (instr(c.declared_type, ',') > 0));

-- rule: portable/wide-comparison
-- level: warning
-- message: a BIGINT and a double are compared: PostgreSQL makes a double of both
-- why: SQLite compares 9007199254740993 and 9007199254740992.0 exactly; PostgreSQL rounds the first and finds them
--   equal
-- fix: CAST(big AS DOUBLE PRECISION) = r
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE big = r ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE CAST(big AS DOUBLE PRECISION) = r ORDER BY id;
SELECT c.place, q.name AS "query" FROM comparisons c JOIN expressions a ON a.id = c.one_id
JOIN expressions b ON b.id = c.other_id
LEFT JOIN queries q ON q.id = c.query_id
WHERE a.type = 'bigint' AND b.type IN ('real', 'double precision');

-- rule: portable/division
-- level: warning
-- message: '{text}' may divide by zero: NULL here, an error on PostgreSQL
-- why: SQLite gives NULL for a division by zero (lang_expr.html); PostgreSQL ends the statement with 22012
-- fix: a / NULLIF(b, 0)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT big / n AS share FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT big / NULLIF(n, 0) AS share FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions r ON r.parent_id = e.id AND r.role = 'right'
WHERE e.kind = 'binary' AND e.name IN ('/', '%') AND NOT (r.kind IN ('integer', 'decimal') AND CAST(r.name AS REAL) <> 0)
AND NOT (r.kind = 'call' AND r.name = 'nullif');

-- rule: portable/overflow
-- level: warning
-- message: '{text}' has 32 bits on PostgreSQL and 64 on SQLite
-- why: an INTEGER of PostgreSQL ends at 2147483647, and so does what is made of INTEGERs; SQLite counts on
-- fix: CAST(n AS BIGINT) * m, or BIGINT in the schema
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT n * 1000000 AS millionths FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT big * 1000000 AS millionths FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions l ON l.parent_id = e.id AND l.role = 'left' JOIN expressions r ON r.parent_id = e.id AND r.role = 'right'
WHERE e.kind = 'binary' AND e.name IN ('+', '-', '*') AND e.type IN ('smallint', 'integer')
AND NOT (l.kind = 'integer' AND r.kind = 'integer')
AND (e.name = '*' AND l.kind <> 'integer' AND r.kind <> 'integer'
  OR l.kind = 'integer' AND CAST(l.name AS INTEGER) >= 1000 * (1 + 999 * (e.name <> '*'))
  OR r.kind = 'integer' AND CAST(r.name AS INTEGER) >= 1000 * (1 + 999 * (e.name <> '*')));

-- rule: portable/large-number
-- level: warning
-- message: {text} does not fit '{column}' on PostgreSQL
-- why: an INTEGER of PostgreSQL ends at 2147483647, SQLite stores 64 bits in it
-- fix: BIGINT
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET n = 3000000000 WHERE id = 1;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :exec
-- UPDATE t SET big = 3000000000 WHERE id = 1;
SELECT e.place, e.text, c.name AS "column", q.name AS "query" FROM expressions e
LEFT JOIN queries q ON q.id = e.query_id JOIN columns c ON c.id = e.target_id
WHERE e.kind = 'integer' AND (e.target_type IN ('smallint', 'integer') AND e.type IN ('bigint', 'numeric')
OR e.target_type = 'smallint' AND CAST(e.name AS INTEGER) > 32767 OR e.target_type = 'bigint' AND e.type = 'numeric');

-- rule: portable/domain
-- level: warning
-- message: '{text}' is NULL here where PostgreSQL has an error
-- why: SQLite gives NULL for the square root of a negative number and the logarithm of zero; PostgreSQL ends the
--   statement with 2201F or 2201E
-- fix: CASE WHEN x > 0 THEN ln(x) END
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT sqrt(r) AS root FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CASE WHEN r >= 0 THEN sqrt(r) END AS root FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id
WHERE e.kind = 'call' AND e.name IN ('sqrt', 'ln', 'log', 'log10', 'log2', 'asin', 'acos')
AND NOT (x.kind IN ('integer', 'decimal') AND CAST(x.name AS REAL) > 0)
AND NOT EXISTS (SELECT 1 FROM expressions w WHERE w.id = e.parent_id AND w.kind = 'case') GROUP BY e.id;

-- rule: portable/text-arithmetic
-- level: warning
-- message: '{text}' calculates with text
-- why: SQLite reads a number at the beginning of the text, or 0; PostgreSQL has no such operator
-- fix: CAST(s AS INTEGER) + 1
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT s + 1 AS next FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(s AS INTEGER) + 1 AS next FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE (e.kind = 'binary' AND e.name IN ('+', '-', '*', '/', '%', '&', '|', '<<', '>>') OR e.kind = 'unary'
AND e.name IN ('-', '+', '~'))
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND (x.category = 'text' OR x.kind = 'string'
AND e.kind = 'unary'));

-- rule: portable/numeric-result
-- level: note
-- message: '{text}' is a numeric on PostgreSQL and a double here
-- why: a fraction that is written, an average, a sum of BIGINTs and round with digits are numeric there: generated
--   code has another Swift type
-- fix: CAST(... AS DOUBLE PRECISION)
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT sum(big) AS total FROM t;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT CAST(sum(big) AS DOUBLE PRECISION) AS total FROM t;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.role = 'result' AND e.kind = 'call' AND e.type = 'numeric' AND e.parent_id IS NULL;

-- rule: portable/rounded-integer
-- level: note
-- message: '{text}' is a double on PostgreSQL and a whole number here
-- why: floor, ceil, trunc and sign of a whole number are whole here; PostgreSQL has them for doubles and numerics
--   alone
-- fix: leave the function out, or CAST
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT floor(n) AS whole FROM t ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT floor(r) AS whole FROM t ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'call' AND e.name IN ('floor', 'ceil', 'ceiling', 'trunc', 'sign')
AND EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.type IN ('smallint', 'integer', 'bigint'));

-- rule: portable/hexadecimal
-- level: warning
-- message: {detail} is no number before PostgreSQL 16
-- why: older servers refuse it
-- fix: write it in decimal digits
-- example: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n = 0x10 ORDER BY id;
-- corrected: CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, big BIGINT NOT NULL, r DOUBLE PRECISION NOT NULL,
--   s TEXT NOT NULL, flag BOOLEAN NOT NULL, d NUMERIC NOT NULL);
-- -- name: Q :many
-- SELECT id FROM t WHERE n = 16 ORDER BY id;
SELECT s.place, s.detail, q.name AS "query" FROM spellings s LEFT JOIN queries q ON q.id = s.query_id
WHERE s.kind = 'hexadecimal number';

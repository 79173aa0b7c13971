-- name: B01 :many
SELECT a + b AS s, a * 2 AS p, a / 2 AS h, a / b AS dv, a % 3 AS md, -a AS ng, ~a AS nt, a << 1 AS sh, a || x AS cc, a = b AS eq, a IS b AS iss, NOT f AS nf, f AND g AS an, f OR f AS oo FROM t;
-- name: B02 :many
SELECT r + a AS s, q * r AS p, a / r AS h, r / 2 AS k, CAST(x AS INTEGER) AS ci, CAST(y AS REAL) AS cr, CAST(a AS TEXT) AS ct, CAST(r AS BOOLEAN) AS cb, CAST(d AS DATE) AS cd, CAST(n AS NUMERIC) AS cn FROM t;
-- name: B03 :many
SELECT max(a, 1) AS m1, max(a, b) AS m2, min(x, y) AS m3, abs(a) AS ab, abs(r) AS ar, round(r) AS ro, round(q, 1) AS rq, length(x) AS lx, length(v) AS lv, lower(y) AS lo, trim(x) AS tx, substr(x, 1, 2) AS sb, substr(u, 1) AS su, instr(x, 'a') AS i, hex(v) AS hx, quote(y) AS qu, unicode(x) AS un, typeof(z) AS ty, char(65) AS ch, zeroblob(4) AS zb, random() AS rd FROM t;
-- name: B04 :many
SELECT date(d) AS dd, date('now') AS dn, datetime('now', '+1 day') AS dt, strftime('%Y', d) AS sf, julianday(d) AS jd, unixepoch(e) AS ue, time('now') AS ti, CURRENT_TIMESTAMP AS ct, CURRENT_DATE AS cd FROM t;
-- name: B05 :many
SELECT json_extract(j, '$.a') AS je, j -> '$.a' AS ja, j ->> 'a' AS jt, json_array_length(j) AS jl, json_type(j) AS jy, json_valid(k) AS jv, json_object('a', a, 'y', y) AS jo, json_array(a, y) AS jr, json_set(j, '$.q', 1) AS js, json(k) AS jk, json_group_array(a) OVER () AS jg FROM t;
-- name: B06 :one
SELECT count(*) AS c, count(b) AS cb, sum(a) AS sa, sum(r) AS sr, avg(a) AS av, total(b) AS tb, min(a) AS mi, max(d) AS md, group_concat(x) AS gc, json_group_array(x) AS ga, json_group_object(x, a) AS go, sum(f) AS sf FROM t;
-- name: B07 :many
SELECT x, count(*) AS c, sum(a) AS sa, sum(b) AS sb, avg(r) AS ar, max(e) AS me, min(d) AS mi, count(DISTINCT y) AS cy, group_concat(y, '-') AS gy FROM t GROUP BY x;
-- name: B08 :many
SELECT CASE WHEN b > 0 THEN b ELSE 0 END AS c1, CASE WHEN b IS NULL THEN 'none' ELSE 'some' END AS c2, CASE f WHEN 1 THEN x END AS c3, CASE WHEN a THEN 1 WHEN g THEN 2.5 ELSE 3 END AS c4, CASE WHEN y IS NOT NULL THEN y ELSE x END AS c5 FROM t;
-- name: B09 :many
SELECT coalesce(b, 0) AS c1, coalesce(b, a) AS c2, coalesce(y, b) AS c3, ifnull(e, d) AS c4, coalesce(k, j) AS c5, coalesce(y, NULL) AS c6, iif(f, x, y) AS c7, nullif(x, '') AS c8, coalesce(q, 0) AS c9, coalesce(g, FALSE) AS c10 FROM t;
-- name: B10 :many
SELECT t.id, o.w, o.id AS oid, count(o.id) OVER (PARTITION BY t.id) AS n FROM t LEFT JOIN o ON o.t_id = t.id;
-- name: B11 :many
SELECT t.id, o.w FROM t LEFT JOIN o ON o.t_id = t.id WHERE o.w = 'x';
-- name: B12 :many
SELECT t.id, o.w FROM t JOIN (SELECT t_id, max(w) AS w FROM o GROUP BY t_id) o ON o.t_id = t.id;
-- name: B13 :many
SELECT t.id, s.w, s.c FROM t LEFT JOIN (SELECT t_id, w, count(*) AS c FROM o GROUP BY t_id, w) s ON s.t_id = t.id;
-- name: B14 :many
SELECT (SELECT w FROM o WHERE o.t_id = t.id LIMIT 1) AS w, (SELECT count(*) FROM o WHERE o.t_id = t.id) AS c, (SELECT max(id) FROM o) AS m, EXISTS (SELECT 1 FROM o) AS ex, x IN (SELECT w FROM o) AS xi, y IN ('a', 'b') AS yi FROM t;
-- name: B15 :many
SELECT a, b FROM t UNION ALL SELECT id, t_id FROM o;
-- name: B16 :many
SELECT x AS v FROM t UNION SELECT w FROM o UNION ALL SELECT NULL;
-- name: B17 :many
SELECT b AS v FROM t WHERE b IS NOT NULL INTERSECT SELECT id FROM o;
-- name: B18 :many
WITH c AS (SELECT id, b FROM t WHERE b > 0), e(p) AS (VALUES (1), (NULL)) SELECT c.*, e.p FROM c, e;
-- name: B19 :many
SELECT * FROM t NATURAL JOIN o;
-- name: B20 :many
SELECT b, y, e FROM t WHERE b = 1 AND (y LIKE 'a%' OR y = 'b') AND e < CURRENT_TIMESTAMP AND NOT (q IS NULL);
-- name: B21 :one
SELECT * FROM t WHERE id = ? AND b > 3;
-- name: B22 :one
SELECT * FROM t WHERE rowid = 1;
-- name: B23 :one
SELECT o.* FROM o JOIN t ON t.id = o.t_id WHERE o.t_id = ? AND o.w = ?;
-- name: B24 :one
SELECT t.* FROM t JOIN o ON o.t_id = t.id WHERE o.id = ?;
-- name: B25 :one
SELECT * FROM t WHERE id IN (?);
-- name: B26 :one
SELECT max(a) AS m FROM t GROUP BY x LIMIT 1;
-- name: B27 :many
SELECT rank() OVER (ORDER BY a) AS r, ntile(4) OVER (ORDER BY a) AS n, percent_rank() OVER (ORDER BY a) AS p, lead(x) OVER (ORDER BY a) AS l, last_value(a) OVER (ORDER BY a) AS lv, nth_value(a, 2) OVER (ORDER BY a) AS nv, avg(a) OVER (ORDER BY a ROWS 2 PRECEDING) AS av, max(b) OVER () AS mb FROM t;
-- name: B28 :many
SELECT day, n, m, z, u, f, d, j FROM t WHERE z = ? AND m > ? AND n < ? AND day >= ? AND u = ? AND j = ?;
-- name: B29 :execlastid
INSERT INTO t (a, x, r, f, d, j, u, n, day, b, y, e, k, m, z) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
-- name: B30 :many
SELECT DISTINCT t.x, o.w FROM o LEFT JOIN t ON t.id = o.t_id AND t.a > ? ORDER BY CASE WHEN t.x = ? THEN 0 ELSE 1 END, o.w COLLATE NOCASE;

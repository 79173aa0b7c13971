CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT);
-- query
SELECT a FROM t WHERE a = ? AND b = ?;
--= parameters 1 ×1, 2 ×1
SELECT ? FROM t WHERE a = @x AND b = :x OR id = sqlc.arg(x) OR id = $x LIMIT ? OFFSET ?;
--= parameters 1 ×1, 2 x ×4, 3 ×1, 4 ×1
SELECT a FROM t WHERE id IN (sqlc.slice('ids')) AND a = ? AND b = sqlc.narg('b');
--= parameters 1 ids[] ×1, 2 ×1, 3 b? ×1
SELECT a FROM t WHERE id IN sqlc.slice('ids');
--= parameters 1 ids[] ×1
SELECT a FROM t WHERE id IN (sqlc.slice('ids')) AND a = @ids;
--                                                      ^^^^ error[mixed-slice]
SELECT ?2, ? FROM t;
--     ^^ error[parameter-gap] parameter ?1
SELECT ?2, ?1, ? FROM t;
--= parameters 1 ×1, 2 ×1, 3 ×1
UPDATE t SET a = ?, b = @n WHERE id = ?;
--= parameters 1 ×1, 2 n ×1, 3 ×1
SELECT a FROM t LIMIT ?, ?;
--= parameters 1 ×1, 2 ×1
SELECT sqlc.embed(t) FROM t;
--= star t.id, t.a, t.b
SELECT sqlc.embed(x) FROM t;
--                ^ error[unknown-source]
SELECT sqlc.embed(t) AS q FROM t;
--                      ^ error[misplaced-embed]
SELECT a FROM t WHERE sqlc.embed(t);
--                    ^^^^^^^^^^^^^ error[misplaced-embed]
-- Macros take the numbers that no ?N names.
UPDATE t SET b = json(sqlc.arg(settings)) WHERE id = ?1;
--= parameters 1 ×1, 2 settings ×1
SELECT a FROM t WHERE id IN (sqlc.slice('ids')) AND a > ?1;
--= parameters 1 ×1, 2 ids[] ×1
SELECT a FROM t WHERE b = sqlc.arg(x) AND a = ?3 AND b = sqlc.narg(y) AND id = ?1 AND b = sqlc.arg(x) AND a = sqlc.arg(z);
--= parameters 1 ×1, 2 x ×2, 3 ×1, 4 y? ×1, 5 z ×1
SELECT a FROM t WHERE b = @x AND a = ?2 AND b = sqlc.arg(x) AND a = sqlc.arg(z) AND id = ?;
--= parameters 1 x ×2, 2 ×1, 3 ×1, 4 z ×1
-- Without ?N, the order of the text.
SELECT a FROM t WHERE b = sqlc.arg(x) AND a = ? AND b = :y;
--= parameters 1 x ×1, 2 ×1, 3 y ×1
-- `?` is one more than the largest so far, and ?1 the first of them again: SQLite's meaning.
INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET b = ?2;
--= parameters 1 ×1, 2 ×2
SELECT a FROM t WHERE id = ?1 AND b = @x;
--= parameters 1 ×1, 2 x ×1
SELECT a FROM t WHERE b = @x AND id = ?1;
--                                    ^^ error[merged-parameters] '@x' and '?1'
SELECT a FROM t WHERE b = sqlc.arg(y) AND a = :x AND id = ?1;
--                                                        ^^ error[merged-parameters] ':x' and '?1'
SELECT a FROM t WHERE a = ?2 AND b = $x AND id = ?1 AND a = ?3;
--                                                          ^^ error[merged-parameters] '$x' and '?3'
-- Macros ignore case.
SELECT sqlc.Embed(t) FROM t WHERE id IN (SQLC.slice('ids')) AND a = Sqlc.ARG(x) AND b = sqlc.Narg(y);
--= star t.id, t.a, t.b
--= parameters 1 ids[] ×1, 2 x ×1, 3 y? ×1

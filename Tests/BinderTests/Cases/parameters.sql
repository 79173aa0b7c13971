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

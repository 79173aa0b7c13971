-- A view's expression stands wherever its column is used: what may change between two looks is not proven by one.
SELECT x FROM (SELECT nullif(random() % 2, 0) AS x FROM t) WHERE x IS NOT NULL;
--     ^ INTEGER?
WITH c AS (SELECT nullif(random() % 2, 0) AS x FROM t) SELECT x FROM c WHERE x = 1;
--                                                            ^ INTEGER?
SELECT x FROM (SELECT DISTINCT nullif(random() % 2, 0) AS x FROM t LIMIT 9) WHERE x IS NOT NULL;
--     ^ INTEGER?
SELECT y FROM (SELECT x AS y FROM (SELECT nullif(random() % 2, 0) AS x FROM t)) WHERE y > 0;
--     ^ INTEGER?
SELECT x FROM (SELECT nullif(random() % 2, 0) AS x FROM t UNION ALL SELECT 1) WHERE x IS NOT NULL;
--     ^ INTEGER?
SELECT x FROM (SELECT (SELECT e.x FROM e ORDER BY random() LIMIT 1) AS x FROM t) WHERE x = 'a';
--     ^ TEXT?
SELECT iif(x IS NULL, 0, x) FROM (SELECT nullif(random() % 2, 0) AS x FROM t);
--     ^ INTEGER?
SELECT CASE WHEN x IS NOT NULL THEN x ELSE 0 END FROM (SELECT nullif(random() % 2, 0) AS x FROM t);
--     ^ INTEGER?
SELECT y FROM (SELECT nullif(x, 'a') AS y FROM t) WHERE y IS NOT NULL;
--     ^ TEXT
-- What an expression of such columns proves of itself, what a join's condition proves, and what HAVING keeps.
SELECT x + 1 FROM (SELECT nullif(random() % 2, 0) AS x FROM t) WHERE x + 1 IS NOT NULL;
--     ^ INTEGER?
SELECT e.n, v.x, v.n FROM e LEFT JOIN (SELECT n, nullif(random() % 2, 0) AS x FROM t) AS v ON v.x = e.n WHERE v.x > 0;
--          ^ INTEGER?
--               ^ INTEGER
SELECT x FROM e JOIN (SELECT nullif(random() % 2, 0) AS x FROM t) AS v USING (x);
--     ^ TEXT
SELECT coalesce(v.x, w.x) FROM (SELECT nullif(random() % 2, 0) AS x FROM t) v JOIN (SELECT 1 AS x) w ON v.x = w.x;
--     ^ INTEGER
SELECT x FROM (SELECT nullif(random() % 2, 0) AS x FROM t) v JOIN (SELECT i AS x FROM t) w USING (x);
--     ^ INTEGER?
SELECT max(x) FROM (SELECT n, nullif(random() % 2, 0) AS x FROM t) GROUP BY n HAVING max(x) IS NOT NULL;
--     ^ INTEGER?
WITH c AS (SELECT e.x FROM e WHERE random() % 2) SELECT s FROM (SELECT (SELECT x FROM c) AS s FROM t) WHERE s IS NOT NULL;
--                                                      ^ TEXT?
WITH c AS (SELECT e.x FROM e WHERE n > 1) SELECT s FROM (SELECT (SELECT x FROM c) AS s FROM t) WHERE s IS NOT NULL;
--                                               ^ TEXT

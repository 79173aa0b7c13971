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

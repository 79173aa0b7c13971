-- Aggregates, windows, scalar subqueries, compounds (inference rules 66 to 67, 122 to 143, 156 to 162).
SELECT sum(n), count(*), total(n), n FROM t;
--     ^ INTEGER?
--             ^ INTEGER
--                       ^ REAL
--                                 ^ INTEGER?
SELECT sum(n), max(i), sum(n) FILTER (WHERE n > 15) FROM t GROUP BY nn;
--     ^ INTEGER
--             ^ INTEGER?
--                     ^ INTEGER?
SELECT sum(r) OVER (ORDER BY n), sum(n) OVER (ORDER BY n) FROM t;
--     ^ REAL?
--                               ^ INTEGER
SELECT max(n) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING) FROM t;
--     ^ INTEGER?
SELECT lag(n, 1, 0) OVER (ORDER BY n), lag(n) OVER (ORDER BY n), nth_value(n, 1) OVER () FROM t;
--     ^ INTEGER
--                                     ^ INTEGER?
--                                                               ^ INTEGER?
SELECT (SELECT count(*) FROM e), (SELECT n FROM e), (SELECT count(*) FROM e LIMIT 0), (SELECT 1);
--     ^ INTEGER
--                               ^ INTEGER?
--                                                  ^ INTEGER?
--                                                                                    ^ INTEGER
SELECT n FROM t EXCEPT SELECT i FROM t;
--     ^ INTEGER
SELECT i FROM t INTERSECT SELECT n FROM t;
--     ^ INTEGER
SELECT n FROM t UNION SELECT i FROM t;
--     ^ INTEGER?
WITH RECURSIVE c(a) AS (SELECT 1 UNION ALL SELECT CASE WHEN a < 3 THEN a + 1 END FROM c WHERE a IS NOT NULL) SELECT a FROM c;
--                                                                                                                  ^ INTEGER?
WITH RECURSIVE c(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM c WHERE a < 5) SELECT a FROM c;
--                                                                                 ^ INTEGER
WITH RECURSIVE c(a) AS (SELECT 1 UNION ALL SELECT a || 'x' FROM c) SELECT a FROM c;
--                                                                        ^ ANY
SELECT json_group_array(n), group_concat(n) FROM e;
--     ^ JSON
--                          ^ TEXT?
SELECT n / 2, n / id, n % 0, n / 2.0, 1 / 0.0 FROM t;
--     ^ INTEGER
--            ^ INTEGER?
--                    ^ INTEGER?
--                           ^ REAL
--                                    ^ REAL?
SELECT date('now', '-1 day'), date(x), date('now', nn), strftime('%Y', 'now'), strftime('%Q', 'now') FROM t;
--     ^ TEXT
--                            ^ TEXT?
--                                     ^ TEXT?
--                                                      ^ TEXT
--                                                                             ^ TEXT?
SELECT round(n), abs(n), abs(x), sign(n), sign(x), ceil(n), sqrt(n), substr(b, 1), replace(nn, 'a', 'b') FROM t;
--     ^ REAL
--               ^ INTEGER
--                       ^ REAL?
--                               ^ INTEGER
--                                        ^ INTEGER?
--                                                 ^ INTEGER
--                                                          ^ REAL?
--                                                                   ^ BLOB?
--                                                                                 ^ TEXT

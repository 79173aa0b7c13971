-- HAVING keeps no group whose aggregate is NULL where it must be more than that (lang_select.html, rule of three-valued logic).
SELECT nn, max(x), min(i) FROM t GROUP BY nn HAVING max(x) IS NOT NULL;
--         ^ TEXT
--                 ^ INTEGER?
SELECT max(i), sum(i), avg(i) FROM t GROUP BY nn HAVING max(i) > 3 AND (sum(i) < 9 OR avg(i) > 1);
--     ^ INTEGER
--             ^ INTEGER?
--                     ^ REAL?
SELECT max(i), sum(i) FROM t HAVING max(i) > 3 OR (max(i) BETWEEN 1 AND 2 AND 0 <> sum(i));
--     ^ INTEGER
--             ^ INTEGER?
SELECT max(i), x, min(x), max(i) FILTER (WHERE n > 1) FROM t GROUP BY nn HAVING max(i) IS NULL AND min(x) NOT NULL;
--     ^ INTEGER?
--             ^ TEXT?
--                ^ TEXT
--                        ^ INTEGER?
-- A result that is no number is NULL (floatingpoint.html §2.2): where a query writes infinity itself, the operators that can give it.
SELECT 9e999 - 9e999, 9e999 + n, 9e999 * n, 9e999 * 2, n / 9e999, 9e999 / 9e999 FROM t;
--     ^ REAL?
--                    ^ REAL
--                               ^ REAL?
--                                          ^ REAL
--                                                     ^ REAL
--                                                                ^ REAL?
SELECT -9e999 + CASE WHEN n > 1 THEN 9e999 ELSE 1.0 END, (9e999 + n) * 0, n * 2.0 - n, 1e308 * n, 0.0 * 1e309 FROM t;
--     ^ REAL?
--                                                       ^ REAL?
--                                                                        ^ REAL
--                                                                                     ^ REAL
--                                                                                                ^ REAL?

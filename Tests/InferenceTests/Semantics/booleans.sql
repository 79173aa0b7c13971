-- To SQLite BOOLEAN is NUMERIC, which keeps any number: a CAST makes no truth value of what is none.
SELECT CAST(n AS BOOLEAN), CAST(i AS BOOL), CAST(r AS BOOLEAN), CAST(x AS BOOLEAN) FROM t;
--     ^ INTEGER
--                         ^ INTEGER?
--                                          ^ ANY?
--                                                              ^ ANY?
SELECT CAST(n > 1 AS BOOLEAN), CAST(1 AS BOOLEAN), CAST(NULL AS BOOLEAN), CAST(i IS NULL AS BOOLEAN), CAST(2 AS BOOLEAN) FROM t;
--     ^ BOOLEAN
--                             ^ BOOLEAN
--                                                 ^ BOOLEAN?
--                                                                        ^ BOOLEAN
--                                                                                                    ^ INTEGER
SELECT CAST(CASE WHEN i > 1 THEN 1 ELSE 0 END AS BOOLEAN), CAST(CASE WHEN i > 1 THEN 2 ELSE 0 END AS BOOLEAN) FROM t;
--     ^ BOOLEAN
--                                                         ^ INTEGER
SELECT coalesce(CAST(i AS BOOLEAN), n > 1), coalesce(CAST(i > 1 AS BOOLEAN), 0), max(CAST(n AS BOOLEAN)) FROM t;
--     ^ INTEGER?
--                                          ^ BOOLEAN
--                                                                               ^ INTEGER?
SELECT CAST(? AS BOOLEAN), CAST(-(n > 1) AS BOOLEAN), CAST(CAST(n AS BOOLEAN) AS BOOLEAN), n <> 0, n IS TRUE FROM t;
--     ^ BOOLEAN
--                         ^ INTEGER
--                                                    ^ INTEGER
--                                                                                         ^ BOOLEAN
--                                                                                                 ^ BOOLEAN

-- JSON columns are NUMERIC: a bare number is stored as one.
SELECT coalesce(doc, '{}') FROM j;
--     ^ JSON
SELECT ifnull(doc, '[]') FROM j;
--     ^ JSON
SELECT coalesce(doc, '') FROM j;
--     ^ ANY
SELECT coalesce(doc, 'x', '{}') FROM j;
--     ^ ANY
SELECT CASE WHEN id > 1 THEN doc ELSE '{}' END FROM j;
--     ^ JSON?
SELECT coalesce(day, '') FROM j;
--     ^ TEXT
SELECT doc FROM j UNION ALL SELECT x FROM t;
--     ^ ANY?
SELECT coalesce(r, '{}') FROM t;
--     ^ ANY
SELECT doc, doc || '', doc ->> '$.a' FROM j;
--     ^ JSON?

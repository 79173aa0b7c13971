-- What a condition says of an expression that is written again.
SELECT lower(x) FROM t WHERE lower(x) IS NOT NULL;
--     ^ TEXT
SELECT nullif(n, 1) FROM t WHERE nullif(n, 1) IS NOT NULL;
--     ^ INTEGER
SELECT nullif(n, 1) FROM t WHERE nullif(n, 1) > 3;
--     ^ INTEGER
SELECT nullif(n, 1) + 1 FROM t WHERE nullif(n, 1) IN (4, 5);
--     ^ INTEGER
SELECT nullif(n, 1) FROM t WHERE nullif(n, 2) IS NOT NULL;
--     ^ INTEGER?
SELECT nullif(n, 1) FROM t WHERE nullif(n, 1) IS NOT NULL OR n = 1;
--     ^ INTEGER?
SELECT n / i FROM t WHERE NOT (n / i IS NULL);
--     ^ INTEGER
SELECT b ->> '$.a' FROM t WHERE b ->> '$.a' = ?;
--     ^ ANY
SELECT CASE WHEN n > 1 THEN n END FROM t WHERE CASE WHEN n > 1 THEN n END IS NOT NULL;
--     ^ INTEGER
SELECT coalesce(i, r) FROM t WHERE coalesce(i, r) IS NOT NULL;
--     ^ ANY
SELECT CASE WHEN nullif(n, 1) IS NOT NULL THEN nullif(n, 1) ELSE 0 END FROM t;
--     ^ INTEGER
SELECT nullif(q.v, 'a') FROM l JOIN q ON q.k = l.k AND nullif(q.v, 'a') IS NOT NULL;
--     ^ TEXT
SELECT nullif(q.v, 'a') FROM l LEFT JOIN q ON q.k = l.k AND nullif(q.v, 'a') IS NOT NULL;
--     ^ TEXT?
SELECT nullif(q.v, 'a') FROM l LEFT JOIN q ON q.k = l.k AND nullif(q.v, 'a') IS NOT NULL WHERE q.id = 3;
--     ^ TEXT
SELECT nullif(random(), 1) FROM t WHERE nullif(random(), 1) IS NOT NULL;
--     ^ INTEGER?
SELECT (SELECT max(n) FROM e) FROM t WHERE (SELECT max(n) FROM e) IS NOT NULL;
--     ^ INTEGER?
SELECT nullif(n, 1), count(*) FROM t WHERE nullif(n, 1) IS NOT NULL;
--     ^ INTEGER?
SELECT max(nullif(n, 1)) FROM t WHERE nullif(n, 1) IS NOT NULL GROUP BY x;
--     ^ INTEGER
SELECT max(nullif(n, 1)) FROM t GROUP BY x HAVING max(nullif(n, 1)) IS NOT NULL;
--     ^ INTEGER
SELECT lower(max(x)) FROM t GROUP BY n HAVING lower(max(x)) > 'a';
--     ^ TEXT
SELECT nullif(n, 1) FROM t GROUP BY n HAVING nullif(n, 1) IS NOT NULL;
--     ^ INTEGER
SELECT nullif(n, 1) FROM t GROUP BY nullif(n, 1) HAVING nullif(n, 1) IS NOT NULL;
--     ^ INTEGER
SELECT nullif(n, 1) FROM t GROUP BY x HAVING nullif(n, 1) IS NOT NULL;
--     ^ INTEGER?
SELECT (SELECT t.x || count(*) FROM e WHERE t.x IS NOT NULL) FROM t;
--     ^ TEXT?
-- Neighbours: columns that are NULL together.
SELECT qv FROM lq;
--     ^ TEXT?
SELECT qv FROM lq WHERE qid = 2;
--     ^ TEXT
SELECT qs FROM lq WHERE qv IS NOT NULL;
--     ^ INTEGER
SELECT tn FROM lq WHERE qid IS NOT NULL;
--     ^ TEXT?
SELECT qv FROM lq WHERE tx = 'a';
--     ^ TEXT
SELECT tn FROM lq WHERE tx = 'a';
--     ^ TEXT
SELECT tx FROM lq WHERE tn = 'a';
--     ^ TEXT?
SELECT s.v FROM (SELECT l.id, q.k, q.v FROM l LEFT JOIN q ON q.k = l.k) s WHERE s.k > 2;
--     ^ TEXT
WITH s AS (SELECT qid, qv FROM lq) SELECT s.qv FROM s WHERE s.qid IS NOT NULL;
--                                        ^ TEXT
SELECT lq.qv FROM t LEFT JOIN lq ON lq.qid = t.id;
--     ^ TEXT?
SELECT lq.qv FROM t JOIN lq ON lq.qid = t.id;
--     ^ TEXT
SELECT lq.qv FROM t LEFT JOIN lq ON lq.qid = t.id WHERE lq.id = 1;
--     ^ TEXT
SELECT CASE WHEN qid IS NOT NULL THEN qv ELSE '' END FROM lq;
--     ^ TEXT
SELECT top FROM g WHERE qid = 1;
--     ^ INTEGER?
SELECT qv FROM g WHERE qid = 1;
--     ^ TEXT
SELECT qid FROM g WHERE qv = 'a';
--     ^ INTEGER?
SELECT qv FROM lu WHERE qk = 1;
--     ^ TEXT
SELECT qv FROM lu WHERE tn = 'a';
--     ^ TEXT
SELECT tn FROM lu WHERE qk = 1;
--     ^ TEXT?

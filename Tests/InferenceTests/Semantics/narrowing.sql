-- What predicates prove, and what they do not (inference rules 144 to 155).
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k;
--     ^ TEXT?
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k WHERE q.k = 2;
--     ^ TEXT
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k WHERE q.id IS NOT NULL;
--     ^ TEXT
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k WHERE q.k = 2 OR l.k = 1;
--     ^ TEXT?
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k WHERE NOT (q.k IS NULL OR l.k = 1);
--     ^ TEXT
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k WHERE q.k IN (1, NULL);
--     ^ TEXT
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k WHERE q.k NOT IN (SELECT n FROM e);
--     ^ TEXT?
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k WHERE coalesce(q.k, 0) = 0;
--     ^ TEXT?
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k AND q.v IS NOT NULL;
--     ^ TEXT?
SELECT q.v FROM l LEFT JOIN q ON q.k = l.k JOIN t ON t.id = q.id;
--     ^ TEXT
SELECT i FROM t WHERE i BETWEEN 1 AND 2;
--     ^ INTEGER
SELECT i FROM t WHERE i NOT BETWEEN 1 AND 2;
--     ^ INTEGER
SELECT i FROM t WHERE i IS NOT 1;
--     ^ INTEGER?
SELECT i FROM t WHERE i IS 1;
--     ^ INTEGER
SELECT i FROM t WHERE (i = 1) IS NOT FALSE;
--     ^ INTEGER?
SELECT i FROM t WHERE i + 1 > 0 AND length(x) = 1;
--     ^ INTEGER
SELECT l.id, q.v FROM l RIGHT JOIN q ON q.k = l.k;
--     ^ INTEGER?
--           ^ TEXT
SELECT l.id, q.v FROM l FULL JOIN q ON q.k = l.k WHERE l.id > 0;
--     ^ INTEGER
--           ^ TEXT?
SELECT l.id FROM l LEFT JOIN e ON e.id = l.id RIGHT JOIN q ON q.k = l.k;
--     ^ INTEGER?
SELECT k FROM l FULL JOIN q USING (k);
--     ^ INTEGER
SELECT CASE WHEN i IS NOT NULL THEN i ELSE 0 END AS a, CASE WHEN i IS NULL THEN 0 ELSE i END AS b FROM t;
--     ^ INTEGER
--                                                     ^ INTEGER
SELECT a.k, q.v FROM (l a LEFT JOIN l b ON b.id = a.k) LEFT JOIN q ON q.id = b.k WHERE q.v > '';
--     ^ INTEGER
--          ^ TEXT
SELECT b.id FROM l a LEFT JOIN l b ON b.id = a.k LEFT JOIN q ON q.id = b.k WHERE q.v > '';
--     ^ INTEGER
SELECT i FROM t GROUP BY i HAVING i IS NOT NULL;
--     ^ INTEGER
SELECT iif(x IS NULL, '-', x) FROM t;
--     ^ TEXT
SELECT a.v, b.x, id FROM l JOIN (q a FULL JOIN e b USING (id)) USING (id);
--     ^ TEXT?
--          ^ TEXT?
--               ^ INTEGER
SELECT a.v, b.x, id FROM l NATURAL JOIN (q a LEFT JOIN e b USING (id));
--     ^ TEXT
--          ^ TEXT?
--               ^ INTEGER
SELECT l.k, b.x, id FROM l RIGHT JOIN (q a FULL JOIN e b USING (id)) USING (id);
--     ^ INTEGER?
--          ^ TEXT?
--               ^ INTEGER

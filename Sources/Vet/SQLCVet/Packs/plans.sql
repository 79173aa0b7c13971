-- rule: plans/full-scan
-- level: note
-- message: '{query}' reads every row of '{table}'
-- why: a query that reads a whole table to find some rows takes longer with every row that others add
-- fix: an index whose first columns are compared in the query; 'sqlc-swift plan' tries one
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Running :many
-- SELECT id FROM jobs WHERE state = ?;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- CREATE INDEX idx_jobs_state ON jobs (state);
-- -- name: Running :many
-- SELECT id FROM jobs WHERE state = ?;
SELECT DISTINCT q.place, q.name AS "query", p.table_name AS "table", p.detail AS note
FROM plan_steps p JOIN queries q ON q.id = p.query_id JOIN statements s ON s.query_id = q.id AND s.combination = 'whole'
WHERE p.kind = 'scan' AND s.has_condition = 1;

-- rule: plans/temporary-sort
-- level: note
-- message: '{query}' sorts its rows, since no index has their order
-- why: to sort, all rows are read and kept before the first is given
-- fix: an index that ends with the columns of ORDER BY (or GROUP BY)
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, due INTEGER NOT NULL);
-- -- name: Soon :many
-- SELECT id FROM jobs ORDER BY due;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, due INTEGER NOT NULL);
-- CREATE INDEX idx_jobs_due ON jobs (due);
-- -- name: Soon :many
-- SELECT id FROM jobs ORDER BY due;
SELECT DISTINCT q.place, q.name AS "query", p.detail AS note FROM plan_steps p JOIN queries q ON q.id = p.query_id
WHERE p.kind = 'sort';

-- rule: plans/automatic-index
-- level: warning
-- message: '{query}' makes an index each time it runs
-- why: the database finds an index so useful that it makes one and throws it away again
-- fix: CREATE INDEX over the columns that the plan names
-- example: CREATE TABLE a (x INTEGER NOT NULL, y INTEGER NOT NULL);
-- CREATE TABLE b (x INTEGER NOT NULL, z INTEGER NOT NULL);
-- -- name: Pairs :many
-- SELECT a.y, b.z FROM a JOIN b ON b.x = a.x;
-- corrected: CREATE TABLE a (x INTEGER NOT NULL, y INTEGER NOT NULL);
-- CREATE TABLE b (x INTEGER NOT NULL, z INTEGER NOT NULL);
-- CREATE INDEX idx_b_x ON b (x);
-- -- name: Pairs :many
-- SELECT a.y, b.z FROM a JOIN b ON b.x = a.x;
SELECT DISTINCT q.place, q.name AS "query", p.detail AS note FROM plan_steps p JOIN queries q ON q.id = p.query_id
WHERE p.kind = 'automatic index';

-- rule: plans/correlated-subquery
-- level: note
-- message: '{query}' runs a subquery for each row
-- why: what takes a moment takes as many as there are rows
-- fix: a join with GROUP BY, or a subquery that looks at no outer row
-- example: CREATE TABLE a (id INTEGER PRIMARY KEY);
-- CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL);
-- CREATE INDEX idx_b_a_id ON b (a_id);
-- -- name: Counts :many
-- SELECT id, (SELECT count(*) FROM b WHERE b.a_id = a.id) AS n FROM a;
-- corrected: CREATE TABLE a (id INTEGER PRIMARY KEY);
-- CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL);
-- CREATE INDEX idx_b_a_id ON b (a_id);
-- -- name: Counts :many
-- SELECT a.id, count(b.id) AS n FROM a LEFT JOIN b ON b.a_id = a.id GROUP BY a.id;
SELECT DISTINCT q.place, q.name AS "query", p.detail AS note FROM plan_steps p JOIN queries q ON q.id = p.query_id
WHERE p.kind = 'correlated';

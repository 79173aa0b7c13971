-- rule: plans/missing-index
-- level: warning
-- message: '{query}' {problem}, which '{statement}' would spare it
-- why: what reads or sorts a whole table takes longer with every row; the index was made, and the plan with it is the better one
-- fix: the statement, in the next migration; or an exception, where the table stays small (or its name in 'options.small_tables')
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, worker_id INTEGER NOT NULL, state TEXT NOT NULL);
-- -- name: JobsOfWorker :many
-- SELECT id, state FROM jobs WHERE worker_id = @worker_id;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, worker_id INTEGER NOT NULL, state TEXT NOT NULL);
-- CREATE INDEX idx_jobs_worker_id ON jobs (worker_id);
-- -- name: JobsOfWorker :many
-- SELECT id, state FROM jobs WHERE worker_id = @worker_id;
SELECT q.place, q.name AS "query", t.name AS "table", w.statement, w.statement AS append, t.place AS related,
  CASE r.spares WHEN 'scan' THEN 'reads every row of ''' || t.name || '''' ELSE 'sorts all rows that it finds to give a few of them' END AS problem,
  concat_note.note
FROM wanted_indexes w
JOIN index_requests r ON r.wanted_id = w.id AND r.ordinal = 0
JOIN queries q ON q.id = r.query_id
JOIN tables t ON t.id = w.table_id
JOIN (
  SELECT w2.id, trim(
    coalesce('also for ' || (SELECT group_concat(q2.name, ', ') FROM index_requests r2 JOIN queries q2 ON q2.id = r2.query_id
      WHERE r2.wanted_id = w2.id AND r2.ordinal > 0) || '; ', '')
    || coalesce('takes the place of ''' || w2.replaces || ''', which can be dropped; ', '')
    || CASE (SELECT count(*) FROM query_tables x WHERE x.table_id = w2.table_id AND x.access = 'write')
      WHEN 0 THEN 'no query writes the table'
      ELSE 'kept up to date by ' || (SELECT group_concat(q3.name, ', ') FROM query_tables x JOIN queries q3 ON q3.id = x.query_id
        WHERE x.table_id = w2.table_id AND x.access = 'write') END, '; ') AS note
  FROM wanted_indexes w2) AS concat_note ON concat_note.id = w.id
WHERE r.spares IN ('scan', 'limited sort');

-- rule: plans/full-scan
-- level: note
-- message: '{query}' reads every row of '{table}' and keeps some of them
-- why: no index serves the condition as it is written: a pattern that begins with a wildcard, an expression that is no value of the
-- row alone, OR with another table's column
-- fix: compare the column itself; full-text search for words; 'options.small_tables' for what stays small
-- example: CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE);
-- -- name: PeopleOf :many
-- SELECT id FROM people WHERE email LIKE '%' || @domain;
-- corrected: CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, domain TEXT NOT NULL);
-- CREATE INDEX idx_people_domain ON people (domain);
-- -- name: PeopleOf :many
-- SELECT id FROM people WHERE domain = @domain;
SELECT DISTINCT q.place, q.name AS "query", coalesce(t.name, s.source) AS "table", s.detail
FROM plan_steps s JOIN queries q ON q.id = s.query_id LEFT JOIN tables t ON t.id = s.table_id
WHERE s.kind IN ('scan', 'index scan') AND s.is_restricted = 1 AND s.is_small = 0
AND NOT EXISTS (SELECT 1 FROM index_requests r JOIN wanted_indexes w ON w.id = r.wanted_id
  WHERE r.query_id = q.id AND (w.table_id = s.table_id OR s.table_id IS NULL));

-- rule: plans/temporary-sort
-- level: note
-- message: '{query}' sorts all rows that it finds for {purpose} to give a few of them
-- why: LIMIT ends reading early only where an index has the order; this order comes from no index that could be found
-- fix: order by columns of one table that an index can hold behind those that are compared
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, worker_id INTEGER NOT NULL, title TEXT NOT NULL);
-- CREATE INDEX idx_jobs_worker_id ON jobs (worker_id);
-- -- name: JobsOfWorker :many
-- SELECT id, title FROM jobs WHERE worker_id = @worker_id ORDER BY length(title), id LIMIT 10;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, worker_id INTEGER NOT NULL, title TEXT NOT NULL);
-- CREATE INDEX idx_jobs_worker_id_title ON jobs (worker_id, title);
-- -- name: JobsOfWorker :many
-- SELECT id, title FROM jobs WHERE worker_id = @worker_id ORDER BY title, id LIMIT 10;
SELECT DISTINCT q.place, q.name AS "query", s.purpose
FROM plan_steps s JOIN queries q ON q.id = s.query_id
JOIN statements x ON x.query_id = q.id AND x.combination = 'whole'
WHERE s.kind = 'sort' AND s.parent IS NULL AND s.purpose = 'ORDER BY' AND x.has_limit = 1
AND NOT EXISTS (SELECT 1 FROM index_requests r WHERE r.query_id = q.id)
-- what groups or tells rows apart has to see them all
AND NOT EXISTS (SELECT 1 FROM plan_steps y WHERE y.plan_id = s.plan_id AND y.kind = 'sort' AND y.purpose <> 'ORDER BY')
AND NOT EXISTS (SELECT 1 FROM plan_steps y WHERE y.plan_id = s.plan_id AND y.kind IN ('intermediate'))
AND NOT EXISTS (SELECT 1 FROM plan_steps y WHERE y.plan_id = s.plan_id AND y.is_small = 1);

-- rule: plans/automatic-index
-- level: warning
-- message: '{query}' builds an index of '{table}' each time it runs
-- why: the database reads the whole table to make an index, uses it once and throws it away
-- fix: an index that stays, on the columns that are compared
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, batch TEXT NOT NULL);
-- CREATE TABLE results (id INTEGER PRIMARY KEY, batch TEXT NOT NULL, text TEXT NOT NULL);
-- -- name: Results :many
-- SELECT j.id, r.text FROM jobs AS j JOIN results AS r ON r.batch = j.batch;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, batch TEXT NOT NULL);
-- CREATE TABLE results (id INTEGER PRIMARY KEY, batch TEXT NOT NULL, text TEXT NOT NULL);
-- CREATE INDEX idx_results_batch ON results (batch);
-- -- name: Results :many
-- SELECT j.id, r.text FROM jobs AS j JOIN results AS r ON r.batch = j.batch;
SELECT DISTINCT q.place, q.name AS "query", t.name AS "table", '(' || s.terms || ')' AS terms,
  (SELECT 'one that stays: ' || w.statement FROM index_requests r JOIN wanted_indexes w ON w.id = r.wanted_id
    WHERE r.query_id = q.id AND w.table_id = t.id LIMIT 1) AS note
FROM plan_steps s JOIN queries q ON q.id = s.query_id JOIN tables t ON t.id = s.table_id
WHERE s.kind = 'automatic index' AND s.is_small = 0
-- said already
AND NOT EXISTS (SELECT 1 FROM index_requests r WHERE r.query_id = q.id AND r.spares IN ('scan', 'limited sort'));

-- rule: plans/correlated-subquery
-- level: note
-- message: a subquery of '{query}' reads every row of '{table}' for each row around it
-- why: the time is that of both tables' rows, multiplied
-- fix: compare in the subquery a column that an index finds; or join the grouped rows once
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- CREATE TABLE results (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- -- name: Counted :many
-- SELECT id, (SELECT count(*) FROM results AS r WHERE upper(r.code) = j.code) AS n FROM jobs AS j;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- CREATE TABLE results (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- CREATE INDEX idx_results_code ON results (code);
-- -- name: Counted :many
-- SELECT id, (SELECT count(*) FROM results AS r WHERE r.code = j.code) AS n FROM jobs AS j;
SELECT DISTINCT q.place, q.name AS "query", coalesce(t.name, s.source) AS "table"
FROM plan_steps c JOIN plan_steps s ON s.plan_id = c.plan_id AND s.parent = c.ordinal
JOIN queries q ON q.id = s.query_id LEFT JOIN tables t ON t.id = s.table_id
WHERE c.kind = 'correlated subquery' AND s.kind IN ('scan', 'index scan') AND s.is_small = 0;

-- rule: plans/unused-index
-- level: note
-- message: no query's plan uses the index '{index}' of '{table}'
-- why: it is kept up to date by every write, and costs its space
-- fix: DROP INDEX, unless statements that are not among the queries need it: triggers, reports, another program
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, title TEXT NOT NULL);
-- CREATE INDEX idx_jobs_title ON jobs (title);
-- -- name: Job :one
-- SELECT state FROM jobs WHERE id = @id;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, title TEXT NOT NULL);
-- CREATE INDEX idx_jobs_title ON jobs (title);
-- -- name: Titled :many
-- SELECT id, state FROM jobs WHERE title = @title;
SELECT i.place, i.name AS "index", t.name AS "table"
FROM indexes i JOIN tables t ON t.id = i.table_id JOIN blocks b ON b.id = t.block_id AND b.is_complete = 1
-- a unique one is a promise
WHERE i.is_unique = 0
AND EXISTS (SELECT 1 FROM plans p JOIN queries q ON q.id = p.query_id WHERE q.block_id = t.block_id)
AND NOT EXISTS (SELECT 1 FROM plan_steps s WHERE s.index_id = i.id)
-- a row of the parent that goes looks for its children
AND NOT EXISTS (
  SELECT 1 FROM foreign_keys f JOIN foreign_key_columns c ON c.foreign_key_id = f.id
  JOIN index_columns x ON x.column_id = c.column_id AND x.index_id = i.id AND x.ordinal = 0
  WHERE f.table_id = t.id);

-- rule: plans/worse-plan
-- level: error
-- message: '{query}' {what}, which it did not when the plans were written down
-- why: a plan that was looked at and found good is no longer the one that runs
-- fix: bring the index back, or look at the query; 'sqlc-swift vet --write-plans' where the new plan is meant
-- option: baseline=Titled
--   search jobs by idx_jobs_title (title=?)
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
-- -- name: Titled :many
-- SELECT id FROM jobs WHERE title = @title;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
-- CREATE INDEX idx_jobs_title ON jobs (title);
-- -- name: Titled :many
-- SELECT id FROM jobs WHERE title = @title;
SELECT q.place, q.name AS "query", c.detail AS what, c.place AS related,
  CASE c.combination WHEN '' THEN NULL ELSE 'with ' || c.combination END AS note
FROM plan_changes c JOIN queries q ON q.id = c.query_id WHERE c.kind = 'worse';

-- rule: plans/outdated-baseline
-- level: warning
-- message: the plan of '{query}' {what}
-- why: what is written down no longer says what runs, so that the next change would not be seen
-- fix: 'sqlc-swift vet --write-plans', and a look at the difference
-- option: baseline=Titled
--   search jobs by idx_jobs_title (title=?)
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL);
-- CREATE INDEX idx_jobs_title_state ON jobs (title, state);
-- -- name: Titled :many
-- SELECT id FROM jobs WHERE title = @title AND length(state) > 3;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL);
-- CREATE INDEX idx_jobs_title ON jobs (title);
-- -- name: Titled :many
-- SELECT id FROM jobs WHERE title = @title AND length(state) > 3;
SELECT coalesce(q.place, c.place) AS place, c.name AS "query", c.detail AS what
FROM plan_changes c LEFT JOIN queries q ON q.id = c.query_id WHERE c.kind <> 'worse';

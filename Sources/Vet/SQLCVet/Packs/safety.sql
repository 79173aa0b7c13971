-- rule: safety/unconditional-write
-- level: error
-- message: '{query}' {verb}s every row of '{table}'
-- why: a WHERE that was forgotten, or whose every predicate can be left out, is noticed when the rows are gone
-- fix: add WHERE; where every row is meant, WHERE TRUE says so, or 'All' in the query's name, which makes it a note
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Clear :exec
-- DELETE FROM jobs;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Clear :exec
-- DELETE FROM jobs WHERE state = 'done';
SELECT DISTINCT q.place, q.name AS "query", s.verb,
  t.name AS "table"
FROM statements s JOIN queries q ON q.id = s.query_id JOIN tables t ON t.id = s.table_id
WHERE s.verb IN ('update', 'delete') AND s.has_condition = 0 AND s.has_limit = 0
AND NOT (q.name GLOB '*All' OR q.name GLOB '*All[A-Z]*' OR q.name GLOB '*Every[A-Z]*' OR q.name GLOB '*[_]all'
  OR q.name GLOB '*[_]all[_]*' OR q.name GLOB '*[_]every[_]*');

-- rule: safety/stated-write
-- level: note
-- message: '{query}' {verb}s every row of '{table}', as its name says
-- why: the name says that every row is meant, and whoever calls it can still be surprised
-- fix: none is needed; a condition where not every row is meant
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: DeleteAllJobs :exec
-- DELETE FROM jobs;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: DeleteAllJobs :exec
-- DELETE FROM jobs WHERE TRUE;
SELECT DISTINCT q.place, q.name AS "query", s.verb, t.name AS "table"
FROM statements s JOIN queries q ON q.id = s.query_id JOIN tables t ON t.id = s.table_id
WHERE s.verb IN ('update', 'delete') AND s.has_condition = 0 AND s.has_limit = 0
AND (q.name GLOB '*All' OR q.name GLOB '*All[A-Z]*' OR q.name GLOB '*Every[A-Z]*' OR q.name GLOB '*[_]all'
  OR q.name GLOB '*[_]all[_]*' OR q.name GLOB '*[_]every[_]*');

-- rule: safety/unbounded-rows
-- level: note
-- message: '{query}' gives as many rows as there are
-- why: a list that grows with the data is read into memory as a whole
-- fix: LIMIT with a key to go on from, or a condition on a parent's key
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Jobs :many
-- SELECT id, state FROM jobs ORDER BY id;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Jobs :many
-- SELECT id, state FROM jobs WHERE id > ? ORDER BY id LIMIT 100;
SELECT q.place, q.name AS "query" FROM queries q JOIN statements s ON s.query_id = q.id AND s.combination = 'whole'
WHERE q.command IN ('many', 'batchmany') AND q.row_count = 'many' AND s.verb = 'select' AND s.has_limit = 0
AND s.has_condition = 0;

-- rule: safety/unordered-limit
-- level: warning
-- message: which rows LIMIT takes in '{query}' is left open
-- why: without an order that tells every two rows apart, the database may take others each time
-- fix: ORDER BY, with a key as the last term
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Next :many
-- SELECT id FROM jobs ORDER BY state LIMIT 10;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Next :many
-- SELECT id FROM jobs ORDER BY state, id LIMIT 10;
SELECT q.place, q.name AS "query" FROM queries q JOIN statements s ON s.query_id = q.id AND s.combination = 'whole'
WHERE s.verb = 'select' AND s.has_limit = 1 AND s.order_is_total = 0
-- a row that a key finds needs no order
AND NOT EXISTS (
  SELECT 1 FROM keys k JOIN query_tables t ON t.table_id = k.table_id AND t.query_id = q.id
  WHERE NOT EXISTS (
    SELECT 1 FROM key_columns x WHERE x.key_id = k.id
    AND NOT EXISTS (SELECT 1 FROM pins p WHERE p.query_id = q.id AND p.column_id = x.column_id)));

-- rule: safety/offset-pagination
-- level: warning
-- message: '{query}' reads all rows that OFFSET leaves out
-- why: page 1,000 costs a thousand pages, and a row that comes in between is shown twice or never
-- fix: go on behind the last row seen: WHERE sqlc.after(@after), or (created_at, id) < (@created_at, @id)
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Page :many
-- SELECT id FROM jobs ORDER BY id LIMIT ? OFFSET ?;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Page :many
-- SELECT id FROM jobs WHERE id > ? ORDER BY id LIMIT ?;
SELECT s.offset_place AS place, q.name AS "query" FROM queries q
JOIN statements s ON s.query_id = q.id AND s.combination = 'whole' WHERE s.offset_place IS NOT NULL;

-- rule: safety/leading-wildcard
-- level: warning
-- message: no index helps to find {pattern}
-- why: a pattern that begins with anything is compared with every row
-- fix: search by prefix, or keep a full-text index
-- example: CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
-- -- name: Find :many
-- SELECT id FROM notes WHERE body LIKE '%' || @words || '%';
-- corrected: CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
-- -- name: Find :many
-- SELECT id FROM notes WHERE body LIKE @words || '%';
SELECT c.place, c.detail AS pattern, q.name AS "query" FROM clauses c JOIN queries q ON q.id = c.query_id
WHERE c.kind = 'leading wildcard';

-- rule: safety/integer-division
-- level: warning
-- message: both sides of '/' are whole numbers, and so is the result
-- why: 7 / 2 is 3: what was meant as a share is 0 or 1
-- fix: multiply by 1.0 first, or CAST one side
-- example: CREATE TABLE runs (id INTEGER PRIMARY KEY, passed INTEGER NOT NULL, total INTEGER NOT NULL);
-- -- name: Shares :many
-- SELECT id, passed / total AS share FROM runs WHERE total > 0;
-- corrected: CREATE TABLE runs (id INTEGER PRIMARY KEY, passed INTEGER NOT NULL, total INTEGER NOT NULL);
-- -- name: Shares :many
-- SELECT id, passed * 1.0 / total AS share FROM runs WHERE total > 0;
SELECT c.place, q.name AS "query" FROM clauses c JOIN queries q ON q.id = c.query_id WHERE c.kind = 'integer division';

-- rule: safety/loose-comparison
-- level: warning
-- message: columns of different types are compared: {types}
-- why: text is converted to a number or a number to text, '01' equals 1 and no index is used
-- fix: give both columns one type, or CAST where it is meant
-- example: CREATE TABLE a (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- CREATE TABLE b (id INTEGER PRIMARY KEY, code INTEGER NOT NULL);
-- -- name: Pairs :many
-- SELECT a.id FROM a JOIN b ON a.code = b.code;
-- corrected: CREATE TABLE a (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- CREATE TABLE b (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
-- -- name: Pairs :many
-- SELECT a.id FROM a JOIN b ON a.code = b.code;
SELECT c.place, c.detail AS types, q.name AS "query" FROM clauses c JOIN queries q ON q.id = c.query_id
WHERE c.kind = 'loose comparison';

-- rule: safety/null-in-list
-- level: warning
-- message: NOT IN is true of nothing as soon as '{column}' is NULL
-- why: x NOT IN (1, NULL) is neither true nor false
-- fix: NOT EXISTS, or leave NULL out inside
-- example: CREATE TABLE a (id INTEGER PRIMARY KEY);
-- CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER);
-- -- name: Alone :many
-- SELECT id FROM a WHERE id NOT IN (SELECT a_id FROM b);
-- corrected: CREATE TABLE a (id INTEGER PRIMARY KEY);
-- CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER);
-- -- name: Alone :many
-- SELECT id FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE a_id IS NOT NULL);
SELECT c.place, c.detail AS "column", q.name AS "query" FROM clauses c JOIN queries q ON q.id = c.query_id
WHERE c.kind = 'not in null';

-- rule: safety/counted-existence
-- level: warning
-- message: rows are counted to see whether there is one
-- why: count(*) reads all of them, EXISTS stops at the first
-- fix: EXISTS (SELECT 1 …)
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: IsBusy :one
-- SELECT count(*) > 0 AS is_busy FROM jobs WHERE state = 'running';
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: IsBusy :one
-- SELECT EXISTS (SELECT 1 FROM jobs WHERE state = 'running') AS is_busy;
SELECT c.place, q.name AS "query" FROM clauses c JOIN queries q ON q.id = c.query_id WHERE c.kind = 'counted existence';

-- rule: safety/n-plus-one
-- level: note
-- message: for each row of '{query}' somebody may call '{other}', by its '{column}'
-- why: a list of a hundred becomes a hundred and one queries
-- fix: join '{parent}' in the list (sqlc.embed), or look all of them up at once by sqlc.slice
-- example: CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
-- -- name: Posts :many
-- SELECT id, user_id FROM posts;
-- -- name: User :one
-- SELECT name FROM users WHERE id = ?;
-- corrected: CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
-- -- name: Posts :many
-- SELECT posts.id, posts.user_id, users.name FROM posts JOIN users ON users.id = posts.user_id;
-- -- name: User :one
-- SELECT name FROM users WHERE id = ?;
SELECT a.place, min(b.place) AS related, a.name AS "query", min(b.name) AS other, c.name AS "column", p.name AS parent
FROM queries a JOIN results r ON r.query_id = a.id JOIN foreign_key_columns x ON x.column_id = r.column_id
JOIN columns c ON c.id = r.column_id JOIN columns pc ON pc.id = x.parent_column_id JOIN tables p ON p.id = pc.table_id
JOIN pins pin ON pin.column_id = pc.id JOIN queries b ON b.id = pin.query_id
WHERE a.command = 'many' AND a.row_count = 'many' AND a.is_read_only = 1 AND b.command = 'one' AND b.is_read_only = 1
AND c.table_id <> p.id
-- a list by that column: the parent is known, and the same for each row
AND NOT EXISTS (SELECT 1 FROM pins same WHERE same.query_id = a.id AND same.column_id = c.id)
AND (SELECT count(*) FROM pins z WHERE z.query_id = b.id) = 1
AND NOT EXISTS (
  SELECT 1 FROM query_tables t JOIN query_tables u ON u.query_id = t.query_id
  WHERE t.table_id = c.table_id AND u.table_id = p.id AND t.access = 'read' AND u.access = 'read')
GROUP BY a.id, c.id;

-- rule: design/flexible-table
-- level: warning
-- message: the types of '{table}' do not bind: it is not STRICT
-- why: without STRICT a column of INTEGER takes 'abc', and whoever reads it meets it
-- fix: end the definition with STRICT (SQLite 3.37)
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, tries INTEGER NOT NULL);
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, tries INTEGER NOT NULL) STRICT;
SELECT t.place, t.name AS "table" FROM tables t JOIN blocks b ON b.id = t.block_id
WHERE t.kind = 'table' AND t.is_strict = 0 AND b.engine = 'sqlite';

-- rule: design/unchecked-json
-- level: warning
-- message: nothing keeps '{table}.{column}' from holding what is no JSON
-- why: the first row that is no JSON makes every query fail that looks into the column
-- fix: CHECK (json_valid(column))
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, spec JSON NOT NULL);
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, spec JSON NOT NULL CHECK (json_valid(spec)));
SELECT c.place, t.name AS "table", c.name AS "column" FROM columns c JOIN tables t ON t.id = c.table_id
JOIN blocks b ON b.id = t.block_id
WHERE t.kind = 'table' AND c.is_generated = 0
AND (upper(c.declared_type) IN ('JSON', 'JSONB') OR c.name GLOB '*_json')
-- there the type takes nothing else
AND NOT (b.engine = 'postgresql' AND upper(c.declared_type) IN ('JSON', 'JSONB'))
AND NOT EXISTS (
  SELECT 1 FROM checks k WHERE k.table_id = t.id AND instr(lower(k.text), 'json') > 0
  AND instr(lower(k.text), lower(c.name)) > 0);

-- rule: design/unchecked-enumeration
-- level: warning
-- message: '{table}.{column}' takes any text
-- why: a state that nobody knows is written by a typing mistake and found by a customer
-- fix: CHECK (column IN ('pending', 'done')), of which generated code makes an enumeration
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT NOT NULL);
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT NOT NULL CHECK (status IN ('pending', 'done')));
SELECT c.place, t.name AS "table", c.name AS "column" FROM columns c JOIN tables t ON t.id = c.table_id
WHERE t.kind = 'table' AND c.is_generated = 0 AND c.allowed_values IS NULL AND (upper(c.declared_type) GLOB '*TEXT*' OR upper(c.declared_type) GLOB '*CHAR*')
AND EXISTS (
  SELECT 1 FROM options o, json_each('["' || replace(o.value, ',', '","') || '"]') w
  WHERE o.name = 'enumerations' AND (c.name = w.value OR c.name GLOB '*_' || w.value))
AND NOT EXISTS (SELECT 1 FROM checks k WHERE k.table_id = t.id AND instr(lower(k.text), lower(c.name)) > 0)
AND NOT EXISTS (SELECT 1 FROM foreign_key_columns f WHERE f.column_id = c.id);

-- rule: design/duplicate-index
-- level: warning
-- message: the index '{index}' has the columns of '{other}'
-- why: each is written with every row, and one of them is never needed
-- fix: drop one
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- CREATE INDEX idx_a ON jobs (state);
-- CREATE INDEX idx_b ON jobs (state);
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- CREATE INDEX idx_a ON jobs (state);
WITH spelled AS (
  SELECT i.id, i.table_id, i.name, i.place, coalesce(i.condition, '') AS condition, 0 AS is_key, i.is_unique,
    (SELECT group_concat(text, ', ') FROM (
      SELECT lower(x.text) AS text FROM index_columns x WHERE x.index_id = i.id ORDER BY x.ordinal)) AS terms
  FROM indexes i
  UNION ALL
  SELECT -k.id, k.table_id, coalesce(k.name, 'the ' || k.kind || ' key'), k.place, '', 1, 1,
    (SELECT group_concat(name, ', ') FROM (
      SELECT lower(c.name) AS name FROM key_columns x JOIN columns c ON c.id = x.column_id
      WHERE x.key_id = k.id ORDER BY x.ordinal))
  FROM keys k WHERE k.kind <> 'index'
)
SELECT a.place, b.place AS related, t.name AS "table", a.name AS "index", b.name AS other
FROM spelled a JOIN spelled b ON b.table_id = a.table_id AND b.terms = a.terms AND b.condition = a.condition
JOIN tables t ON t.id = a.table_id
WHERE a.is_key = 0 AND (b.is_key = 1 OR b.id < a.id);

-- rule: design/redundant-index
-- level: warning
-- message: what '{index}' finds, '{other}' finds as well: its columns begin with the same
-- why: each index is written with every row
-- fix: drop the shorter one
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, due INTEGER NOT NULL);
-- CREATE INDEX idx_state ON jobs (state);
-- CREATE INDEX idx_state_due ON jobs (state, due);
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, due INTEGER NOT NULL);
-- CREATE INDEX idx_state_due ON jobs (state, due);
WITH spelled AS (
  SELECT i.id, i.table_id, i.name, i.place, coalesce(i.condition, '') AS condition, i.is_unique,
    (SELECT group_concat(text, ', ') FROM (
      SELECT lower(x.text) AS text FROM index_columns x WHERE x.index_id = i.id ORDER BY x.ordinal)) AS terms
  FROM indexes i
  UNION ALL
  SELECT -k.id, k.table_id, coalesce(k.name, 'the ' || k.kind || ' key'), k.place, '', 1,
    (SELECT group_concat(name, ', ') FROM (
      SELECT lower(c.name) AS name FROM key_columns x JOIN columns c ON c.id = x.column_id
      WHERE x.key_id = k.id ORDER BY x.ordinal))
  FROM keys k WHERE k.kind <> 'index'
)
SELECT a.place, b.place AS related, t.name AS "table", a.name AS "index", b.name AS other
FROM spelled a JOIN spelled b ON b.table_id = a.table_id AND b.condition = a.condition
  AND substr(b.terms, 1, length(a.terms) + 2) = a.terms || ', '
JOIN tables t ON t.id = a.table_id
WHERE a.id > 0 AND a.is_unique = 0;

-- rule: design/unused-table
-- level: note
-- message: no query reads or writes '{table}'
-- why: what nobody uses is kept, migrated and backed up all the same
-- fix: drop it, or write down who uses it ('vet.except')
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY);
-- CREATE TABLE old_jobs (id INTEGER PRIMARY KEY);
-- -- name: Jobs :many
-- SELECT id FROM jobs;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY);
-- -- name: Jobs :many
-- SELECT id FROM jobs;
SELECT t.place, t.name AS "table" FROM tables t JOIN blocks b ON b.id = t.block_id AND b.is_complete = 1
WHERE t.kind = 'table' AND EXISTS (SELECT 1 FROM queries q WHERE q.block_id = t.block_id)
AND NOT EXISTS (SELECT 1 FROM query_tables q WHERE q.table_id = t.id);

-- rule: design/unused-column
-- level: note
-- message: no query reads '{table}.{column}'
-- why: a column that is only written is kept for nobody
-- fix: drop it, or write down who reads it ('vet.except')
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, old_state TEXT);
-- -- name: Jobs :many
-- SELECT id, state FROM jobs;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
-- -- name: Jobs :many
-- SELECT id, state FROM jobs;
SELECT c.place, t.name AS "table", c.name AS "column" FROM columns c JOIN tables t ON t.id = c.table_id
JOIN blocks b ON b.id = t.block_id AND b.is_complete = 1
WHERE t.kind = 'table' AND c.is_hidden = 0
AND EXISTS (SELECT 1 FROM query_tables q WHERE q.table_id = t.id AND q.access = 'read')
AND NOT EXISTS (SELECT 1 FROM query_columns q WHERE q.column_id = c.id AND q.access = 'read')
AND NOT EXISTS (SELECT 1 FROM results r WHERE r.column_id = c.id)
AND NOT EXISTS (SELECT 1 FROM key_columns k WHERE k.column_id = c.id)
AND NOT EXISTS (SELECT 1 FROM foreign_key_columns f WHERE c.id IN (f.column_id, f.parent_column_id))
-- what a statement reads of which nothing is told is not known
AND NOT EXISTS (
  SELECT 1 FROM query_tables w WHERE w.table_id = t.id
  AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.query_id = w.query_id))
AND NOT EXISTS (SELECT 1 FROM triggers g WHERE instr(lower(g.text), lower(c.name)) > 0);

-- rule: design/unwritten-column
-- level: note
-- message: no query gives '{table}.{column}' a value, and it has no default
-- why: it is NULL in every row
-- fix: drop it, or write it
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, owner TEXT);
-- -- name: Add :exec
-- INSERT INTO jobs (state) VALUES (?);
-- -- name: Jobs :many
-- SELECT id, state, owner FROM jobs;
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, owner TEXT);
-- -- name: Add :exec
-- INSERT INTO jobs (state, owner) VALUES (?, ?);
-- -- name: Jobs :many
-- SELECT id, state, owner FROM jobs;
SELECT c.place, t.name AS "table", c.name AS "column" FROM columns c JOIN tables t ON t.id = c.table_id
JOIN blocks b ON b.id = t.block_id AND b.is_complete = 1
WHERE t.kind = 'table' AND c.is_hidden = 0 AND c.is_generated = 0 AND c.default_text IS NULL AND c.is_not_null = 0
AND NOT (upper(c.declared_type) = 'INTEGER' AND EXISTS (
  SELECT 1 FROM keys k JOIN key_columns x ON x.key_id = k.id WHERE k.kind = 'primary' AND x.column_id = c.id))
AND EXISTS (SELECT 1 FROM statements s WHERE s.table_id = t.id AND s.verb = 'insert')
AND NOT EXISTS (SELECT 1 FROM query_columns q WHERE q.column_id = c.id AND q.access = 'write')
-- what a statement writes of which nothing is told is not known
AND NOT EXISTS (
  SELECT 1 FROM query_tables w WHERE w.table_id = t.id AND w.access = 'write'
  AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.query_id = w.query_id))
AND NOT EXISTS (SELECT 1 FROM triggers g WHERE instr(lower(g.text), lower(c.name)) > 0);

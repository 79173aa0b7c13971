-- rule: time/missing-created-at
-- level: warning
-- message: the table '{table}' has no '{column}'
-- why: when a row came is asked sooner or later, and cannot be found out afterwards
-- fix: add the column with a default; its name is 'created_at' of 'vet.options'
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
SELECT t.place, t.name AS "table", o.value AS "column" FROM tables t, options o
WHERE o.name = 'created_at' AND t.kind = 'table'
AND NOT EXISTS (SELECT 1 FROM columns c WHERE c.table_id = t.id AND lower(c.name) = lower(o.value));

-- rule: time/missing-updated-at
-- level: warning
-- message: '{table}' is updated by '{query}' and has no '{column}'
-- why: when a row was last changed is asked sooner or later, and cannot be found out afterwards
-- fix: add the column; its name is 'updated_at' of 'vet.options'
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- -- name: Rename :exec
-- UPDATE agents SET name = ? WHERE id = ?;
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, updated_at TEXT);
-- -- name: Rename :exec
-- UPDATE agents SET name = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?;
SELECT t.place, min(q.place) AS related, t.name AS "table", min(q.name) AS "query", o.value AS "column"
FROM tables t JOIN statements s ON s.table_id = t.id AND s.verb = 'update' JOIN queries q ON q.id = s.query_id, options o
WHERE o.name = 'updated_at' AND t.kind = 'table'
AND NOT EXISTS (SELECT 1 FROM columns c WHERE c.table_id = t.id AND lower(c.name) = lower(o.value))
GROUP BY t.id;

-- rule: time/missing-deleted-at
-- level: note
-- message: the table '{table}' has no '{column}': its rows are deleted for good
-- why: where rows are marked as deleted, one that is gone is a surprise
-- fix: add the column, or except tables whose rows are nobody's loss, like links
-- option: soft_delete=deleted_at
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, deleted_at TEXT);
SELECT t.place, t.name AS "table", p."column" FROM tables t JOIN policies p ON p.kind = 'soft_delete'
WHERE t.kind = 'table' AND NOT EXISTS (
  SELECT 1 FROM columns c WHERE c.table_id = t.id AND lower(c.name) = lower(p."column"));

-- rule: time/stale-updated-at
-- level: warning
-- message: '{query}' updates '{table}' and leaves '{column}' as it was
-- why: a time of the last change that some changes do not touch is wrong without anybody noticing
-- fix: set it in the query, or by a trigger after UPDATE of the table
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
-- -- name: Rename :exec
-- UPDATE agents SET name = ? WHERE id = ?;
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
-- -- name: Rename :exec
-- UPDATE agents SET name = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?;
SELECT q.place, c.place AS related, q.name AS "query", t.name AS "table", c.name AS "column"
FROM statements s JOIN queries q ON q.id = s.query_id JOIN tables t ON t.id = s.table_id
JOIN options o ON o.name = 'updated_at' JOIN columns c ON c.table_id = t.id AND lower(c.name) = lower(o.value)
WHERE s.verb = 'update' AND s.combination = 'whole'
AND NOT EXISTS (
  SELECT 1 FROM query_columns x WHERE x.query_id = q.id AND x.column_id = c.id AND x.access = 'write')
AND NOT EXISTS (
  SELECT 1 FROM triggers g WHERE g.table_id = t.id AND g.event = 'update' AND instr(lower(g.text), lower(c.name)) > 0);

-- rule: time/mixed-storage
-- level: warning
-- message: '{table}.{column}' is {type}, most times are {usual}
-- why: times that are kept in two ways are neither compared nor sorted rightly
-- fix: declare all alike
-- example: CREATE TABLE a (id INTEGER PRIMARY KEY, created_at TEXT, updated_at TEXT, seen_at INTEGER);
-- corrected: CREATE TABLE a (id INTEGER PRIMARY KEY, created_at TEXT, updated_at TEXT, seen_at TEXT);
WITH times AS (
  SELECT c.place, t.name AS "table", c.name AS "column", b.engine,
    CASE -- SQLite stores and reads both alike
      WHEN b.engine = 'sqlite' AND upper(c.declared_type) IN ('DATETIME', 'TIMESTAMP') THEN 'DATETIME'
      ELSE upper(coalesce(c.declared_type, '')) END AS type
  FROM columns c JOIN tables t ON t.id = c.table_id JOIN blocks b ON b.id = t.block_id
  WHERE t.kind = 'table' AND c.name GLOB '*_at'
), counted AS (
  SELECT engine, type, row_number() OVER (PARTITION BY engine ORDER BY count(*) DESC, type) AS place
  FROM times GROUP BY engine, type
)
SELECT x.place, x."table", x."column", x.type, u.type AS usual
FROM times x JOIN counted u ON u.engine = x.engine AND u.place = 1 WHERE x.type <> u.type;

-- rule: time/missing-default
-- level: warning
-- message: '{table}.{column}' has no default, and '{query}' does not give it a value
-- why: a time that must be given everywhere is forgotten somewhere
-- fix: DEFAULT CURRENT_TIMESTAMP, or what the project takes for now
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, created_at TEXT);
-- -- name: Add :exec
-- INSERT INTO agents (name) VALUES (?);
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
-- -- name: Add :exec
-- INSERT INTO agents (name) VALUES (?);
SELECT c.place, min(q.place) AS related, t.name AS "table", c.name AS "column", min(q.name) AS "query"
FROM columns c JOIN tables t ON t.id = c.table_id JOIN options o ON o.name IN ('created_at', 'updated_at')
  AND lower(c.name) = lower(o.value)
JOIN statements s ON s.table_id = t.id AND s.verb = 'insert' JOIN queries q ON q.id = s.query_id
WHERE c.default_text IS NULL AND c.is_generated = 0
AND NOT EXISTS (SELECT 1 FROM query_columns x WHERE x.query_id = q.id AND x.column_id = c.id AND x.access = 'write')
AND NOT EXISTS (SELECT 1 FROM triggers g WHERE g.table_id = t.id AND instr(lower(g.text), lower(c.name)) > 0)
GROUP BY c.id;

-- rule: time/naive-time
-- level: note
-- message: '{table}.{column}' is a time without a zone
-- why: '2026-01-31 09:30:00' is UTC to SQLite and local time to many libraries
-- fix: DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')), or a time that is kept as a number; in PostgreSQL timestamptz
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')));
SELECT c.place, t.name AS "table", c.name AS "column" FROM columns c JOIN tables t ON t.id = c.table_id
JOIN blocks b ON b.id = t.block_id
WHERE b.engine = 'postgresql' AND t.kind = 'table' AND c.declared_type GLOB 'timestamp*without time zone'
UNION ALL
SELECT c.place, t.name, c.name FROM columns c JOIN tables t ON t.id = c.table_id JOIN blocks b ON b.id = t.block_id
WHERE b.engine = 'sqlite' AND replace(replace(upper(c.default_text), '(', ''), ')', '') IN ('CURRENT_TIMESTAMP', 'DATETIME''NOW''');

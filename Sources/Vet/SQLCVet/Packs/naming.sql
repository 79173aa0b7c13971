-- rule: naming/plural-table
-- level: warning
-- message: the table '{table}' is not named by plural words in snake_case
-- why: a name that is spelled in one way throughout need not be looked up
-- fix: rename the table; a word without a plural goes to 'uncountable' of 'vet.options'
-- example: CREATE TABLE userAccount (id INTEGER PRIMARY KEY);
-- CREATE TABLE agent_run (id INTEGER PRIMARY KEY);
-- corrected: CREATE TABLE user_accounts (id INTEGER PRIMARY KEY);
-- CREATE TABLE agent_runs (id INTEGER PRIMARY KEY);
SELECT t.place, t.name AS "table" FROM tables t
WHERE t.kind = 'table' AND (
  t.name GLOB '*[^a-z0-9_]*'
  OR (t.name NOT GLOB '*s' AND NOT EXISTS (
    SELECT 1 FROM options o, json_each('["' || replace(o.value, ',', '","') || '"]') w
    WHERE o.name = 'uncountable' AND (t.name = w.value OR t.name GLOB '*_' || w.value))));

-- rule: naming/snake-case-column
-- level: warning
-- message: the column '{column}' of '{table}' is not in snake_case
-- why: names in one case need no quotes and no second look
-- fix: rename the column
-- example: CREATE TABLE users (id INTEGER PRIMARY KEY, displayName TEXT);
-- corrected: CREATE TABLE users (id INTEGER PRIMARY KEY, display_name TEXT);
SELECT c.place, c.name AS "column", t.name AS "table" FROM columns c JOIN tables t ON t.id = c.table_id
WHERE t.kind = 'table' AND c.is_hidden = 0 AND (c.name GLOB '*[^a-z0-9_]*' OR c.name GLOB '[0-9]*');

-- rule: naming/foreign-key-column
-- level: warning
-- message: the column '{column}' of '{table}' refers to '{parent}' and is not called so
-- why: who reads 'agent_id' knows where it leads
-- fix: rename it after the table that it refers to, or add a pattern to 'foreign_key_columns' of 'vet.options'
-- example: CREATE TABLE users (id INTEGER PRIMARY KEY);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, writer INTEGER REFERENCES users (id));
-- corrected: CREATE TABLE users (id INTEGER PRIMARY KEY);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, writer_id INTEGER REFERENCES users (id));
SELECT f.place, c.name AS "column", t.name AS "table", f.parent FROM foreign_keys f
JOIN foreign_key_columns fc ON fc.foreign_key_id = f.id JOIN columns c ON c.id = fc.column_id
JOIN tables t ON t.id = f.table_id
WHERE (SELECT count(*) FROM foreign_key_columns x WHERE x.foreign_key_id = f.id) = 1
AND NOT EXISTS (
  SELECT 1 FROM options o, json_each('["' || replace(o.value, ',', '","') || '"]') w
  WHERE o.name = 'foreign_key_columns' AND c.name GLOB w.value);

-- rule: naming/boolean-column
-- level: warning
-- message: the column '{column}' of '{table}' is true or false and does not begin with {prefixes}
-- why: 'is_active' says that it is a yes or a no, 'active' does not
-- fix: rename it, or add a pattern to 'boolean_columns' of 'vet.options'
-- example: CREATE TABLE agents (id INTEGER PRIMARY KEY, active BOOLEAN NOT NULL);
-- corrected: CREATE TABLE agents (id INTEGER PRIMARY KEY, is_active BOOLEAN NOT NULL);
SELECT c.place, c.name AS "column", t.name AS "table",
  (SELECT replace(value, ',', ', ') FROM options WHERE name = 'boolean_columns') AS prefixes
FROM columns c JOIN tables t ON t.id = c.table_id
WHERE t.kind = 'table' AND upper(c.declared_type) IN ('BOOLEAN', 'BOOL')
AND NOT EXISTS (
  SELECT 1 FROM options o, json_each('["' || replace(o.value, ',', '","') || '"]') w
  WHERE o.name = 'boolean_columns' AND c.name GLOB w.value);

-- rule: naming/index-name
-- level: warning
-- message: the index '{index}' is not called '{expected}'
-- why: the name of an index says what it is over, in a plan as in an error
-- fix: rename it, or write the team's pattern into 'index_name' of 'vet.options'
-- example: CREATE TABLE runs (id INTEGER PRIMARY KEY, status TEXT NOT NULL);
-- CREATE INDEX by_status ON runs (status);
-- corrected: CREATE TABLE runs (id INTEGER PRIMARY KEY, status TEXT NOT NULL);
-- CREATE INDEX idx_runs_status ON runs (status);
WITH named AS (
  SELECT i.id, i.place, i.name, t.name AS "table",
    replace(replace(
      (SELECT value FROM options WHERE name = CASE i.is_unique WHEN 1 THEN 'unique_index_name' ELSE 'index_name' END),
      '{table}', t.name), '{columns}',
      (SELECT group_concat(name, '_') FROM (
        SELECT c.name FROM index_columns x JOIN columns c ON c.id = x.column_id WHERE x.index_id = i.id ORDER BY x.ordinal)))
      AS expected
  FROM indexes i JOIN tables t ON t.id = i.table_id
  WHERE NOT EXISTS (SELECT 1 FROM index_columns x WHERE x.index_id = i.id AND x.column_id IS NULL)
)
SELECT place, name AS "index", "table", expected FROM named
WHERE name NOT IN (SELECT value FROM json_each('["' || replace(expected, '|', '","') || '"]'))
AND NOT EXISTS (
  SELECT 1 FROM json_each('["' || replace(expected, '|', '","') || '"]') w WHERE name GLOB w.value);

-- rule: naming/constraint-name
-- level: warning
-- message: the {kind} '{name}' of '{table}' does not begin with '{prefix}'
-- why: a constraint's name is what an error says when it is broken
-- fix: rename it, or write the team's prefixes into 'vet.options': primary_prefix, unique_prefix, foreign_prefix, check_prefix
-- example: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, CONSTRAINT valid_state CHECK (state <> ''));
-- corrected: CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, CONSTRAINT ck_jobs_state CHECK (state <> ''));
WITH named AS (
  SELECT place, table_id, name, 'primary key' AS kind, 'primary_prefix' AS option FROM keys WHERE kind = 'primary'
  UNION ALL SELECT place, table_id, name, 'unique constraint', 'unique_prefix' FROM keys WHERE kind = 'unique'
  UNION ALL SELECT place, table_id, name, 'foreign key', 'foreign_prefix' FROM foreign_keys
  UNION ALL SELECT place, table_id, name, 'check', 'check_prefix' FROM checks
)
SELECT n.place, n.name, n.kind, t.name AS "table", replace(replace(o.value, '{table}', t.name), ',', ''' or ''') AS prefix
FROM named n JOIN tables t ON t.id = n.table_id JOIN options o ON o.name = n.option
WHERE n.name IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM json_each('["' || replace(o.value, ',', '","') || '"]') w
  WHERE n.name GLOB replace(w.value, '{table}', t.name) || '*');

-- rule: naming/reserved-name
-- level: warning
-- message: the column '{column}' of '{table}' has a name that means something else
-- why: 'type' and 'metadata' are taken in many languages and libraries, and say nothing about what is in them
-- fix: say whose type it is ('agent_kind'); the list is 'reserved_names' of 'vet.options'
-- example: CREATE TABLE events (id INTEGER PRIMARY KEY, metadata TEXT);
-- corrected: CREATE TABLE events (id INTEGER PRIMARY KEY, event_details TEXT);
SELECT c.place, c.name AS "column", t.name AS "table" FROM columns c JOIN tables t ON t.id = c.table_id
WHERE t.kind = 'table' AND EXISTS (
  SELECT 1 FROM options o, json_each('["' || replace(o.value, ',', '","') || '"]') w
  WHERE o.name = 'reserved_names' AND lower(c.name) = w.value);

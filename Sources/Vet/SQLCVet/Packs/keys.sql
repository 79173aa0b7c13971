-- rule: keys/foreign-key-type
-- level: warning
-- message: '{table}.{column}' is {type} and refers to '{parent}.{parent_column}', which is {parent_type}
-- why: values of another type are converted to be compared, or never equal
-- fix: declare both alike
-- example: CREATE TABLE users (id TEXT PRIMARY KEY NOT NULL);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
-- corrected: CREATE TABLE users (id TEXT PRIMARY KEY NOT NULL);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id));
SELECT f.place, p.place AS related, t.name AS "table", c.name AS "column", coalesce(c.declared_type, 'of no type') AS type,
  f.parent, p.name AS parent_column, coalesce(p.declared_type, 'of no type') AS parent_type
FROM foreign_keys f JOIN tables t ON t.id = f.table_id JOIN foreign_key_columns x ON x.foreign_key_id = f.id
JOIN columns c ON c.id = x.column_id JOIN columns p ON p.id = x.parent_column_id
WHERE upper(coalesce(c.declared_type, '')) <> upper(coalesce(p.declared_type, ''))
AND NOT (upper(c.declared_type) IN ('INT', 'INTEGER', 'BIGINT') AND upper(p.declared_type) IN ('INT', 'INTEGER', 'BIGINT'));

-- rule: keys/unindexed-foreign-key
-- level: warning
-- message: no index begins with '{columns}' of '{table}', which refers to '{parent}'
-- why: deleting a parent looks for its children, and so does every join from it
-- fix: CREATE INDEX over the columns of the foreign key
-- example: CREATE TABLE users (id INTEGER PRIMARY KEY);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
-- corrected: CREATE TABLE users (id INTEGER PRIMARY KEY);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
-- CREATE INDEX idx_posts_user_id ON posts (user_id);
WITH ordered AS (
  SELECT i.table_id, 'i' || i.id AS id, x.ordinal, x.column_id FROM indexes i JOIN index_columns x ON x.index_id = i.id
  WHERE i.condition IS NULL
    OR i.condition LIKE '%IS NOT NULL' -- rows without a parent need not be found
  UNION ALL SELECT k.table_id, 'k' || k.id, x.ordinal, x.column_id FROM keys k JOIN key_columns x ON x.key_id = k.id
)
SELECT f.place, t.name AS "table", f.parent,
  (SELECT group_concat(c.name, ', ') FROM foreign_key_columns x JOIN columns c ON c.id = x.column_id
   WHERE x.foreign_key_id = f.id) AS columns
FROM foreign_keys f JOIN tables t ON t.id = f.table_id
WHERE NOT EXISTS (
  SELECT 1 FROM ordered o JOIN foreign_key_columns x ON x.foreign_key_id = f.id AND x.column_id = o.column_id
  WHERE o.table_id = f.table_id
    AND o.ordinal < (SELECT count(*) FROM foreign_key_columns y WHERE y.foreign_key_id = f.id)
  GROUP BY o.id
  HAVING count(*) = (SELECT count(*) FROM foreign_key_columns y WHERE y.foreign_key_id = f.id));

-- rule: keys/unindexed-tenant
-- level: warning
-- message: no index begins with '{column}' of '{table}'
-- why: every query asks for one tenant's rows, and without an index each reads those of all
-- fix: CREATE INDEX over the column, alone or with what is asked for beside it
-- option: tenant=user_id
-- example: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- -- name: Tasks :many
-- SELECT id, title FROM tasks WHERE user_id = @user_id;
-- corrected: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- CREATE INDEX idx_tasks_user_id ON tasks (user_id);
-- -- name: Tasks :many
-- SELECT id, title FROM tasks WHERE user_id = @user_id;
SELECT c.place, t.name AS "table", c.name AS "column"
FROM policies p JOIN tables t ON t.kind = 'table'
JOIN columns c ON c.table_id = t.id AND lower(c.name) = lower(p."column")
WHERE p.kind = 'tenant'
AND EXISTS (SELECT 1 FROM query_tables q WHERE q.table_id = t.id)
AND NOT EXISTS (
  SELECT 1 FROM indexes i JOIN index_columns x ON x.index_id = i.id WHERE x.column_id = c.id AND x.ordinal = 0)
AND NOT EXISTS (
  SELECT 1 FROM keys k JOIN key_columns x ON x.key_id = k.id WHERE x.column_id = c.id AND x.ordinal = 0);

-- rule: keys/missing-on-delete
-- level: warning
-- message: the foreign key of '{table}' to '{parent}' does not say what happens when that is deleted
-- why: who wrote nothing may have thought of nothing; NO ACTION is what the database does then
-- fix: write ON DELETE CASCADE, SET NULL, RESTRICT or NO ACTION; the fix writes the last, which changes nothing
-- example: CREATE TABLE users (id INTEGER PRIMARY KEY);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
-- corrected: CREATE TABLE users (id INTEGER PRIMARY KEY);
-- CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);
SELECT f.place, t.name AS "table", f.parent,
  -- PostgreSQL does not keep where the clause stands
  CASE WHEN f.on_update IS NULL AND b.engine = 'sqlite' THEN ' ON DELETE NO ACTION' END AS "insert"
FROM foreign_keys f JOIN tables t ON t.id = f.table_id JOIN blocks b ON b.id = t.block_id WHERE f.on_delete IS NULL;

-- rule: keys/nullable-text-key
-- level: warning
-- message: the primary key '{column}' of '{table}' can be NULL
-- why: a primary key that is no INTEGER takes NULL, as often as one likes, unless NOT NULL stands there
-- fix: write NOT NULL
-- example: CREATE TABLE agents (id TEXT PRIMARY KEY);
-- corrected: CREATE TABLE agents (id TEXT NOT NULL PRIMARY KEY);
SELECT c.place, c.name AS "column", t.name AS "table" FROM keys k JOIN key_columns x ON x.key_id = k.id
JOIN columns c ON c.id = x.column_id JOIN tables t ON t.id = k.table_id
WHERE k.kind = 'primary' AND c.is_not_null = 0 AND upper(coalesce(c.declared_type, '')) <> 'INTEGER';

-- rule: keys/missing-primary-key
-- level: warning
-- message: the table '{table}' has no primary key
-- why: a row without a key cannot be referred to, and two can be the same
-- fix: declare one
-- example: CREATE TABLE logs (line TEXT NOT NULL);
-- corrected: CREATE TABLE logs (id INTEGER PRIMARY KEY, line TEXT NOT NULL);
SELECT t.place, t.name AS "table" FROM tables t
WHERE t.kind = 'table' AND NOT EXISTS (SELECT 1 FROM keys k WHERE k.table_id = t.id AND k.kind = 'primary');

-- rule: keys/mixed-keys
-- level: note
-- message: the key of '{table}' is {type}, those of most tables are {usual}
-- why: where every id is of one type, a column that refers to one is of that type too
-- fix: choose one type, and write it into 'key_type' of 'vet.options'; patterns are separated by commas
-- example: CREATE TABLE agents (id TEXT NOT NULL PRIMARY KEY);
-- CREATE TABLE runs (id TEXT NOT NULL PRIMARY KEY);
-- CREATE TABLE jobs (id INTEGER PRIMARY KEY);
-- corrected: CREATE TABLE agents (id TEXT NOT NULL PRIMARY KEY);
-- CREATE TABLE runs (id TEXT NOT NULL PRIMARY KEY);
-- CREATE TABLE jobs (id TEXT NOT NULL PRIMARY KEY);
WITH single AS (
  SELECT t.name AS "table", c.place, upper(coalesce(c.declared_type, '')) AS type FROM keys k
  JOIN key_columns x ON x.key_id = k.id JOIN columns c ON c.id = x.column_id JOIN tables t ON t.id = k.table_id
  WHERE k.kind = 'primary' AND (SELECT count(*) FROM key_columns y WHERE y.key_id = k.id) = 1
), usual AS (
  SELECT coalesce(
    (SELECT nullif(upper(value), '') FROM options WHERE name = 'key_type'),
    (SELECT type FROM single GROUP BY type ORDER BY count(*) DESC, type LIMIT 1)) AS type
)
SELECT s.place, s."table", s.type, replace(u.type, ',', ' or ') AS usual FROM single s, usual u
WHERE NOT EXISTS (
  SELECT 1 FROM json_each('["' || replace(u.type, ',', '","') || '"]') w WHERE s.type GLOB w.value);

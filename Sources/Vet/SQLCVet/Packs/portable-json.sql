-- rule: portable/json-value
-- level: warning
-- message: '{text}' is a number or 1 here, and text on PostgreSQL
-- why: ->> gives SQLite's own value: 10 equals no '10', true is 1; PostgreSQL gives text always
-- fix: CAST(doc ->> 'n' AS TEXT)
-- example: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT id FROM j WHERE meta ->> 'n' = '10' ORDER BY id;
-- corrected: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT id FROM j WHERE CAST(meta ->> 'n' AS TEXT) = '10' ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
LEFT JOIN expressions p ON p.id = e.parent_id
WHERE e.kind = 'binary' AND e.name = '->>' AND coalesce(p.kind, '') <> 'cast' AND coalesce(p.name, '') NOT IN ('->', '->>')
AND e.role <> 'condition';

-- rule: portable/json-text
-- level: warning
-- message: '{text}' is another text on PostgreSQL
-- why: jsonb orders keys and writes blanks, SQLite writes neither; equality of jsonb is of values, here of text
-- fix: decode JSON in Swift
-- example: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT meta -> 'a' AS part FROM j ORDER BY id;
-- corrected: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT CAST(meta ->> 'a' AS TEXT) AS part FROM j ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
LEFT JOIN expressions p ON p.id = e.parent_id
WHERE e.kind = 'binary' AND e.name = '->' AND coalesce(p.name, '') NOT IN ('->', '->>', 'IS', 'IS NOT')
AND coalesce(p.kind, '') <> 'null test';

-- rule: portable/json-index
-- level: warning
-- message: {text} finds an element of an array here, and a key alone on PostgreSQL
-- why: doc -> '1' is the key '1' of an object there; SQLite takes it for a path as well
-- fix: doc -> 1
-- example: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT CAST(meta -> 'a' ->> '1' AS TEXT) AS second FROM j ORDER BY id;
-- corrected: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT CAST(meta -> 'a' ->> 1 AS TEXT) AS second FROM j ORDER BY id;
SELECT x.place, x.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
JOIN expressions x ON x.parent_id = e.id AND x.role = 'right'
WHERE e.kind = 'binary' AND e.name IN ('->', '->>') AND x.kind = 'string' AND (x.name NOT GLOB '*[^0-9]*'
OR x.name LIKE '$%');

-- rule: portable/json-operator
-- level: warning
-- message: '{text}' joins or compares JSON as text here, and as values on PostgreSQL
-- why: || merges objects there, - removes a key, = compares values; SQLite does all of that with the text
-- fix: do it in Swift, or one file for each database
-- example: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT id FROM j WHERE meta = '[1]' ORDER BY id;
-- corrected: CREATE TABLE j (id INTEGER PRIMARY KEY, doc JSON NOT NULL, meta JSONB NOT NULL);
-- -- name: Q :many
-- SELECT id FROM j WHERE CAST(meta ->> 'a' AS TEXT) = '1' ORDER BY id;
SELECT e.place, e.text, q.name AS "query" FROM expressions e LEFT JOIN queries q ON q.id = e.query_id
WHERE e.kind = 'binary' AND e.name IN ('||', '-', '=', '<>', 'IS', 'IS NOT', '<', '>')
AND (EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.category = 'document' AND x.name <> '->')
  OR EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.kind = 'string' AND (x.name LIKE '{%'
OR x.name LIKE '[%')))
AND NOT EXISTS (SELECT 1 FROM expressions x WHERE x.parent_id = e.id AND x.kind = 'null');

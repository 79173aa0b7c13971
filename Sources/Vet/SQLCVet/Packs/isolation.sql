-- rule: isolation/unrestricted-rows
-- level: error
-- message: '{table}' is not restricted to one tenant
-- why: each row that a query reads or changes has to be of the tenant who asks, proven by what every row fulfils
-- fix: equate the column with a parameter in the rows of this table, or with the same column of a row that is restricted. Row by
-- row matters: a foreign key shows that a row exists and not whose it is, unless the key has the column in it; a condition in the
-- ON of an outer join restricts its nullable side only; one branch of OR, one arm of UNION restricts nothing.
-- option: tenant=user_id
-- example: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- -- name: Task :one
-- SELECT title FROM tasks WHERE id = @id;
-- corrected: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- -- name: Task :one
-- SELECT title FROM tasks WHERE id = @id AND user_id = @user_id;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id
WHERE i.policy = 'tenant' AND i.kind IN ('unrestricted', 'hidden');

-- rule: isolation/late-restriction
-- level: error
-- message: '{table}' is restricted to one tenant too late
-- why: what counts, ranks, groups or cuts off rows of everybody tells of them, however few rows are left afterwards
-- fix: restrict the rows inside, PARTITION BY the column, GROUP BY it, or FILTER (WHERE …) by it
-- option: tenant=user_id
-- example: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, priority INTEGER NOT NULL);
-- -- name: Top :many
-- SELECT id FROM (SELECT id, user_id FROM tasks ORDER BY priority, id LIMIT 10) WHERE user_id = @user_id;
-- corrected: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, priority INTEGER NOT NULL);
-- -- name: Top :many
-- SELECT id FROM (SELECT id, user_id FROM tasks WHERE user_id = @user_id ORDER BY priority, id LIMIT 10);
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'tenant' AND i.kind = 'late';

-- rule: isolation/several-tenants
-- level: error
-- message: '{table}' is restricted to another tenant than the rest of '{query}'
-- why: a query that takes two tenants gives one of them what is the other's
-- fix: use one parameter throughout; where two tenants are meant, suppress this with the reason
-- option: tenant=user_id
-- example: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- -- name: Both :many
-- SELECT a.title, b.title AS other FROM tasks a, tasks b WHERE a.user_id = @one AND b.user_id = @two;
-- corrected: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- -- name: Both :many
-- SELECT a.title, b.title AS other FROM tasks a, tasks b WHERE a.user_id = @user_id AND b.user_id = a.user_id;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'tenant' AND i.kind = 'several';

-- rule: isolation/global-rank
-- level: warning
-- message: the rank of a match in '{table}' depends on rows of other tenants
-- why: how rare a word is, is counted over the whole index: what others write moves one's own results
-- fix: order by something of the row itself; where that much may be told, suppress this with the reason
-- option: tenant=user_id
-- example: CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, body TEXT NOT NULL);
-- CREATE VIRTUAL TABLE notes_fts USING fts5(body, content='notes', content_rowid='id');
-- -- name: Search :many
-- SELECT n.id FROM notes_fts JOIN notes n ON n.id = notes_fts.rowid WHERE notes_fts MATCH @words AND n.user_id = @user_id ORDER BY rank;
-- corrected: CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, body TEXT NOT NULL);
-- CREATE VIRTUAL TABLE notes_fts USING fts5(body, content='notes', content_rowid='id');
-- -- name: Search :many
-- SELECT n.id FROM notes_fts JOIN notes n ON n.id = notes_fts.rowid WHERE notes_fts MATCH @words AND n.user_id = @user_id ORDER BY n.id;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'tenant' AND i.kind = 'standing';

-- rule: isolation/unowned-row
-- level: error
-- message: '{query}' writes a row of '{table}' that is of no tenant whom a parameter names
-- why: a row without an owner is nobody's, and then everybody's
-- fix: give the column the parameter, or the value of a row that is restricted to it
-- option: tenant=user_id
-- example: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER, title TEXT NOT NULL);
-- -- name: Add :exec
-- INSERT INTO tasks (title) VALUES (@title);
-- corrected: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER, title TEXT NOT NULL);
-- -- name: Add :exec
-- INSERT INTO tasks (user_id, title) VALUES (@user_id, @title);
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'tenant' AND i.kind = 'unowned';

-- rule: isolation/reassigned-row
-- level: error
-- message: '{query}' gives rows of '{table}' to another tenant
-- why: a row that changes its owner is taken from one and shown to another
-- fix: leave the column out of SET; where rows are meant to move, suppress this with the reason
-- option: tenant=user_id
-- example: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- -- name: Give :exec
-- UPDATE tasks SET user_id = @to WHERE id = @id AND user_id = @user_id;
-- corrected: CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
-- -- name: Give :exec
-- UPDATE tasks SET title = @title WHERE id = @id AND user_id = @user_id;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'tenant' AND i.kind = 'reassigned';

-- rule: isolation/overwritten-row
-- level: error
-- message: '{query}' can overwrite another tenant's row of '{table}'
-- why: a key without the tenant in it is shared by all: the row that is in the way can be anybody's
-- fix: put the column into the key, or DO UPDATE … WHERE table.column = excluded.column ('excluded' is the new row, not the old)
-- option: tenant=user_id
-- example: CREATE TABLE files (path TEXT NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL, size INTEGER NOT NULL);
-- -- name: Put :exec
-- INSERT INTO files (path, user_id, size) VALUES (@path, @user_id, @size) ON CONFLICT (path) DO UPDATE SET size = excluded.size;
-- corrected: CREATE TABLE files (path TEXT NOT NULL, user_id INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (user_id, path));
-- -- name: Put :exec
-- INSERT INTO files (path, user_id, size) VALUES (@path, @user_id, @size) ON CONFLICT (user_id, path) DO UPDATE SET size = excluded.size;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'tenant' AND i.kind = 'overwritten';

-- rule: isolation/foreign-parent
-- level: error
-- message: '{query}' can put a row of '{table}' under another tenant's
-- why: a foreign key asks whether the parent exists, and not whose it is
-- fix: select the parent's key from rows that are restricted to the tenant, or let the foreign key carry the tenant's column
-- option: tenant=user_id
-- example: CREATE TABLE projects (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL);
-- CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, project_id INTEGER NOT NULL REFERENCES projects (id));
-- -- name: Add :exec
-- INSERT INTO tasks (user_id, project_id) VALUES (@user_id, @project_id);
-- corrected: CREATE TABLE projects (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL);
-- CREATE TABLE tasks (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, project_id INTEGER NOT NULL REFERENCES projects (id));
-- -- name: Add :exec
-- INSERT INTO tasks (user_id, project_id) SELECT user_id, id FROM projects WHERE id = @project_id AND user_id = @user_id;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'tenant' AND i.kind = 'foreign';

-- rule: isolation/unexplored-query
-- level: warning
-- message: isolation of '{query}' is not proven: it is too large to be looked through
-- why: what has not been looked through is not claimed to be restricted. Of what a view or a common table joins the proof follows 64
-- tables, those nearest to its columns, and of a statement as much as takes about a second
-- fix: say whose rows are joined where they are joined, so that nothing has to be followed; or split the query
-- option: tenant=user_id
-- example: CREATE TABLE folders (id INTEGER PRIMARY KEY, user_id INTEGER, parent_id INTEGER, UNIQUE (user_id, id), FOREIGN KEY (user_id, parent_id) REFERENCES folders (user_id, id));
-- CREATE VIEW up1 AS SELECT a.id, a.user_id, b.parent_id FROM folders a JOIN folders b ON b.id = a.parent_id;
-- CREATE VIEW up2 AS SELECT a.id, a.user_id, b.parent_id FROM up1 a JOIN up1 b ON b.id = a.parent_id;
-- CREATE VIEW up3 AS SELECT a.id, a.user_id, b.parent_id FROM up2 a JOIN up2 b ON b.id = a.parent_id;
-- CREATE VIEW up4 AS SELECT a.id, a.user_id, b.parent_id FROM up3 a JOIN up3 b ON b.id = a.parent_id;
-- CREATE VIEW up5 AS SELECT a.id, a.user_id, b.parent_id FROM up4 a JOIN up4 b ON b.id = a.parent_id;
-- CREATE VIEW up6 AS SELECT DISTINCT a.id, a.user_id, b.parent_id FROM up5 a JOIN up5 b ON b.id = a.parent_id;
-- CREATE VIEW up7 AS SELECT a.id, a.user_id, b.parent_id FROM up6 a JOIN up6 b ON b.id = a.parent_id;
-- -- name: Ancestor :many
-- SELECT parent_id FROM up7 WHERE id = @id AND user_id = @user_id;
-- corrected: CREATE TABLE folders (id INTEGER PRIMARY KEY, user_id INTEGER, parent_id INTEGER, UNIQUE (user_id, id), FOREIGN KEY (user_id, parent_id) REFERENCES folders (user_id, id));
-- CREATE VIEW up1 AS SELECT a.id, a.user_id, b.parent_id FROM folders a JOIN folders b ON b.id = a.parent_id AND b.user_id = a.user_id;
-- CREATE VIEW up2 AS SELECT a.id, a.user_id, b.parent_id FROM up1 a JOIN up1 b ON b.id = a.parent_id AND b.user_id = a.user_id;
-- CREATE VIEW up3 AS SELECT a.id, a.user_id, b.parent_id FROM up2 a JOIN up2 b ON b.id = a.parent_id AND b.user_id = a.user_id;
-- CREATE VIEW up4 AS SELECT a.id, a.user_id, b.parent_id FROM up3 a JOIN up3 b ON b.id = a.parent_id AND b.user_id = a.user_id;
-- CREATE VIEW up5 AS SELECT a.id, a.user_id, b.parent_id FROM up4 a JOIN up4 b ON b.id = a.parent_id AND b.user_id = a.user_id;
-- CREATE VIEW up6 AS SELECT DISTINCT a.id, a.user_id, b.parent_id FROM up5 a JOIN up5 b ON b.id = a.parent_id AND b.user_id = a.user_id;
-- CREATE VIEW up7 AS SELECT a.id, a.user_id, b.parent_id FROM up6 a JOIN up6 b ON b.id = a.parent_id AND b.user_id = a.user_id;
-- -- name: Ancestor :many
-- SELECT parent_id FROM up7 WHERE id = @id AND user_id = @user_id;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.kind = 'unexplored';

-- rule: isolation/deleted-rows
-- level: error
-- message: '{query}' reads or changes deleted rows of '{table}'
-- why: a row that is marked as deleted is gone, to every query that does not say otherwise
-- fix: ask for '{column}' IS NULL in the rows of this table; a DELETE that asks for deleted rows and an UPDATE that restores them are
-- left alone, and a list of deleted rows is suppressed with its reason
-- option: soft_delete=deleted_at
-- example: CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, deleted_at TEXT);
-- -- name: Tasks :many
-- SELECT id, title FROM tasks;
-- corrected: CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL, deleted_at TEXT);
-- -- name: Tasks :many
-- SELECT id, title FROM tasks WHERE deleted_at IS NULL;
SELECT i.place, i.table_name AS "table", i."column", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id
WHERE i.policy = 'soft_delete' AND i.kind IN ('unrestricted', 'hidden', 'late');

-- rule: isolation/overwritten-deleted-row
-- level: error
-- message: '{query}' can change a deleted row of '{table}', which stays deleted
-- why: an upsert onto a deleted row changes what nobody sees: the caller believes that the row is there
-- fix: set the column to NULL, or make the key one of rows that are not deleted
-- option: soft_delete=deleted_at
-- example: CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, uses INTEGER NOT NULL, deleted_at TEXT);
-- -- name: Use :exec
-- INSERT INTO tags (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1;
-- corrected: CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, uses INTEGER NOT NULL, deleted_at TEXT);
-- -- name: Use :exec
-- INSERT INTO tags (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1, deleted_at = NULL;
SELECT i.place, i.table_name AS "table", q.name AS "query", i.reason AS note
FROM isolation i JOIN queries q ON q.id = i.query_id WHERE i.policy = 'soft_delete' AND i.kind = 'overwritten';

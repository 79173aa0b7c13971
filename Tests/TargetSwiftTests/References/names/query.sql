-- name: ListTasks :many
SELECT * FROM tasks;

-- name: CreateTask :one
INSERT INTO tasks ("default", "self", "init", "Type", "hashValue") VALUES (@default, @self, @init, @type, @hash_value) RETURNING *;

-- name: UpdateString :exec
UPDATE strings SET "first name" = ?1, "row" = @row, "first" = @first, "!" = ?, "_" = ? WHERE "2fa" = @in AND "größe (cm)" = @list_counts;

-- name: ListStrings :many
SELECT * FROM strings;

-- name: ListQueries :many
SELECT * FROM queries;

-- name: default :many
SELECT "in" FROM queries;

-- name: Init :exec
DELETE FROM queries;

-- name: Database :exec
DELETE FROM queries WHERE id = @database;

-- name: Run :exec
DELETE FROM queries WHERE id = @run;

-- name: Names :many
SELECT * FROM "名前" WHERE "番号" = ?;

-- name: Twice :many
SELECT a.id, b.id, a."in", b."in", count(*), a.id + 1, 'x' FROM queries a JOIN queries b GROUP BY a.id, b.id;

-- name: Recorder :exec
DELETE FROM queries WHERE id = @recorder;

-- name: Connection :exec
DELETE FROM queries WHERE id = @connection;

-- name: Transaction :exec
DELETE FROM queries WHERE id = @tx;

-- name: Read :many
SELECT id FROM queries;

-- name: Execute :exec
DELETE FROM queries WHERE id = @sql;

-- name: Savepoint :exec
DELETE FROM queries WHERE id = @body;

-- name: On :exec
DELETE FROM queries WHERE id = @type;

-- name: Calls :many
SELECT id FROM queries WHERE id = @of;

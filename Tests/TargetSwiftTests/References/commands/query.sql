-- name: One :one
SELECT id, name FROM agents WHERE id = ?;

-- name: Many :many
SELECT id, name FROM agents;

-- name: Exec :exec
DELETE FROM agents;

-- name: ExecRows :execrows
DELETE FROM agents WHERE id = ?;

-- name: ExecLastID :execlastid
INSERT INTO agents (name) VALUES (?);

-- name: ExecResult :execresult
UPDATE agents SET note = sqlc.narg(note);

-- name: Returning :many
DELETE FROM agents RETURNING *;

-- name: GetEvent :one
SELECT * FROM events WHERE id = ?;

-- name: CreateEvent :one
INSERT INTO events (id, at, ended_at, day, body, small, ratio, flag, payload, amount, embedding, anything, kind)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id, at;

-- name: Between :many
SELECT at FROM events WHERE at BETWEEN @from AND @to AND id IN (sqlc.slice('ids'));

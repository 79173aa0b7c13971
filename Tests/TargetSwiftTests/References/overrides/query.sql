-- name: GetAgent :one
SELECT * FROM agents WHERE id = ?;

-- name: CreateAgent :exec
INSERT INTO agents (id, spec, other_spec, money, price, created_at, updated_at, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: Prices :many
SELECT price, money FROM agents WHERE price IN (sqlc.slice('prices')) AND spec = ?;

-- name: Summary :one
SELECT count(*) AS total, max(length(raw)) AS longest FROM agents;

-- name: CreateUser :one
INSERT INTO users (email) VALUES (?) RETURNING *;

-- name: GetUserByEmail :one
SELECT * FROM users WHERE email = ?;

-- name: CreateEnvironment :one
-- Creates the environment, or finds it again: users name their environments themselves.
INSERT INTO environments (user_id, name) VALUES (?, ?)
ON CONFLICT (user_id, name) DO UPDATE SET name = excluded.name
RETURNING *;

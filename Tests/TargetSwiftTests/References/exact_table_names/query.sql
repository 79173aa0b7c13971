-- name: GetAgent :one
SELECT * FROM agents WHERE id = ?;

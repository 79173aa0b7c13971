-- name: GetAgent :one
-- The agent with that key.
SELECT * FROM agents WHERE id = ?;

-- name: ListNames :many
SELECT name FROM agents ORDER BY name;

-- name: RenameAgent :execrows
UPDATE agents SET name = @name WHERE id = @id;

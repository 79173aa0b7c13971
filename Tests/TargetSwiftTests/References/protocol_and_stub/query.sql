-- name: GetAgent :one
-- The agent with that key.
SELECT * FROM agents WHERE id = ?;

-- name: ListNames :many
SELECT name FROM agents ORDER BY name;

-- name: RenameAgent :execrows
UPDATE agents SET name = @name WHERE id = @id;

-- name: Hide :exec
-- Its parameters have the names of what the methods around them use.
UPDATE agents SET note = @call, name = @recorder WHERE name = @database AND note = @statement AND id = @run AND @on_hide > 0;

-- name: PatchAgent :one
-- Nothing else is set: with every column unchanged there is no statement.
UPDATE agents SET sqlc.patch(name = @name, description = @description, budget = @budget)
WHERE id = @id
RETURNING *;

-- name: TouchAgent :one
-- The moment is set whatever else is.
UPDATE agents
SET
  sqlc.patch(
    name = trim(@name),
    description = @description,
    (latitude, longitude) = (@latitude, @longitude) AS place,
    archived_at = CURRENT_TIMESTAMP
  ),
  updated_at = CURRENT_TIMESTAMP
WHERE id = @id
RETURNING id, name, description, archived_at;

-- name: SpendBudget :execrows
UPDATE agents SET budget = budget - @amount, sqlc.patch(description = @note)
WHERE sqlc.optional(budget >= @amount_left) AND id = @id;

-- name: RememberAgent :exec
INSERT INTO agents (name, description) VALUES (@name, @description)
ON CONFLICT (name) DO UPDATE SET sqlc.patch(description = excluded.description AS describe, budget = @budget)
WHERE agents.archived_at IS NULL;

-- name: CreateAgent :one
INSERT INTO agents (name, description) VALUES (@name, @description) RETURNING id;

-- name: ListRenames :many
SELECT agent_id, old_name FROM renames ORDER BY id;

-- name: GetAgent :one
SELECT * FROM agents WHERE id = @id;

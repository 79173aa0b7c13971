-- name: PatchAgent :one
-- Nothing else is set: with every column unchanged there is no statement.
UPDATE agents SET sqlc.patch(name = @name, description = @description, budget = @budget, tags = @tags)
WHERE id = @id
RETURNING *;

-- name: TouchAgent :one
-- The moment is set whatever else is.
UPDATE agents AS a
SET
  sqlc.patch(
    name = trim(@name),
    description = @description,
    (latitude, longitude) = (@latitude, @longitude) AS place,
    archived_at = now()
  ),
  updated_at = now()
WHERE a.id = @id
RETURNING id, name, description, archived_at;

-- name: SpendBudget :execrows
UPDATE agents SET budget = budget - @amount, sqlc.patch(description = @note)
WHERE sqlc.optional(budget >= @amount_left) AND id = @id;

-- name: RememberAgent :exec
INSERT INTO agents (name, description) VALUES (@name, @description)
ON CONFLICT (name) DO UPDATE SET sqlc.patch(description = excluded.description AS describe, budget = @budget)
WHERE agents.archived_at IS NULL;

-- name: MoveAgents :many
-- In a common table, from another.
WITH moved AS (
  UPDATE agents AS a SET sqlc.patch(latitude = b.latitude + @north, longitude = b.longitude + @east)
  FROM agents AS b
  WHERE b.id = a.id AND a.archived_at IS NULL
  RETURNING a.id, a.latitude, a.longitude
)
SELECT id, latitude, longitude FROM moved ORDER BY id;

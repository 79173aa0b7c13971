-- name: CreateAgent :one
INSERT INTO agents (environment_id, name, prompt, max_steps, cron_schedule)
VALUES (?, ?, ?, ?, ?)
RETURNING *;

-- name: GetAgentByID :one
SELECT * FROM agents WHERE id = ? AND deleted_at IS NULL;

-- name: ListAgents :many
-- Agents of one user, by name.
SELECT sqlc.embed(agents), environments.name AS environment
FROM agents
JOIN environments ON environments.id = agents.environment_id
WHERE environments.user_id = ? AND agents.deleted_at IS NULL
ORDER BY agents.name;

-- name: ListAgentsByIDs :many
SELECT id, name FROM agents WHERE id IN (sqlc.slice(ids)) ORDER BY id;

-- name: RescheduleAgent :execrows
UPDATE agents SET cron_schedule = sqlc.narg(cron_schedule), updated_at = CURRENT_TIMESTAMP WHERE id = @id;

-- name: DeleteAgent :execrows
-- Soft: the runs of a deleted agent stay.
UPDATE agents SET deleted_at = CURRENT_TIMESTAMP WHERE id = ? AND deleted_at IS NULL;

-- name: CountAgents :one
SELECT count(*) FROM agents WHERE deleted_at IS NULL;

-- name: Latest :one
-- row: AgentMoment
SELECT sqlc.notnull(max(updated_at)) AS at, count(*) AS n FROM agents;

-- name: Oldest :one
-- row: AgentMoment
SELECT sqlc.notnull(min(updated_at)) AS at, count(*) AS n FROM agents;

-- name: Places :many
SELECT
  a.id, sqlc.notnull(a.latitude + a.longitude) AS sum,
  sqlc.notnull(coalesce(a.description, b.description)) AS description,
  sqlc.notnull(sqlc.embed(b)), sqlc.nullable(a.name)
FROM agents a LEFT JOIN agents b ON b.id = a.id + 1;

-- name: ArchiveAgent :one
UPDATE agents SET archived_at = now() WHERE id = @id
RETURNING id, sqlc.notnull(description), archived_at;

-- name: ListAgents :many
-- row: Agent
SELECT id, name, description, budget, latitude, longitude, tags, archived_at, updated_at FROM agents WHERE id > 0;

-- name: NewestByName :many
SELECT DISTINCT ON (name) sqlc.notnull(description) AS description, name FROM agents ORDER BY name, updated_at DESC;

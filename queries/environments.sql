-- name: CreateEnvironment :one
INSERT INTO environments (user_id, name, description) VALUES (?, ?, ?) RETURNING *;

-- name: GetEnvironment :one
-- An environment, if it belongs to the user.
SELECT * FROM environments WHERE id = @id AND user_id = @user_id;

-- name: ListEnvironments :many
SELECT *
FROM environments
WHERE user_id = @user_id AND archived_at IS NULL
ORDER BY name;

-- name: UpsertEnvironment :one
-- Creates the environment or, when the user has one of that name, changes its description.
INSERT INTO environments (user_id, name, description)
VALUES (@user_id, @name, @description)
ON CONFLICT (user_id, name) DO UPDATE SET
  description = excluded.description,
  updated_at = CURRENT_TIMESTAMP
RETURNING id, name, description, updated_at;

-- name: TouchEnvironment :exec
UPDATE environments SET updated_at = CURRENT_TIMESTAMP WHERE id = ?;

-- name: ArchiveEnvironment :execresult
UPDATE environments
SET archived_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP
WHERE id = ? AND user_id = ?;

-- name: SetBudget :exec
UPDATE environments SET monthly_budget = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?;

-- name: GetVariable :one
-- One of the environment's variables, of whatever type it has.
SELECT json_extract(variables, @path) AS value FROM environments WHERE id = @id;

-- name: SetVariable :exec
UPDATE environments
SET variables = json_set(variables, @path, json(@value)), updated_at = CURRENT_TIMESTAMP
WHERE id = @id;

-- name: ListVariables :many
SELECT j.key, j.value, j.type
FROM environments AS e, json_each(e.variables) AS j
WHERE e.id = @id
ORDER BY j.key;

-- name: EnvironmentsWithoutAgents :many
SELECT e.id, e.name
FROM environments AS e
WHERE NOT EXISTS (SELECT 1 FROM agents AS a WHERE a.environment_id = e.id AND a.deleted_at IS NULL)
ORDER BY e.id;

-- name: EnvironmentsByRegion :many
SELECT id, name, region
FROM environments
WHERE region = ?
ORDER BY id;

-- name: EnvironmentOverview :many
-- Every environment with its owner and the number of its agents and servers.
SELECT
  sqlc.embed(e),
  u.display_name AS owner,
  (SELECT count(*) FROM agents AS a WHERE a.environment_id = e.id) AS agent_count,
  (SELECT count(*) FROM mcp_servers AS s WHERE s.environment_id = e.id) AS server_count
FROM environments AS e
JOIN users AS u ON u.id = e.user_id
ORDER BY e.id;

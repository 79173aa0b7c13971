-- name: CreateAgent :one
-- Creates an agent. Its name must not be taken in the namespace by another that is not deleted.
INSERT INTO agents (id, user_id, namespace, name, model_config_id, spec, tags, created_at, updated_at)
VALUES (@id, @user_id, @namespace, @name, @model_config_id, @spec, @tags, @now, @now)
RETURNING *;

-- name: GetAgent :one
SELECT * FROM agents
WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

-- name: FindAgent :one
-- The agent of that name, of which there is one at most.
SELECT * FROM agents
WHERE user_id = @user_id AND namespace = @namespace AND name = @name AND deleted_at IS NULL;

-- name: ListAgents :many
SELECT * FROM agents
WHERE user_id = @user_id AND deleted_at IS NULL
ORDER BY namespace, name, id;

-- name: ListAgentsByIDs :many
SELECT * FROM agents
WHERE user_id = @user_id AND id IN (sqlc.slice(ids)) AND deleted_at IS NULL
ORDER BY namespace, name, id;

-- name: SearchAgents :many
-- Agents by what is given, in an order that the caller chooses.
SELECT id, namespace, name, updated_at FROM agents
WHERE user_id = @user_id AND deleted_at IS NULL
  AND sqlc.optional(namespace = @namespace)
  AND sqlc.optional(updated_at >= @since)
ORDER BY sqlc.order(name, updated_at DESC), id
LIMIT @count;

-- name: SetAgentStatus :one
UPDATE agents SET status = @status, updated_at = @now
WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL
RETURNING *;

-- name: DeleteAgent :execrows
-- Marks the agent as deleted; its name is free again.
UPDATE agents SET deleted_at = @now, updated_at = @now
WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

-- name: CountAgents :one
SELECT count(*) FROM agents WHERE user_id = @user_id AND deleted_at IS NULL;

-- name: CountAgentsByNamespace :many
SELECT namespace, count(*) AS agents FROM agents
WHERE user_id = @user_id AND deleted_at IS NULL
GROUP BY namespace
ORDER BY namespace;

-- name: ListAgentsWithModel :many
-- Each agent beside its model, if it has one that is not deleted.
SELECT sqlc.embed(agents), sqlc.embed(model_configs)
FROM agents
LEFT JOIN model_configs
  ON model_configs.id = agents.model_config_id AND model_configs.user_id = @user_id AND model_configs.deleted_at IS NULL
WHERE agents.user_id = @user_id AND agents.deleted_at IS NULL
ORDER BY agents.namespace, agents.name, agents.id;

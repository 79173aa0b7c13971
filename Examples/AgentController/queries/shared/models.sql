-- name: CreateModelConfig :one
INSERT INTO model_configs
  (id, user_id, namespace, name, provider, temperature, price_per_call, is_default, released_on, created_at, updated_at)
VALUES
  (@id, @user_id, @namespace, @name, @provider, @temperature, @price_per_call, @is_default, @released_on, @now, @now)
RETURNING *;

-- name: ListModelConfigs :many
SELECT * FROM model_configs
WHERE user_id = @user_id AND deleted_at IS NULL AND provider = @provider
ORDER BY namespace, name, id;

-- name: DeleteModelConfig :execrows
UPDATE model_configs SET deleted_at = @now, updated_at = @now
WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

-- name: CreateRemoteMCPServer :one
INSERT INTO remote_mcp_servers (id, user_id, namespace, name, url, metadata, created_at, updated_at)
VALUES (@id, @user_id, @namespace, @name, @url, @metadata, @now, @now)
RETURNING *;

-- name: ListRemoteMCPServers :many
SELECT * FROM remote_mcp_servers
WHERE user_id = @user_id AND deleted_at IS NULL
ORDER BY namespace, name, id;

-- name: DeleteRemoteMCPServer :execrows
UPDATE remote_mcp_servers SET deleted_at = @now, updated_at = @now
WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

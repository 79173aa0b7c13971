-- name: CreateMCPServer :one
INSERT INTO mcp_servers (environment_id, file_config_id, name, transport, command, url, arguments)
VALUES (@environment_id, @file_config_id, @name, @transport, @command, @url, @arguments)
RETURNING *;

-- name: ListMCPServers :many
SELECT *
FROM mcp_servers
WHERE environment_id = ? AND is_enabled
ORDER BY name;

-- name: EnableMCPServer :execrows
UPDATE mcp_servers SET is_enabled = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?;

-- name: SetServerTimeout :one
UPDATE mcp_servers
SET timeout_seconds = @seconds, updated_at = CURRENT_TIMESTAMP
WHERE id = @id
RETURNING timeout_seconds;

-- name: ServerArguments :many
-- The arguments of a server's command, in order.
SELECT CAST(j.value AS TEXT) AS argument
FROM mcp_servers AS s
JOIN json_each(s.arguments) AS j
WHERE s.id = ?
ORDER BY j.id;

-- name: UpsertMCPTool :one
INSERT INTO mcp_tools (mcp_server_id, name, description, input_schema)
VALUES (?, ?, ?, ?)
ON CONFLICT (mcp_server_id, name) DO UPDATE SET
  description = excluded.description,
  input_schema = excluded.input_schema,
  updated_at = CURRENT_TIMESTAMP
RETURNING id;

-- name: GetMCPTool :one
SELECT * FROM mcp_tools WHERE mcp_server_id = @server_id AND name = @name;

-- name: ListToolsWithServer :many
SELECT t.id, t.name, s.name AS server_name, s.transport, f.path AS config_path
FROM mcp_tools AS t
JOIN mcp_servers AS s ON s.id = t.mcp_server_id
LEFT JOIN file_configs AS f ON f.id = s.file_config_id
WHERE s.environment_id = @environment_id
ORDER BY s.name, t.name;

-- name: DeleteMCPServer :exec
DELETE FROM mcp_servers WHERE id = ?;

-- name: PutFileConfig :one
-- Stores a configuration file; one that did not change gives no row.
INSERT INTO file_configs (environment_id, path, content_hash, content)
VALUES (@environment_id, @path, @content_hash, @content)
ON CONFLICT (environment_id, path) DO UPDATE SET
  content_hash = excluded.content_hash,
  content = excluded.content,
  updated_at = CURRENT_TIMESTAMP
  WHERE content_hash <> excluded.content_hash
RETURNING *;

-- name: ListFileConfigs :many
SELECT id, path, content_hash, length(content) AS size, loaded_at
FROM file_configs
WHERE environment_id = $environment_id
ORDER BY path;

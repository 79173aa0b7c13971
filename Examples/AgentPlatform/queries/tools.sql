-- name: CreateTool :one
INSERT INTO mcp_tools (name, description) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET description = excluded.description
RETURNING *;

-- name: AddToolToAgent :exec
INSERT INTO agent_tools (agent_id, tool_id) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: ListToolsOfAgent :many
SELECT mcp_tools.name, mcp_tools.description
FROM mcp_tools
JOIN agent_tools ON agent_tools.tool_id = mcp_tools.id
WHERE agent_tools.agent_id = ?
ORDER BY mcp_tools.name;

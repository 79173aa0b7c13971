-- name: CreateAgentTool :exec
INSERT INTO agent_tools (agent_id, tool_id) VALUES (?, ?);

-- name: AllowTool :execrows
-- Allows the tool; a tool that is allowed already stays so.
INSERT OR IGNORE INTO agent_tools (agent_id, tool_id) VALUES (@agent_id, @tool_id);

-- name: AllowTools :execrows
-- Allows many tools to many agents; what is allowed already stays so.
INSERT OR IGNORE INTO agent_tools (agent_id, tool_id) VALUES (sqlc.slice(grants));

-- name: RemoveAgentTool :execrows
DELETE FROM agent_tools WHERE agent_id = ? AND tool_id = ?;

-- name: ListToolsOfAgent :many
SELECT t.*
FROM mcp_tools AS t
JOIN agent_tools AS link ON link.tool_id = t.id
WHERE link.agent_id = @agent_id
ORDER BY t.name;

-- name: AgentMayUse :one
SELECT EXISTS (
  SELECT 1 FROM agent_tools WHERE agent_id = @agent_id AND tool_id = @tool_id
) AS allowed;

-- name: UnusedTools :many
SELECT t.id, t.name
FROM mcp_tools AS t
LEFT JOIN agent_tools AS link ON link.tool_id = t.id
WHERE link.agent_id IS NULL
ORDER BY t.id;

-- name: CreateTag :exec
INSERT INTO tags (name) VALUES (?) ON CONFLICT (name) DO NOTHING;

-- name: TagAgent :exec
INSERT INTO agent_tags (agent_id, tag_id)
SELECT @agent_id, id
FROM tags
WHERE name = @tag
ON CONFLICT DO NOTHING;

-- name: ListTags :many
SELECT tags.*, count(agent_tags.agent_id) AS uses
FROM tags
LEFT JOIN agent_tags ON agent_tags.tag_id = tags.id
GROUP BY tags.id
ORDER BY tags.name;

-- name: AgentsWithTag :many
-- row: AgentName
SELECT agents.id, agents.name
FROM agents
JOIN agent_tags ON agent_tags.agent_id = agents.id
JOIN tags ON tags.id = agent_tags.tag_id
WHERE tags.name = ?;

-- name: Remember :one
INSERT INTO agent_memories (agent_id, content, embedding, importance)
VALUES (?, ?, ?, ?)
RETURNING id, created_at;

-- name: ListMemories :many
SELECT *
FROM agent_memories
WHERE agent_id = ?
ORDER BY importance DESC, id;

-- name: ForgetUnimportant :execrows
DELETE FROM agent_memories WHERE agent_id = @agent_id AND importance < @threshold;

-- name: PutSetting :exec
INSERT INTO settings (key, value)
VALUES (?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = CURRENT_TIMESTAMP;

-- name: GetSetting :one
SELECT value FROM settings WHERE key = ?;

-- name: ListSettings :many
SELECT *
FROM settings
WHERE key GLOB @pattern
ORDER BY key;

-- name: Optimize :exec
PRAGMA optimize;

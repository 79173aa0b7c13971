-- name: RegisterAgent :one
-- Who comes back under its name is the same agent.
INSERT INTO agents (name, capabilities, heartbeat_at) VALUES (@name, @capabilities, now())
ON CONFLICT (name) DO UPDATE
SET capabilities = excluded.capabilities, status = 'idle', heartbeat_at = now(), updated_at = now()
RETURNING *;

-- name: Heartbeat :execrows
UPDATE agents SET heartbeat_at = now(), status = @status, updated_at = now() WHERE id = @id;

-- name: LoseAgents :many
-- Agents that have not been heard of, from now on lost.
UPDATE agents SET status = 'lost', updated_at = now()
WHERE status <> 'lost' AND (heartbeat_at IS NULL OR heartbeat_at < @heard_before)
RETURNING id, name;

-- name: ReturnTasksOfLostAgents :many
UPDATE tasks SET status = 'pending', assigned_agent_id = NULL, updated_at = now()
WHERE status = 'running'
  AND EXISTS (SELECT 1 FROM agents a WHERE a.id = tasks.assigned_agent_id AND a.status = 'lost')
RETURNING id, title;

-- name: SendMessage :one
INSERT INTO agent_messages (from_agent_id, to_agent_id, body, message_metadata)
VALUES (@from_agent_id, @to_agent_id, @body, @message_metadata)
RETURNING *;

-- name: ReadMessages :many
-- sqlc:ignore ids/unchecked-query: it changes and reads the messages of the one agent that is given
-- Marks what is unread as read, and gives it in the order in which it was sent.
WITH fresh AS (
  UPDATE agent_messages SET read_at = now(), updated_at = now()
  WHERE to_agent_id = @agent_id AND read_at IS NULL
  RETURNING id, from_agent_id, body, message_metadata, created_at
)
SELECT f.id, f.body, f.message_metadata, f.created_at, a.name AS sender
FROM fresh f JOIN agents a ON a.id = f.from_agent_id
ORDER BY f.created_at, f.id
LIMIT 1000;

-- name: AcquireLock :one
-- The lock, or nothing while somebody else has it. One that has expired is taken over; one's own is extended.
INSERT INTO resource_locks (resource_name, locked_by_task_id, locked_by_agent_id, expires_at)
VALUES (@resource_name, @task_id, @agent_id, now() + @lifetime::INTERVAL)
ON CONFLICT (resource_name) DO UPDATE
SET locked_by_task_id = excluded.locked_by_task_id, locked_by_agent_id = excluded.locked_by_agent_id,
  expires_at = excluded.expires_at, updated_at = now()
WHERE resource_locks.expires_at < now() OR resource_locks.locked_by_task_id = excluded.locked_by_task_id
RETURNING *;

-- name: ReleaseLock :execrows
DELETE FROM resource_locks WHERE resource_name = @resource_name AND locked_by_task_id = @task_id;

-- name: ListLocks :many
SELECT l.resource_name, l.expires_at, k.title AS task, a.name AS agent
FROM resource_locks l
JOIN tasks k ON k.id = l.locked_by_task_id
JOIN agents a ON a.id = l.locked_by_agent_id
ORDER BY l.resource_name
LIMIT 1000;

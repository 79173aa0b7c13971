-- name: CreateTicket :one
INSERT INTO tickets (id, user_id, title, body, priority, due_on, context)
VALUES (?, ?, ?, ?, ?, ?, ?)
RETURNING *;

-- name: GetTicket :one
SELECT * FROM tickets WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

-- name: ListTickets :many
-- The user's tickets: urgent ones first, those with a date before those without.
SELECT id, title, priority, due_on
FROM tickets
WHERE user_id = @user_id AND deleted_at IS NULL
ORDER BY
  CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END,
  due_on ASC NULLS LAST,
  id;

-- name: DueTickets :many
SELECT id, title, due_on
FROM tickets
WHERE due_on <= @day AND deleted_at IS NULL
ORDER BY due_on, id;

-- name: SoftDeleteTicket :execrows
UPDATE tickets
SET deleted_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP
WHERE id = ? AND user_id = ?;

-- name: CreateTask :one
INSERT INTO tasks (id, ticket_id, title, estimate)
VALUES (@id, @ticket_id, @title, @estimate)
RETURNING *;

-- name: ListTasksOfTicket :many
SELECT sqlc.embed(tasks), agents.name AS agent_name
FROM tasks
LEFT JOIN agents ON agents.id = tasks.agent_id
WHERE tasks.ticket_id = ?
ORDER BY tasks.created_at, tasks.id;

-- name: ClaimTask :one
-- Gives the oldest pending task to an agent; nothing when there is none.
UPDATE tasks
SET agent_id = @agent_id, status = 'assigned', updated_at = CURRENT_TIMESTAMP
WHERE id = (SELECT id FROM tasks WHERE status = 'pending' ORDER BY created_at, id LIMIT 1)
RETURNING *;

-- name: SetTaskStatus :execrows
UPDATE tasks SET status = ?, result = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?;

-- name: TaskCounts :many
SELECT status, count(*) AS task_count
FROM tasks
GROUP BY status
ORDER BY status;

-- name: TotalEstimate :one
SELECT sum(estimate) AS estimate FROM tasks WHERE ticket_id = ?;

-- name: AcquireLock :execrows
-- Takes the resource unless someone holds it.
INSERT INTO resource_locks (id, resource, locked_by_task_id, locked_by_agent_id, expires_at)
VALUES (@id, @resource, @task_id, @agent_id, @expires_at)
ON CONFLICT (resource) WHERE released_at IS NULL DO NOTHING;

-- name: ReleaseLock :execrows
UPDATE resource_locks SET released_at = CURRENT_TIMESTAMP WHERE id = ? AND released_at IS NULL;

-- name: HolderOf :one
SELECT l.locked_by_task_id, t.title, l.expires_at
FROM resource_locks AS l
JOIN tasks AS t ON t.id = l.locked_by_task_id
WHERE l.resource = ? AND l.released_at IS NULL
ORDER BY l.id
LIMIT 1;

-- name: ExpireLocks :many
UPDATE resource_locks
SET released_at = @now
WHERE released_at IS NULL AND expires_at < @now
RETURNING id, resource;

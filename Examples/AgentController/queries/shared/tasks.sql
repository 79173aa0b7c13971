-- name: CreateSession :one
INSERT INTO sessions (id, user_id, agent_id, title, created_at, updated_at)
VALUES (@id, @user_id, @agent_id, sqlc.narg(title), @now, @now)
RETURNING *;

-- name: SubmitTask :one
INSERT INTO tasks (id, user_id, session_id, priority, message, created_at, updated_at)
VALUES (@id, @user_id, @session_id, @priority, @message, @now, @now)
RETURNING *;

-- name: FinishTask :one
-- Ends a task; nothing comes back when it was not being worked on.
UPDATE tasks SET state = @state, result = @result, updated_at = @now
WHERE id = @id AND user_id = @user_id AND state = 'working' AND deleted_at IS NULL
RETURNING *;

-- name: TaskStatistics :one
-- What became of the tasks of a user.
SELECT
  count(*) AS total,
  count(CASE WHEN state = 'completed' THEN 1 END) AS completed,
  count(CASE WHEN state = 'failed' THEN 1 END) AS failed,
  max(updated_at) AS latest
FROM tasks
WHERE user_id = @user_id AND deleted_at IS NULL;

-- name: SessionsWithTasks :many
-- Each session of an agent with its tasks, the most important first.
SELECT sqlc.embed(sessions), sqlc.nest(items)
FROM sessions
LEFT JOIN tasks AS items
  ON items.session_id = sessions.id AND items.user_id = @user_id AND items.deleted_at IS NULL
WHERE sessions.agent_id = @agent_id AND sessions.user_id = @user_id AND sessions.deleted_at IS NULL
ORDER BY sessions.created_at, sessions.id, items.priority DESC, items.id;

-- name: AddCheckpoints :copyfrom
INSERT INTO checkpoints (id, user_id, task_id, step, state, created_at, updated_at)
VALUES (@id, @user_id, @task_id, @step, @state, @created_at, @updated_at);

-- name: LatestCheckpoint :one
SELECT * FROM checkpoints
WHERE task_id = @task_id AND user_id = @user_id AND deleted_at IS NULL
ORDER BY step DESC, id
LIMIT 1;

-- name: DeleteSession :execrows
UPDATE sessions SET deleted_at = @now, updated_at = @now
WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

-- name: DeleteTask :execrows
UPDATE tasks SET deleted_at = @now, updated_at = @now
WHERE id = @id AND user_id = @user_id AND deleted_at IS NULL;

-- name: DeleteCheckpoints :execrows
-- What was kept of a task's steps before that one.
UPDATE checkpoints SET deleted_at = @now, updated_at = @now
WHERE task_id = @task_id AND user_id = @user_id AND step < @before AND deleted_at IS NULL;

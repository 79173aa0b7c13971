-- name: ClaimTask :one
-- Takes the most important task that waits; each goes to one worker.
UPDATE tasks SET state = 'working', updated_at = @now
WHERE user_id = @user_id AND deleted_at IS NULL AND id = (
  SELECT id FROM tasks
  WHERE user_id = @user_id AND state = 'submitted' AND deleted_at IS NULL
  ORDER BY priority DESC, created_at, id
  LIMIT 1
  FOR UPDATE SKIP LOCKED
)
RETURNING *;

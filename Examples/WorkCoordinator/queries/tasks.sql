-- name: CreateTask :one
INSERT INTO tasks (ticket_id, title, priority, dependencies) VALUES (@ticket_id, @title, @priority, @dependencies) RETURNING *;

-- name: GetTask :one
SELECT * FROM tasks WHERE id = @id;

-- name: ListTasksOfTicket :many
SELECT * FROM tasks WHERE ticket_id = @ticket_id ORDER BY priority DESC, created_at, id LIMIT 1000;

-- name: ClaimTask :one
-- Takes the most important task whose dependencies are completed. Who comes meanwhile passes by what is taken.
UPDATE tasks SET status = 'running', assigned_agent_id = @agent_id, attempts = attempts + 1, updated_at = now()
WHERE id = (
  SELECT k.id FROM tasks k
  WHERE k.status = 'pending'
    AND NOT EXISTS (
      SELECT 1 FROM tasks d WHERE k.dependencies @> to_jsonb(ARRAY[d.id]) AND d.status <> 'completed'
    )
  ORDER BY k.priority DESC, k.created_at, k.id
  LIMIT 1
  FOR UPDATE SKIP LOCKED
)
RETURNING *;

-- name: CompleteTask :execrows
-- Nothing where the task has gone to another agent since.
UPDATE tasks SET status = 'completed', result = @result, updated_at = now()
WHERE id = @id AND assigned_agent_id = @agent_id AND status = 'running';

-- name: FailTask :one
-- Three attempts, then it has failed.
UPDATE tasks
SET status = CASE WHEN attempts < 3 THEN 'pending' ELSE 'failed' END, assigned_agent_id = NULL, updated_at = now()
WHERE id = @id AND assigned_agent_id = @agent_id AND status = 'running'
RETURNING *;

-- name: CountTasksByStatus :many
SELECT status, count(*) AS task_count FROM tasks GROUP BY status ORDER BY status;

-- name: RecordCost :one
INSERT INTO cost_records (task_id, agent_id, provider, tokens, cost)
VALUES (@task_id, @agent_id, @provider, @tokens, @cost)
RETURNING *;

-- name: CostsByDay :many
SELECT date_trunc('day', created_at, 'UTC') AS day, provider, sum(tokens)::BIGINT AS tokens, sum(cost) AS cost
FROM cost_records
WHERE created_at >= @since
GROUP BY 1, 2
ORDER BY 1 DESC, 2
LIMIT 366;

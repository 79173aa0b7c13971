-- name: StartRun :one
-- Starts a run; `parent_run_id` is the run that asked for it, if any.
INSERT INTO agent_runs (agent_id, user_id, parent_run_id, task, status)
VALUES (@agent_id, @user_id, @parent_run_id, @task, 'running')
RETURNING *;

-- name: GetRun :one
SELECT * FROM agent_runs WHERE id = @id AND user_id = @user_id;

-- name: ListAgentRuns :many
SELECT *
FROM agent_runs
WHERE agent_id = ?
ORDER BY started_at DESC, id DESC;

-- name: ListRunsOfVisibleAgents :many
SELECT r.id, r.task, r.status, a.name AS agent
FROM agent_runs AS r
JOIN agents AS a ON a.id = r.agent_id AND sqlc.use(visible_agents, agent => a, user => @user_id)
ORDER BY r.id;

-- name: ListRunsByStatus :many
SELECT id, task, status, started_at
FROM agent_runs
WHERE user_id = @user_id AND status IN (sqlc.slice('statuses'))
ORDER BY id;

-- name: FinishRun :one
-- Ends a run; nothing comes back when it was not running.
UPDATE agent_runs
SET
  status = @status,
  final_response = @final_response,
  error = @error,
  input_tokens = @input_tokens,
  output_tokens = @output_tokens,
  duration_seconds = @duration_seconds,
  completed_at = @completed_at
WHERE id = @id AND status = 'running'
RETURNING id, status, total_tokens, completed_at;

-- name: CancelRuns :execrows
UPDATE agent_runs SET status = 'cancelled' WHERE agent_id = ? AND status IN ('queued', 'running');

-- name: AddStep :one
-- Adds the next step of a run.
INSERT INTO agent_run_steps (agent_run_id, position, kind, content)
VALUES (
  @run_id,
  (SELECT coalesce(max(position), 0) + 1 FROM agent_run_steps WHERE agent_run_id = @run_id),
  @kind,
  @content
)
RETURNING id, position;

-- name: ListSteps :many
SELECT *
FROM agent_run_steps
WHERE agent_run_id = ?
ORDER BY position;

-- name: RunAncestors :many
-- The chain of runs that led to this one, nearest first.
WITH RECURSIVE ancestors (id, parent_run_id, task, depth) AS (
  SELECT r.id, r.parent_run_id, r.task, 0
  FROM agent_runs AS r
  WHERE r.id = @run_id
  UNION ALL
  SELECT p.id, p.parent_run_id, p.task, a.depth + 1
  FROM agent_runs AS p
  JOIN ancestors AS a ON p.id = a.parent_run_id
  WHERE a.depth < 100
)
SELECT id, parent_run_id, task, depth
FROM ancestors
ORDER BY depth;

-- name: RunTree :many
-- A run with everything that it started, and what all of it cost.
WITH RECURSIVE tree AS (
  SELECT id, task, total_tokens, 0 AS depth
  FROM agent_runs
  WHERE agent_runs.id = @root_id
  UNION ALL
  SELECT r.id, r.task, r.total_tokens, tree.depth + 1
  FROM agent_runs AS r
  JOIN tree ON r.parent_run_id = tree.id
)
SELECT tree.id, tree.task, tree.depth, sum(tree.total_tokens) OVER () AS tokens_of_all
FROM tree
ORDER BY tree.depth, tree.id;

-- name: RankedRuns :many
-- Each agent's runs by duration, with the one before and the running total.
SELECT
  id,
  agent_id,
  duration_seconds,
  row_number() OVER by_duration AS position,
  lag(duration_seconds) OVER by_duration AS slower_seconds,
  sum(total_tokens) OVER (PARTITION BY agent_id ORDER BY started_at, id) AS running_tokens
FROM agent_runs
WHERE duration_seconds IS NOT NULL
WINDOW by_duration AS (PARTITION BY agent_id ORDER BY duration_seconds DESC, id)
ORDER BY agent_id, position;

-- name: RunsPerDay :many
-- A moment that is stored always has a day.
SELECT sqlc.notnull(date(started_at)) AS day, count(*) AS runs, total(
  duration_seconds
) AS seconds FROM agent_runs WHERE started_at >= @since GROUP BY date(started_at)
ORDER BY day;

-- name: RunTotals :one
SELECT
  count(*) AS runs,
  sum(total_tokens) AS tokens,
  min(started_at) AS first_run_at,
  avg(duration_seconds) AS average_seconds
FROM agent_runs
WHERE user_id = ?;

-- name: LogToolCall :execlastid
INSERT INTO tool_call_logs (agent_run_id, tool_id, tool_name, input, output, is_error, duration_ms)
VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: SlowToolCalls :many
SELECT tool_name, input, duration_ms, is_error
FROM tool_call_logs
WHERE duration_ms BETWEEN ? AND ?
ORDER BY duration_ms DESC;

-- name: ToolErrorRates :many
SELECT tool_name, count(*) AS calls, avg(is_error) AS error_rate, max(duration_ms) AS slowest_ms
FROM tool_call_logs
GROUP BY tool_name
HAVING count(*) >= @min_calls
ORDER BY error_rate DESC, tool_name;

-- name: TimelineOfRun :many
-- Steps and tool calls of a run, as they happened.
SELECT 'step' AS source, kind AS what, created_at
FROM agent_run_steps
WHERE agent_run_id = @run_id
UNION ALL
SELECT 'tool', tool_name, created_at
FROM tool_call_logs
WHERE agent_run_id = @run_id
ORDER BY created_at, source;

-- name: RunsWithoutSteps :many
SELECT id
FROM agent_runs
EXCEPT
SELECT agent_run_id
FROM agent_run_steps
ORDER BY id;

-- name: RunsAndSteps :many
-- Runs beside steps, whichever has none of the other.
SELECT r.id AS run_id, s.id AS step_id, s.content
FROM agent_runs AS r
FULL JOIN agent_run_steps AS s ON s.agent_run_id = r.id
ORDER BY r.id, s.id;

-- name: StartRun :one
INSERT INTO agent_runs (agent_id, parent_run_id, task) VALUES (?, ?, ?) RETURNING *;

-- name: FinishRun :execrows
UPDATE agent_runs SET status = ?, duration_seconds = ? WHERE id = ? AND status = 'running';

-- name: AgentStatistics :many
-- One row for each agent, also for those that never ran.
SELECT
  agents.id,
  agents.name,
  count(agent_runs.id) AS runs,
  count(agent_runs.id) FILTER (WHERE agent_runs.status = 'completed') AS completed,
  avg(agent_runs.duration_seconds) AS average_duration,
  max(agent_runs.started_at) AS latest_run
FROM agents
LEFT JOIN agent_runs ON agent_runs.agent_id = agents.id
WHERE agents.deleted_at IS NULL
GROUP BY agents.id
ORDER BY runs DESC, agents.name;

-- name: ListRunTree :many
-- A run and everything it started, depth first.
WITH RECURSIVE tree (id, depth, path) AS (
  SELECT id, 0, printf('%08d', id) FROM agent_runs WHERE agent_runs.id = @root
  UNION ALL
  SELECT agent_runs.id, tree.depth + 1, tree.path || printf('/%08d', agent_runs.id)
  FROM agent_runs
  JOIN tree ON agent_runs.parent_run_id = tree.id
)
SELECT tree.depth, agents.name AS agent, agent_runs.task, agent_runs.status
FROM tree
JOIN agent_runs ON agent_runs.id = tree.id
JOIN agents ON agents.id = agent_runs.agent_id
ORDER BY tree.path;

-- name: CreateAgent :one
-- Creates an agent that runs when it is asked to.
INSERT INTO agents (name, prompt, environment_id) VALUES (?, ?, ?) RETURNING *;

-- name: CreateScheduledAgent :one
-- Creates an agent that runs on a schedule.
INSERT INTO agents (
  environment_id, name, description, prompt, max_steps, spec, created_by, cron_schedule,
  schedule_enabled
)
VALUES (
  @environment_id, @name, @description, @prompt, @max_steps, @spec, @created_by, @cron_schedule,
  TRUE
)
RETURNING *;

-- name: GetAgentByID :one
SELECT * FROM agents WHERE id = ?;

-- name: ListAgents :many
SELECT * FROM agents ORDER BY id;

-- name: ListAgentsOfEnvironment :many
-- Agents of an environment, newest first.
SELECT *
FROM agents
WHERE environment_id = @environment_id AND deleted_at IS NULL
ORDER BY created_at DESC, id DESC;

-- name: ListAgentsByIDs :many
SELECT *
FROM agents
WHERE id IN (sqlc.slice('ids'))
ORDER BY id;

-- name: ListAgentsExcept :many
-- Agents of some environments that do not have one of the names.
-- row: AgentName
SELECT id, name
FROM agents
WHERE environment_id IN (sqlc.slice('environment_ids'))
  AND name NOT IN (sqlc.slice('names'))
  AND max_steps >= @min_steps
ORDER BY id;

-- name: CountAgents :one
SELECT count(*) FROM agents;

-- name: UpdateAgent :one
UPDATE agents
SET name = ?, description = ?, prompt = ?, max_steps = ?, updated_at = CURRENT_TIMESTAMP
WHERE id = ?
RETURNING *;

-- name: PatchAgent :one
-- Changes what is given; what is left out stays as it is.
UPDATE agents
SET
  sqlc.patch(
    name = @name,
    description = @description,
    prompt = @prompt,
    max_steps = @max_steps,
    spec = @spec,
    cron_schedule = @cron_schedule,
    schedule_enabled = @schedule_enabled
  ),
  updated_at = CURRENT_TIMESTAMP
WHERE id = @id AND deleted_at IS NULL
RETURNING *;

-- name: SetAgentSchedule :execrows
UPDATE agents
SET
  cron_schedule = sqlc.narg('cron_schedule'),
  schedule_enabled = @enabled,
  updated_at = CURRENT_TIMESTAMP
WHERE id = @id;

-- name: SetAgentStatus :exec
UPDATE agents SET status = @status, updated_at = CURRENT_TIMESTAMP WHERE id = @id;

-- name: DeleteAgent :execrows
DELETE FROM agents WHERE id = ?;

-- name: SoftDeleteAgent :execrows
UPDATE agents
SET deleted_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP
WHERE id = ? AND deleted_at IS NULL;

-- name: PageOfAgents :many
-- A page in an order of the caller's: what follows the last row of the page before.
SELECT id, name, description, created_at
FROM agents
WHERE deleted_at IS NULL AND sqlc.after(@after)
ORDER BY sqlc.order(created_at DESC, description NULLS LAST, name COLLATE NOCASE), id DESC
LIMIT @page_size;

-- name: FilterAgents :many
-- Filters that are left out when they are nil.
SELECT id, name, environment_id, schedule_enabled
FROM agents
WHERE deleted_at IS NULL
  AND (sqlc.narg('environment_id') IS NULL OR environment_id = sqlc.narg('environment_id'))
  AND (sqlc.narg('name') IS NULL OR name LIKE sqlc.narg('name'))
ORDER BY id;

-- name: ListAgentsWithEnvironment :many
SELECT sqlc.embed(a), sqlc.embed(e)
FROM agents AS a
JOIN environments AS e ON e.id = a.environment_id
ORDER BY a.id;

-- name: ListEnvironmentsWithAgents :many
-- Every environment beside each of its agents; one without agents stands alone.
SELECT sqlc.embed(e), sqlc.embed(a)
FROM environments AS e
LEFT JOIN agents AS a ON a.environment_id = e.id
ORDER BY e.id, a.id;

-- name: AgentsAndCreators :many
-- The creator may be unknown.
SELECT a.id, a.name, u.email AS creator_email
FROM users AS u
RIGHT JOIN agents AS a ON a.created_by = u.id
ORDER BY a.id;

-- name: AgentsByModel :many
-- The model is in the agent's JSON; an index on the expression serves this.
SELECT id, name, spec ->> '$.temperature' AS temperature
FROM agents
WHERE json_extract(spec, '$.model') = @model
ORDER BY id;

-- name: SearchAgents :many
-- Full-text search, best first.
SELECT a.id, a.name, snippet(agents_fts, 2, '[', ']', '…', 8) AS excerpt, bm25(agents_fts) AS score
FROM agents_fts
JOIN agents AS a ON a.id = agents_fts.rowid
WHERE agents_fts MATCH @words AND a.deleted_at IS NULL
ORDER BY rank, a.id
LIMIT @count;

-- name: AgentStatistics :many
-- What became of each agent's runs.
SELECT
  a.id,
  a.name,
  count(r.id) AS runs,
  count(CASE WHEN r.status = 'completed' THEN 1 END) AS completed_runs,
  count(r.id) FILTER (WHERE r.status = 'failed') AS failed_runs,
  avg(r.duration_seconds) AS average_seconds,
  coalesce(sum(r.total_tokens), 0) AS tokens,
  max(r.started_at) AS latest_run_at
FROM agents AS a
LEFT JOIN agent_runs AS r ON r.agent_id = a.id
WHERE a.deleted_at IS NULL
GROUP BY a.id
ORDER BY a.id;

-- name: ListActiveAgents :many
SELECT *
FROM active_agents
WHERE user_id = ?
ORDER BY id;

-- name: ListLatestRuns :many
SELECT * FROM latest_agent_runs ORDER BY agent_id;

-- name: AgentNamesPerEnvironment :many
SELECT
  e.name AS environment,
  group_concat(a.name, ', ') AS agent_names,
  json_group_array(a.id) AS agent_ids
FROM environments AS e
JOIN agents AS a ON a.environment_id = e.id
GROUP BY e.id
ORDER BY e.id;

-- name: NamesakeAgents :many
-- Agents of the same name in different environments.
SELECT a.id AS first_id, b.id AS second_id, a.name
FROM agents AS a
JOIN agents AS b ON b.name = a.name AND b.id > a.id
ORDER BY a.id, b.id;

-- name: CopyAgents :execrows
-- Copies every agent of one environment into another.
INSERT INTO agents (environment_id, name, description, prompt, max_steps, spec)
SELECT @target_id, name, description, prompt, max_steps, spec
FROM agents
WHERE environment_id = @source_id AND deleted_at IS NULL;

-- Agents that a user may see: those of her environments that are not deleted.
-- fragment: visible_agents(agent, user)
@agent.deleted_at IS NULL
AND EXISTS (
  SELECT 1 FROM environments AS own WHERE own.id = @agent.environment_id AND own.user_id = @user
);

-- name: ListVisibleAgents :many
SELECT *
FROM agents
WHERE sqlc.use(visible_agents, agent => agents, user => @user_id)
ORDER BY id;

-- name: FindVisibleAgent :one
SELECT * FROM agents WHERE id = @id AND sqlc.use(visible_agents, agent => agents, user => @user_id);

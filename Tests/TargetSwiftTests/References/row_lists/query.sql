-- name: AddAgents :many
INSERT INTO agents (name, tenant) VALUES (sqlc.slice(agents, name), @tenant) RETURNING id, name;

-- name: AddTools :execrows
-- Rows with the list's fields, an expression and a value that all of them have.
INSERT INTO tools (tenant, name, kind, cost, icon, key, made_on)
VALUES (
  @tenant, lower(sqlc.slice(tools, name)), sqlc.slice(tools, kind), sqlc.slice(tools, cost), sqlc.slice(tools, icon),
  sqlc.slice(tools, key), sqlc.slice(tools, made_on)
)
ON CONFLICT (tenant, name) DO UPDATE SET cost = excluded.cost;

-- name: AddPairs :execrows
INSERT INTO agent_tools (agent_id, tool, note) VALUES (sqlc.slice(pairs)) ON CONFLICT DO NOTHING;

-- name: ListPairs :many
SELECT * FROM agent_tools WHERE (agent_id, tool) IN (sqlc.slice(pairs)) ORDER BY agent_id, tool;

-- name: CountOthers :one
SELECT count(*) FROM agent_tools AS a WHERE (a.agent_id, a.tool) NOT IN (sqlc.slice(pairs));

-- name: SearchPairs :many
-- In every position: between a number, a slice, an optional list of rows and an order.
SELECT agent_id, tool FROM agent_tools
WHERE agent_id > @after
  AND sqlc.optional((agent_id, tool) IN (sqlc.slice(pairs)))
  AND sqlc.optional(span, (agent_id, tool) NOT IN (sqlc.slice(others)) AND agent_id < @below)
  AND tool IN (sqlc.slice(names))
ORDER BY sqlc.order(agent_id, tool DESC), tool
LIMIT @most;

-- name: RemovePairs :execrows
DELETE FROM agent_tools WHERE (agent_id, tool) IN (sqlc.slice(pairs)) OR (agent_id, tool) IN (sqlc.slice(pairs));

-- name: RenameTools :many
-- Many rows changed, each in its own way.
WITH renamed (old, new) AS (VALUES (CAST(sqlc.slice(names, old) AS TEXT), CAST(sqlc.slice(names, new) AS TEXT)))
UPDATE agent_tools SET tool = renamed.new FROM renamed WHERE renamed.old = tool RETURNING agent_id, tool;

-- name: FindByValues :many
SELECT tenant, name FROM tools
WHERE (key, made_on, active) IN (VALUES (sqlc.slice(found, key), sqlc.slice(found, made_on), sqlc.slice(found, active)));

-- name: FindTool :one
SELECT * FROM tools WHERE tenant = @tenant AND name = @name;

-- Agents of an environment, as a search form asks for them.
-- name: SearchAgents :many
SELECT * FROM agents
WHERE environment_id = @environment_id
  AND sqlc.optional(name LIKE @name)  -- a pattern
  AND sqlc.optional(created, created_at >= @since AND created_at < @until)
  AND sqlc.optional(modelled, model IS NOT NULL)
  AND sqlc.optional(id IN (sqlc.slice('ids')))
ORDER BY sqlc.order(created_at DESC, name COLLATE NOCASE, length(name) AS name_length DESC NULLS LAST), id
LIMIT @limit;

-- Every clause is optional as a whole.
-- name: ListEnvironments :many
SELECT * FROM environments WHERE sqlc.optional(name = @name) AND sqlc.optional(id > @after);

-- Left out, the predicate goes with the AND behind it.
-- name: RecentRuns :many
SELECT r.id, r.status FROM runs r
WHERE sqlc.optional(status = @status) AND sqlc.optional(cost IS NOT NULL AND cost <= @most_cost) AND r.id > 0
ORDER BY r.id;

-- The cost is optional, because one of the predicates that prove it is.
-- name: RunCosts :many
SELECT r.id, r.cost, a.name FROM runs r LEFT JOIN agents a ON a.id = r.agent_id
WHERE sqlc.optional(r.cost > @least) AND sqlc.optional(a.model = @model)
ORDER BY r.id;

-- By key there is one at most, by name there may be several: the weaker holds.
-- name: FindAgent :one
SELECT id, model FROM agents WHERE sqlc.optional(id = @id) AND sqlc.optional(name = @name) LIMIT 1;

-- In a subquery, in HAVING, in ON.
-- name: Spending :many
SELECT a.name, total(r.cost) AS spent
FROM agents a LEFT JOIN runs r ON r.agent_id = a.id AND sqlc.optional(r.status = @status)
WHERE a.environment_id IN (SELECT e.id FROM environments e WHERE sqlc.optional(e.name = @environment))
GROUP BY a.id HAVING sqlc.optional(total(r.cost) >= @at_least)
ORDER BY sqlc.order(spent DESC, a.name);

-- name: RenameAgents :execrows
UPDATE agents SET name = @new_name WHERE environment_id = @environment_id AND sqlc.optional(name = @old_name);

-- name: CreateEnvironment :one
INSERT INTO environments (name) VALUES (@name) RETURNING id;

-- name: CreateAgent :one
INSERT INTO agents (name, model, environment_id, created_at) VALUES (@name, @model, @environment_id, @created_at)
RETURNING id;

-- name: CreateRun :exec
INSERT INTO runs (agent_id, status, cost) VALUES (@agent_id, @status, @cost);

-- name: ListAgentsSorted :many
SELECT * FROM agents ORDER BY sqlc.order(name);

-- Page by page in an order of the caller's, each behind the last row of the one before.
-- name: PageOfAgents :many
SELECT * FROM agents
WHERE environment_id = @environment_id AND sqlc.optional(name LIKE @name) AND sqlc.after(@after)
ORDER BY sqlc.order(created_at DESC, name COLLATE NOCASE, model DESC NULLS LAST), id
LIMIT @count;

-- In one order, over an outer join and an expression.
-- name: PageOfRuns :many
SELECT r.id, r.status, coalesce(r.cost, 0) AS spent, sqlc.embed(a)
FROM runs r LEFT JOIN agents a ON a.id = r.agent_id
WHERE sqlc.after(@after)
ORDER BY spent DESC, a.name, r.id DESC
LIMIT @count;

-- Groups, and the sums that they are ordered by.
-- name: PageOfSpenders :many
SELECT a.id, a.name, total(r.cost) AS spent
FROM agents a LEFT JOIN runs r ON r.agent_id = a.id
GROUP BY a.id HAVING sqlc.after(@after)
ORDER BY sqlc.order(spent DESC, a.name), a.id
LIMIT @count;

-- Which are the newest, in what order they stand, and how they are ranked, each for itself.
-- name: RankAgents :many
WITH newest AS (SELECT id, name, model FROM agents ORDER BY sqlc.order(created_at DESC, name), id LIMIT @count)
SELECT id, name, row_number() OVER (ORDER BY sqlc.order(name, model DESC) AS by, id) AS place
FROM newest
ORDER BY sqlc.order(id, name DESC), id;

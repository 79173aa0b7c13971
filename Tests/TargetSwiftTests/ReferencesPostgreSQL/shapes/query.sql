-- Agents of a team, as a search form asks for them.
-- name: SearchAgents :many
SELECT * FROM agents
WHERE team_id = @team_id
  -- the rest is up to the caller
  AND sqlc.optional(name LIKE @name)
  AND sqlc.optional(created, created_at >= @since AND created_at < @until)
  AND sqlc.optional(modelled, model IS NOT NULL)
  AND sqlc.optional(id IN (sqlc.slice('ids')))
  AND sqlc.optional(level = @level)
ORDER BY sqlc.order(created_at DESC, lower(name) AS name, model NULLS LAST), id
LIMIT @limit;

-- name: FindAgent :one
SELECT id, name FROM agents WHERE sqlc.optional(id = @id) AND sqlc.optional(name = @name);

-- name: DeleteAgents :execrows
DELETE FROM agents WHERE team_id = @team AND sqlc.optional(model IS NULL OR model = sqlc.arg(model));


-- name: ListAgentsWithTools :many
SELECT sqlc.embed(agents), sqlc.nest(tools)
FROM agents
LEFT JOIN agent_tools ON agent_tools.agent_id = agents.id
LEFT JOIN tools ON tools.id = agent_tools.tool_id
ORDER BY tools.name;

-- name: GetAgentWithNotes :one
SELECT a.id, a.name, t.name AS team, sqlc.nest(notes)
FROM agents a JOIN teams t ON t.id = a.team_id LEFT JOIN notes ON notes.agent_id = a.id
WHERE a.id = @id
ORDER BY notes.body;

-- name: ListTeams :many
SELECT t.id, t.name, sqlc.nest(agents), sqlc.nest(agents.tools)
FROM teams t LEFT JOIN agents ON agents.team_id = t.id LEFT JOIN agent_tools x ON x.agent_id = agents.id LEFT JOIN tools ON tools.id = x.tool_id;

-- name: AgentsAndTeams :many
SELECT sqlc.embed(a), sqlc.embed(t) FROM agents a LEFT JOIN teams t ON t.id = a.team_id AND t.name > @after;

-- name: RichAgents :many
SELECT * FROM rich_agents WHERE team = @team;

-- Names that Swift has words for.
-- name: Awkward :many
SELECT 1 AS self, 'a' AS "init", 2 AS "class", 3 AS row, 4 AS first, '{1}'::int[] AS "static" FROM agents
WHERE id = @transaction AND name = @database AND model = @statement;

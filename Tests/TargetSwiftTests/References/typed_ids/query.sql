-- name: CreateAgent :one
INSERT INTO agents (team_id, lead_id, country, name) VALUES (@team_id, @lead_id, @country, @name) RETURNING *;

-- name: CreateTeam :one
INSERT INTO teams (id, name) VALUES (@id, @name) RETURNING id;

-- name: GetAgent :one
SELECT * FROM agents WHERE id = @id;

-- name: AgentsOfTeams :many
SELECT id FROM agents WHERE team_id IN (sqlc.slice(teams)) ORDER BY id;

-- name: ListAgentsAfter :many
SELECT a.id, a.name, t.id AS team, coalesce(a.lead_id, a.id) AS lead
FROM agents AS a
LEFT JOIN teams AS t ON t.id = a.team_id
WHERE a.id > @after AND sqlc.optional(a.team_id = @team_id)
ORDER BY a.id LIMIT @count;

-- Everybody under a lead, however deep.
-- name: Subordinates :many
WITH RECURSIVE below(id, level) AS (
  SELECT id, 0 FROM agents WHERE lead_id = @lead
  UNION ALL
  SELECT a.id, level + 1 FROM below JOIN agents AS a ON a.lead_id = below.id
)
SELECT id, level FROM below ORDER BY level, id;

-- name: LastAgent :one
SELECT max(id) FROM agents;

-- name: ListLeads :many
SELECT * FROM leads WHERE team_id = @team_id ORDER BY id;

-- name: SaveProfile :exec
INSERT INTO profiles (agent_id, about) VALUES (@agent, @about)
ON CONFLICT (agent_id) DO UPDATE SET about = excluded.about;

-- name: AgentWithTeam :one
SELECT sqlc.embed(agents), sqlc.embed(teams)
FROM agents JOIN teams ON teams.id = agents.team_id WHERE agents.id = @id;

-- name: TeamsWithAgents :many
SELECT t.id, t.name, sqlc.nest(a)
FROM teams AS t LEFT JOIN agents AS a ON a.team_id = t.id ORDER BY t.id, a.id;

-- name: OpenSession :one
INSERT INTO sessions (token, agent_id, parent) VALUES (@token, @agent_id, sqlc.narg(parent)) RETURNING *;

-- name: AddVisits :copyfrom
INSERT INTO visits (agent_id, session, visited) VALUES (@agent_id, @session, @visited);

-- name: MoveAgent :execrows
UPDATE agents SET sqlc.patch(team_id = @team_id, lead_id = @lead_id) WHERE id = @id;

-- name: AgentsFrom :many
SELECT id, name FROM agents WHERE country = @country OR (@country = 'XX' AND country IS NULL) ORDER BY id;

-- name: DeleteAgent :one
DELETE FROM agents WHERE id = @id RETURNING id, team_id;

-- The number of a visit is no key.
-- name: SumOfKeys :one
SELECT sum(agent_id) AS total, count(*) AS visits FROM visits WHERE agent_id + 0 = @number;

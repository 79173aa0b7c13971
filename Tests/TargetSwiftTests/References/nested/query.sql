-- Every agent with its tools; one without tools has an empty list.
-- name: ListAgentsWithTools :many
SELECT sqlc.embed(agents), sqlc.nest(tools)
FROM agents
LEFT JOIN agent_tools ON agent_tools.agent_id = agents.id
LEFT JOIN tools ON tools.id = agent_tools.tool_id
ORDER BY tools.name;

-- One agent, its team beside it.
-- name: GetAgentWithNotes :one
SELECT a.id, a.name, t.name AS team, sqlc.nest(notes)
FROM agents a JOIN teams t ON t.id = a.team_id LEFT JOIN notes ON notes.agent_id = a.id
WHERE a.id = @id
ORDER BY notes.body;

-- Two lists: rows repeat, elements do not.
-- name: ListTeams :many
SELECT teams.*, sqlc.nest(agents), sqlc.nest(affordable)
FROM teams
LEFT JOIN agents ON agents.team_id = teams.id
LEFT JOIN tools AS affordable ON affordable.price < @price
ORDER BY teams.id DESC, agents.id, affordable.id;

-- A list in a list.
-- name: ListTeamsInFull :many
SELECT sqlc.embed(teams), sqlc.nest(agents.tools), sqlc.nest(agents)
FROM teams
LEFT JOIN agents ON agents.team_id = teams.id
LEFT JOIN agent_tools ON agent_tools.agent_id = agents.id
LEFT JOIN tools ON tools.id = agent_tools.tool_id
ORDER BY teams.id, tools.id, agents.id;

-- The first teams, limited where they are selected; a subquery as children.
-- name: FirstTeams :many
SELECT sqlc.embed(t), sqlc.nest(members)
FROM (SELECT * FROM teams ORDER BY name LIMIT @count) AS t
JOIN (SELECT team_id, upper(name) AS shout FROM agents) AS members ON members.team_id = t.id
WHERE sqlc.optional(t.name = @name)
ORDER BY sqlc.order(t.name, t.id), members.shout;

-- name: CreateTeam :one
INSERT INTO teams (name) VALUES (@name) RETURNING id;

-- name: CreateAgent :one
INSERT INTO agents (name, team_id) VALUES (@name, @team_id) RETURNING id;

-- name: CreateTool :one
INSERT INTO tools (name, price) VALUES (@name, @price) RETURNING id;

-- name: GiveTool :exec
INSERT INTO agent_tools (agent_id, tool_id) VALUES (@agent_id, @tool_id);

-- name: CreateNote :exec
INSERT INTO notes (agent_id, body) VALUES (@agent_id, @body);

-- name: ListTeamIDs :many
SELECT id FROM teams;

-- name: AgentsOfTeam :many
SELECT * FROM agents WHERE team_id = @team_id ORDER BY id;

-- name: ToolsOfAgent :many
SELECT tools.* FROM tools JOIN agent_tools ON tool_id = tools.id WHERE agent_id = @agent_id ORDER BY tools.id;

-- The other way round: tools by agent, and those that no agent has. Rows of a link to an agent that is gone count once.
-- name: ToolsByAgent :many
SELECT sqlc.embed(agents), sqlc.nest(tools)
FROM tools
LEFT JOIN agent_tools ON agent_tools.tool_id = tools.id
LEFT JOIN agents ON agents.id = agent_tools.agent_id
ORDER BY tools.id;

-- name: CreateRemark :exec
INSERT INTO remarks (topic, body) VALUES (@topic, @body);

-- A remark of NULLs is one all the same: a column behind the others tells it from none.
-- name: AgentsWithRemark :many
SELECT agents.id, sqlc.embed(remarks), sqlc.embed(shown_remarks)
FROM agents
LEFT JOIN remarks ON remarks.topic IS NULL AND agents.name <> @without
LEFT JOIN shown_remarks ON shown_remarks.body IS remarks.body AND agents.id > 1
ORDER BY agents.id;

-- The same of lists.
-- name: AgentsWithRemarks :many
SELECT sqlc.embed(agents), sqlc.nest(remarks)
FROM agents LEFT JOIN remarks ON agents.name IS NOT @without
WHERE sqlc.optional(remarks.topic = @topic)
ORDER BY agents.id, remarks.topic;

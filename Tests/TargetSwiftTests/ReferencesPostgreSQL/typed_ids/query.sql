-- name: GetAgent :one
SELECT * FROM agents WHERE id = @id;

-- name: AgentsOfTeams :many
SELECT id FROM agents WHERE team_id IN (sqlc.slice(teams)) ORDER BY id;

-- name: AgentsAmong :many
SELECT id, coalesce(lead, id) AS lead FROM agents WHERE id = ANY(@ids::uuid[]);

-- name: Hire :one
INSERT INTO agents (id, team_id, lead) VALUES (@id, @team_id, sqlc.narg(lead)) RETURNING id;

-- name: TeamLeads :many
SELECT * FROM team_leads WHERE team_id = @team_id;

-- name: Bill :copyfrom
INSERT INTO billing.invoices (number, team_id) VALUES (@number, @team_id);

-- name: Billed :many
SELECT sqlc.embed(teams), i.number FROM billing.invoices AS i JOIN teams ON teams.id = i.team_id
WHERE sqlc.optional(i.number > @after) ORDER BY i.number;

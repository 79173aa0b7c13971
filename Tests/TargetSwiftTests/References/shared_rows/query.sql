-- name: ListMembers :many
-- Of one team.
-- row: TeamMember
SELECT u.id, u.name, m.role FROM members m JOIN users u ON u.id = m.user_id WHERE m.team_id = @team_id ORDER BY u.id;

-- name: FindMember :one
-- row: TeamMember
SELECT u.id, u.name, m.role FROM members m JOIN users u ON u.id = m.user_id
WHERE m.team_id = @team_id AND m.user_id = @user_id;

-- row: TeamMember
-- name: AddMember :one
INSERT INTO members (team_id, user_id, role) VALUES (@team_id, @user_id, @role)
RETURNING user_id AS id, CAST('new' AS TEXT) AS name, role;

-- name: ListContacts :many
-- row: Contact
SELECT id, name, email FROM users ORDER BY id;

-- name: ListWrittenTo :many
-- Only those who have an address.
-- row: Contact widen email: a contact may have no address, and who shows contacts shows these too
SELECT id, name, email FROM users WHERE email IS NOT NULL ORDER BY id;

-- name: ListOwners :many
-- A view whose rows are users.
-- row: User
SELECT id, name, email FROM owners ORDER BY id;

-- name: ListLeads :many
-- row: TeamLead
SELECT t.name AS team, sqlc.embed(u) FROM teams t LEFT JOIN users u ON u.id = t.lead_id ORDER BY t.id;

-- name: FindLead :one
-- row: TeamLead
SELECT t.name AS team, sqlc.embed(u) FROM teams t LEFT JOIN users u ON u.id = t.lead_id WHERE t.id = @id;

-- name: ListNames :many
-- One column, and a struct all the same.
-- row: Name
SELECT name FROM users ORDER BY id;

-- name: ListTeamNames :many
-- row: Name
SELECT name FROM teams ORDER BY id;

-- name: CreateUser :one
INSERT INTO users (name, email) VALUES (@name, @email) RETURNING id;

-- name: CreateTeam :one
INSERT INTO teams (name, lead_id) VALUES (@name, @lead_id) RETURNING id;

-- name: One :one
SELECT id, name FROM agents WHERE id = $1;

-- name: Always :one
SELECT count(*) AS n, max(name) AS last FROM agents;

-- name: Many :many
SELECT * FROM agents ORDER BY id;

-- name: ByIDs :many
SELECT id, name, note FROM agents WHERE id IN (sqlc.slice('ids')) AND name NOT IN (sqlc.slice('names'));

-- name: Exec :exec
DELETE FROM agents;

-- name: ExecRows :execrows
DELETE FROM agents WHERE id = @id;

-- name: ExecResult :execresult
UPDATE agents SET note = sqlc.narg(note);

-- Gives the agent back.
-- name: Create :one
INSERT INTO agents (name, note) VALUES (@name, @note) RETURNING *;

-- name: Rename :many
UPDATE agents SET name = upper(name) RETURNING id, name;

-- name: Several :many
SELECT id FROM agents WHERE id > @a AND id < @b AND name > @c AND name < @d AND note = @e;

-- Many measurements at once.
-- name: AddMeasurements :copyfrom
INSERT INTO measurements (sensor, value, taken_at) VALUES (@sensor, @value, @taken_at);

-- Names that are there already are left as they are.
-- name: AddTags :copyfrom
INSERT INTO tags (name, uses) VALUES (lower(@name), @uses + 1) ON CONFLICT DO NOTHING;

-- A tag that is there counts up.
-- name: CountTags :copyfrom
INSERT INTO tags (name) VALUES (@name) ON CONFLICT (name) DO UPDATE SET uses = tags.uses + 1;

-- Each row asks what those before it did.
-- name: AddTotals :copyfrom
INSERT INTO totals (total) VALUES (@amount + coalesce((SELECT max(total) FROM totals), 0));

-- name: RenameSensors :batchexec
UPDATE measurements SET sensor = @new_name WHERE sensor = @old_name;

-- name: LatestOf :batchone
SELECT * FROM measurements WHERE sensor = @sensor ORDER BY taken_at DESC LIMIT 1;

-- name: ValuesOf :batchmany
SELECT value FROM measurements WHERE sensor = @sensor;

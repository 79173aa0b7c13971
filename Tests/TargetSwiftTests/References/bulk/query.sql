-- Many measurements at once.
-- name: AddMeasurements :copyfrom
INSERT INTO measurements (sensor, value, taken_at) VALUES (@sensor, @value, @taken_at);

-- A tag that is there counts up; one without a name is none.
-- name: CountTags :copyfrom
INSERT INTO tags (name) VALUES (lower(trim(@name)))
ON CONFLICT (name) DO UPDATE SET uses = uses + 1;

-- name: AddNewTags :copyfrom
INSERT OR IGNORE INTO tags (name, uses) VALUES (@name, @uses + @uses);

-- Each row asks what those before it did, so that there is a statement for each.
-- name: AddRunningTotals :copyfrom
INSERT INTO counters (total) VALUES (@amount + coalesce((SELECT max(total) FROM counters), 0));

-- name: RenameSensors :batchexec
UPDATE measurements SET sensor = @new_name WHERE sensor = @old_name;

-- name: LatestOf :batchone
SELECT * FROM measurements WHERE sensor = @sensor ORDER BY taken_at DESC LIMIT 1;

-- name: ValuesOf :batchmany
SELECT value FROM measurements WHERE sensor = @sensor AND sqlc.optional(taken_at >= @since) ORDER BY taken_at;

-- name: AddCounters :batchone
INSERT INTO counters (total) VALUES (@total) RETURNING id;

-- name: CountMeasurements :one
SELECT count(*) FROM measurements;

-- name: ListTags :many
SELECT * FROM tags ORDER BY name;

-- name: ListTotals :many
SELECT total FROM counters ORDER BY id;

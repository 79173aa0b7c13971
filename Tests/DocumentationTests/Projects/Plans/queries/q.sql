-- name: NewestEvents :many
SELECT id, kind FROM events ORDER BY created_at DESC, id DESC LIMIT 20;

-- name: NightlyEventsOfAKind :many
SELECT id FROM events WHERE kind = @kind;

-- name: CountAgents :one
SELECT count(*) FROM agents;

-- name: NameOf :one
SELECT name FROM agents WHERE id = ?;

-- name: NoteOf :one
SELECT note FROM agents WHERE id = ?;

-- name: LongestNote :one
SELECT max(length(note)) FROM agents;

-- name: ListNotes :many
SELECT note FROM agents;

-- name: FirstName :one
SELECT name FROM agents ORDER BY id LIMIT 1;

-- name: GetPerson :one
SELECT * FROM people WHERE id = @id;

-- name: TagsOfAll :many
SELECT tags FROM agents;

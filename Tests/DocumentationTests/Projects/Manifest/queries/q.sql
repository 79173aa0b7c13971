-- name: Specs :many
SELECT spec FROM agents;

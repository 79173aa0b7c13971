-- name: ListJobs :many
SELECT * FROM jobs WHERE status = ? AND level = ?;

-- name: StatusOf :one
SELECT status FROM jobs WHERE id = ?;

-- name: LevelOf :one
SELECT level FROM jobs WHERE id = ?;

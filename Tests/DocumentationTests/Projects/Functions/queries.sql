-- name: Add :exec
INSERT INTO t (title, size) VALUES (?, ?);
-- name: Slugs :many
SELECT slugify(title) AS slug FROM t ORDER BY title;
-- name: Middle :one
SELECT median(size) AS middle FROM t;

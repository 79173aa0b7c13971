-- name: ListItems :many
SELECT * FROM items WHERE (sqlc.narg(color) IS NULL OR color = sqlc.narg(color)) AND price < sqlc.arg(below);
-- name: ListPlain :many
SELECT * FROM plain;
-- name: ListNext :many
SELECT * FROM next;
-- name: ListPresent :many
SELECT * FROM present;

-- name: ByIDs :many
SELECT * FROM agents WHERE id IN (sqlc.slice('ids'));

-- name: ByIDsAndNames :many
SELECT id FROM agents WHERE id IN (sqlc.slice('ids')) AND name <> @but AND name IN (sqlc.slice('names')) LIMIT ?;

-- name: DeleteByIDs :execrows
DELETE FROM agents WHERE id IN (sqlc.slice('ids')) OR (note IS NOT NULL AND id IN (sqlc.slice('ids')));

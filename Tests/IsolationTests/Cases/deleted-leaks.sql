-- Queries that see or change deleted rows.

-- name: All :many
SELECT id FROM lists;
-- name: ById :one
SELECT name FROM lists WHERE id = @id;
-- name: Joined :many
SELECT i.title FROM lists l JOIN items i ON i.list_id = l.id WHERE l.deleted_at IS NULL;
-- name: JoinedParent :many
SELECT i.title, l.name FROM items i JOIN lists l ON l.id = i.list_id WHERE i.deleted_at IS NULL;
-- name: LeftJoined :many
SELECT l.name, count(i.id) AS n FROM lists l LEFT JOIN items i ON i.list_id = l.id WHERE l.deleted_at IS NULL GROUP BY l.id;
-- name: WrongSide :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id AND l.deleted_at IS NULL WHERE i.deleted_at IS NULL;
-- name: WithoutParentheses :many
SELECT id FROM items WHERE deleted_at IS NULL AND done = 0 OR title = @title;
-- name: Opposite :many
SELECT id FROM items WHERE deleted_at IS NOT NULL;
-- name: Counted :one
SELECT count(*) FROM items WHERE list_id = @list_id;
-- name: InSubquery :many
SELECT id FROM items WHERE deleted_at IS NULL AND list_id IN (SELECT id FROM lists WHERE name = @name);
-- name: Arm :many
SELECT title FROM items WHERE deleted_at IS NULL UNION ALL SELECT name FROM lists;
-- name: Late :many
SELECT id FROM (SELECT id, deleted_at FROM items ORDER BY id LIMIT 5) WHERE deleted_at IS NULL;
-- name: DeletedAgain :exec
UPDATE items SET deleted_at = @now WHERE id = @id;
-- name: Renamed :exec
UPDATE items SET title = @title WHERE id = @id;
-- name: Removed :exec
DELETE FROM items WHERE id = @id;
-- name: OntoDeleted :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1;
-- name: Found :many
SELECT rowid FROM items_fts WHERE items_fts MATCH @words;
-- name: FoundJoined :many
SELECT i.id FROM items_fts f JOIN items i ON i.id = f.rowid WHERE items_fts MATCH @words;

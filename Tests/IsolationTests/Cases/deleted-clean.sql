-- Queries that keep to rows that are there.

-- name: All :many
SELECT id FROM lists WHERE deleted_at IS NULL;
-- name: IsNull :many
SELECT id FROM lists WHERE deleted_at IS NULL AND (name = @name OR @name IS NULL);
-- name: NotNotNull :many
SELECT id FROM lists WHERE NOT (deleted_at IS NOT NULL);
-- name: Joined :many
SELECT i.title FROM lists l JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL WHERE l.deleted_at IS NULL;
-- name: LeftJoined :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL WHERE l.deleted_at IS NULL;
-- name: BothBranches :many
SELECT id FROM items WHERE (deleted_at IS NULL AND done = 0) OR (deleted_at IS NULL AND title = @title);
-- name: Viewed :many
SELECT id FROM live_items WHERE list_id = @list_id;
-- name: Derived :many
SELECT id FROM (SELECT id, deleted_at AS gone FROM items) WHERE gone IS NULL;
-- name: Common :many
WITH live AS (SELECT id, list_id FROM items WHERE deleted_at IS NULL) SELECT l.id, count(live.id) AS n FROM lists l LEFT JOIN live ON live.list_id = l.id WHERE l.deleted_at IS NULL GROUP BY l.id;
-- name: Filtered :one
SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS n FROM items;
-- name: InSubquery :many
SELECT id FROM items WHERE deleted_at IS NULL AND list_id IN (SELECT id FROM lists WHERE name = @name AND deleted_at IS NULL);
-- name: SelfJoined :many
SELECT b.title FROM items a JOIN items b ON b.id = a.id WHERE a.deleted_at IS NULL;
-- name: Deleted :exec
UPDATE items SET deleted_at = @now WHERE id = @id AND deleted_at IS NULL;
-- name: Restored :exec
UPDATE items SET deleted_at = NULL WHERE id = @id;
-- name: Purged :exec
DELETE FROM items WHERE deleted_at < @before;
-- name: PurgedAll :exec
DELETE FROM items WHERE deleted_at IS NOT NULL;
-- name: Added :exec
INSERT INTO lists (name) VALUES (@name);
-- name: Revived :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1, deleted_at = NULL;
-- name: OntoLive :exec
INSERT INTO lists (name) VALUES (@name) ON CONFLICT (name) WHERE deleted_at IS NULL DO UPDATE SET name = excluded.name;
-- name: Found :many
SELECT i.id FROM items_fts f JOIN items i ON i.id = f.rowid WHERE items_fts MATCH @words AND i.deleted_at IS NULL ORDER BY rank;

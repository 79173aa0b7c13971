-- Deleted rows that are meant: cleared away, or made to count again. Left alone, though executions show them.

-- name: Restored :exec
UPDATE items SET deleted_at = NULL WHERE id = @id;
-- name: RestoredFrom :exec
UPDATE items SET deleted_at = NULL FROM lists l WHERE l.id = items.list_id AND l.deleted_at IS NULL;
-- name: Purged :exec
DELETE FROM items WHERE deleted_at < @before;
-- name: PurgedBetween :exec
DELETE FROM items WHERE deleted_at BETWEEN @from AND @to;
-- name: PurgedAt :exec
DELETE FROM comments WHERE deleted_at = @at;
-- name: PurgedAll :exec
DELETE FROM items WHERE deleted_at IS NOT NULL;
-- name: Revived :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1, deleted_at = NULL;
-- name: RevivedByNew :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1, deleted_at = excluded.deleted_at;
-- name: RevivedByNull :exec
INSERT INTO labels (name, uses, deleted_at) VALUES (@name, 1, NULL) ON CONFLICT (name) DO UPDATE SET deleted_at = excluded.deleted_at;

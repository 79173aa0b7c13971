-- name: Everything :many
-- Zeigt alles, was größer ist — 日本語.
SELECT * FROM jobs;
-- name: InSliceWithoutParentheses :many
SELECT id FROM jobs WHERE id IN sqlc.slice('ids') AND priority > @priority;
-- name: EscapeBackslash :many
SELECT id FROM jobs WHERE title LIKE ? ESCAPE '\';
-- name: NullableJSON :many
SELECT json_extract(spec, '$.kind') AS kind, spec ->> '$.kind' AS arrow FROM jobs;
-- name: CoalesceOuter :many
SELECT coalesce(a.name, b.name) AS name FROM jobs AS j LEFT JOIN owners AS a ON a.id = j.owner_id LEFT JOIN owners AS b ON b.id = j.owner_id;
-- name: ConcatOuter :many
SELECT j.id, group_concat(o.name) AS names FROM jobs AS j LEFT JOIN owners AS o ON o.id = j.owner_id GROUP BY j.id;
-- name: CastNullable :many
SELECT CAST(note AS INTEGER) AS note FROM jobs;
-- name: RoundOfNullif :many
SELECT ROUND(score / NULLIF(priority, 0)) AS ratio FROM jobs;
-- name: LaterBranches :many
SELECT name FROM owners UNION SELECT nick FROM owners;
-- name: SumOfIntegers :one
SELECT sum(priority) AS total FROM jobs;
-- name: NotIn :many
SELECT id FROM jobs WHERE priority BETWEEN @low AND @high AND NOT title IN (@a, @b);
-- name: SliceThenNumbered :many
SELECT id FROM jobs WHERE title IN (sqlc.slice('titles')) AND priority = @priority;
-- name: FirstUse :many
SELECT id FROM jobs WHERE (@finished IS NULL OR finished = @finished);
-- name: MixedStyles :many
SELECT id FROM jobs WHERE title = ? AND note = @note AND score > :score AND priority < sqlc.arg(top);

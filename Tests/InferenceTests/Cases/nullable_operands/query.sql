-- name: A01 :many
SELECT id FROM agents WHERE deleted_at BETWEEN ? AND ?;
-- name: A02 :many
SELECT id FROM agents WHERE nick LIKE '%' || ? || '%' AND steps % ? = 0;
-- name: A03 :many
SELECT id FROM agents WHERE (parent_id, kind) = (?, ?);
-- name: A04 :many
SELECT id FROM agents WHERE (parent_id, steps) IN (VALUES (?, ?), (?, ?));
-- name: A05 :many
SELECT id FROM agents WHERE parent_id IN (SELECT agent_id FROM runs WHERE tokens > ? AND status = ?);
-- name: A06 :many
SELECT id, CASE kind WHEN ? THEN ? WHEN 'b' THEN steps ELSE ? END AS v FROM agents;
-- name: A07 :many
SELECT coalesce(nick, ?) AS n, ifnull(steps, ?) AS s, nullif(nick, ?) AS z, iif(paused, ?, steps) AS q FROM agents;
-- name: A08 :one
UPDATE agents SET nick = ?, steps = coalesce(?, steps), score = score + ?, paused = NOT paused, spec = json_set(spec, '$.a', ?) WHERE id = ? RETURNING *;
-- name: A09 :exec
UPDATE agents SET (nick, steps) = (?, ?) WHERE id = ?;
-- name: A10 :one
INSERT INTO agents (id, user_id, name, nick, kind, spec, score) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, name) DO UPDATE SET nick = excluded.nick, score = excluded.score + ?, steps = coalesce(agents.steps, ?) WHERE agents.deleted_at IS NULL RETURNING id, nick;
-- name: A11 :many
SELECT a.id, r.id AS run, r.tokens, r.status FROM agents a LEFT JOIN runs r ON r.agent_id = a.id AND r.status = ? WHERE a.user_id = ? ORDER BY r.started_at DESC NULLS LAST LIMIT ? OFFSET ?;
-- name: A12 :many
SELECT a.id, sum(r.tokens) AS t, avg(r.cost) AS c, total(r.cost) AS tot, count(r.id) AS n, count(*) FILTER (WHERE r.status = ?) AS d, min(r.started_at) AS f, group_concat(r.status, ?) AS g FROM agents a LEFT JOIN runs r ON r.agent_id = a.id GROUP BY a.id HAVING count(r.id) > ? AND sum(r.tokens) > ?;
-- name: A13 :many
SELECT * FROM active_agents WHERE run_count > ? AND last_run > ?;
-- name: A14 :many
WITH RECURSIVE up(id, parent_id, depth) AS (SELECT id, parent_id, 0 FROM agents WHERE id = ? UNION ALL SELECT a.id, a.parent_id, depth + 1 FROM agents a JOIN up ON a.id = up.parent_id WHERE depth < ?) SELECT * FROM up;
-- name: A15 :many
SELECT id, row_number() OVER (PARTITION BY agent_id ORDER BY started_at) AS n, lag(tokens, 1, ?) OVER w AS p, first_value(cost) OVER w AS f, sum(tokens) OVER (ORDER BY id ROWS BETWEEN ? PRECEDING AND CURRENT ROW) AS s FROM runs WINDOW w AS (ORDER BY id);
-- name: A16 :many
SELECT s.rowid, s.rank, highlight(agent_search, 0, ?, ?) AS h, snippet(agent_search, 1, '<', '>', '…', ?) AS sn FROM agent_search s WHERE agent_search MATCH ? AND rank < ? ORDER BY rank;
-- name: A17 :many
SELECT j.key, j.value, j.type FROM agents, json_each(agents.spec, ?) j WHERE agents.id = ? AND j.value > ?;
-- name: A18 :one
SELECT EXISTS (SELECT 1 FROM agents WHERE nick = ?) AS found, (SELECT count(*) FROM runs WHERE tokens >= ?) AS c, (SELECT max(tokens) FROM runs WHERE agent_id = ?) AS m;
-- name: A19 :many
SELECT date(started_at) AS day, strftime(?, started_at) AS f, datetime(started_at, ?) AS dt, julianday(finished_at) - julianday(started_at) AS diff, unixepoch(started_at) AS u FROM runs WHERE date(started_at) = ? AND started_at > datetime('now', ?);
-- name: A20 :many
SELECT id FROM agents WHERE (@q IS NULL OR name LIKE @q) AND (sqlc.narg('kind') IS NULL OR kind = sqlc.narg('kind')) AND user_id = @user_id AND steps IN (sqlc.slice('steps')) AND nick NOT IN (sqlc.slice('nicks'));
-- name: A21 :execrows
DELETE FROM runs WHERE started_at < ? OR agent_id IN (SELECT id FROM agents WHERE deleted_at < ?);
-- name: A22 :many
SELECT id FROM agents UNION SELECT agent_id FROM runs WHERE tokens = ? EXCEPT SELECT agent_id FROM tags WHERE tag = ? ORDER BY 1 LIMIT ?;
-- name: A23 :exec
INSERT INTO tags (agent_id, tag) SELECT id, ? FROM agents WHERE user_id = ? AND nick IS ?;
-- name: A24 :one
SELECT a.*, p.name AS parent_name FROM agents a LEFT JOIN agents p ON p.id = a.parent_id WHERE a.id = ? AND a.user_id = ?;
-- name: A25 :many
SELECT sqlc.embed(a), sqlc.embed(r) FROM agents a LEFT JOIN runs r ON r.agent_id = a.id WHERE r.status IS ? OR r.tokens IS NOT ?;
-- name: A26 :one
SELECT * FROM agents WHERE user_id = ? AND name = ?;
-- name: A27 :one
SELECT count(*) AS n, sum(active) AS s, max(created_at) AS m, min(paused) AS mp FROM agents WHERE active = ? AND paused = ?;
-- name: A28 :many
SELECT spec ->> '$.model' AS model, json_extract(spec, '$.n') + ? AS n, spec -> ? AS sub FROM agents WHERE spec ->> '$.model' = ? AND json_extract(spec, ?) > ?;
-- name: A29 :many
SELECT abs(steps - ?) AS d, round(score, ?) AS r, substr(nick, ?, ?) AS su, replace(nick, ?, ?) AS re, upper(nick) AS up, length(nick) AS l, printf('%s-%d', nick, ?) AS pf, max(steps, ?) AS mx, instr(nick, ?) AS ins FROM agents;
-- name: A30 :exec
UPDATE runs SET finished_at = CURRENT_TIMESTAMP, tokens = tokens + ?, data = ? FROM agents WHERE agents.id = runs.agent_id AND agents.nick = ? AND runs.id = ?;
-- name: A31 :many
SELECT id FROM agents WHERE steps BETWEEN ? AND ? + 10 AND ? BETWEEN created_at AND deleted_at;

-- name: C01 :one
INSERT INTO users (email, name, age, meta) VALUES (@email, @name, @age, json(@meta)) RETURNING id, full, created, coalesce(name, 'x') AS n;
-- name: C02 :one
INSERT INTO users (email, manager_id) SELECT ?, id FROM users WHERE email = ? LIMIT 1 RETURNING *;
-- name: C03 :exec
INSERT OR REPLACE INTO kv (k, v, exp) VALUES (?, ?, unixepoch() + ?);
-- name: C04 :one
INSERT INTO metrics (user_id, day) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = metrics.n + excluded.n RETURNING n;
-- name: C05 :one
INSERT INTO users (email) VALUES (?) ON CONFLICT (email) DO NOTHING RETURNING id;
-- name: C06 :many
INSERT INTO posts (id, user_id, title) VALUES (?, ?, ?), (?, ?, ?) RETURNING id;
-- name: C07 :one
UPDATE users SET name = COALESCE(sqlc.narg('name'), name), age = CASE WHEN @set_age THEN @age ELSE age END WHERE id = @id RETURNING id, name, age;
-- name: C08 :execrows
UPDATE posts SET views = views + 1, score = ? * 1.5 WHERE user_id IN (SELECT id FROM users WHERE age > ?) AND title LIKE ? || '%';
-- name: C09 :one
DELETE FROM posts WHERE id = ? RETURNING *;
-- name: C10 :many
DELETE FROM posts WHERE published_at < ? RETURNING id, title;
-- name: C11 :many
WITH recent AS (SELECT * FROM posts WHERE published_at > ?), tops AS (SELECT user_id, max(views) AS mv, count(*) AS c FROM recent GROUP BY user_id) SELECT u.email, t.mv, t.c FROM users u LEFT JOIN tops t ON t.user_id = u.id WHERE u.age >= ? OR u.age IS NULL;
-- name: C12 :many
SELECT p.*, u.name AS author FROM posts p JOIN users u ON u.id = p.user_id LEFT JOIN users m ON m.id = u.manager_id WHERE m.name = ? ;
-- name: C13 :many
SELECT u.id, m.name AS manager FROM users u LEFT JOIN users m ON m.id = u.manager_id WHERE m.id IS NULL OR m.age > ?;
-- name: C14 :many
SELECT * FROM post_stats WHERE posts > 0;
-- name: C15 :one
SELECT sum(views) AS v, avg(score) AS s, count(DISTINCT user_id) AS u FROM posts WHERE user_id = ?;
-- name: C16 :one
SELECT coalesce(sum(views), 0) AS v, coalesce(max(published_at), '') AS l, ifnull(avg(score), 0.0) AS a, total(score) AS t FROM posts;
-- name: C17 :many
SELECT user_id, day, n, sum(n) OVER (PARTITION BY user_id ORDER BY day) AS running, n - lag(n) OVER (PARTITION BY user_id ORDER BY day) AS delta FROM metrics WHERE day BETWEEN ? AND ?;
-- name: C18 :one
SELECT v FROM kv WHERE k = ? AND (exp IS NULL OR exp > ?);
-- name: C19 :many
SELECT key, value, typeof(value) AS t FROM users, json_each(users.meta) WHERE users.id = ? AND type = 'text';
-- name: C20 :many
SELECT id, title FROM posts WHERE title = ? COLLATE NOCASE ORDER BY CASE WHEN @sort = 'views' THEN views END DESC, title LIMIT coalesce(@limit, 10);
-- name: C21 :many
SELECT id, (SELECT group_concat(title, ', ') FROM posts WHERE user_id = users.id) AS titles, (SELECT title FROM posts WHERE user_id = users.id ORDER BY views DESC LIMIT 1) AS top, EXISTS(SELECT 1 FROM posts WHERE user_id = users.id AND views > @min) AS has FROM users;
-- name: C22 :many
SELECT DISTINCT substr(email, instr(email, '@') + 1) AS domain, lower(trim(name)) AS nm, length(bio) AS l, full FROM users WHERE email GLOB ? AND bio <> '' AND name IS NOT NULL;
-- name: C24 :many
SELECT u.* FROM users u WHERE (u.email, u.age) > (?, ?) ORDER BY u.email, u.age LIMIT ?;
-- name: C25 :many
SELECT strftime('%Y-%m', created) AS month, count(*) AS n, min(created) AS first FROM users GROUP BY month HAVING n > ? ORDER BY month;
-- name: C26 :many
SELECT a.id AS a, b.id AS b FROM users a CROSS JOIN users b USING (age) WHERE a.id < b.id;
-- name: C27 :many
SELECT p.id FROM posts p WHERE NOT EXISTS (SELECT 1 FROM posts q WHERE q.user_id = p.user_id AND q.views > p.views) AND p.score IS NOT ? AND p.body IS NULL;
-- name: C28 :many
WITH RECURSIVE tree AS (SELECT id, name, 0 AS lvl, email AS path FROM users WHERE manager_id IS NULL UNION ALL SELECT u.id, u.name, t.lvl + 1, t.path || '/' || u.email FROM users u JOIN tree t ON u.manager_id = t.id) SELECT * FROM tree WHERE lvl <= ?;
-- name: C29 :one
SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM posts WHERE views > ?) AS posts, (SELECT avg(age) FROM users) AS age;
-- name: C30 :many
SELECT u.id, json_group_array(json_object('id', p.id, 'title', p.title)) AS posts, json_group_array(p.title) FILTER (WHERE p.id IS NOT NULL) AS titles FROM users u LEFT JOIN posts p ON p.user_id = u.id GROUP BY u.id;
-- name: C31 :many
SELECT max(views, ?) AS m, min(score, ?) AS s, round(score * ?, 2) AS r, abs(views - ?) AS d, views % ? AS md, views / ? AS q, -score AS ng FROM posts;
-- name: C32 :many
SELECT name FROM users WHERE age IN (SELECT age FROM users WHERE name LIKE ?) AND id NOT IN (sqlc.slice('skip')) AND age + ? > 3;
-- name: C33 :exec
DELETE FROM users WHERE id = ? AND NOT EXISTS (SELECT 1 FROM posts WHERE posts.user_id = users.id AND posts.views > ?);
-- name: C34 :one
SELECT * FROM users WHERE email = ? COLLATE NOCASE;
-- name: C35 :one
SELECT * FROM posts WHERE user_id = ? AND published_at IS NULL;
-- name: C36 :one
SELECT u.email FROM users u, kv WHERE u.email = kv.k AND kv.k = ?;
-- name: C37 :many
SELECT iif(age >= 18, 'adult', 'minor') AS g, age >= 18 AS ad, age IS NULL AS un, NOT age AS na, age BETWEEN 1 AND 5 AS bt, name LIKE 'a%' AS lk, name IN ('a') AS i FROM users;
-- name: C23 :one
SELECT CAST(count(*) AS REAL) / ? AS ratio, CAST(NULL AS TEXT) AS nix, 1 AS one, 'x' AS lit, NULL AS nul, x'00' AS b, 1.5 AS r, TRUE AS yes FROM users;
-- name: D01 :many
SELECT * FROM users u JOIN posts p ON p.user_id = u.id AND p.score > ? AND u.age = ?;
-- name: D02 :many
SELECT u.id, p.id FROM users u LEFT JOIN (posts p JOIN kv ON kv.k = p.id AND kv.exp > ?) ON p.user_id = u.id;
-- name: D03 :many
SELECT p.title, k.v FROM posts p LEFT JOIN kv k ON k.k = p.id LEFT JOIN metrics m ON m.user_id = p.user_id WHERE m.n > 0;
-- name: D04 :many
SELECT coalesce(p.title, k.k) AS t, coalesce(k.k, 'none') AS kk FROM posts p FULL JOIN kv k ON k.k = p.id;
-- name: D05 :many
SELECT id, CASE WHEN age IS NULL THEN ? WHEN age < ? THEN 'young' ELSE ? END AS label FROM users;
-- name: D06 :many
SELECT id FROM users WHERE ? = name AND ? < age AND ? IN (SELECT title FROM posts) AND (? IS NULL) = (name IS NULL);
-- name: D07 :many
SELECT id FROM users WHERE name = upper(?) AND age = abs(?) AND created > datetime(?) AND created >= date('now', ?);
-- name: D08 :many
SELECT id FROM users WHERE length(name) > ? AND substr(name, ?, 1) = ? AND age + ? * 2 = ? AND -age < ?;
-- name: D09 :many
SELECT ? AS a, ? + 1 AS b, ? || 'x' AS c, coalesce(?, 1) AS d, CAST(? AS INTEGER) AS e, ? IS NULL AS f;
-- name: D10 :many
VALUES (?, 1), ('x', ?);
-- name: D11 :exec
INSERT INTO metrics (user_id, day, n) SELECT user_id, date(?), count(*) FROM posts WHERE views > ? GROUP BY user_id HAVING count(*) > ? ON CONFLICT (user_id, day) DO UPDATE SET n = excluded.n + ? WHERE excluded.n > ?;
-- name: D12 :many
SELECT u.id FROM users u WHERE (SELECT count(*) FROM posts p WHERE p.user_id = u.id AND p.title = ?) > ? ORDER BY (SELECT max(views) FROM posts p WHERE p.user_id = u.id AND p.score > ?) DESC LIMIT ?, ?;
-- name: D13 :many
SELECT id FROM users WHERE id = ?1 OR manager_id = ?1 OR name = ?2 OR email = ?2;
-- name: D14 :many
SELECT id FROM users WHERE email IN (sqlc.slice(emails)) AND age > @age AND name IN (sqlc.slice('names')) AND id <> ?;
-- name: D15 :one
SELECT sqlc.embed(users), sqlc.embed(posts), count(*) OVER () AS total FROM posts JOIN users ON users.id = posts.user_id WHERE posts.id = sqlc.arg('post_id');
-- name: D16 :many
SELECT 1 WHERE ?;
-- name: D17 :many
SELECT id FROM users WHERE age BETWEEN sqlc.narg('lo') AND sqlc.narg('hi') OR sqlc.narg('lo') IS NULL;
-- name: D18 :one
SELECT id, name FROM users WHERE email = lower(?) LIMIT 1;
-- name: D19 :one
UPDATE users SET meta = json_patch(coalesce(meta, '{}'), ?), age = min(age, ?), name = nullif(?, '') WHERE id = ? RETURNING meta ->> '$.a' AS a, json_extract(meta, '$.b') AS b, name;
-- name: D20 :many
SELECT u.name, p.* FROM users u LEFT JOIN posts p ON p.user_id = u.id ORDER BY u.name COLLATE NOCASE;
-- name: D21 :many
SELECT name, email FROM users WHERE name > ? UNION SELECT title, body FROM posts WHERE score > ? ORDER BY name LIMIT ?;
-- name: D22 :many
SELECT row_number() OVER win AS rn, p.title, dense_rank() OVER (PARTITION BY p.user_id ORDER BY p.views DESC) AS dr, first_value(p.title) OVER win AS fv, sum(p.views) FILTER (WHERE p.score > ?) OVER win AS fs FROM posts p WINDOW win AS (PARTITION BY p.user_id ORDER BY p.published_at);
-- name: D23 :execresult
UPDATE posts SET score = NULL, body = ?, views = views + coalesce(?, 0) WHERE id = ?;
-- name: D24 :exec
DELETE FROM kv WHERE exp < unixepoch('now', ?);
-- name: D25 :many
SELECT name FROM pragma_table_info(?) WHERE type = ?;

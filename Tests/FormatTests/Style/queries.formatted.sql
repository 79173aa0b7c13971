-- name: Orders :many
-- Orders with their customers.
SELECT
  o.id,
  o.total,
  c.name AS customer_name,
  coalesce(o.note, '') AS note,
  CASE
    WHEN o.paid_at IS NULL THEN 'open'
    WHEN o.sent_at IS NULL THEN 'paid'
    ELSE 'done'
  END AS state
FROM orders AS o
JOIN customers AS c ON c.id = o.customer_id
LEFT JOIN addresses AS a
  ON a.customer_id = c.id
    AND a.kind = 'delivery'
    AND a.valid_from <= o.created_at
    AND a.valid_until > o.created_at
WHERE o.tenant_id = sqlc.arg(tenant)
  AND (o.state IN ('open', 'paid') OR o.total >= sqlc.arg(minimum))
  AND sqlc.optional(status, o.status = sqlc.arg(status)) -- left out when nil
  AND NOT EXISTS (SELECT 1 FROM blocked AS b WHERE b.customer_id = c.id)
ORDER BY sqlc.order(
  o.created_at DESC,
  o.total AS total,
  c.name COLLATE nocase AS customer NULLS LAST
)
LIMIT sqlc.arg(page);

-- name: Short :one
SELECT * FROM orders WHERE id = ?;

-- name: Long :many
SELECT id
FROM orders
WHERE id IN (
  1000001, 1000002, 1000003, 1000004, 1000005, 1000006, 1000007, 1000008, 1000009, 1000010, 1000011,
  1000012
);

-- name: Tree :many
WITH RECURSIVE tree (id, parent, depth) AS (
  SELECT id, parent_id, 0
  FROM nodes
  WHERE id = ?1
  UNION ALL
  SELECT n.id, n.parent_id, t.depth + 1
  FROM nodes n
  JOIN tree t ON n.parent_id = t.id
  WHERE t.depth < 10
),
leaves AS MATERIALIZED (SELECT id FROM tree WHERE depth > 3)
SELECT tree.*, count( * ), max(tree.depth) - 1 AS deepest
FROM tree
JOIN leaves USING (id);

-- name: Running :many
SELECT
  day,
  sum(amount) OVER (
    PARTITION BY account_id
    ORDER BY day
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS balance,
  rank() OVER w AS place,
  sum(amount) FILTER (WHERE amount > 0) OVER (
    PARTITION BY account_id, currency, booking_kind
    ORDER BY day DESC, id DESC
    GROUPS BETWEEN 3 PRECEDING AND 1 FOLLOWING EXCLUDE TIES
  ) AS income
FROM bookings
WINDOW w AS (PARTITION BY account_id ORDER BY amount DESC);

-- name: Save :exec
INSERT INTO settings (key, value, updated_at)
VALUES (?, ?, CURRENT_TIMESTAMP)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
  WHERE settings.value <> excluded.value
RETURNING *;

-- name: Copy :execrows
INSERT INTO archive (id, body)
SELECT id, body || ''
FROM messages
WHERE created_at < ? -- too old
;

-- name: Rename :exec
UPDATE customers
SET
  name = ?1,
  name_key = lower(?1),
  (city, zip) = (SELECT city, zip FROM addresses WHERE customer_id = customers.id LIMIT 1)
WHERE id = ?2;

/* name: Purge :execrows */ DELETE FROM messages
WHERE id IN (SELECT id FROM messages WHERE deleted_at IS NOT NULL ORDER BY deleted_at LIMIT ?);

-- name: Either :many
SELECT id, 'a' AS kind
FROM a
UNION ALL
SELECT id, 'b'
FROM b
/* the rest */ EXCEPT
SELECT id, kind
FROM hidden
-- stands above
ORDER BY id; -- stands behind

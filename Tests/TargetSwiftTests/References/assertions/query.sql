-- name: ListPaid :many
-- The application never stores a paid order without its time and its user.
SELECT o.id, sqlc.notnull(o.paid_at), sqlc.notnull(sqlc.embed(u))
FROM orders o LEFT JOIN users u ON u.id = o.user_id
WHERE o.state = 'paid'
ORDER BY o.id;

-- name: LatestPayment :one
SELECT sqlc.notnull(max(paid_at)) AS latest FROM orders;

-- name: Totals :many
-- A later version may keep no total.
SELECT id, sqlc.nullable( total ) FROM orders ORDER BY id;

-- name: PayOrder :one
-- In RETURNING as well: the table's struct would say less.
UPDATE orders SET state = 'paid', total = @total WHERE id = @id
RETURNING id, user_id, total, sqlc.notnull(paid_at), state;

-- name: CreateUser :one
INSERT INTO users (name, email) VALUES (@name, @email) RETURNING id;

-- name: CreateOrder :one
INSERT INTO orders (user_id, total, paid_at, state) VALUES (@user_id, @total, @paid_at, @state) RETURNING id;

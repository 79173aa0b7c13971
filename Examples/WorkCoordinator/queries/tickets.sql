-- name: CreateTicket :one
INSERT INTO tickets (title, priority) VALUES (@title, @priority) RETURNING *;

-- name: GetTicket :one
SELECT * FROM tickets WHERE id = @id;

-- name: ListOpenTickets :many
-- The next page, most important first; without a cursor the first one.
SELECT id, title, phase_id, priority, created_at FROM tickets
WHERE status = 'open' AND sqlc.after(@after)
ORDER BY priority DESC, created_at DESC, id DESC
LIMIT @page_size;

-- name: MoveTicket :one
UPDATE tickets SET phase_id = @phase_id, status = CASE WHEN @phase_id = 'done' THEN 'closed' ELSE 'open' END, updated_at = now()
WHERE id = @id
RETURNING *;

-- name: SummariseTickets :many
-- Tickets with how far their tasks are, and what they cost so far.
SELECT t.id, t.title, count(k.id) AS task_count, count(k.id) FILTER (WHERE k.status = 'completed') AS completed_count,
  coalesce(sum(c.cost), 0)::NUMERIC(14, 6) AS cost
FROM tickets t
LEFT JOIN tasks k ON k.ticket_id = t.id
LEFT JOIN LATERAL (SELECT sum(r.cost) AS cost FROM cost_records r WHERE r.task_id = k.id) c ON TRUE
GROUP BY t.id
ORDER BY t.priority DESC, t.id
LIMIT 100;

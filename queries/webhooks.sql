-- name: CreateWebhook :one
INSERT INTO webhooks (user_id, url, secret, events) VALUES (?, ?, ?, ?) RETURNING *;

-- name: WebhooksForEvent :many
-- Enabled webhooks that want to hear of the event.
SELECT w.id, w.url, w.secret
FROM webhooks AS w
WHERE w.is_enabled AND EXISTS (SELECT 1 FROM json_each(w.events) AS j WHERE j.value = @event)
ORDER BY w.id;

-- name: EnqueueDelivery :one
INSERT INTO webhook_deliveries (webhook_id, event, payload, next_attempt_at)
VALUES (?, ?, ?, ?)
RETURNING id;

-- name: NextDeliveries :many
SELECT sqlc.embed(d), w.url
FROM webhook_deliveries AS d
JOIN webhooks AS w ON w.id = d.webhook_id
WHERE d.status = 'pending' AND d.next_attempt_at <= @now
ORDER BY d.next_attempt_at, d.id
LIMIT @count;

-- name: RecordAttempt :one
UPDATE webhook_deliveries
SET
  status = @status,
  http_status = @http_status,
  attempts = attempts + 1,
  next_attempt_at = @next_attempt_at,
  delivered_at = CASE WHEN @status = 'success' THEN CURRENT_TIMESTAMP END
WHERE id = @id
RETURNING attempts, delivered_at;

-- name: DeliveryStatistics :many
SELECT
  w.id,
  w.url,
  count(d.id) AS deliveries,
  sum(CASE WHEN d.status = 'success' THEN 1 ELSE 0 END) AS successes,
  max(d.created_at) AS latest_at
FROM webhooks AS w
LEFT JOIN webhook_deliveries AS d ON d.webhook_id = w.id
WHERE w.user_id = :user_id
GROUP BY w.id
ORDER BY w.id;

-- name: DeleteOldDeliveries :execrows
DELETE FROM webhook_deliveries WHERE created_at < datetime('now', @age) AND status <> 'pending';

-- name: RecordEvents :copyfrom
INSERT INTO events (entity_id, event_type, payload) VALUES (@entity_id, @event_type, @payload);

-- name: ListEvents :many
SELECT id, event_type, payload, created_at FROM events WHERE entity_id = @entity_id ORDER BY created_at DESC, id LIMIT @count;

-- name: ReportAnomaly :one
INSERT INTO monitor_anomalies (agent_id, severity, details) VALUES (@agent_id, @severity, @details) RETURNING *;

-- name: ListAnomalies :many
SELECT m.id, m.severity, m.details, m.created_at, a.name AS agent
FROM monitor_anomalies m JOIN agents a ON a.id = m.agent_id
WHERE sqlc.optional(m.severity = @severity)
ORDER BY m.created_at DESC, m.id
LIMIT @count;

-- name: RecordGuardianAction :one
INSERT INTO guardian_actions (target_entity_id, action_name, reason, executed_by_agent_id, audit_log)
VALUES (@target_entity_id, @action_name, @reason, @executed_by_agent_id, @audit_log)
RETURNING *;

-- name: ListGuardianActions :many
SELECT * FROM guardian_actions WHERE target_entity_id = @target_entity_id ORDER BY created_at DESC, id LIMIT 100;

-- name: OpenThread :one
INSERT INTO collaboration_threads (ticket_id, task_id, participants, thread_metadata)
VALUES (@ticket_id, @task_id, @participants, @thread_metadata)
RETURNING *;

-- name: ListThreads :many
SELECT * FROM collaboration_threads WHERE ticket_id = @ticket_id ORDER BY created_at, id LIMIT 100;

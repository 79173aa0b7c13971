-- +goose Up

-- Agents that are not deleted, with the place they run in.
CREATE VIEW active_agents AS
SELECT a.id, a.name, a.description, a.environment_id, e.name AS environment_name, e.user_id, a.created_at
FROM agents AS a
JOIN environments AS e ON e.id = a.environment_id
WHERE a.deleted_at IS NULL;

-- Every agent with its last run, if it ever ran.
CREATE VIEW latest_agent_runs AS
SELECT a.id AS agent_id, a.name AS agent_name, r.id AS run_id, r.status, r.started_at, r.duration_seconds
FROM agents AS a
LEFT JOIN agent_runs AS r ON r.id = (
  SELECT x.id FROM agent_runs AS x WHERE x.agent_id = a.id ORDER BY x.started_at DESC, x.id DESC LIMIT 1
);

-- +goose Down
DROP VIEW latest_agent_runs;
DROP VIEW active_agents;

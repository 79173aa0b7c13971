-- name: AgentsLike :many
SELECT id FROM agents WHERE name LIKE @name ORDER BY last_seen;

-- name: SomeAgents :many
SELECT id FROM agents ORDER BY random() LIMIT 3;

-- name: AgentsByName :many
SELECT id FROM agents ORDER BY name;

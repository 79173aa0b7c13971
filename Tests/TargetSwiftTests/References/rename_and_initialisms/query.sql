-- name: ListServers :many
SELECT * FROM mcp_servers WHERE qps > @min_qps AND usr = ?;

-- name: ListCampus :many
SELECT * FROM campus;

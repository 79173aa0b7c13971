-- Agents that a user may see: her own, and those of her teams.
-- fragment: visible_agents(agent, user)
@agent.owner_id = @user
OR @agent.team_id IN (SELECT m.team_id FROM members AS m WHERE m.user_id = @user) -- a team of hers
;

-- fragment: live_agents(agent, user)
@agent.archived_at IS NULL AND sqlc.use(visible_agents, user => @user, agent => @agent);

-- fragment: agent_columns(agent)
@agent.id, @agent.name, sqlc.notnull(coalesce(@agent.budget, (SELECT max(others.budget) FROM agents AS others))) AS budget;

-- fragment: agents_with_teams(low)
agents AS a LEFT JOIN teams AS t ON t.id = a.team_id AND a.budget >= @low;

-- Operators that end with the sign of a parameter, and casts.
-- fragment: labelled(agent, labels)
@agent.labels @> @labels::text[] AND NOT @agent.labels <@ '{}';

-- fragment: agent_filters(pattern, ids)
sqlc.optional(a.name LIKE @pattern) AND sqlc.optional(chosen, a.id IN (@ids));

-- fragment: chosen_order
sqlc.order(a.name, a.budget DESC NULLS LAST), a.id;

-- name: ListVisible :many
-- row: AgentLine
SELECT sqlc.use(agent_columns, agent => a)
FROM agents AS a
WHERE sqlc.use(live_agents, user => @user_id, agent => a) AND a.id > @after
ORDER BY a.id;

-- name: FindVisible :one
-- row: AgentLine
SELECT sqlc.use(agent_columns, agent => agents)
FROM agents
WHERE id = @id AND sqlc.use(visible_agents, agent => agents, user => @user_id);

-- name: ListLabelled :many
SELECT id FROM agents WHERE sqlc.use(labelled, agent => agents, labels => @labels) OR sqlc.use(labelled, agent => agents, labels => '{old}');

-- name: ListWithTeams :many
SELECT a.id, a.name, sqlc.embed(t)
FROM sqlc.use(agents_with_teams, low => @low::numeric + 1)
WHERE sqlc.use(agent_filters, pattern => @pattern, ids => sqlc.slice(ids)) AND NOT sqlc.use(visible_agents, agent => a, user => @stranger)
ORDER BY sqlc.use(chosen_order);

-- name: CountHidden :one
SELECT count(*) FROM users AS u JOIN sqlc.use(agents_with_teams, low => -1) ON a.owner_id = u.id
WHERE (sqlc.use(visible_agents, agent => a, user => @user_id)) = FALSE;

-- name: ArchiveVisible :execrows
UPDATE agents SET archived_at = now() WHERE id = @id AND sqlc.use(live_agents, agent => agents, user => @user_id);

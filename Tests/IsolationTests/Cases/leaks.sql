-- Queries that look restricted to @user_id and are not. Each is held against executions: other tenants' rows are changed, and
-- what @user_id sees, or what others have, is another then.

-- By id alone.

-- name: TaskById :one
SELECT * FROM tasks WHERE id = @id;
-- name: ProjectBySlug :one
SELECT id, name FROM projects WHERE slug = @slug;
-- name: CommentsOfTask :many
SELECT * FROM comments WHERE task_id = @task_id;
-- name: CommentById :one
SELECT body FROM comments WHERE id = @id;
-- name: FileByPath :one
SELECT size FROM files WHERE path = @path;
-- name: InvoiceById :one
SELECT amount FROM invoices WHERE id = @id;
-- name: SettingByKey :many
SELECT value FROM settings WHERE key = @key;
-- name: ReactionsOfComment :many
SELECT tag_id FROM reactions WHERE comment_id = @comment_id;
-- name: TasksOfProject :many
SELECT id, title FROM tasks WHERE project_id = @project_id;
-- name: CountTasksOfProject :one
SELECT count(*) FROM tasks WHERE project_id = @project_id AND status = 'open';
-- name: DeleteTaskById :exec
DELETE FROM tasks WHERE id = @id AND status = 'open';
-- name: UpdateTaskById :exec
UPDATE tasks SET title = @title WHERE id = @id;
-- name: DeleteCommentById :exec
DELETE FROM comments WHERE id = @id;
-- name: UpdateFile :exec
UPDATE files SET size = @size WHERE path = @path;

-- One branch, one arm.

-- name: OrWithoutParentheses :many
SELECT id FROM tasks WHERE user_id = @user_id AND status = 'open' OR priority > 3;
-- name: OrFirst :many
SELECT id FROM tasks WHERE priority > 3 OR status = 'open' AND user_id = @user_id;
-- name: OrInParentheses :many
SELECT id FROM tasks WHERE (user_id = @user_id OR priority > 3) AND status = 'open';
-- name: OneBranch :many
SELECT id FROM tasks WHERE (user_id = @user_id AND status = 'open') OR (status = 'done' AND priority > 2);
-- name: UnionArm :many
SELECT title AS label FROM tasks WHERE user_id = @user_id UNION ALL SELECT name FROM projects;
-- name: UnionArmById :many
SELECT id FROM tasks WHERE user_id = @user_id UNION SELECT id FROM tasks WHERE project_id = @project_id;
-- name: ThirdArm :many
SELECT id FROM tasks WHERE user_id = @user_id UNION ALL SELECT id FROM projects WHERE user_id = @user_id UNION ALL SELECT id FROM invoices WHERE amount > 2;
-- name: ExceptArm :many
SELECT name FROM projects WHERE user_id = @user_id EXCEPT SELECT name FROM projects WHERE budget > 4;
-- name: IntersectArm :many
SELECT name FROM projects WHERE user_id = @user_id INTERSECT SELECT name FROM projects WHERE budget > 2;
-- name: CaseBranch :many
SELECT id FROM tasks WHERE CASE WHEN status = 'open' THEN user_id = @user_id ELSE 1 END;

-- Another operator.

-- name: NotEqual :many
SELECT id FROM tasks WHERE user_id <> @user_id;
-- name: AtLeast :many
SELECT id FROM tasks WHERE user_id >= @user_id;
-- name: AtMost :many
SELECT id FROM tasks WHERE user_id <= @user_id AND status = 'open';
-- name: InBoth :many
SELECT id FROM tasks WHERE user_id IN (@user_id, 3);
-- name: Negated :many
SELECT id FROM tasks WHERE NOT user_id = @user_id;
-- name: IsNotIt :many
SELECT id FROM tasks WHERE user_id IS NOT @user_id;
-- name: Between :many
SELECT id FROM tasks WHERE user_id BETWEEN @user_id AND 3;
-- name: Alike :many
SELECT id FROM tasks WHERE user_id LIKE @user_id || '%' OR user_id = 3;
-- name: ByRemainder :many
SELECT id FROM tasks WHERE user_id / 2 = @user_id / 2;
-- name: WithItself :many
SELECT id FROM tasks WHERE user_id = user_id AND @user_id = @user_id;

-- Absent means everybody.

-- name: NullMeansAll :many
SELECT id FROM tasks WHERE (@filter IS NULL OR user_id = @filter) AND priority > @user_id - 9;
-- name: ZeroMeansAll :many
SELECT id FROM tasks WHERE (CAST(@every AS INTEGER) > 0 OR user_id = @user_id);
-- name: Coalesced :many
SELECT id FROM tasks WHERE user_id = coalesce(nullif(@user_id, 2), user_id);
-- name: Chosen :many
SELECT id, title FROM tasks WHERE sqlc.optional(user_id = @user_id) AND status = 'open';
-- name: ChosenAmongMany :many
SELECT id FROM tasks WHERE status = 'open' AND sqlc.optional(user_id = @user_id) AND sqlc.optional(priority > @priority);
-- name: IfAsked :many
SELECT id FROM tasks WHERE iif(@only_mine, user_id = @user_id, 1);

-- Joins that are not restricted.

-- name: JoinedProject :many
SELECT t.id, p.name FROM tasks t JOIN projects p ON p.id = t.project_id WHERE t.user_id = @user_id;
-- name: JoinedLeft :many
SELECT t.id, p.name FROM tasks t LEFT JOIN projects p ON p.id = t.project_id WHERE t.user_id = @user_id;
-- name: JoinedOther :many
SELECT p.name, t.title FROM projects p JOIN tasks t ON t.project_id = p.id WHERE p.user_id = @user_id;
-- name: JoinedChildOfOther :many
SELECT c.body FROM projects p JOIN tasks t ON t.project_id = p.id JOIN comments c ON c.task_id = t.id WHERE p.user_id = @user_id;
-- name: CrossJoined :many
SELECT t.id, f.size FROM tasks t, files f WHERE t.user_id = @user_id AND f.size > 3;
-- name: JoinedByName :many
SELECT a.id, b.budget FROM projects a JOIN projects b ON b.name = a.name WHERE a.user_id = @user_id;
-- name: JoinedByKeyName :many
SELECT t.id, s.value FROM tasks t JOIN settings s ON s.key = t.status WHERE t.user_id = @user_id;
-- name: JoinedParent :many
SELECT p.name, q.name AS parent FROM projects p JOIN projects q ON q.id = p.parent_id WHERE p.user_id = @user_id;
-- name: JoinedByTitle :many
SELECT t.id FROM tasks t JOIN tasks o ON o.title = t.title AND o.id <> t.id WHERE t.user_id = @user_id;
-- name: JoinedByDue :many
SELECT t.id, n.body FROM tasks t JOIN notes n ON n.folder_id = t.priority WHERE t.user_id = @user_id;
-- name: JoinedWrongWay :many
SELECT i.amount, t.title FROM invoices i JOIN tasks t ON t.project_id = i.project_id WHERE i.user_id = @user_id;
-- name: ThroughComment :many
SELECT t.title FROM comments c JOIN tasks t ON t.id = c.task_id WHERE c.score > @user_id - 5;

-- The wrong side of an outer join.

-- name: InOn :many
SELECT t.id, c.body FROM tasks t LEFT JOIN comments c ON c.task_id = t.id AND t.user_id = @user_id;
-- name: InOnOfOther :many
SELECT t.id, p.name FROM tasks t LEFT JOIN projects p ON p.id = t.project_id AND p.user_id = @user_id WHERE t.status = 'open';
-- name: OrNull :many
SELECT t.id, p.name FROM tasks t LEFT JOIN projects p ON p.budget = t.priority WHERE t.user_id = @user_id AND (p.user_id = @user_id OR p.id IS NULL);
-- name: OrIsNull :many
SELECT t.id FROM tasks t LEFT JOIN projects p ON p.budget = t.priority WHERE t.user_id = @user_id AND ifnull(p.user_id, @user_id) = @user_id;
-- name: RightSide :many
SELECT p.name, t.id FROM tasks t RIGHT JOIN projects p ON p.id = t.project_id AND t.user_id = @user_id AND p.user_id = @user_id;
-- name: FullSides :many
SELECT t.id, p.id AS project FROM tasks t FULL JOIN projects p ON p.id = t.project_id AND p.user_id = @user_id AND t.user_id = @user_id;
-- name: AntiJoin :many
SELECT p.id FROM projects p LEFT JOIN tasks t ON t.project_id = p.id WHERE p.user_id = @user_id AND t.id IS NULL;
-- name: LeftCount :many
SELECT p.id, count(t.id) AS n FROM projects p LEFT JOIN tasks t ON t.project_id = p.id WHERE p.user_id = @user_id GROUP BY p.id;

-- Names that are unique only per tenant, and keys that prove existence.

-- name: TasksOfProjectName :many
SELECT id FROM tasks WHERE project_id = (SELECT id FROM projects WHERE name = @name ORDER BY id LIMIT 1) AND user_id = @user_id;
-- name: InProjectsNamed :many
SELECT id FROM tasks WHERE user_id = @user_id AND project_id IN (SELECT id FROM projects WHERE name = @name);
-- name: BudgetByName :one
SELECT budget FROM projects WHERE name = @name;
-- name: NameOfProject :many
SELECT id, (SELECT name FROM projects p WHERE p.id = t.project_id) AS project FROM tasks t WHERE user_id = @user_id;
-- name: HasProject :many
SELECT id, EXISTS (SELECT 1 FROM projects p WHERE p.id = t.project_id AND p.budget > 3) AS funded FROM tasks t WHERE user_id = @user_id;
-- name: ExistsOther :many
SELECT id FROM tasks t WHERE user_id = @user_id AND EXISTS (SELECT 1 FROM projects p WHERE p.id = t.project_id AND p.budget > 3);
-- name: NotExistsOther :many
SELECT id FROM projects p WHERE user_id = @user_id AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.project_id = p.id);

-- A child under another's parent.

-- name: AddComment :exec
INSERT INTO comments (task_id, body, score) VALUES (@task_id, @body, 1);
-- name: AddTaskToProject :exec
INSERT INTO tasks (user_id, project_id, title, status, priority) VALUES (@user_id, @project_id, @title, 'open', 1);
-- name: MoveTask :exec
UPDATE tasks SET project_id = @project_id WHERE id = @id AND user_id = @user_id;
-- name: MoveComment :exec
UPDATE comments SET task_id = @task_id WHERE id = @id AND task_id IN (SELECT id FROM tasks WHERE user_id = @user_id);
-- name: AddReaction :exec
INSERT INTO reactions (comment_id, tag_id) VALUES (@comment_id, @tag_id);
-- name: AddSubproject :exec
INSERT INTO projects (user_id, name, slug, budget, parent_id) VALUES (@user_id, @name, @slug, 1, @parent_id);
-- name: AddCommentIfTaskExists :exec
INSERT INTO comments (task_id, body, score) SELECT id, @body, 1 FROM tasks WHERE id = @task_id;

-- Writes.

-- name: SubqueryScopedOnly :exec
UPDATE tasks SET status = 'done' WHERE project_id IN (SELECT id FROM projects WHERE user_id = @user_id);
-- name: DeleteInScopedProject :exec
DELETE FROM tasks WHERE project_id IN (SELECT id FROM projects WHERE user_id = @user_id AND budget > 2);
-- name: ExistsScopedOnly :exec
UPDATE tasks SET priority = 9 WHERE id = @id AND EXISTS (SELECT 1 FROM projects WHERE user_id = @user_id);
-- name: GiveAway :exec
UPDATE tasks SET user_id = @new_user WHERE id = @id AND user_id = @user_id;
-- name: TakeOver :exec
UPDATE files SET user_id = @user_id WHERE path = @path;
-- name: CloneTask :exec
INSERT INTO tasks (user_id, title, status, priority) SELECT @user_id, title, status, priority FROM tasks WHERE id = @id;
-- name: CloneProject :exec
INSERT INTO projects (user_id, name, slug, budget) SELECT @user_id, name || '-copy', slug || '-copy', budget FROM projects WHERE slug = @slug;
-- name: CloneSettings :exec
INSERT OR IGNORE INTO settings (user_id, key, value) SELECT @user_id, key, value FROM settings WHERE key = @key;
-- name: UpdateFromOther :exec
UPDATE tasks SET title = p.name FROM projects p WHERE p.id = tasks.project_id AND tasks.user_id = @user_id;
-- name: UpdateOtherFromMine :exec
UPDATE tasks SET title = p.name FROM projects p WHERE p.id = tasks.project_id AND p.user_id = @user_id;
-- name: SetFromSubquery :exec
UPDATE tasks SET title = (SELECT name FROM projects WHERE id = tasks.project_id) WHERE user_id = @user_id AND project_id IS NOT NULL;

-- Rows in the way.

-- name: UpsertFile :exec
INSERT INTO files (path, user_id, size) VALUES (@path, @user_id, @size) ON CONFLICT (path) DO UPDATE SET size = excluded.size;
-- name: UpsertFileCheckingExcluded :exec
INSERT INTO files (path, user_id, size) VALUES (@path, @user_id, @size) ON CONFLICT (path) DO UPDATE SET size = excluded.size WHERE excluded.user_id = @user_id;
-- name: UpsertFileTakingOver :exec
INSERT INTO files (path, user_id, size) VALUES (@path, @user_id, @size) ON CONFLICT (path) DO UPDATE SET user_id = excluded.user_id;
-- name: ReplaceFile :exec
INSERT OR REPLACE INTO files (path, user_id, size) VALUES (@path, @user_id, @size);
-- name: ReplaceFileShort :exec
REPLACE INTO files (path, user_id, size) VALUES (@path, @user_id, 0);
-- name: UpsertProjectBySlug :exec
INSERT INTO projects (user_id, name, slug, budget) VALUES (@user_id, @name, @slug, @budget) ON CONFLICT (slug) DO UPDATE SET budget = excluded.budget;
-- name: ReplaceTask :exec
INSERT OR REPLACE INTO tasks (id, user_id, title, status, priority) VALUES (@id, @user_id, @title, 'open', 1);
-- name: UpsertTask :exec
INSERT INTO tasks (id, user_id, title, status, priority) VALUES (@id, @user_id, @title, 'open', 1) ON CONFLICT (id) DO UPDATE SET title = excluded.title;
-- name: RenameOverOthers :exec
UPDATE OR REPLACE files SET path = @path WHERE user_id = @user_id AND size > 3;

-- Before the restriction.

-- name: CountAll :one
SELECT count(*) FROM tasks WHERE status = @status;
-- name: MaxOfAll :many
SELECT id FROM tasks WHERE user_id = @user_id AND priority > (SELECT count(*) FROM tasks) % 5;
-- name: ShareOfAll :one
SELECT count(*) FILTER (WHERE user_id = @user_id) * 100 / count(*) FROM tasks;
-- name: RankOfAll :many
SELECT id, place FROM (SELECT id, user_id, rank() OVER (ORDER BY priority DESC) AS place FROM tasks) WHERE user_id = @user_id;
-- name: RowNumberOfAll :many
SELECT id FROM (SELECT id, user_id, row_number() OVER (PARTITION BY status ORDER BY id) AS n FROM tasks) WHERE user_id = @user_id AND n = 1;
-- name: LimitFirst :many
SELECT id FROM (SELECT id, user_id FROM tasks ORDER BY priority DESC, id LIMIT 5) WHERE user_id = @user_id;
-- name: LimitFirstInWith :many
WITH top AS (SELECT id, user_id FROM tasks ORDER BY id LIMIT 6) SELECT id FROM top WHERE user_id = @user_id;
-- name: GroupedWithoutTenant :many
SELECT status, n FROM (SELECT status, max(user_id) AS user_id, count(*) AS n FROM tasks GROUP BY status) WHERE user_id = @user_id;
-- name: GroupedByStatus :many
SELECT status, count(*) AS n FROM tasks GROUP BY status HAVING max(user_id) >= @user_id;
-- name: AverageOfAll :many
SELECT id FROM tasks WHERE user_id = @user_id AND priority > (SELECT avg(t.priority) FROM tasks t WHERE t.status = tasks.status);
-- name: FilteredGroups :many
SELECT title, count(*) FILTER (WHERE user_id = @user_id) AS n FROM tasks GROUP BY title;
-- name: DistinctStatuses :many
SELECT DISTINCT title FROM tasks WHERE @user_id > 0;
-- name: RunningTotal :many
SELECT amount, total FROM (SELECT user_id, amount, sum(amount) OVER (ORDER BY id) AS total FROM invoices) WHERE user_id = @user_id;
-- name: PreviousOfAll :many
SELECT id, before FROM (SELECT id, user_id, lag(id) OVER (ORDER BY id) AS before FROM notes) WHERE user_id = @user_id;

-- Views and common tables.

-- name: OpenTasksOfProject :many
SELECT id, title FROM open_tasks WHERE project_id = @project_id;
-- name: HiddenTenant :one
SELECT title FROM task_titles WHERE id = @id;
-- name: StatusTotals :many
SELECT status, n FROM status_totals WHERE status = @status;
-- name: TopTasks :many
SELECT id, title FROM top_tasks WHERE user_id = @user_id;
-- name: TotalsOfProject :many
SELECT n FROM project_totals WHERE project_id = @project_id;
-- name: ViewOfComments :many
SELECT body FROM task_comments WHERE task_id = @task_id;
-- name: CommonOfAll :many
WITH recent AS (SELECT id, title, user_id FROM tasks WHERE status = 'open') SELECT title FROM recent WHERE id = @id;
-- name: CommonRestrictedElsewhere :many
WITH mine AS (SELECT id FROM projects WHERE user_id = @user_id) SELECT t.title FROM tasks t JOIN mine ON mine.id = t.project_id;
-- name: CommonNotUsed :many
WITH mine AS (SELECT id FROM tasks WHERE user_id = @user_id), every AS (SELECT id, priority FROM tasks) SELECT every.id FROM every WHERE priority > (SELECT count(*) FROM mine);
-- name: RecursiveOut :many
WITH RECURSIVE tree (id, name) AS (
  SELECT id, name FROM projects WHERE user_id = @user_id
  UNION SELECT p.id, p.name FROM projects p JOIN tree ON p.parent_id = tree.id
) SELECT id, name FROM tree;
-- name: RecursiveFromAll :many
WITH RECURSIVE tree (id, user_id) AS (
  SELECT id, user_id FROM projects WHERE parent_id IS NULL
  UNION SELECT p.id, p.user_id FROM projects p JOIN tree ON p.parent_id = tree.id
) SELECT id FROM tree WHERE user_id = @user_id;

-- Search.

-- name: SearchAll :many
SELECT rowid FROM notes_fts WHERE notes_fts MATCH @words;
-- name: SearchRanked :many
SELECT n.id, bm25(notes_fts) AS score FROM notes_fts JOIN notes n ON n.id = notes_fts.rowid WHERE notes_fts MATCH @words AND n.user_id = @user_id;
-- name: SearchByRank :many
SELECT n.id, rank AS score FROM notes_fts JOIN notes n ON n.id = notes_fts.rowid WHERE notes_fts MATCH @words AND n.user_id = @user_id;
-- name: SearchLimited :many
SELECT id FROM notes WHERE user_id = @user_id AND id IN (SELECT rowid FROM notes_fts WHERE notes_fts MATCH @words ORDER BY rowid LIMIT 3);
-- name: SearchJoined :many
SELECT n.body FROM notes_fts JOIN notes n ON n.id = notes_fts.rowid WHERE notes_fts MATCH @words;
-- name: SearchCount :one
SELECT count(*) FROM notes_fts WHERE notes_fts MATCH @words;

-- Captured columns, and NULLs of others.

-- name: Captured :many
SELECT id FROM tasks WHERE user_id IN (SELECT user_id FROM users WHERE id = @user_id);
-- name: CapturedDelete :exec
DELETE FROM files WHERE user_id IN (SELECT user_id FROM users WHERE id = @user_id);
-- name: CapturedExists :many
SELECT id FROM tasks WHERE EXISTS (SELECT 1 FROM users WHERE id = @user_id AND user_id = user_id);
-- name: NotInNull :many
SELECT id FROM projects WHERE user_id = @user_id AND id NOT IN (SELECT due FROM tasks WHERE priority > 5);
-- name: NotInFolder :many
SELECT id FROM tasks WHERE user_id = @user_id AND id NOT IN (SELECT folder_id FROM notes);
-- name: TwoTenants :many
SELECT t.id, p.name FROM tasks t JOIN projects p ON p.user_id = @other WHERE t.user_id = @user_id;
-- name: FixedTenant :many
SELECT id FROM tasks WHERE user_id = 3;
-- name: MostOf :many
SELECT id FROM tasks WHERE user_id = (SELECT max(id) FROM users);

-- Common tables that are named before they are defined.

-- name: DefinedLater :many
WITH a AS (SELECT id FROM b), b AS (SELECT id, title FROM tasks) SELECT id FROM a;
-- name: DefinedLaterBeside :many
WITH mine AS (SELECT id FROM tasks WHERE user_id = @user_id), shown AS (SELECT title FROM everything), everything AS (SELECT title FROM tasks) SELECT title FROM shown, mine;

-- No row fulfils a condition, and something is seen all the same.

-- name: AggregateOfNothing :one
SELECT count(*) AS n, (SELECT max(priority) FROM tasks) AS top FROM tasks WHERE FALSE;
-- name: SameAsNothing :many
SELECT id FROM tasks WHERE due IS (SELECT due FROM tasks WHERE FALSE);
-- name: NotOtherThanNothing :many
SELECT id FROM tasks WHERE NOT (due IS NOT (SELECT due FROM tasks WHERE user_id = @user_id AND FALSE));
-- name: NullOrFalse :one
SELECT NULL AND EXISTS (SELECT 1 FROM tasks WHERE user_id <> @user_id) AS is_known;
-- name: UpsertOfNothing :exec
INSERT INTO notes (id, user_id, body, folder_id) VALUES (@id, @user_id, @body, (SELECT id FROM projects WHERE FALSE))
ON CONFLICT (id) DO UPDATE SET body = excluded.body;
-- name: RightOfNothing :many
SELECT t.id FROM (SELECT * FROM projects WHERE FALSE) p RIGHT JOIN tasks t ON t.project_id = p.id;

-- Queries that are restricted to @user_id, however odd they look. None must be accused, and no execution shows a leak.

-- Plain.

-- name: Task :one
SELECT * FROM tasks WHERE id = @id AND user_id = @user_id;
-- name: TaskTurned :one
SELECT * FROM tasks WHERE @user_id = user_id AND @id = id;
-- name: TaskByRow :one
SELECT title FROM tasks WHERE (user_id, id) = (@user_id, @id);
-- name: TaskByRowIn :one
SELECT title FROM tasks WHERE (id, user_id) IN (VALUES (@id, @user_id));
-- name: TaskIs :many
SELECT id FROM tasks WHERE user_id IS @user_id;
-- name: TaskNotDistinct :many
SELECT id FROM tasks WHERE NOT (user_id IS NOT @user_id);
-- name: OneInList :many
SELECT id FROM tasks WHERE user_id IN (@user_id);
-- name: SameBetween :many
SELECT id FROM tasks WHERE user_id BETWEEN @user_id AND @user_id;
-- name: DoubleNegation :many
SELECT id FROM tasks WHERE NOT (user_id <> @user_id OR status = 'done');
-- name: DeMorgan :many
SELECT id FROM tasks WHERE NOT (NOT (user_id = @user_id) OR priority < 2);
-- name: CastParameter :many
SELECT id FROM tasks WHERE user_id = CAST(@user_id AS INTEGER);
-- name: BothBranches :many
SELECT id FROM tasks WHERE (user_id = @user_id AND status = 'open') OR (priority > 2 AND user_id = @user_id);
-- name: OrInside :many
SELECT id FROM tasks WHERE (status = 'open' OR priority > 3) AND user_id = @user_id;
-- name: NestedOr :many
SELECT id FROM tasks WHERE ((user_id = @user_id AND status = 'open') OR (user_id = @user_id AND (status = 'done' OR due IS NULL)));
-- name: OrOnNull :many
SELECT id FROM tasks WHERE user_id = @user_id AND (@status IS NULL OR status = @status);
-- name: ChosenBeside :many
SELECT id, title FROM tasks WHERE user_id = @user_id AND sqlc.optional(status = @status) AND sqlc.optional(priority > @priority);
-- name: OrderedByChoice :many
SELECT id, title, due FROM tasks WHERE user_id = @user_id ORDER BY sqlc.order(title, due DESC), id;
-- name: OfMany :many
SELECT id FROM tasks WHERE id IN (sqlc.slice(ids)) AND user_id = @user_id;
-- name: CaseInSelect :many
SELECT id, CASE WHEN priority > 3 THEN 'high' ELSE status END AS label FROM tasks WHERE user_id = @user_id;
-- name: LimitAfter :many
SELECT id FROM tasks WHERE user_id = @user_id ORDER BY priority DESC, id LIMIT 3;
-- name: Keyset :many
SELECT id FROM tasks WHERE user_id = @user_id AND (priority, id) < (@priority, @id) ORDER BY priority DESC, id DESC LIMIT 3;

-- Shared tables need nothing.

-- name: AllTags :many
SELECT id, label FROM tags ORDER BY label;
-- name: UserByEmail :one
SELECT id, name FROM users WHERE email = @email;
-- name: TagsBeside :many
SELECT t.id, g.label FROM tasks t CROSS JOIN tags g WHERE t.user_id = @user_id;
-- name: AddTag :exec
INSERT OR IGNORE INTO tags (label) VALUES (@label);

-- Through joins.

-- name: ThroughUsers :many
SELECT t.id, u.name FROM users u JOIN tasks t ON t.user_id = u.id WHERE u.id = @user_id;
-- name: ThroughUsing :many
SELECT i.amount, t.title FROM invoices i JOIN tasks t USING (user_id, project_id) WHERE user_id = @user_id;
-- name: ThroughNatural :many
SELECT value FROM settings NATURAL JOIN (SELECT @user_id AS user_id);
-- name: BothPinned :many
SELECT t.id, p.name FROM tasks t JOIN projects p ON p.id = t.project_id WHERE t.user_id = @user_id AND p.user_id = @user_id;
-- name: PinnedByOther :many
SELECT t.id, p.name FROM tasks t JOIN projects p ON p.id = t.project_id AND p.user_id = t.user_id WHERE t.user_id = @user_id;
-- name: PinnedInOn :many
SELECT t.id, p.name FROM tasks t JOIN projects p ON p.id = t.project_id AND p.user_id = @user_id AND t.user_id = p.user_id;
-- name: PinnedFromParent :many
SELECT t.id FROM projects p, tasks t WHERE t.user_id = p.user_id AND t.project_id = p.id AND p.user_id = @user_id;
-- name: LeftPinnedInOn :many
SELECT t.id, p.name FROM tasks t LEFT JOIN projects p ON p.id = t.project_id AND p.user_id = @user_id WHERE t.user_id = @user_id;
-- name: LeftPinnedByOther :many
SELECT t.id, p.name FROM tasks t LEFT JOIN projects p ON p.user_id = t.user_id AND p.id = t.project_id WHERE t.user_id = @user_id;
-- name: LeftMadeInner :many
SELECT t.id, p.name FROM tasks t LEFT JOIN projects p ON p.id = t.project_id WHERE p.user_id = @user_id AND t.user_id = @user_id;
-- name: RightPinned :many
SELECT p.name, t.id FROM tasks t RIGHT JOIN projects p ON p.id = t.project_id AND t.user_id = p.user_id WHERE p.user_id = @user_id;
-- name: FullOfMine :many
SELECT a.id, b.id AS other FROM (SELECT id, project_id FROM tasks WHERE user_id = @user_id) a FULL JOIN (SELECT id FROM projects WHERE user_id = @user_id) b ON b.id = a.project_id;
-- name: AntiJoinPinned :many
SELECT p.id FROM projects p LEFT JOIN tasks t ON t.project_id = p.id AND t.user_id = p.user_id WHERE p.user_id = @user_id AND t.id IS NULL;
-- name: SelfJoinByKey :many
SELECT b.title FROM tasks a JOIN tasks b ON b.id = a.id WHERE a.user_id = @user_id;
-- name: Children :many
SELECT c.body FROM comments c JOIN tasks t ON t.id = c.task_id WHERE t.user_id = @user_id;
-- name: ChildrenLeft :many
SELECT t.id, c.body FROM tasks t LEFT JOIN comments c ON c.task_id = t.id WHERE t.user_id = @user_id;
-- name: Grandchildren :many
SELECT r.tag_id FROM reactions r JOIN comments c ON c.id = r.comment_id JOIN tasks t ON t.id = c.task_id WHERE t.user_id = @user_id;
-- name: GrandchildrenWithTags :many
SELECT g.label, count(*) AS n FROM tasks t JOIN comments c ON c.task_id = t.id JOIN reactions r ON r.comment_id = c.id JOIN tags g ON g.id = r.tag_id WHERE t.user_id = @user_id GROUP BY g.label;
-- name: CompositeKey :many
SELECT i.amount, p.name FROM invoices i JOIN projects p ON p.id = i.project_id WHERE i.user_id = @user_id;
-- name: CompositeKeyLeft :many
SELECT i.amount, p.name FROM invoices i LEFT JOIN projects p ON p.id = i.project_id WHERE i.user_id = @user_id;
-- name: CompositeKeyScalar :many
SELECT i.amount, (SELECT p.name FROM projects p WHERE p.id = i.project_id) AS project FROM invoices i WHERE i.user_id = @user_id;
-- name: FromProjectToInvoices :many
SELECT i.amount FROM projects p JOIN invoices i ON i.project_id = p.id AND i.user_id = p.user_id WHERE p.user_id = @user_id;
-- name: InvoicesByProjectKey :many
SELECT i.amount FROM projects p JOIN invoices i ON i.project_id = p.id WHERE p.user_id = @user_id;
-- name: FoundByEmail :many
SELECT t.id FROM tasks t JOIN users u ON u.id = t.user_id WHERE u.email = @email;

-- Through subqueries.

-- name: ChildrenIn :many
SELECT body FROM comments WHERE task_id IN (SELECT id FROM tasks WHERE user_id = @user_id);
-- name: ChildrenExists :many
SELECT body FROM comments c WHERE EXISTS (SELECT 1 FROM tasks t WHERE t.id = c.task_id AND t.user_id = @user_id);
-- name: ChildOfOne :many
SELECT body FROM comments WHERE task_id = (SELECT id FROM tasks WHERE id = @task_id AND user_id = @user_id);
-- name: InMine :many
SELECT id FROM tasks WHERE user_id = @user_id AND project_id IN (SELECT id FROM projects WHERE user_id = @user_id AND budget > 2);
-- name: TenantIn :many
SELECT id FROM tasks WHERE user_id IN (SELECT id FROM users WHERE id = @user_id);
-- name: TenantScalar :many
SELECT id FROM tasks WHERE user_id = (SELECT id FROM users WHERE id = @user_id);
-- name: TenantInPairs :many
SELECT id FROM tasks WHERE (user_id, project_id) IN (SELECT user_id, id FROM projects WHERE user_id = @user_id);
-- name: IdsOfMine :many
SELECT title FROM tasks WHERE id IN (SELECT id FROM tasks WHERE user_id = @user_id AND status = 'open');
-- name: IdsOfAllInMine :many
SELECT title FROM tasks WHERE user_id = @user_id AND id IN (SELECT id FROM tasks WHERE status = 'open');
-- name: CorrelatedCount :many
SELECT p.id, (SELECT count(*) FROM tasks t WHERE t.project_id = p.id AND t.user_id = p.user_id) AS n FROM projects p WHERE p.user_id = @user_id;
-- name: CorrelatedChildren :many
SELECT t.id, (SELECT max(score) FROM comments c WHERE c.task_id = t.id) AS best FROM tasks t WHERE t.user_id = @user_id;
-- name: CorrelatedExists :many
SELECT p.id FROM projects p WHERE p.user_id = @user_id AND EXISTS (SELECT 1 FROM tasks t WHERE t.project_id = p.id AND t.user_id = p.user_id);
-- name: NotExistsMine :many
SELECT p.id FROM projects p WHERE p.user_id = @user_id AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.project_id = p.id AND t.user_id = @user_id);
-- name: NotInMine :many
SELECT id FROM projects WHERE user_id = @user_id AND id NOT IN (SELECT project_id FROM tasks WHERE user_id = @user_id AND project_id IS NOT NULL);
-- name: MaxOfMine :many
SELECT id FROM tasks WHERE user_id = @user_id AND priority = (SELECT max(priority) FROM tasks WHERE user_id = @user_id);
-- name: AverageOfSame :many
SELECT id FROM tasks t WHERE user_id = @user_id AND priority > (SELECT avg(o.priority) FROM tasks o WHERE o.user_id = t.user_id);
-- name: ExistsPinsOuter :many
SELECT id FROM tasks t WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = @user_id AND u.id = t.user_id);
-- name: CaseOfMine :many
SELECT id, CASE WHEN project_id IS NOT NULL THEN (SELECT p.name FROM projects p WHERE p.id = tasks.project_id AND p.user_id = tasks.user_id) END AS project FROM tasks WHERE user_id = @user_id;
-- name: InUnionOfMine :many
SELECT title FROM tasks WHERE id IN (SELECT id FROM tasks WHERE user_id = @user_id AND priority > 3 UNION SELECT id FROM tasks WHERE user_id = @user_id AND due > 2);

-- Derived tables, common tables, views.

-- name: Derived :many
SELECT id FROM (SELECT id, user_id FROM tasks) WHERE user_id = @user_id;
-- name: DerivedRenamed :many
SELECT id FROM (SELECT id, user_id AS owner FROM tasks WHERE status = 'open') AS t WHERE t.owner = @user_id;
-- name: DerivedTwice :many
SELECT id FROM (SELECT id, owner FROM (SELECT id, user_id AS owner, title FROM tasks) WHERE title <> 'x') WHERE owner = @user_id;
-- name: DerivedDistinct :many
SELECT status FROM (SELECT DISTINCT user_id, status FROM tasks) WHERE user_id = @user_id;
-- name: DerivedGrouped :many
SELECT status, n FROM (SELECT user_id, status, count(*) AS n FROM tasks GROUP BY user_id, status) WHERE user_id = @user_id;
-- name: GroupedHaving :one
SELECT count(*) AS n FROM tasks GROUP BY user_id HAVING user_id = @user_id;
-- name: DerivedUnion :many
SELECT label FROM (SELECT user_id, title AS label FROM tasks UNION ALL SELECT user_id, name FROM projects) WHERE user_id = @user_id;
-- name: DerivedExcept :many
SELECT project_id + 0 AS project FROM (SELECT user_id, project_id FROM tasks EXCEPT SELECT user_id, project_id FROM invoices) WHERE user_id = @user_id;
-- name: UnionOfMine :many
SELECT title FROM tasks WHERE user_id = @user_id UNION SELECT name FROM projects WHERE user_id = @user_id;
-- name: PartitionedRank :many
SELECT id, place FROM (SELECT id, user_id, rank() OVER (PARTITION BY user_id ORDER BY priority DESC) AS place FROM tasks) WHERE user_id = @user_id;
-- name: PartitionedMore :many
SELECT id FROM (SELECT id, user_id, row_number() OVER (PARTITION BY status, user_id ORDER BY id) AS n FROM tasks) WHERE user_id = @user_id AND n = 1;
-- name: NamedWindow :many
SELECT amount, total FROM (SELECT user_id, amount, sum(amount) OVER w AS total FROM invoices WINDOW w AS (PARTITION BY user_id ORDER BY id)) WHERE user_id = @user_id;
-- name: RankedAfter :many
SELECT id, rank() OVER (ORDER BY priority DESC) AS place FROM tasks WHERE user_id = @user_id;
-- name: Filtered :one
SELECT count(*) FILTER (WHERE user_id = @user_id) AS n FROM tasks;
-- name: FilteredTwice :one
SELECT count(*) FILTER (WHERE user_id = @user_id AND status = 'open') AS open, count(*) FILTER (WHERE status = 'done' AND user_id = @user_id) AS done FROM tasks;
-- name: CountedCase :one
SELECT count(CASE WHEN user_id = @user_id AND priority > 2 THEN 1 END) AS n FROM tasks;
-- name: CommonMine :many
WITH mine AS (SELECT id, title, project_id FROM tasks WHERE user_id = @user_id) SELECT title FROM mine WHERE id = @id;
-- name: CommonTwice :many
WITH mine AS (SELECT id, title, priority FROM tasks WHERE user_id = @user_id) SELECT a.title, b.title AS other FROM mine a JOIN mine b ON b.priority = a.priority AND b.id > a.id;
-- name: CommonRestrictedOutside :many
WITH recent AS (SELECT id, user_id, title FROM tasks WHERE status = 'open') SELECT title FROM recent WHERE user_id = @user_id;
-- name: CommonOverCommon :many
WITH a AS (SELECT id, user_id, priority FROM tasks), b AS (SELECT id, user_id FROM a WHERE priority > 2) SELECT id FROM b WHERE user_id = @user_id;
-- name: CommonTenant :many
WITH me AS (SELECT @user_id AS id) SELECT t.title FROM tasks t JOIN me ON me.id = t.user_id;
-- name: CommonValues :many
WITH me (id) AS (VALUES (@user_id)) SELECT t.title, p.name FROM me JOIN tasks t ON t.user_id = me.id JOIN projects p ON p.user_id = me.id AND p.id = t.project_id;
-- name: RecursiveMine :many
WITH RECURSIVE tree (id, name) AS (
  SELECT id, name FROM projects WHERE user_id = @user_id AND parent_id IS NULL
  UNION SELECT p.id, p.name FROM projects p JOIN tree ON p.parent_id = tree.id WHERE p.user_id = @user_id
) SELECT id, name FROM tree;
-- name: RecursiveCarried :many
WITH RECURSIVE tree (id, user_id) AS (
  SELECT id, user_id FROM projects WHERE user_id = @user_id AND id = @id
  UNION SELECT p.id, p.user_id FROM projects p JOIN tree ON p.parent_id = tree.id AND p.user_id = tree.user_id
) SELECT id FROM tree;
-- name: RecursiveRestrictedOutside :many
WITH RECURSIVE tree (id, user_id) AS (
  SELECT id, user_id FROM projects WHERE parent_id IS NULL
  UNION SELECT p.id, tree.user_id FROM projects p JOIN tree ON p.parent_id = tree.id AND p.user_id = tree.user_id
) SELECT id FROM tree WHERE user_id = @user_id;
-- name: RecursiveNumbers :many
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT n.i, count(t.id) AS tasks FROM n LEFT JOIN tasks t ON t.priority = n.i AND t.user_id = @user_id GROUP BY n.i;
-- name: ViewMine :many
SELECT id, title FROM open_tasks WHERE user_id = @user_id;
-- name: ViewTotals :many
SELECT project_id, n FROM project_totals WHERE user_id = @user_id;
-- name: ViewOfCommentsMine :many
SELECT body FROM task_comments WHERE user_id = @user_id AND task_id = @task_id;
-- name: ViewJoined :many
SELECT o.title, p.name FROM open_tasks o JOIN projects p ON p.user_id = o.user_id AND p.id = o.project_id WHERE o.user_id = @user_id;
-- name: HiddenTenantJoinedBack :many
SELECT v.title FROM task_titles v JOIN tasks t ON t.id = v.id WHERE t.user_id = @user_id;
-- name: HiddenTenantIn :many
SELECT title FROM task_titles WHERE id IN (SELECT id FROM tasks WHERE user_id = @user_id);

-- Search.

-- name: Search :many
SELECT n.id, n.body FROM notes_fts JOIN notes n ON n.id = notes_fts.rowid WHERE notes_fts MATCH @words AND n.user_id = @user_id ORDER BY n.id;
-- name: SearchIn :many
SELECT id FROM notes WHERE user_id = @user_id AND id IN (SELECT rowid FROM notes_fts WHERE notes_fts MATCH @words);
-- name: SearchSnippet :many
SELECT snippet(notes_fts, 0, '[', ']', '…', 5) AS part FROM notes_fts JOIN notes n ON n.id = notes_fts.rowid WHERE notes_fts MATCH @words AND n.user_id = @user_id;

-- Writes.

-- name: DeleteTask :exec
DELETE FROM tasks WHERE id = @id AND user_id = @user_id;
-- name: DeleteComments :exec
DELETE FROM comments WHERE task_id IN (SELECT id FROM tasks WHERE user_id = @user_id) AND score < 3;
-- name: UpdateTask :one
UPDATE tasks SET title = @title, status = 'done' WHERE id = @id AND user_id = @user_id RETURNING *;
-- name: UpdateComment :exec
UPDATE comments SET body = @body WHERE id = @id AND EXISTS (SELECT 1 FROM tasks t WHERE t.id = comments.task_id AND t.user_id = @user_id);
-- name: UpdateFromMine :exec
UPDATE tasks SET title = p.name FROM projects p WHERE p.id = tasks.project_id AND p.user_id = tasks.user_id AND tasks.user_id = @user_id;
-- name: SetFromMine :exec
UPDATE tasks SET title = (SELECT p.name FROM projects p WHERE p.id = tasks.project_id AND p.user_id = tasks.user_id) WHERE user_id = @user_id AND project_id IN (SELECT id FROM projects WHERE user_id = @user_id);
-- name: KeepTenant :exec
UPDATE tasks SET user_id = @user_id, title = @title WHERE user_id = @user_id AND id = @id;
-- name: MoveToMine :exec
UPDATE tasks SET project_id = (SELECT id FROM projects WHERE id = @project_id AND user_id = @user_id) WHERE id = @id AND user_id = @user_id;
-- name: MoveToNothing :exec
UPDATE tasks SET project_id = NULL WHERE id = @id AND user_id = @user_id;
-- name: AddTask :exec
INSERT INTO tasks (user_id, title, status, priority) VALUES (@user_id, @title, 'open', 1);
-- name: AddTasks :exec
INSERT INTO tasks (user_id, title, status, priority) VALUES (@user_id, @title, 'open', 1), (@user_id, @title, 'done', 2);
-- name: AddTaskToMine :exec
INSERT INTO tasks (user_id, project_id, title, status, priority) SELECT user_id, id, @title, 'open', 1 FROM projects WHERE id = @project_id AND user_id = @user_id;
-- name: AddCommentToMine :exec
INSERT INTO comments (task_id, body, score) SELECT id, @body, 1 FROM tasks WHERE id = @task_id AND user_id = @user_id;
-- name: AddCommentWhereMine :exec
INSERT INTO comments (task_id, body, score) SELECT @task_id, @body, 1 WHERE EXISTS (SELECT 1 FROM tasks WHERE id = @task_id AND user_id = @user_id);
-- name: AddInvoice :exec
INSERT INTO invoices (user_id, project_id, amount) VALUES (@user_id, @project_id, @amount);
-- name: CloneMine :exec
INSERT INTO tasks (user_id, title, status, priority) SELECT user_id, title, status, priority FROM tasks WHERE id = @id AND user_id = @user_id;
-- name: UpsertSetting :exec
INSERT INTO settings (user_id, key, value) VALUES (@user_id, @key, @value) ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value;
-- name: ReplaceSetting :exec
INSERT OR REPLACE INTO settings (user_id, key, value) VALUES (@user_id, @key, @value);
-- name: UpsertFileOfMine :exec
INSERT INTO files (path, user_id, size) VALUES (@path, @user_id, @size) ON CONFLICT (path) DO UPDATE SET size = excluded.size WHERE files.user_id = excluded.user_id;
-- name: UpsertFileOfParameter :exec
INSERT INTO files (path, user_id, size) VALUES (@path, @user_id, @size) ON CONFLICT (path) DO UPDATE SET size = excluded.size WHERE files.user_id = @user_id;
-- name: UpsertProjectByName :exec
INSERT INTO projects (user_id, name, slug, budget) VALUES (@user_id, @name, @slug, @budget) ON CONFLICT (user_id, name) DO UPDATE SET budget = excluded.budget;
-- name: CopySettings :exec
INSERT OR REPLACE INTO settings (user_id, key, value) SELECT user_id, key || '-old', value FROM settings WHERE user_id = @user_id;
-- name: UpdateReturningCount :many
UPDATE tasks SET status = 'done' WHERE user_id = @user_id AND status = 'open' RETURNING id, (SELECT count(*) FROM comments c WHERE c.task_id = tasks.id) AS comments;

-- Common tables that are named before they are defined.

-- name: DefinedLater :many
WITH a AS (SELECT id FROM b), b AS (SELECT id, title FROM tasks WHERE user_id = @user_id) SELECT id FROM a;

-- No row fulfils a condition.

-- name: NothingOr :many
SELECT id FROM tasks WHERE user_id = @user_id AND status = 'open' OR FALSE;
-- name: OuterNothing :many
SELECT t.id, p.name FROM tasks t LEFT JOIN projects p ON FALSE WHERE t.user_id = @user_id;
-- name: NotTrue :many
SELECT id FROM tasks WHERE NOT (TRUE OR priority > 2);
-- name: FilteredByNothing :one
SELECT count(*) FILTER (WHERE FALSE) AS n FROM tasks;
-- name: CaseOfNothing :many
SELECT id, CASE WHEN FALSE THEN (SELECT count(*) FROM tasks) ELSE 0 END AS n FROM tasks WHERE user_id = @user_id;

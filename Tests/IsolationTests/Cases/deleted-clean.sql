-- Queries that keep to rows that are there, and look odd. No execution shows deleted rows in what they give or change.

-- name: All :many
SELECT id FROM lists WHERE deleted_at IS NULL;
-- name: IsNull :many
SELECT id FROM lists WHERE deleted_at IS NULL AND (name = @name OR @name IS NULL);
-- name: NotNotNull :many
SELECT id FROM lists WHERE NOT (deleted_at IS NOT NULL);
-- name: Isnull :many
SELECT id FROM lists WHERE deleted_at ISNULL;
-- name: NotOr :many
SELECT id FROM items WHERE NOT (deleted_at IS NOT NULL OR done > 2);
-- name: IsNotDistinct :many
SELECT id FROM items WHERE deleted_at IS NOT DISTINCT FROM NULL;
-- name: NullFirst :many
SELECT id FROM items WHERE NULL IS deleted_at;
-- name: InBetween :many
SELECT id FROM items WHERE done BETWEEN 1 AND 4 AND deleted_at IS NULL AND title LIKE @title;
-- name: Coalesced :many
SELECT i.title FROM items i JOIN lists l ON l.id = i.list_id WHERE coalesce(i.deleted_at, l.deleted_at) IS NULL;
-- name: OneOrNone :one
SELECT title FROM items WHERE id = @id AND deleted_at IS NULL;
-- name: Limited :many
SELECT title FROM items WHERE deleted_at IS NULL ORDER BY done DESC, id LIMIT 3;

-- Joins.

-- name: Joined :many
SELECT i.title FROM lists l JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL WHERE l.deleted_at IS NULL;
-- name: JoinedInOn :many
SELECT i.title, l.name FROM items i JOIN lists l ON l.id = i.list_id AND l.deleted_at IS NULL AND i.deleted_at IS NULL;
-- name: SelfJoined :many
SELECT b.title FROM items a JOIN items b ON b.id = a.id WHERE a.deleted_at IS NULL;
-- name: SameDeletion :many
SELECT i.title FROM items i JOIN lists l ON l.id = i.list_id AND l.deleted_at IS i.deleted_at WHERE i.deleted_at IS NULL;
-- name: Parents :many
SELECT p.body FROM comments c JOIN comments p ON p.id = c.parent_id AND p.deleted_at IS NULL WHERE c.deleted_at IS NULL;
-- name: Links :many
SELECT label FROM item_labels WHERE item_id = @item_id;
-- name: ThroughLinks :many
SELECT i.title, b.uses FROM item_labels x JOIN items i ON i.id = x.item_id JOIN labels b ON b.name = x.label WHERE i.deleted_at IS NULL AND b.deleted_at IS NULL;
-- name: Crossed :many
SELECT i.title, b.name FROM items i, labels b WHERE i.deleted_at IS NULL AND i.done = b.uses AND b.deleted_at IS NULL;

-- Sides of outer joins.

-- name: LeftJoined :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL WHERE l.deleted_at IS NULL;
-- name: LeftJoinedSame :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS l.deleted_at WHERE l.deleted_at IS NULL;
-- name: RightJoined :many
SELECT l.name, i.title FROM items i RIGHT JOIN lists l ON i.list_id = l.id AND i.deleted_at IS NULL WHERE l.deleted_at IS NULL;
-- name: FullOfDerived :many
SELECT l.name, i.title FROM (SELECT * FROM lists WHERE deleted_at IS NULL) l FULL JOIN (SELECT * FROM items WHERE deleted_at IS NULL) i ON i.list_id = l.id;
-- name: Unmatched :many
SELECT l.name FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL WHERE l.deleted_at IS NULL AND i.id IS NULL;
-- name: LeftOfView :many
SELECT l.name, i.title FROM lists l LEFT JOIN live_items i ON i.list_id = l.id WHERE l.deleted_at IS NULL;
-- name: SecondLeft :many
SELECT l.name, c.body FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL LEFT JOIN comments c ON c.item_id = i.id AND c.deleted_at IS NULL WHERE l.deleted_at IS NULL;
-- name: LeftInParentheses :many
SELECT l.name, c.body FROM lists l LEFT JOIN (items i JOIN comments c ON c.item_id = i.id AND c.deleted_at IS NULL AND i.deleted_at IS NULL) ON i.list_id = l.id WHERE l.deleted_at IS NULL;

-- Branches and arms.

-- name: BothBranches :many
SELECT id FROM items WHERE (deleted_at IS NULL AND done = 1) OR (deleted_at IS NULL AND title = @title);
-- name: BothArms :many
SELECT title FROM items WHERE deleted_at IS NULL UNION ALL SELECT name FROM lists WHERE deleted_at IS NULL;
-- name: ArmsInside :many
SELECT title FROM (SELECT title, deleted_at FROM items UNION ALL SELECT name, deleted_at FROM lists) WHERE deleted_at IS NULL;
-- name: ArmsRenamed :many
SELECT title FROM (SELECT title, deleted_at AS gone FROM items UNION SELECT name, deleted_at FROM lists) WHERE gone IS NULL;
-- name: Except :many
SELECT name FROM lists WHERE deleted_at IS NULL EXCEPT SELECT title FROM items WHERE deleted_at IS NULL;

-- Subqueries.

-- name: Derived :many
SELECT id FROM (SELECT id, deleted_at AS gone FROM items) WHERE gone IS NULL;
-- name: DerivedTwice :many
SELECT title FROM (SELECT * FROM (SELECT title, deleted_at FROM items WHERE done > 1)) WHERE deleted_at IS NULL;
-- name: InSubquery :many
SELECT id FROM items WHERE deleted_at IS NULL AND list_id IN (SELECT id FROM lists WHERE name = @name AND deleted_at IS NULL);
-- name: InItself :many
SELECT title FROM items WHERE deleted_at IS NULL AND id IN (SELECT id FROM items WHERE done > 2);
-- name: NotIn :many
SELECT name FROM lists WHERE deleted_at IS NULL AND id NOT IN (SELECT list_id FROM items WHERE deleted_at IS NULL);
-- name: NotExists :many
SELECT name FROM lists l WHERE deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM live_items i WHERE i.list_id = l.id);
-- name: SameDeletionExists :many
SELECT name FROM lists l WHERE deleted_at IS NULL AND EXISTS (SELECT 1 FROM items i WHERE i.list_id = l.id AND i.deleted_at IS l.deleted_at);
-- name: Scalar :many
SELECT name, (SELECT count(*) FROM items i WHERE i.list_id = l.id AND i.deleted_at IS NULL) AS n FROM lists l WHERE deleted_at IS NULL;
-- name: ScalarById :many
SELECT c.body, (SELECT i.title FROM items i WHERE i.id = c.item_id AND i.deleted_at IS NULL) AS title FROM comments c WHERE c.deleted_at IS NULL;
-- name: ExistsAlone :one
SELECT EXISTS (SELECT 1 FROM items WHERE title = @title AND deleted_at IS NULL) AS is_there;

-- Views and common tables.

-- name: Viewed :many
SELECT id FROM live_items WHERE list_id = @list_id;
-- name: ViewedJoin :many
SELECT i.title, l.name FROM live_items i JOIN lists l ON l.id = i.list_id WHERE l.deleted_at IS NULL;
-- name: Common :many
WITH live AS (SELECT id, list_id FROM items WHERE deleted_at IS NULL) SELECT l.id, count(live.id) AS n FROM lists l LEFT JOIN live ON live.list_id = l.id WHERE l.deleted_at IS NULL GROUP BY l.id;
-- name: CommonOutside :many
WITH every AS (SELECT id, title, deleted_at FROM items) SELECT title FROM every WHERE deleted_at IS NULL;
-- name: CommonTwice :many
WITH live AS (SELECT * FROM items WHERE deleted_at IS NULL) SELECT a.title FROM live a JOIN live b ON b.list_id = a.list_id AND b.id <> a.id;
-- name: Recursive :many
WITH RECURSIVE thread (id, body) AS (
  SELECT id, body FROM comments WHERE id = @id AND deleted_at IS NULL
  UNION SELECT c.id, c.body FROM comments c JOIN thread t ON c.parent_id = t.id WHERE c.deleted_at IS NULL
) SELECT body FROM thread;

-- Aggregates and windows.

-- name: Filtered :one
SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS n FROM items;
-- name: CaseCounted :one
SELECT count(CASE WHEN deleted_at IS NULL THEN id END) AS n FROM items;
-- name: TwoFiltered :one
SELECT count(*) FILTER (WHERE deleted_at IS NULL AND done > 2) AS many, max(done) FILTER (WHERE deleted_at IS NULL) AS most FROM items;
-- name: Grouped :many
SELECT list_id, count(*) AS n FROM items WHERE deleted_at IS NULL GROUP BY list_id HAVING count(*) > 1;
-- name: GroupedByDeletion :many
SELECT n FROM (SELECT deleted_at, count(*) AS n FROM items GROUP BY deleted_at) WHERE deleted_at IS NULL;
-- name: HavingDeletion :many
SELECT count(*) AS n FROM items GROUP BY deleted_at HAVING deleted_at IS NULL;
-- name: Partitioned :many
SELECT title, position FROM (SELECT title, deleted_at, row_number() OVER (PARTITION BY deleted_at ORDER BY done, id) AS position FROM items) WHERE deleted_at IS NULL;
-- name: Ranked :many
SELECT title, rank() OVER (PARTITION BY list_id ORDER BY done) AS place FROM items WHERE deleted_at IS NULL;
-- name: Distinct :many
SELECT DISTINCT title FROM (SELECT title, deleted_at FROM items) WHERE deleted_at IS NULL;

-- Search.

-- name: Found :many
SELECT i.id FROM items_fts f JOIN items i ON i.id = f.rowid WHERE items_fts MATCH @title AND i.deleted_at IS NULL ORDER BY rank;
-- name: FoundIn :many
SELECT title FROM items WHERE deleted_at IS NULL AND id IN (SELECT rowid FROM items_fts WHERE items_fts MATCH @title);
-- name: FoundView :many
SELECT i.title FROM items_fts f JOIN live_items i ON i.id = f.rowid WHERE items_fts MATCH @title;

-- Writes.

-- name: Deleted :exec
UPDATE items SET deleted_at = @now WHERE id = @id AND deleted_at IS NULL;
-- name: DeletedOfList :exec
UPDATE items SET deleted_at = @now WHERE list_id = @list_id AND deleted_at IS NULL;
-- name: Titled :exec
UPDATE items SET title = @title WHERE id = @id AND deleted_at IS NULL;
-- name: Removed :exec
DELETE FROM comments WHERE id = @id AND deleted_at IS NULL;
-- name: UpdatedFrom :exec
UPDATE items SET title = l.name FROM lists l WHERE l.id = items.list_id AND items.deleted_at IS NULL AND l.deleted_at IS NULL;
-- name: CountedInto :exec
UPDATE labels SET uses = (SELECT count(*) FROM live_items WHERE title = labels.name) WHERE deleted_at IS NULL;
-- name: Added :exec
INSERT INTO lists (name) VALUES (@name);
-- name: OntoLive :exec
INSERT INTO lists (name) VALUES (@name) ON CONFLICT (name) WHERE deleted_at IS NULL DO UPDATE SET name = excluded.name;
-- name: OntoLabelIfLive :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1 WHERE labels.deleted_at IS NULL;
-- name: Ignored :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT DO NOTHING;
-- name: Copied :exec
INSERT INTO summaries (title, number) SELECT title, done FROM items WHERE list_id = @list_id AND deleted_at IS NULL;

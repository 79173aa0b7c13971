-- Queries that see or change deleted rows. Each is held against executions: deleted rows are changed, and what the query gives is
-- another then, or a row that was deleted is.

-- Without a word of it.

-- name: All :many
SELECT id FROM lists;
-- name: ById :one
SELECT name FROM lists WHERE id = @id;
-- name: ByName :many
SELECT uses FROM labels WHERE name = @name;
-- name: OfList :many
SELECT title FROM items WHERE list_id = @list_id AND done > 2;
-- name: Counted :one
SELECT count(*) FROM items WHERE list_id = @list_id;
-- name: Existing :one
SELECT EXISTS (SELECT 1 FROM items WHERE title = @title) AS is_there;
-- name: Ordered :many
SELECT title FROM items ORDER BY done DESC, id LIMIT 3;

-- Joins.

-- name: Joined :many
SELECT i.title FROM lists l JOIN items i ON i.list_id = l.id WHERE l.deleted_at IS NULL;
-- name: JoinedParent :many
SELECT i.title, l.name FROM items i JOIN lists l ON l.id = i.list_id WHERE i.deleted_at IS NULL;
-- name: JoinedThird :many
SELECT c.body FROM lists l JOIN items i ON i.list_id = l.id JOIN comments c ON c.item_id = i.id WHERE l.deleted_at IS NULL AND i.deleted_at IS NULL;
-- name: JoinedMiddle :many
SELECT c.body, l.name FROM comments c JOIN items i ON i.id = c.item_id JOIN lists l ON l.id = i.list_id WHERE c.deleted_at IS NULL AND l.deleted_at IS NULL;
-- name: SelfJoined :many
SELECT b.title FROM items a JOIN items b ON b.list_id = a.list_id WHERE a.deleted_at IS NULL;
-- name: Parent :many
SELECT p.body FROM comments c JOIN comments p ON p.id = c.parent_id WHERE c.deleted_at IS NULL;
-- name: ThroughLinks :many
SELECT i.title FROM item_labels x JOIN items i ON i.id = x.item_id WHERE x.label = @label;
-- name: ThroughLinksToLabel :many
SELECT b.uses FROM item_labels x JOIN labels b ON b.name = x.label JOIN items i ON i.id = x.item_id WHERE i.deleted_at IS NULL;
-- name: Crossed :many
SELECT i.title, b.name FROM items i, labels b WHERE i.deleted_at IS NULL AND i.done = b.uses;
-- name: ComparedDeletions :many
SELECT i.title FROM items i JOIN lists l ON l.id = i.list_id WHERE i.deleted_at IS l.deleted_at;

-- Sides of outer joins.

-- name: LeftJoined :many
SELECT l.name, count(i.id) AS n FROM lists l LEFT JOIN items i ON i.list_id = l.id WHERE l.deleted_at IS NULL GROUP BY l.id;
-- name: LeftJoinedAbove :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL;
-- name: WrongSide :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id AND l.deleted_at IS NULL WHERE i.deleted_at IS NULL;
-- name: Afterwards :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id WHERE l.deleted_at IS NULL AND i.deleted_at IS NULL;
-- name: OnTheLeft :many
SELECT l.name, i.title FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL AND l.deleted_at IS NULL;
-- name: RightJoined :many
SELECT l.name, i.title FROM items i RIGHT JOIN lists l ON i.list_id = l.id WHERE l.deleted_at IS NULL;
-- name: FullJoined :many
SELECT l.name, i.title FROM lists l FULL JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL AND l.deleted_at IS NULL;
-- name: Unmatched :many
SELECT l.name FROM lists l LEFT JOIN items i ON i.list_id = l.id WHERE l.deleted_at IS NULL AND i.id IS NULL;
-- name: SecondLeft :many
SELECT l.name, c.body FROM lists l LEFT JOIN items i ON i.list_id = l.id AND i.deleted_at IS NULL LEFT JOIN comments c ON c.item_id = i.id WHERE l.deleted_at IS NULL;

-- One branch, one arm, another operator.

-- name: WithoutParentheses :many
SELECT id FROM items WHERE deleted_at IS NULL AND done = 2 OR title = @title;
-- name: OneBranch :many
SELECT id FROM items WHERE (deleted_at IS NULL AND done = 1) OR (done > 2 AND title = @title);
-- name: OrRecent :many
SELECT id FROM items WHERE deleted_at IS NULL OR deleted_at > @since;
-- name: Opposite :many
SELECT id FROM items WHERE deleted_at IS NOT NULL;
-- name: Parameter :many
SELECT id FROM items WHERE deleted_at IS @deleted_at;
-- name: Included :many
SELECT id FROM items WHERE (@with_deleted > 3 OR deleted_at IS NULL) AND done > 1;
-- name: Arm :many
SELECT title FROM items WHERE deleted_at IS NULL UNION ALL SELECT name FROM lists;
-- name: SecondArm :many
SELECT title FROM items UNION SELECT name FROM lists WHERE deleted_at IS NULL;
-- name: ExceptArm :many
SELECT name FROM lists WHERE deleted_at IS NULL EXCEPT SELECT title FROM items;
-- name: IntersectArm :many
SELECT name FROM lists WHERE deleted_at IS NULL INTERSECT SELECT title FROM items;
-- name: CaseBranch :many
SELECT id FROM items WHERE CASE WHEN done > 2 THEN deleted_at IS NULL ELSE 1 END;
-- name: OtherTable :many
SELECT i.id FROM items i JOIN lists l ON l.id = i.list_id AND l.deleted_at IS NULL WHERE l.deleted_at IS NULL;
-- name: Shadowed :many
SELECT i.title FROM items i WHERE EXISTS (SELECT 1 FROM lists WHERE id = i.list_id AND deleted_at IS NULL);

-- Subqueries.

-- name: InSubquery :many
SELECT id FROM items WHERE deleted_at IS NULL AND list_id IN (SELECT id FROM lists WHERE name = @name);
-- name: NotInSubquery :many
SELECT name FROM lists WHERE deleted_at IS NULL AND id NOT IN (SELECT list_id FROM items);
-- name: NotExists :many
SELECT name FROM lists l WHERE deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM items i WHERE i.list_id = l.id);
-- name: Scalar :many
SELECT name, (SELECT count(*) FROM items i WHERE i.list_id = l.id) AS n FROM lists l WHERE deleted_at IS NULL;
-- name: Captured :many
SELECT name FROM lists l WHERE deleted_at IS NULL AND EXISTS (SELECT 1 FROM items i WHERE i.list_id = l.id AND l.deleted_at IS NULL);
-- name: InOrder :many
SELECT title FROM items WHERE deleted_at IS NULL ORDER BY (SELECT name FROM lists WHERE id = items.list_id) LIMIT 2;

-- Views and common tables.

-- name: Viewed :many
SELECT title, list FROM shown_items WHERE deleted_at IS NULL;
-- name: ViewedWhole :many
SELECT title FROM shown_items WHERE list = @list;
-- name: CountedByView :many
SELECT l.name, n.number FROM lists l JOIN item_counts n ON n.list_id = l.id WHERE l.deleted_at IS NULL;
-- name: LiveViewOfDeletedList :many
SELECT i.title, l.name FROM live_items i JOIN lists l ON l.id = i.list_id;
-- name: Common :many
WITH wanted AS (SELECT id, name FROM lists) SELECT w.name, i.title FROM wanted w JOIN items i ON i.list_id = w.id WHERE i.deleted_at IS NULL;
-- name: CommonWithoutColumn :many
WITH named AS (SELECT id, title FROM items WHERE done > 1) SELECT n.title FROM named n JOIN lists l ON l.id = n.id WHERE l.deleted_at IS NULL;
-- name: Renamed :many
SELECT id FROM (SELECT id, list_id AS deleted_at, deleted_at AS gone FROM items) WHERE deleted_at > 0;
-- name: Recursive :many
WITH RECURSIVE thread (id, body) AS (
  SELECT id, body FROM comments WHERE id = @id AND deleted_at IS NULL
  UNION ALL SELECT c.id, c.body FROM comments c JOIN thread t ON c.parent_id = t.id WHERE t.id < 20
) SELECT body FROM thread LIMIT 50;
-- name: RecursiveStart :many
WITH RECURSIVE thread (id, body) AS (
  SELECT id, body FROM comments WHERE id = @id
  UNION ALL SELECT c.id, c.body FROM comments c JOIN thread t ON c.parent_id = t.id WHERE c.deleted_at IS NULL
) SELECT body FROM thread LIMIT 50;

-- Aggregates, ranks, LIMIT before the predicate.

-- name: Late :many
SELECT title FROM (SELECT title, deleted_at FROM items ORDER BY done, id LIMIT 5) WHERE deleted_at IS NULL;
-- name: GroupedOtherwise :many
SELECT list_id, max(done) AS most FROM items GROUP BY list_id;
-- name: HavingLate :many
SELECT list_id, count(*) AS n FROM items GROUP BY list_id HAVING min(deleted_at) IS NULL;
-- name: HalfFiltered :one
SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS live, max(done) AS most FROM items;
-- name: CaseCounted :one
SELECT count(CASE WHEN done > 2 THEN id END) AS n FROM items;
-- name: Ranked :many
SELECT title, position FROM (SELECT title, deleted_at, row_number() OVER (ORDER BY done, id) AS position FROM items) WHERE deleted_at IS NULL;
-- name: Neighbour :many
SELECT title, before FROM (SELECT title, deleted_at, lag(title) OVER (PARTITION BY list_id ORDER BY id) AS before FROM items) WHERE deleted_at IS NULL;
-- name: Summed :one
SELECT total(uses) AS uses FROM labels;
-- name: Concatenated :many
SELECT l.name, (SELECT group_concat(title) FROM items WHERE list_id = l.id) AS titles FROM lists l WHERE l.deleted_at IS NULL;

-- Search.

-- name: Found :many
SELECT rowid FROM items_fts WHERE items_fts MATCH @title;
-- name: FoundJoined :many
SELECT i.id FROM items_fts f JOIN items i ON i.id = f.rowid WHERE items_fts MATCH @title;
-- name: FoundCounted :one
SELECT count(*) AS n FROM items_fts WHERE items_fts MATCH @title;
-- name: FoundFirst :many
SELECT i.title FROM (SELECT rowid AS id FROM items_fts WHERE items_fts MATCH @title ORDER BY rowid LIMIT 2) f JOIN items i ON i.id = f.id WHERE i.deleted_at IS NULL;

-- Writes.

-- name: DeletedAgain :exec
UPDATE items SET deleted_at = @now WHERE id = @id;
-- name: DeletedAgainByList :exec
UPDATE items SET deleted_at = @now WHERE list_id = @list_id AND done > 1;
-- name: Titled :exec
UPDATE items SET title = @title WHERE id = @id;
-- name: Removed :exec
DELETE FROM items WHERE id = @id AND done > 1;
-- name: RemovedComments :exec
DELETE FROM comments WHERE item_id IN (SELECT id FROM items WHERE deleted_at IS NULL);
-- name: CountedInto :exec
UPDATE labels SET uses = (SELECT count(*) FROM items WHERE title = labels.name) WHERE deleted_at IS NULL;
-- name: UpdatedFrom :exec
UPDATE items SET title = l.name FROM lists l WHERE l.id = items.list_id AND items.deleted_at IS NULL;
-- name: RestoredFrom :exec
UPDATE items SET deleted_at = NULL, title = l.name FROM lists l WHERE l.id = items.list_id AND items.done > 2;
-- name: OntoDeleted :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1;
-- name: OntoDeletedGiven :exec
INSERT INTO labels (name, uses, deleted_at) VALUES (@name, 1, @deleted_at) ON CONFLICT (name) DO UPDATE SET uses = 9, deleted_at = excluded.deleted_at;
-- name: OntoDeletedIfNew :exec
INSERT INTO labels (name, uses) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1 WHERE excluded.deleted_at IS NULL;
-- name: Replaced :exec
INSERT OR REPLACE INTO labels (name, uses) VALUES (@name, 7);
-- name: Copied :exec
INSERT INTO summaries (title, number) SELECT title, done FROM items WHERE list_id = @list_id;
-- name: CopiedCount :exec
INSERT INTO summaries (title, number) SELECT l.name, (SELECT count(*) FROM items i WHERE i.list_id = l.id) FROM lists l WHERE l.deleted_at IS NULL;
-- name: Cloned :exec
INSERT INTO items (list_id, title, done) SELECT list_id, title, done FROM items WHERE id = @id;

// The SQL that is measured: a service's schema and queries, made in any size.

/// A schema of many tables, and the queries over them, in the mix that services have.
public struct Workload {
  public var schema: [String] = []
  public var queries: [String] = []

  public init(tables: Int, queriesPerTable: Int) {
    for table in 0..<tables {
      schema += Self.definitions(of: "resource_\(table)", parent: table > 0 ? "resource_\(table - 1)" : nil)
      queries += Self.queries(on: "resource_\(table)").prefix(queriesPerTable)
    }
  }

  private static func definitions(of table: String, parent: String?) -> [String] {
    let reference = parent.map { "parent_id INTEGER REFERENCES \($0) (id) ON DELETE CASCADE" } ?? "parent_id INTEGER"
    return [
      """
      -- What a tenant owns of \(table).
      CREATE TABLE \(table) (
          id INTEGER PRIMARY KEY,
          user_id TEXT NOT NULL,
          name TEXT NOT NULL CHECK (length(trim(name)) > 0),
          status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'done', 'failed')),
          \(reference),
          spec JSON,
          priority REAL NOT NULL DEFAULT 0.5,
          created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
          updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
          deleted_at DATETIME,
          UNIQUE (user_id, name)
      );
      """,
      "CREATE INDEX idx_\(table)_status ON \(table) (status, created_at DESC) WHERE deleted_at IS NULL;",
    ]
  }

  private static func queries(on table: String) -> [String] {
    [
      "SELECT * FROM \(table) WHERE id = ? AND user_id = ? AND deleted_at IS NULL;",
      """
      SELECT id, name, status, created_at FROM \(table)
      WHERE user_id = :user_id AND (:status IS NULL OR status = :status) AND deleted_at IS NULL
      ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset;
      """,
      """
      INSERT INTO \(table) (user_id, name, status, spec, priority) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (user_id, name) DO UPDATE SET spec = excluded.spec, updated_at = CURRENT_TIMESTAMP
      RETURNING *;
      """,
      "UPDATE \(table) SET status = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ? AND deleted_at IS NULL;",
      """
      SELECT p.id, p.name, count(c.id) AS children, sum(CASE WHEN c.status = 'done' THEN 1 ELSE 0 END) AS done,
             max(c.updated_at) AS last_change
      FROM \(table) AS p LEFT JOIN \(table) AS c ON c.parent_id = p.id AND c.deleted_at IS NULL
      WHERE p.user_id = ? GROUP BY p.id HAVING count(c.id) > 0 ORDER BY last_change DESC NULLS LAST;
      """,
      """
      WITH RECURSIVE tree (id, depth) AS (
        SELECT id, 0 FROM \(table) WHERE id = ?
        UNION ALL SELECT t.id, tree.depth + 1 FROM \(table) AS t JOIN tree ON t.parent_id = tree.id WHERE depth < 10
      )
      SELECT t.id, t.name, tree.depth, row_number() OVER (PARTITION BY tree.depth ORDER BY t.name) AS place
      FROM tree JOIN \(table) AS t USING (id);
      """,
      "DELETE FROM \(table) WHERE user_id = ? AND deleted_at < datetime('now', '-30 days');",
      "SELECT count(*) FROM \(table) WHERE user_id = ? AND deleted_at IS NULL;",
      "UPDATE \(table) SET name = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ? AND user_id = ? RETURNING *;",
      "SELECT * FROM \(table) WHERE parent_id = ? AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?;",
    ]
  }
}

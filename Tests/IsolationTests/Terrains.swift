// What random queries are written about.

extension Terrain {
  static let tenants = Terrain(
    relations: [
      Relation(name: "projects", columns: ["id", "user_id", "name", "budget", "parent_id"]),
      Relation(name: "tasks", columns: ["id", "user_id", "project_id", "title", "priority", "due"]),
      Relation(name: "comments", columns: ["id", "task_id", "body", "score"]),
      Relation(name: "reactions", columns: ["comment_id", "tag_id"]),
      Relation(name: "invoices", columns: ["id", "user_id", "project_id", "amount"]),
      Relation(name: "settings", columns: ["user_id", "key", "value"]),
      Relation(name: "files", columns: ["path", "user_id", "size"]),
      Relation(name: "notes", columns: ["id", "user_id", "body", "folder_id"]),
      Relation(name: "users", columns: ["id", "email", "plan"]),
      Relation(name: "open_tasks", columns: ["id", "user_id", "project_id", "title", "priority"], shows: "tasks"),
      Relation(name: "task_titles", columns: ["id", "title"]),
      Relation(name: "project_totals", columns: ["user_id", "project_id", "n"]),
      Relation(name: "task_comments", columns: ["user_id", "task_id", "comment_id", "body"]),
    ],
    keys: [
      "project_id": "projects", "parent_id": "projects", "task_id": "tasks", "comment_id": "comments",
      "user_id": "users",
    ],
    guardColumn: "user_id",
    pins: [
      { "\($0) IN (@user_id)" },
      { "\($0) IN (SELECT id FROM users WHERE id = @user_id)" },
      { "NOT (\($0) <> @user_id)" },
      { "\($0) IS @user_id" },
      { "\($0) >= @user_id" },
      { "(\($0) = @user_id OR \($0) = @user_id AND 1)" },
      { "(\($0) = @user_id OR FALSE)" },
    ],
    usualPin: { "\($0) = @user_id" },
    sameSide: { "\($0) = \($1)" })

  static let deletion = Terrain(
    relations: [
      Relation(name: "lists", columns: ["id", "name", "deleted_at"]),
      Relation(name: "items", columns: ["id", "list_id", "title", "done", "deleted_at"]),
      Relation(name: "labels", columns: ["name", "uses", "deleted_at"]),
      Relation(name: "comments", columns: ["id", "item_id", "parent_id", "body", "deleted_at"]),
      Relation(name: "item_labels", columns: ["item_id", "label"]),
      Relation(name: "live_items", columns: ["id", "list_id", "title", "done", "deleted_at"], shows: "items"),
      Relation(name: "shown_items", columns: ["id", "title", "deleted_at", "list"], shows: "items"),
      Relation(name: "item_counts", columns: ["list_id", "number"]),
    ],
    keys: ["list_id": "lists", "item_id": "items", "parent_id": "comments"],
    guardColumn: "deleted_at",
    pins: [
      { "NOT (\($0) IS NOT NULL)" },
      { "\($0) IS NOT NULL" },
      { "coalesce(\($0), '') = ''" },
      { "(\($0) IS NULL OR \($0) IS NULL AND 1)" },
      { "(\($0) IS NULL OR \($0) > '2024-01-02')" },
      { "(\($0) IS NULL OR FALSE)" },
      { "\($0) = ''" },
    ],
    usualPin: { "\($0) IS NULL" },
    sameSide: { "\($0) IS \($1)" })
}

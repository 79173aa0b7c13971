CREATE TABLE legacy_item (id TEXT NOT NULL PRIMARY KEY);
CREATE TABLE a_table_with_a_name_of_many_letters (
  id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL, deleted_at TEXT
);

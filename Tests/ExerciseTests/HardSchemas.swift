// Schemas whose tables are hard to fill, one kind each; every table of them can have rows.

import Testing

struct HardSchema: CustomTestStringConvertible {
  var name: String
  var sql: String
  var testDescription: String { name }
}

let hardSchemas = [
  HardSchema(
    name: "two tables that need each other",
    sql: """
      CREATE TABLE users (id INTEGER PRIMARY KEY, team INTEGER NOT NULL REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE teams (id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES users (id));
      """),
  HardSchema(
    name: "a ring of three, with keys of text and two columns",
    sql: """
      CREATE TABLE a (id TEXT PRIMARY KEY NOT NULL, b TEXT NOT NULL REFERENCES b (code));
      CREATE TABLE b (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, x INT NOT NULL, y TEXT NOT NULL,
        FOREIGN KEY (x, y) REFERENCES c (x, y));
      CREATE TABLE c (x INT NOT NULL, y TEXT NOT NULL, a TEXT NOT NULL REFERENCES a, PRIMARY KEY (x, y)) WITHOUT ROWID;
      """),
  HardSchema(
    name: "itself, and NOT NULL",
    sql: "CREATE TABLE nodes (id INTEGER PRIMARY KEY, root INTEGER NOT NULL REFERENCES nodes, name TEXT NOT NULL);"),
  HardSchema(
    name: "two keys that share a column",
    sql: """
      CREATE TABLE tenants (id INTEGER PRIMARY KEY);
      CREATE TABLE users (tenant INT NOT NULL REFERENCES tenants, id INT NOT NULL, PRIMARY KEY (tenant, id));
      CREATE TABLE tasks (tenant INT NOT NULL REFERENCES tenants, id INT NOT NULL, assignee INT NOT NULL, author INT NOT NULL,
        PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, assignee) REFERENCES users (tenant, id),
        FOREIGN KEY (tenant, author) REFERENCES users (tenant, id));
      """),
  HardSchema(
    name: "a number that refers to a text",
    sql: """
      CREATE TABLE parents (code TEXT PRIMARY KEY NOT NULL);
      CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (code));
      """),
  HardSchema(
    name: "a text that refers to a number",
    sql: """
      CREATE TABLE parents (id INTEGER PRIMARY KEY);
      CREATE TABLE children (id INTEGER PRIMARY KEY, parent TEXT NOT NULL REFERENCES parents (id));
      """),
  HardSchema(
    name: "CHECKs between columns",
    sql: """
      CREATE TABLE prices (
        id INTEGER PRIMARY KEY, net INT NOT NULL, tax INT NOT NULL, gross INT NOT NULL CHECK (gross = net + tax),
        starts DATE NOT NULL, ends DATE NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
        CONSTRAINT ordered CHECK (starts < ends), CHECK (low <= high AND high <= low + 5), CHECK (net BETWEEN 100 AND 200));
      """),
  HardSchema(
    name: "CHECKs of forms",
    sql: """
      CREATE TABLE forms (
        id INTEGER PRIMARY KEY, code TEXT NOT NULL CHECK (length(code) = 6 AND code NOT GLOB '*[^A-Z0-9]*'),
        slug TEXT NOT NULL CHECK (slug = lower(slug) AND slug = trim(slug) AND length(slug) > 0),
        mail TEXT NOT NULL CHECK (mail LIKE '%_@_%._%'), day TEXT NOT NULL CHECK (day = date(day)),
        tags TEXT NOT NULL CHECK (json_valid(tags) AND json_type(tags) = 'array'),
        kind TEXT NOT NULL CHECK (typeof(kind) = 'text' AND kind IN ('a', 'b')), percent INT CHECK (percent BETWEEN 0 AND 100));
      """),
  HardSchema(
    name: "one of several shapes",
    sql: """
      CREATE TABLE shapes (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, radius REAL, width REAL, height REAL, a INT, b INT,
        CHECK ((kind = 'circle' AND radius > 0 AND width IS NULL AND height IS NULL)
          OR (kind = 'box' AND radius IS NULL AND width > 0 AND height > 0)),
        CHECK ((a IS NULL) <> (b IS NULL)));
      """),
  HardSchema(
    name: "partial unique indexes",
    sql: """
      CREATE TABLE addresses (id INTEGER PRIMARY KEY, owner INT NOT NULL CHECK (owner IN (1, 2)), is_main BOOLEAN NOT NULL);
      CREATE UNIQUE INDEX one_main ON addresses (owner) WHERE is_main;
      CREATE UNIQUE INDEX by_text ON addresses (lower(owner || is_main)) WHERE NOT is_main;
      """),
  HardSchema(
    name: "generated columns",
    sql: """
      CREATE TABLE events (
        id INTEGER PRIMARY KEY, body TEXT NOT NULL, kind TEXT NOT NULL AS (body ->> '$.kind') STORED UNIQUE,
        size INT AS (length(body)) CHECK (size < 400));
      """),
  HardSchema(
    name: "triggers that ask for something",
    sql: """
      CREATE TABLE accounts (id INTEGER PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('open', 'closed')));
      CREATE TABLE payments (id INTEGER PRIMARY KEY, account INT NOT NULL REFERENCES accounts, amount INT NOT NULL, mail TEXT NOT NULL);
      CREATE TRIGGER positive BEFORE INSERT ON payments WHEN NEW.amount < 5000 OR NEW.mail NOT LIKE '%@example.org' BEGIN
        SELECT RAISE(ABORT, 'not enough'); END;
      CREATE TRIGGER open BEFORE INSERT ON payments BEGIN
        SELECT RAISE(ROLLBACK, 'closed') WHERE (SELECT state FROM accounts WHERE id = NEW.account) <> 'open'; END;
      """),
  HardSchema(
    name: "triggers that write elsewhere",
    sql: """
      CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
      CREATE TABLE journal (id INTEGER PRIMARY KEY, item INT NOT NULL REFERENCES items, at DATETIME NOT NULL);
      CREATE TRIGGER written AFTER INSERT ON items BEGIN
        INSERT INTO journal (item, at) VALUES (NEW.id, CURRENT_TIMESTAMP); END;
      """),
  HardSchema(
    name: "a singleton of the schema's own",
    sql: """
      CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), theme TEXT, size INT NOT NULL);
      INSERT INTO settings VALUES (1, NULL, 3);
      """),
  HardSchema(
    name: "full-text search over another table, and a column of that name",
    sql: """
      CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT NOT NULL, content TEXT NOT NULL);
      CREATE VIRTUAL TABLE articles_index USING fts5(title, content, content='articles', content_rowid='id');
      CREATE VIRTUAL TABLE pages USING fts5(title, content);
      CREATE VIRTUAL TABLE words USING fts5(word, content='');
      """),
  HardSchema(
    name: "STRICT",
    sql:
      "CREATE TABLE s (id INT PRIMARY KEY, a ANY NOT NULL, b BLOB NOT NULL, r REAL NOT NULL CHECK (r > 100), t TEXT) STRICT;"
  ),
]

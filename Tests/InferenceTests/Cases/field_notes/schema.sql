-- Größe und Umlaute: ein Kommentar, der Zeichen und Bytes unterscheidet — 日本語.
CREATE TABLE `jobs` (
  [id] CHAR(36) NOT NULL PRIMARY KEY,
  title TEXT DEFAULT "untitled",
  note TEXT NULL,
  finished DATETIME NULL,
  priority INTEGER(11) NOT NULL DEFAULT 0,
  starts TIME,
  score REAL NOT NULL,
  spec JSON,
  owner_id INTEGER REFERENCES owners (id)
);
;
CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT NOT NULL, nick TEXT);

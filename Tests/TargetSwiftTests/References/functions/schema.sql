CREATE TABLE docs (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL COLLATE GERMAN,
  note TEXT,
  embedding VECTOR(2) NOT NULL
);
CREATE INDEX docs_slug ON docs (slugify(title));

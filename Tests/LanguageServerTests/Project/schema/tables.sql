-- People who write.
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, -- As it is printed.
  born DATE
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  author_id INTEGER NOT NULL REFERENCES authors (id),
  title TEXT NOT NULL,
  pages INTEGER
);

CREATE VIEW shelf AS SELECT title, pages FROM books;

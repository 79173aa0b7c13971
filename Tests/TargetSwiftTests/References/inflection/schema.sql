-- Who does the work.
CREATE TABLE agents (
  id INTEGER PRIMARY KEY, -- given by the database
  name TEXT NOT NULL,
  note TEXT
);
CREATE TABLE boxes (id INTEGER PRIMARY KEY);
CREATE TABLE meta_statuses (id INTEGER PRIMARY KEY);
CREATE TABLE categories (id INTEGER PRIMARY KEY);

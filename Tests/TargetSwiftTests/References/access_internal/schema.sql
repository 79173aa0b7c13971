-- Who does the work.
CREATE TABLE agents (
  id INTEGER PRIMARY KEY, -- given by the database
  name TEXT NOT NULL,
  note TEXT
);

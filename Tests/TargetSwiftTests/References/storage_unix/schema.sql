CREATE TABLE events (
  id UUID PRIMARY KEY NOT NULL, at DATETIME NOT NULL, ended_at TIMESTAMP, day DATE, body BLOB, small INTEGER NOT NULL,
  ratio REAL, flag BOOLEAN NOT NULL, payload JSON, amount DECIMAL(10, 2), embedding VECTOR(3), anything ANY, kind TEXT CHECK (kind IN ('a', 'b'))
);

CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), total REAL NOT NULL,
  -- Of every order that is paid.
  paid_at DATETIME, state TEXT NOT NULL CHECK (state IN ('open', 'paid'))
);

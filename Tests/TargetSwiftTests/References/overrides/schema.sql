CREATE TABLE agents (
  id UUID PRIMARY KEY NOT NULL,
  spec JSON NOT NULL,
  other_spec JSON,
  money MONEY,
  price MONEY NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP,
  raw BLOB
);

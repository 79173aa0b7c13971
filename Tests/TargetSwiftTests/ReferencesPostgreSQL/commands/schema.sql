-- Who does the work.
CREATE TABLE agents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- given by the database
  name text NOT NULL UNIQUE,
  note text
);
CREATE TABLE measurements (
  sensor text NOT NULL,
  value double precision,
  taken_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE tags (name text PRIMARY KEY, uses bigint NOT NULL DEFAULT 0);
CREATE TABLE totals (id serial PRIMARY KEY, total bigint NOT NULL);

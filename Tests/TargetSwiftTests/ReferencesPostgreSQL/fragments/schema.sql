CREATE TABLE users (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL);
CREATE TABLE teams (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL);
CREATE TABLE members (
  team_id integer NOT NULL REFERENCES teams (id),
  user_id integer NOT NULL REFERENCES users (id),
  PRIMARY KEY (team_id, user_id)
);
CREATE TABLE agents (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  owner_id integer NOT NULL REFERENCES users (id),
  team_id integer REFERENCES teams (id),
  name text NOT NULL,
  labels text[] NOT NULL DEFAULT '{}',
  budget numeric,
  archived_at timestamptz
);

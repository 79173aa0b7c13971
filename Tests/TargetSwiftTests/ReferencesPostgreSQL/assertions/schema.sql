CREATE TABLE agents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  description text,
  budget numeric NOT NULL DEFAULT 0,
  latitude double precision,
  longitude double precision,
  tags text[] NOT NULL DEFAULT '{}',
  archived_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now()
);

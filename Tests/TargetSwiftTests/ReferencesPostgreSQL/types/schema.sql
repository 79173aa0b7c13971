CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy', '', 'class', 'Ünder');
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TYPE point3 AS (x double precision, y double precision, z numeric(10, 2));
CREATE TYPE labelled AS (name text, feeling mood, place point3, tags text[], "from" timestamptz);
CREATE SCHEMA billing;
CREATE TYPE billing.state AS ENUM ('open', 'paid');

-- One column of every type.
CREATE TABLE things (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  small smallint NOT NULL,
  medium integer NOT NULL,
  big bigint,
  single real NOT NULL,
  exact double precision NOT NULL,
  price numeric(10, 2) NOT NULL,
  huge numeric,
  cash money,
  is_on boolean NOT NULL,
  name text NOT NULL,
  code varchar(40),
  fixed char(3),
  letter "char",
  handle name,
  picture bytea,
  key uuid NOT NULL DEFAULT gen_random_uuid(),
  -- an instant
  happened timestamptz NOT NULL,
  noted timestamp,
  day date,
  opens time,
  closes timetz,
  took interval,
  document json,
  settings jsonb NOT NULL DEFAULT '{}',
  network cidr,
  host inet,
  card macaddr,
  long_card macaddr8,
  flags bit(8),
  more_flags bit varying(16),
  search tsvector,
  path jsonpath,
  number oid,
  page xml,
  feeling mood NOT NULL,
  contact email,
  amount positive NOT NULL,
  place point3,
  label labelled,
  state billing.state,
  kind text NOT NULL CHECK (kind IN ('worker', 'planner', 'in progress')),
  shade varchar(10) CHECK (shade = 'dark' OR shade = 'light' OR shade IS NULL),
  ages int4range,
  spans tstzrange NOT NULL,
  days datemultirange,
  tags text[] NOT NULL DEFAULT '{}' CHECK (array_position(tags, NULL) IS NULL),
  scores integer[],
  feelings mood[] NOT NULL DEFAULT '{}',
  places point3[],
  contacts email[],
  keys uuid[],
  moments timestamptz[]
);
COMMENT ON TABLE things IS 'All there is.';
COMMENT ON COLUMN things.name IS 'What it is called.';
COMMENT ON TYPE mood IS 'How one feels.';
COMMENT ON TYPE point3 IS 'A place in space.';

CREATE TYPE kind AS ENUM ('shell', 'web');
CREATE DOMAIN label AS text CHECK (length(VALUE) < 100);
CREATE TABLE agents (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL, tenant integer NOT NULL);
CREATE TABLE tools (
  tenant integer NOT NULL,
  name label NOT NULL,
  kind kind NOT NULL DEFAULT 'shell',
  cost numeric(10, 2),
  icon bytea,
  key uuid,
  made_on date,
  active boolean NOT NULL DEFAULT true,
  data jsonb,
  PRIMARY KEY (tenant, name)
);
CREATE TABLE agent_tools (
  agent_id bigint NOT NULL REFERENCES agents (id),
  tool varchar(40) NOT NULL,
  note text,
  PRIMARY KEY (agent_id, tool)
);

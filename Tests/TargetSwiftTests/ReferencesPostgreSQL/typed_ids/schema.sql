CREATE SCHEMA billing;

CREATE DOMAIN team_number AS bigint CHECK (VALUE > 0);

CREATE TABLE teams (
  id team_number PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE agents (
  id uuid PRIMARY KEY,
  team_id bigint NOT NULL REFERENCES teams,
  lead uuid REFERENCES agents
);

CREATE TABLE billing.invoices (
  number integer PRIMARY KEY,
  team_id bigint NOT NULL REFERENCES teams
);

CREATE VIEW team_leads AS
SELECT team_id, array_agg(lead) AS leads FROM agents GROUP BY team_id;

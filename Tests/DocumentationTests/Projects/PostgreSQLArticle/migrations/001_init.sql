-- sample: PostgreSQL/Elements of arrays/1
CREATE DOMAIN email AS text;
CREATE TYPE usage AS (prompt bigint);
CREATE TABLE people (id bigint PRIMARY KEY, contact email, spent usage, settings jsonb NOT NULL);

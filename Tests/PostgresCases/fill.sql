-- Rows for every table, by trial, of the kind that `:kind` says (none, usual, extreme): values of each column's type, those that a CHECK names, and keys that are there. What a
-- constraint refuses is tried again with others. Then `case_values`: what stands in the columns of scalar types.
SET client_min_messages = error;
SELECT setseed(0.5);
SELECT set_config('case.kind', :'kind', false);

CREATE FUNCTION pg_temp.literals(type regtype, checks text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  named text[] := (SELECT array_agg(m[1]) FROM regexp_matches(checks, '''([^'']*)''::', 'g') AS m);
  base regtype := coalesce((SELECT nullif(typbasetype, 0) FROM pg_type WHERE oid = type), type);
  kind "char" := (SELECT typtype FROM pg_type WHERE oid = base);
  element oid := (SELECT typelem FROM pg_type WHERE oid = base AND typcategory = 'A');
  fields text;
BEGIN
  IF named IS NOT NULL THEN RETURN named; END IF;
  IF kind = 'e' THEN RETURN (SELECT array_agg(enumlabel::text) FROM pg_enum WHERE enumtypid = base); END IF;
  IF element <> 0 THEN
    RETURN '{"{}"}'::text[] || ARRAY[(SELECT array_agg(l)::text FROM unnest(pg_temp.literals(element, '')) AS l LIMIT 1)];
  END IF;
  IF kind = 'c' THEN
    SELECT string_agg((pg_temp.literals(atttypid, ''))[1], ',' ORDER BY attnum) INTO fields FROM pg_attribute
      WHERE attrelid = (SELECT typrelid FROM pg_type WHERE oid = base) AND attnum > 0 AND NOT attisdropped;
    RETURN ARRAY['(' || fields || ')'];
  END IF;
  IF current_setting('case.kind') = 'usual' AND base::text IN ('smallint', 'integer', 'bigint', 'real', 'double precision',
      'numeric', 'money', 'date', 'interval') THEN
    RETURN CASE base::text WHEN 'date' THEN '{2024-02-29,2025-01-01}' WHEN 'interval' THEN '{0,"1 day","02:00"}'
      ELSE '{1,2,3,5,10}' END::text[];
  END IF;
  RETURN CASE base::text
    WHEN 'smallint' THEN '{1,2,-32768,32767}' WHEN 'integer' THEN '{1,2,3,0,-2147483648,2147483647}'
    WHEN 'bigint' THEN '{1,2,3,0,-9223372036854775808,9223372036854775807}' WHEN 'oid' THEN '{0,4294967295}'
    WHEN 'real' THEN '{0,1.5,NaN,-Infinity,3.4e38}' WHEN 'double precision' THEN '{0,0.1,NaN,Infinity,1.7e308,5e-324}'
    WHEN 'numeric' THEN '{0,1.50,-3.25,12345678.99,NaN}' WHEN 'money' THEN '{0,-92233720368547758.08,1.25}'
    WHEN 'boolean' THEN '{true,false}' WHEN 'uuid' THEN ARRAY[gen_random_uuid()::text, gen_random_uuid()::text]::text
    WHEN 'bytea' THEN '{"\\x","\\x00ff10"}'
    WHEN 'timestamp with time zone' THEN '{"2024-02-29 12:00:00.123456+00","0001-01-01 00:00:00+00","now"}'
    WHEN 'timestamp without time zone' THEN '{"2024-02-29 12:00:00.123456","4713-01-01 00:00:00 BC","294276-12-31 23:59:59.999999"}'
    WHEN 'date' THEN '{2024-02-29,"4713-01-01 BC",5874897-12-31,2025-01-01}'
    WHEN 'time without time zone' THEN '{00:00,24:00,12:30:01.25}' WHEN 'time with time zone' THEN '{00:00+15:59,24:00-12}'
    WHEN 'interval' THEN '{0,"1 mon -3 days 01:00","-178000000 years"}'
    WHEN 'json' THEN '{"{\"a\": 1}","null"}' WHEN 'jsonb' THEN '{"{\"a\": 1, \"c\": [1, null]}","null","[1, \"a\"]"}'
    WHEN 'inet' THEN '{192.168.0.7/24,::/0,255.255.255.255}' WHEN 'cidr' THEN '{10.0.0.0/8,::/0}'
    WHEN 'macaddr' THEN '{08:00:2b:01:02:03}' WHEN 'macaddr8' THEN '{08:00:2b:01:02:03:04:05}'
    WHEN 'bit varying' THEN '{"",101}' WHEN 'tsvector' THEN '{"a:1A b:2",""}' WHEN 'tsquery' THEN '{"a & b"}'
    WHEN 'xml' THEN '{<a/>}' WHEN 'jsonpath' THEN '{$.a}' WHEN 'vector' THEN '{"[1,2,3]","[0.5,-1,0]"}'
    WHEN 'int4range' THEN '{"[1,5)",empty}' WHEN 'int8range' THEN '{"[1,5)",empty}' WHEN 'numrange' THEN '{"[1,5)","(,)"}'
    WHEN 'tstzrange' THEN '{"[2024-01-01 00:00+00,)",empty}' WHEN 'daterange' THEN '{"[2024-01-01,2024-02-01)"}'
    WHEN 'datemultirange' THEN '{"{[2024-01-01,2024-02-01)}","{}"}'
    ELSE '{a,b,c,a-b,a@b.c,"Ü''",""}'
  END::text[];
END $$;

DO $$
DECLARE
  pass int; target record; col record; names text; vals text; parent text; choices text[]; trial int;
BEGIN
  SET CONSTRAINTS ALL IMMEDIATE;
  FOR pass IN 1..CASE current_setting('case.kind') WHEN 'none' THEN 0 ELSE 4 END LOOP
    FOR target IN SELECT c.oid, c.oid::regclass::text AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_' LOOP
      FOR trial IN 1..40 LOOP
        names := ''; vals := '';
        FOR col IN SELECT a.attnum, a.attname, a.atttypid::regtype AS type, format_type(a.atttypid, a.atttypmod) AS written,
            a.attnotnull, a.atthasdef,
            (SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint AS k
              WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]) AS checks,
            (SELECT format('SELECT %I::text FROM %s ORDER BY random() LIMIT 1', f.attname, k.confrelid::regclass)
              FROM pg_constraint AS k JOIN pg_attribute AS f
                ON f.attrelid = k.confrelid AND f.attnum = k.confkey[array_position(k.conkey, a.attnum)]
              WHERE k.conrelid = a.attrelid AND k.contype = 'f' AND a.attnum = ANY (k.conkey) LIMIT 1) AS parents
          FROM pg_attribute AS a WHERE a.attrelid = target.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attgenerated = '' AND a.attidentity <> 'a' LOOP
          IF random() < 0.3 AND (col.atthasdef OR NOT col.attnotnull) THEN CONTINUE; END IF;
          names := names || ', ' || quote_ident(col.attname);
          IF col.parents IS NOT NULL THEN
            EXECUTE col.parents INTO parent;
            vals := vals || ', ' || coalesce(quote_literal(parent), 'NULL');
          ELSE
            choices := pg_temp.literals(col.type, coalesce(col.checks, ''));
            vals := vals || ', ' || quote_nullable(choices[1 + floor(random() * cardinality(choices))::int]) || '::' || col.written;
          END IF;
        END LOOP;
        BEGIN
          EXECUTE 'INSERT INTO ' || target.name
            || CASE names WHEN '' THEN ' DEFAULT VALUES' ELSE format(' (%s) VALUES (%s)', substr(names, 3), substr(vals, 3)) END;
        EXCEPTION WHEN others THEN NULL;
        END;
      END LOOP;
    END LOOP;
  END LOOP;
END $$;

DO $$
DECLARE v record;
BEGIN
  FOR v IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'm' LOOP
    EXECUTE 'REFRESH MATERIALIZED VIEW ' || v.name;
  END LOOP;
END $$;

CREATE TABLE case_values (type text NOT NULL, value text NOT NULL);
DO $$
DECLARE col record;
BEGIN
  FOR col IN SELECT a.attrelid::regclass AS source, a.attname AS name, t.typname AS type
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
      AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'case_values'
      AND t.typname IN ('int2', 'int4', 'int8', 'oid', 'text', 'varchar', 'bpchar', 'uuid', 'date') LOOP
    EXECUTE format('INSERT INTO case_values SELECT DISTINCT %L, %I::text FROM %s WHERE %2$I IS NOT NULL LIMIT 20', col.type, col.name, col.source);
  END LOOP;
END $$;

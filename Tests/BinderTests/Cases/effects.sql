CREATE TABLE p (id INTEGER PRIMARY KEY, a UNIQUE, b);
CREATE TABLE c (id INTEGER PRIMARY KEY, pid REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL, pa REFERENCES p (a) ON DELETE SET NULL, d);
CREATE TABLE log (x);
CREATE VIEW v AS SELECT p.a, c.d FROM p LEFT JOIN c ON c.pid = p.id;
CREATE TABLE g (id INTEGER PRIMARY KEY, cid REFERENCES c (id) ON DELETE RESTRICT);
CREATE TABLE q (id INTEGER PRIMARY KEY, pid REFERENCES p (id));
CREATE TRIGGER tr AFTER INSERT ON log BEGIN INSERT INTO p (a) SELECT new.x FROM q; END;
CREATE TRIGGER tv INSTEAD OF INSERT ON v BEGIN UPDATE c SET d = new.d WHERE pid = (SELECT id FROM p WHERE a = new.a); END;
-- query
SELECT count(*) FROM p;
--= reads p
SELECT a FROM v;
--= reads c, p
INSERT INTO c (pid) VALUES (1);
--= reads p
--= writes c
DELETE FROM p WHERE id = 1;
--= reads c, g, p, q
--= writes c, p
UPDATE p SET id = 2;
--= reads c, p, q
--= writes c, p
UPDATE p SET b = 2;
--= reads 
--= writes p
UPDATE p SET a = 2;
--= reads c
--= writes p
DELETE FROM c;
--= reads c, g, p
--= writes c
INSERT INTO log VALUES (1);
--= reads c, log, q
--= writes log, p
INSERT INTO v VALUES (1, 2);
--= reads c, p
--= writes c
INSERT INTO c (pid, d) SELECT id, a FROM p;
--= reads g, p
--= writes c
SELECT * FROM sqlite_schema;
--= reads sqlite_master
SELECT key FROM json_each('[]');
--= reads 

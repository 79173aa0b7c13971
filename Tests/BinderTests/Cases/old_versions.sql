CREATE TABLE t (id INTEGER PRIMARY KEY, doc JSON);
CREATE TABLE u (id INTEGER PRIMARY KEY, v TEXT);
-- query
SELECT doc ->> 'a' AS a FROM t;
--         ^^^ warning[newer-syntax] SQLite has the -> and ->> operators since 3.38, and the project's oldest is 3.37
SELECT u.v FROM t RIGHT JOIN u ON u.id = t.id;
--                ^^^^^^^^^^ warning[newer-syntax] SQLite has RIGHT and FULL JOIN since 3.39
SELECT id IS DISTINCT FROM 1 AS d, id IS NOT 2 AS e FROM t;
--        ^^^^^^^^^^^^^^^^ warning[newer-syntax]
SELECT unixepoch() AS now;
--     ^^^^^^^^^ warning[newer-function] 'unixepoch' needs SQLite 3.38

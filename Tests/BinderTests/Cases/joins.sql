CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE TABLE u (id INTEGER PRIMARY KEY, a INT, c TEXT);
CREATE TABLE w (id INT, x JSON);
-- query
SELECT * FROM t JOIN u USING (id);
--= columns id, a, b, a, c
--= star id, t.a, b, u.a, c
SELECT * FROM t, u;
--= star t.id, t.a, b, u.id, u.a, c
SELECT t.* FROM t JOIN u USING (id);
--= star t.id, t.a, t.b
SELECT id FROM t LEFT JOIN u USING (id);
--= outputs t.id
SELECT id FROM t RIGHT JOIN u USING (id);
--= outputs u.id
SELECT id, * FROM t FULL JOIN u USING (id);
--= outputs coalesce(t.id,u.id), coalesce(t.id,u.id), t.a, t.b, u.a, u.c
--= star id, t.a, b, u.a, c
SELECT id, w.x FROM t FULL JOIN u USING (id) JOIN w USING (id);
--= outputs coalesce(t.id,u.id), w.x
SELECT * FROM t NATURAL JOIN u;
--= columns id, a, b, c
--= star id, a, b, c
SELECT * FROM t JOIN u USING (c);
--                            ^ error[unknown-using-column] column 'c'
SELECT * FROM t JOIN t;
--     ^ error[ambiguous-column]
SELECT * FROM (SELECT 1 AS a), (SELECT 2 AS a);
--= columns a, a
--= star 
SELECT key, value, w.id FROM w, json_each(w.x);
--= columns key, value, id
SELECT * FROM json_each('[]');
--= star "key", value, type, atom, id, parent, fullkey, path
SELECT * FROM w(1);
--            ^ error[misused-table] 'w' is a table
SELECT * FROM json_each('[]', '$', 3);
--                                 ^ error[wrong-argument-count]
SELECT x.a, x.c FROM (t JOIN u USING (id, a)) AS x;
--= outputs t.a, u.c
SELECT sub.a FROM (SELECT t.a FROM t) AS sub;
--= columns a
SELECT a FROM (SELECT t.a, t.a FROM t);
--= columns a
SELECT "a:1" FROM (SELECT t.a, t.a FROM t);
--= columns a:1

CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE TABLE u (id INTEGER PRIMARY KEY, a INT, c TEXT);
-- query
SELECT count(*) FROM t;
--= aggregate yes
SELECT a FROM t WHERE count(*) > 0;
--                    ^^^^^ error[misused-aggregate] aggregate 'count' cannot stand in WHERE
SELECT sum(a) AS z FROM t WHERE z > 1;
--                              ^ error[misused-aggregate]
SELECT sum(a) AS z FROM t HAVING z > 1;
--= aggregate yes
SELECT a FROM t HAVING a > 1;
--                     ^^^^^ error[misplaced-having]
SELECT sum(sum(a)) FROM t;
--         ^^^ error[misused-aggregate] aggregate 'sum' cannot stand inside
SELECT a FROM t ORDER BY count(*);
--                       ^^^^^ error[misused-aggregate]
SELECT a FROM t GROUP BY a ORDER BY count(*);
--= aggregate yes
SELECT a FROM t GROUP BY count(*);
--                       ^^^^^ error[misused-aggregate]
SELECT (SELECT sum(t.a)) FROM t;
--= aggregate yes
SELECT (SELECT sum(u.a + t.a) FROM u) FROM t;
--= aggregate no
SELECT a FROM t WHERE (SELECT sum(t.a)) > 1;
--                            ^^^ error[misused-aggregate]
SELECT row_number() OVER () FROM t WHERE row_number() OVER () > 1;
--                                       ^^^^^^^^^^ error[misused-window]
SELECT row_number() FROM t;
--     ^^^^^^^^^^ error[misused-window]
SELECT sum(count(*)) OVER () FROM t;
--= aggregate yes
SELECT a FROM t ORDER BY row_number() OVER (ORDER BY b);
--= columns a
SELECT abs(a) OVER () FROM t;
--     ^^^ error[misused-window]
SELECT abs(a) FILTER (WHERE 1) FROM t;
--     ^^^ error[misplaced-filter]
SELECT nosuch(a) FROM t;
--     ^^^^^^ error[unknown-function] no function 'nosuch'
SELECT abs(a, b) FROM t;
--     ^^^ error[wrong-argument-count] 'abs' takes 1 argument, not 2
SELECT concat(a, b) FROM t;
--     ^^^^^^ warning[newer-function] 'concat' needs SQLite 3.44
SELECT sum(a) OVER w, avg(a) OVER (w ROWS 1 PRECEDING) FROM t WINDOW w AS (PARTITION BY b ORDER BY id);
--= columns sum(a) OVER w, avg(a) OVER (w ROWS 1 PRECEDING)
SELECT sum(a) OVER nosuch FROM t;
--                 ^^^^^^ error[unknown-window]
SELECT max(a), max(a, id) FROM t;
--= aggregate yes

/// Statements over `RandomSchema`, and what is to be claimed of them: `n` for a column that is never NULL, `?` for one that
/// may be; then the number of rows.
struct RuleCase {
  var sql: String
  var columns: String
  var rows: String
  /// Later versions are different.
  var before: Int?
  init(_ sql: String, _ columns: String, _ rows: String = "many", before: Int? = nil) {
    self.before = before
    self.sql = sql
    self.columns = columns
    self.rows = rows
  }

  static let all: [RuleCase] = [
    // A group of no rows has no row of which WHERE speaks.
    RuleCase("SELECT (SELECT p.n FROM c WHERE p.n IS NOT NULL HAVING count(c.id) >= 0) FROM p", "?"),
    RuleCase("SELECT x.y FROM p, LATERAL (SELECT p.n AS y, count(*) FROM c WHERE p.n IS NOT NULL) x", "?"),
    RuleCase("SELECT n, count(*) FROM p WHERE n IS NOT NULL GROUP BY n", "nn"),
    // What a CASE knows of its row says nothing of another.
    RuleCase("SELECT CASE WHEN n IS NOT NULL THEN first_value(n) OVER (ORDER BY id) ELSE 0 END FROM p", "?"),
    RuleCase("SELECT CASE WHEN n IS NOT NULL THEN n ELSE 0 END FROM p", "n"),
    RuleCase("SELECT CASE n WHEN 1 THEN n ELSE 0 END FROM p", "n"),
    RuleCase("SELECT CASE WHEN n IS NULL OR t IS NULL THEN 'x' ELSE n::text || t END FROM p", "n"),
    RuleCase("SELECT CASE WHEN n IS NULL AND t IS NULL THEN 'x' ELSE n::text || t END FROM p", "?"),
    RuleCase("SELECT CASE WHEN n > 1 THEN 0 ELSE n END FROM p", "?"),
    // WHERE speaks of the row as it was.
    RuleCase("UPDATE p SET t = NULL WHERE lower(t) = 'a' RETURNING lower(t), t, code", "??n"),
    RuleCase("UPDATE p SET n = 1 WHERE lower(t) = 'a' RETURNING t, n", "nn"),
    RuleCase("DELETE FROM p WHERE lower(t) = 'a' RETURNING lower(t), t", "nn"),
    RuleCase("UPDATE c SET t = 'a' WHERE amount > 1 RETURNING amount, t, doubled, size", "nn?n"),
    RuleCase("UPDATE trg SET a = 'b' RETURNING a, b", "?n"),
    RuleCase("UPDATE parts SET s = 'b' RETURNING s", "n"),
    // Columns of USING are those of what is joined, and grouping sets blank them.
    RuleCase("SELECT id FROM p JOIN c USING (id) GROUP BY ROLLUP (id)", "?"),
    RuleCase("SELECT id FROM p FULL JOIN c USING (id)", "n"),
    RuleCase("SELECT id, count(*) FROM p LEFT JOIN c USING (id) GROUP BY id", "nn"),
    RuleCase("SELECT n, (SELECT p.n), grouping(n) FROM p WHERE n IS NOT NULL GROUP BY CUBE (n)", "??n"),
    RuleCase("SELECT n FROM p WHERE n IS NOT NULL GROUP BY GROUPING SETS ((n, t), (n))", "n"),
    RuleCase("SELECT 1 FROM p GROUP BY ROLLUP (1) HAVING 1 IS NOT NULL", "?"),
    // Conditions.
    RuleCase("SELECT n FROM p WHERE n <> ALL (ARRAY[]::integer[])", "?"),
    RuleCase("SELECT n FROM p WHERE n <> ALL ($1::integer[])", "?"),
    RuleCase("SELECT n FROM p WHERE n NOT IN (1, 2)", "n"),
    RuleCase("SELECT n FROM p WHERE (n, t) > (1, 'a')", "n"),
    RuleCase("SELECT t FROM p WHERE (n, t) > (1, 'a')", "?"),
    RuleCase("SELECT n, t FROM p WHERE (n, t) IN (SELECT n, t FROM c)", "nn"),
    RuleCase("SELECT n FROM p WHERE NOT (n IS NULL)", "n"),
    RuleCase("SELECT n FROM p WHERE (n > 1) IS NOT UNKNOWN", "n"),
    RuleCase("SELECT n FROM p WHERE (n > 1) IS NOT TRUE", "?"),
    RuleCase("SELECT n FROM p WHERE n IS NOT DISTINCT FROM 1", "n"),
    RuleCase("SELECT p.id, c.id FROM p LEFT JOIN c ON c.p_id = p.id WHERE c IS NOT NULL", "nn"),
    RuleCase("SELECT $1::integer FROM p WHERE $1 IS NOT NULL", "n"),
    RuleCase("SELECT $1::integer, count(*) FROM p WHERE $1 IS NOT NULL", "?n", "exactlyOne"),
    // Outer joins.
    RuleCase("SELECT p.id, c.id FROM p LEFT JOIN c ON c.p_id = p.id", "n?"),
    RuleCase("SELECT p.code, c.id FROM c LEFT JOIN p ON c.p_id = p.id", "nn"),
    RuleCase("SELECT p.code, c.id FROM c LEFT JOIN p ON c.q_id = p.id", "?n"),
    RuleCase("SELECT p.code FROM c LEFT JOIN p ON c.q_id = p.id WHERE c.q_id IS NOT NULL", "n"),
    RuleCase("SELECT p.code FROM c LEFT JOIN p ON c.p_id = p.id AND p.n = 1", "?"),
    RuleCase("SELECT p.code FROM d LEFT JOIN p ON d.later = p.id", "?"),
    RuleCase("SELECT p.code FROM c LEFT JOIN p ON c.p_id = p.id FOR UPDATE OF c", "?"),
    RuleCase("SELECT p.code FROM c LEFT JOIN p TABLESAMPLE SYSTEM (50) ON c.p_id = p.id", "?"),
    RuleCase("SELECT p.code FROM d LEFT JOIN c ON c.n = d.a LEFT JOIN p ON c.p_id = p.id", "?"),
    RuleCase("SELECT p.code, c.id FROM c RIGHT JOIN p ON c.p_id = p.id", "n?"),
    RuleCase("SELECT code FROM v_left WHERE c_id = 1", "n"),
    RuleCase("SELECT c_id, amount FROM v_left WHERE doc IS NOT NULL", "n?"),
    RuleCase("WITH x AS (SELECT * FROM v_left) SELECT c_id FROM x WHERE doc IS NOT NULL", "n"),
    RuleCase("SELECT id, t FROM v_union WHERE t IS NOT NULL", "nn"),
    RuleCase("SELECT first FROM v_window WHERE n IS NOT NULL", "?"),
    // Subqueries.
    RuleCase("SELECT (SELECT code FROM p WHERE p.id = c.p_id) FROM c", "n"),
    RuleCase("SELECT (SELECT code FROM p WHERE p.id = c.q_id) FROM c", "?"),
    RuleCase("SELECT (SELECT code FROM p WHERE p.id = c.p_id LIMIT 1) FROM c", "?"),
    RuleCase("SELECT (SELECT code FROM p WHERE p.id = d.later) FROM d", "?"),
    RuleCase("UPDATE c SET p_id = 1 RETURNING (SELECT code FROM p WHERE p.id = c.p_id)", "?"),
    RuleCase("DELETE FROM c RETURNING (SELECT code FROM p WHERE p.id = c.p_id)", "n"),
    RuleCase("SELECT (SELECT t FROM p WHERE p.id = c.p_id) FROM c", "?"),
    RuleCase("SELECT id IN (SELECT n FROM c), id IN (SELECT id FROM c), id = ANY (ARRAY[1, n]) FROM p", "?n?"),
    // Bodies of functions, tables of functions.
    RuleCase("SELECT f_zero(n), f_maybe(id), f_plus(id), f_plus(n), f_code(id), f_count(id) FROM p", "n?n??n"),
    RuleCase("SELECT i, s FROM f_rows(1)", "n?"),
    RuleCase("SELECT x FROM unnest($1::integer[]) AS x", "n"),
    RuleCase("SELECT x FROM unnest(string_to_array($1, ',')) AS x", "n"),
    RuleCase("SELECT x FROM unnest(string_to_array($1, ',', 'a')) AS x", "?"),
    RuleCase("SELECT x FROM c, unnest(c.tags) AS x", "?"),
    RuleCase("SELECT x FROM unnest('{1,NULL}'::integer[]) AS x", "?"),
    RuleCase("SELECT x FROM unnest('{1,2}'::integer[]) AS x", "n"),
    RuleCase("SELECT unnest(tags), upper(unnest(string_to_array('a,b', ','))) FROM c WHERE tags IS NOT NULL", "??"),
    RuleCase("SELECT unnest(tags) FROM c WHERE tags IS NOT NULL", "?"),
    RuleCase("SELECT unnest($1::integer[]) + 1 FROM c", "n"),
    RuleCase("SELECT jsonb_array_elements_text('[null]'), generate_series(1, 2)", "??"),
    RuleCase("SELECT jsonb_each(doc), id FROM c", "nn"),
    RuleCase("SELECT f_rows(1), (f_rows(2)).s FROM c", "??"),
    RuleCase("SELECT lexeme, positions FROM unnest($1::tsvector)", "??"),
    RuleCase("SELECT to_char(at, 'YYYY'), to_char(at, $1), extract(hour FROM at) FROM c", "n?n"),
    RuleCase("SELECT extract(hour FROM 'infinity'::timestamptz), extract(hour FROM now())", "?n", "exactlyOne"),
    RuleCase("SELECT extract(hour FROM until), until FROM trg", "?n"),
    RuleCase("SELECT coalesce(sum(n), 0), sum(n), count(n) FROM p", "n?n", "exactlyOne"),
    // What an INSERT stores.
    RuleCase(
      "INSERT INTO c (id, p_id, doc) VALUES (1, 1, '{}') RETURNING made, at, n, dom, size", "nn?nn", "exactlyOne"),
    RuleCase("INSERT INTO c (id, p_id, doc, made) VALUES (1, 1, '{}', DEFAULT), (2, 1, '{}', 2) RETURNING made", "n"),
    RuleCase("INSERT INTO p (id, code, n) VALUES (1, 'a', 2) RETURNING n, t", "n?", "exactlyOne"),
    RuleCase("INSERT INTO p (id, code, n) VALUES ($1, $2, $3) RETURNING n", "?", "exactlyOne"),
    RuleCase(
      "INSERT INTO p (id, code, n) VALUES (1, 'a', 2) ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING n, t",
      "n?", "exactlyOne"),
    RuleCase(
      "INSERT INTO p (id, code, n) VALUES (1, 'a', 2) ON CONFLICT (id) DO UPDATE SET t = 'a' RETURNING n, t", "??",
      "exactlyOne"),
    RuleCase("INSERT INTO p (id, code, n) VALUES (1, 'a', 2) ON CONFLICT DO NOTHING RETURNING n", "n", "atMostOne"),
    RuleCase("INSERT INTO trg (id, a) VALUES (1, 'a') RETURNING a, b", "?n", "atMostOne"),
    RuleCase("INSERT INTO parts (k, s, n) VALUES (1, 'a', 1) RETURNING s", "n", "exactlyOne"),
    RuleCase("INSERT INTO par (id, w) VALUES (1, 'a') RETURNING w", "n", "exactlyOne"),
    RuleCase("INSERT INTO p (id, code) VALUES (generate_series(1, 3), 'a') RETURNING id", "n"),
    RuleCase("INSERT INTO v_write (id, code, n) VALUES (1, 'a', 2) RETURNING id, code, n", "nn?", "atMostOne"),
    RuleCase("INSERT INTO p (id, code) SELECT 1, 'a' RETURNING id", "n", "exactlyOne"),
    RuleCase("INSERT INTO p (id, code) SELECT 1, 'a' WHERE EXISTS (SELECT FROM c) RETURNING id", "n", "atMostOne"),
    // Rows.
    RuleCase("SELECT checked, v FROM d WHERE x = 1", "nn"),
    RuleCase("SELECT id FROM p WHERE id = $1", "n", "atMostOne"),
    RuleCase("SELECT id FROM p WHERE id = $1 OR id = 2", "n"),
    RuleCase("SELECT id FROM p WHERE id = (random() * 3)::integer", "n"),
    RuleCase("SELECT id FROM p WHERE code = $1 AND n > 1", "n", "atMostOne"),
    RuleCase("SELECT id FROM p WHERE code = $1 COLLATE \"C\"", "n"),
    RuleCase("SELECT id FROM c WHERE n = 1", "n"),
    RuleCase("SELECT id FROM c WHERE n = 1 AND t IS NOT NULL", "n", "atMostOne"),
    RuleCase("SELECT id FROM c WHERE n = 1 AND t = 'a'", "n", "atMostOne"),
    RuleCase("SELECT id FROM c WHERE q_id = 1 AND t = 'a' AND flag", "n", "atMostOne"),
    RuleCase("SELECT id FROM c WHERE q_id = 1 AND t = 'a' AND flag = true", "n", "atMostOne"),
    RuleCase("SELECT id FROM c WHERE q_id = 1 AND t = 'a' AND flag IS TRUE", "n", "atMostOne"),
    RuleCase("SELECT id FROM c WHERE q_id = 1 AND t = 'a' AND NOT flag", "n"),
    RuleCase("SELECT id FROM c WHERE p_id = 1 AND lower(t) = 'a'", "n", "atMostOne"),
    RuleCase("SELECT id FROM c WHERE p_id = 1 AND upper(t) = 'a'", "n"),
    RuleCase("SELECT a FROM d WHERE a IS NULL AND b = 1", "?", "atMostOne"),
    RuleCase("SELECT id FROM par WHERE id = 1", "n"),
    RuleCase("SELECT id FROM ONLY par WHERE id = 1", "n", "atMostOne"),
    RuleCase("SELECT w FROM par", "?", before: 18),
    RuleCase("SELECT k FROM parts WHERE k = 1", "n", "atMostOne"),
    RuleCase("SELECT p.id FROM p, c WHERE p.id = 1 AND c.id = p.n", "n", "atMostOne"),
    RuleCase("SELECT p.id FROM p LEFT JOIN c ON c.id = p.n WHERE p.id = 1", "n", "atMostOne"),
    RuleCase("SELECT p.id FROM p LEFT JOIN c ON c.p_id = p.id WHERE p.id = 1", "n"),
    RuleCase("SELECT id FROM v_write WHERE id = 1", "n", "atMostOne"),
    RuleCase("SELECT p_id FROM v_agg WHERE p_id = 1", "n", "atMostOne"),
    RuleCase("SELECT id FROM v_union WHERE id = 1", "n"),
    RuleCase("SELECT amount::text, count(*) FROM d WHERE amount = 1 GROUP BY amount::text", "nn"),
    RuleCase("SELECT amount, count(*) FROM d WHERE amount = 1 GROUP BY amount", "nn", "atMostOne"),
    RuleCase("SELECT n, count(*) FROM p WHERE n = 1 GROUP BY n", "nn", "atMostOne"),
    RuleCase("SELECT s.y FROM p, LATERAL (SELECT p.n AS y LIMIT 1) s GROUP BY s.y", "?"),
    RuleCase("SELECT s.y FROM p, LATERAL (SELECT random() AS y) s GROUP BY s.y", "n"),
    RuleCase("SELECT s FROM p, f_zero(p.n) s GROUP BY s", "n"),
    RuleCase("SELECT s.y FROM p, LATERAL (SELECT p.n AS y LIMIT 1) s WHERE p.id = 1 GROUP BY s.y", "?", "atMostOne"),
    RuleCase(
      """
      SELECT s.y FROM c LEFT JOIN p ON p.id = 1 AND c.n > 1, LATERAL (SELECT coalesce(p.n, 5) AS y LIMIT 1) s GROUP BY s.y
      """, "n"),
    RuleCase("SELECT a.n FROM (SELECT n FROM p WHERE id = 1) a RIGHT JOIN c ON true GROUP BY a.n", "?"),
    RuleCase("SELECT 1 FROM p ORDER BY 1 FETCH FIRST 1 ROW WITH TIES", "n"),
    RuleCase("SELECT id FROM p LIMIT $1", "n"),
    RuleCase("SELECT count(*) FROM p LIMIT $1", "n", "atMostOne"),
    RuleCase("SELECT count(*) FROM p HAVING count(*) > 1", "n", "atMostOne"),
    RuleCase("SELECT 1 FROM (SELECT 1) a JOIN (SELECT 2) b ON false", "n", "atMostOne"),
    RuleCase("SELECT 1 FROM (SELECT 1) a JOIN (SELECT 2) b ON true", "n", "exactlyOne"),
    RuleCase("SELECT id FROM p WHERE id = 1 UNION SELECT 2", "n"),
    RuleCase("SELECT id FROM p WHERE id = 1 EXCEPT SELECT 2", "n", "atMostOne"),
    RuleCase("UPDATE p SET n = 1 WHERE id = 1 RETURNING id", "n", "atMostOne"),
    RuleCase("UPDATE p SET n = 1 FROM c WHERE c.id = 1 AND p.id = c.p_id RETURNING p.id", "n", "atMostOne"),
    RuleCase("DELETE FROM par WHERE id = 1 RETURNING id", "n"),
    RuleCase("WITH x AS (INSERT INTO p (id, code) VALUES (1, 'a') RETURNING id) SELECT id FROM x", "n", "exactlyOne"),
    // A rule that stands in says what is returned.
    RuleCase("INSERT INTO ruled VALUES (1, 'a') RETURNING id, t", "??"),
    RuleCase("INSERT INTO v_ruled VALUES (1, 'a') RETURNING t", "?"),
    RuleCase("UPDATE ruled SET t = 'x' WHERE id = 1 RETURNING t", "n", "atMostOne"),
    // Rows that are locked are read again, those that they refer to are not.
    RuleCase("SELECT code FROM v_parent", "n"),
    RuleCase("SELECT code FROM v_parent FOR UPDATE", "?"),
  ]
}

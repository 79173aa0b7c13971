/// Statements over `RandomSchema`, and their parameters: names, `?` after those that may be NULL, `[]` after lists.
struct ParameterCase {
  var sql: String
  var parameters: String
  init(_ sql: String, _ parameters: String) {
    self.sql = sql
    self.parameters = parameters
  }

  static let all: [ParameterCase] = [
    ParameterCase("SELECT id FROM p WHERE id = $1 AND lower(t) = lower($2) AND t LIKE '%' || $3 || '%'", "id t t_2"),
    ParameterCase("SELECT id FROM p WHERE n BETWEEN $1 AND $2", "from_n to_n"),
    ParameterCase("SELECT id FROM p WHERE n >= $1 AND n <= $2", "n n_2"),
    ParameterCase(
      "SELECT id FROM p WHERE id = ANY ($1) AND n <> ALL ($2::integer[]) AND t IN ($3, $4)", "id[] n[] t t_2"),
    ParameterCase("SELECT id FROM p WHERE ($1::text IS NULL OR t = $1) AND n IS NOT DISTINCT FROM $2", "t? n?"),
    ParameterCase("SELECT id FROM p WHERE (n, id) > ($1, $2) ORDER BY n, id LIMIT $3 OFFSET $4", "n id limit offset"),
    ParameterCase("SELECT id FROM c WHERE at > now() - make_interval(days => $1)", "days"),
    ParameterCase("SELECT id FROM c WHERE at > now() - $1::interval", "at"),
    ParameterCase("SELECT n, count(*) FROM p GROUP BY n HAVING count(*) > $1", "count"),
    ParameterCase("SELECT count(*) FROM p HAVING count(*) > $1", "count"),
    ParameterCase("SELECT $1::integer AS depth, $2::text", "depth param_2"),
    ParameterCase("INSERT INTO p (id, code, n, t) VALUES ($1, $2, $3, $4)", "id code n? t?"),
    ParameterCase("INSERT INTO p (id, code, n) VALUES ($1, $2, $3), ($4, $5, $6)", "id code n? id_2 code_2 n_2?"),
    ParameterCase("INSERT INTO p (id, code, n) SELECT $1, $2, $3", "id code n?"),
    ParameterCase("INSERT INTO p (id, code, t) SELECT unnest($1::integer[]), unnest($2::text[]), $3", "id[] code[] t?"),
    ParameterCase(
      "INSERT INTO p (id, code, t) SELECT x.i, x.c, $3 FROM unnest($1::integer[], $2::text[]) AS x (i, c)", "i[] c[] t?"
    ),
    ParameterCase("INSERT INTO p (id, code, t) VALUES ($1, $2, coalesce($3, 'x'))", "id code t?"),
    ParameterCase("INSERT INTO p (id, code, t) VALUES ($1, $2, nullif($3, ''))", "id code t"),
    ParameterCase("UPDATE p SET n = $2, code = $3 WHERE id = $1", "id n? code"),
    ParameterCase("UPDATE p SET t = coalesce($2, t) WHERE id = $1", "id t?"),
    ParameterCase("UPDATE p SET t = CASE WHEN $2::boolean THEN $3 ELSE t END WHERE id = $1", "id param_2 t"),
    ParameterCase("UPDATE c SET dom = $1, doc = jsonb_set(doc, $2, $3) WHERE id = $4", "dom path replacement id"),
    ParameterCase("INSERT INTO v_write (id, code, n) VALUES ($1, $2, $3)", "id code n?"),
    ParameterCase(
      "INSERT INTO p (id, code, n) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET n = $3, code = $4",
      "id code n? code_2"),
    ParameterCase("UPDATE p SET n = $1, id = $1", "n"),
  ]
}

/// Statements over `RandomSchema`, and what they touch.
struct EffectCase {
  var sql: String
  var reads: [String]
  var writes: [String]
  var opaque: [String]
  init(_ sql: String, reads: [String] = [], writes: [String] = [], opaque: [String] = []) {
    self.sql = sql
    self.reads = reads
    self.writes = writes
    self.opaque = opaque
  }

  static let all: [EffectCase] = [
    EffectCase("SELECT id FROM v_left", reads: ["c", "p"]),
    EffectCase("SELECT f_code(a) FROM d WHERE EXISTS (SELECT 1 FROM trg)", reads: ["d", "p", "trg"]),
    EffectCase("SELECT k FROM parts", reads: ["parts", "parts_high", "parts_low"]),
    EffectCase("SELECT id FROM ONLY par", reads: ["par"]),
    EffectCase("SELECT 1 FROM f_rows(1)", reads: ["c"]),
    EffectCase("DELETE FROM p", reads: ["p"], writes: ["c", "p"]),
    EffectCase("UPDATE p SET n = 1", reads: ["p"], writes: ["p"]),
    EffectCase("INSERT INTO trg (id) SELECT id FROM p", reads: ["p"], writes: ["trg"], opaque: ["trg_before"]),
    EffectCase("DELETE FROM trg", reads: ["trg"], writes: ["trg"]),
    EffectCase("INSERT INTO ruled VALUES (1, 'a')", reads: ["ruled"], writes: ["par", "ruled"]),
    EffectCase("UPDATE ruled SET t = 'x'", reads: ["d", "ruled"], writes: ["d", "ruled"]),
    EffectCase("UPDATE v_write SET n = 1", reads: ["p"], writes: ["p"]),
    EffectCase("WITH x AS (DELETE FROM d RETURNING x) SELECT count(*) FROM x", reads: ["d"], writes: ["d"]),
    EffectCase(
      "MERGE INTO parts AS m USING p ON m.k = p.id WHEN MATCHED THEN DELETE",
      reads: ["p", "parts", "parts_high", "parts_low"],
      writes: ["parts", "parts_high", "parts_low"]),
  ]
}

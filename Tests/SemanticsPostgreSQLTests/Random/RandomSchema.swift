/// The types that random expressions have.
enum Kind: CaseIterable {
  case int, text, bool, number, time, json, array, mood

  /// As PostgreSQL spells it.
  var spelling: String {
    switch self {
    case .int: "integer"
    case .text: "text"
    case .bool: "boolean"
    case .number: "numeric"
    case .time: "timestamptz"
    case .json: "jsonb"
    case .array: "integer[]"
    case .mood: "mood"
    }
  }
}

struct RandomColumn {
  var name: String
  var kind: Kind
}

struct RandomTable {
  var name: String
  var columns: [RandomColumn]
  /// Columns that a unique key has; the traps among them are not unique after all.
  var keys: [String] = []
}

/// A schema with all that proofs can stumble over, and rows for it.
enum RandomSchema {
  /// Before 18 a table that inherits may do without NOT NULL.
  static func sql(majorVersion: Int) -> String {
    majorVersion < 18 ? sql + "\nALTER TABLE kid ALTER w DROP NOT NULL;" : sql
  }

  private static let sql = """
    CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
    CREATE DOMAIN filled AS text NOT NULL;
    CREATE TYPE pair AS (a integer, b integer);
    CREATE TABLE p (
      id integer PRIMARY KEY, code text NOT NULL UNIQUE, n integer, t text, flag boolean, m mood, at timestamptz
    );
    CREATE TABLE c (
      id integer PRIMARY KEY, p_id integer NOT NULL REFERENCES p ON DELETE CASCADE, q_id integer REFERENCES p,
      n integer, t text, amount numeric, at timestamptz NOT NULL DEFAULT now(), tags integer[], doc jsonb NOT NULL,
      pr pair, flag boolean, doubled integer GENERATED ALWAYS AS (n * 2) STORED,
      size integer GENERATED ALWAYS AS (length(coalesce(t, ''))) STORED, dom filled DEFAULT 'd', made integer DEFAULT 3
    );
    CREATE UNIQUE INDEX c_partial ON c (n) WHERE t IS NOT NULL;
    CREATE UNIQUE INDEX c_flagged ON c (q_id, t) WHERE flag;
    CREATE UNIQUE INDEX c_lower ON c (p_id, lower(t));
    CREATE TABLE d (
      a integer, b integer, v text NOT NULL, checked integer CHECK (checked IS NOT NULL), x integer NOT NULL
        UNIQUE DEFERRABLE INITIALLY DEFERRED, later integer NOT NULL
        REFERENCES p DEFERRABLE INITIALLY DEFERRED, amount numeric, UNIQUE NULLS NOT DISTINCT (a, b)
    );
    CREATE TABLE par (id integer PRIMARY KEY, w text NOT NULL, n integer);
    CREATE TABLE kid (extra integer) INHERITS (par);
    CREATE TABLE parts (k integer PRIMARY KEY, s text, n integer NOT NULL) PARTITION BY RANGE (k);
    CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (MINVALUE) TO (2);
    CREATE TABLE parts_high PARTITION OF parts DEFAULT;
    CREATE TABLE trg (
      id integer PRIMARY KEY, a text, b text NOT NULL DEFAULT 'b', until timestamptz NOT NULL DEFAULT 'infinity'
    );
    CREATE FUNCTION trg_before() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.a = 'x' THEN RETURN NULL; END IF;
      IF NEW.a = 'a' THEN NEW.a := NULL; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER trg_before BEFORE INSERT OR UPDATE ON trg FOR EACH ROW EXECUTE FUNCTION trg_before();
    CREATE VIEW v_left AS SELECT p.id, p.code, c.id AS c_id, c.amount, c.doc, c.n FROM p LEFT JOIN c ON c.p_id = p.id;
    CREATE VIEW v_agg AS
      SELECT p_id, count(*)::integer AS rows, sum(amount) AS total, min(id) AS least, string_agg(t, ',') AS texts
      FROM c GROUP BY p_id;
    CREATE VIEW v_union AS SELECT id, t, n FROM p UNION ALL SELECT id, t, p_id FROM c;
    CREATE VIEW v_write AS SELECT id, code, n, t FROM p WHERE n > 0;
    CREATE VIEW v_window AS SELECT id, n, first_value(t) OVER (ORDER BY id) AS first, lag(n) OVER (ORDER BY id) AS before FROM c;
    CREATE FUNCTION f_zero(v integer) RETURNS integer IMMUTABLE RETURN coalesce(v, 0);
    CREATE FUNCTION f_maybe(v integer) RETURNS integer IMMUTABLE STRICT RETURN nullif(v, 1);
    CREATE FUNCTION f_plus(v integer, w integer DEFAULT NULL) RETURNS integer IMMUTABLE RETURN v + coalesce(w, 1);
    CREATE FUNCTION f_code(v integer) RETURNS text STABLE BEGIN ATOMIC SELECT code FROM p WHERE id = v; END;
    CREATE FUNCTION f_count(v integer) RETURNS integer STABLE
      BEGIN ATOMIC SELECT count(*)::integer FROM c WHERE n = v; END;
    CREATE FUNCTION f_rows(v integer) RETURNS TABLE (i integer, s text) STABLE
      BEGIN ATOMIC SELECT c.id, c.t FROM c WHERE c.t IS NOT NULL OR c.n = v; END;
    CREATE TABLE ruled (id integer PRIMARY KEY, t text NOT NULL);
    CREATE RULE ruled_insert AS ON INSERT TO ruled
      DO INSTEAD INSERT INTO par (id, w) VALUES (NEW.id, 'w') RETURNING par.id, par.n::text;
    CREATE RULE ruled_update AS ON UPDATE TO ruled DO ALSO DELETE FROM d WHERE x = OLD.id;
    CREATE VIEW v_ruled AS SELECT id, t FROM ruled;
    CREATE VIEW v_parent AS SELECT c.id, (SELECT p.code FROM p WHERE p.id = c.p_id) AS code FROM c;
    """

  static let tables: [RandomTable] = [
    RandomTable(
      name: "p", columns: columns("id int code text n int t text flag bool m mood at time"), keys: ["id", "code"]),
    RandomTable(
      name: "c",
      columns: columns(
        "id int p_id int q_id int n int t text amount number at time tags array doc json flag bool doubled int size int dom text made int"
      ), keys: ["id", "n", "p_id"]),
    RandomTable(
      name: "d", columns: columns("a int b int v text checked int x int later int amount number"),
      keys: ["a", "b", "x"]),
    RandomTable(name: "par", columns: columns("id int w text n int"), keys: ["id"]),
    RandomTable(name: "parts", columns: columns("k int s text n int"), keys: ["k"]),
    RandomTable(name: "trg", columns: columns("id int a text b text"), keys: ["id"]),
  ]
  static let views: [RandomTable] = [
    RandomTable(
      name: "v_left", columns: columns("id int code text c_id int amount number doc json n int"), keys: ["id", "c_id"]),
    RandomTable(name: "v_agg", columns: columns("p_id int rows int total number least int texts text"), keys: ["p_id"]),
    RandomTable(name: "v_union", columns: columns("id int t text n int"), keys: ["id"]),
    RandomTable(name: "v_write", columns: columns("id int code text n int t text"), keys: ["id", "code"]),
    RandomTable(name: "v_window", columns: columns("id int n int first text before int"), keys: ["id"]),
  ]

  private static func columns(_ text: String) -> [RandomColumn] {
    let words = text.split(separator: " ").map(String.init)
    return stride(from: 0, to: words.count, by: 2).map { at in
      RandomColumn(name: words[at], kind: Kind.allCases.first { "\($0)" == words[at + 1] } ?? .int)
    }
  }

  /// Statements that fill the tables: few values, so that they meet; from empty to dense, from full to mostly NULL.
  static func rows(_ dice: inout Dice, majorVersion: Int) -> [String] {
    let nulls = dice.pick([5, 30, 60, 95])
    let most = dice.pick([0, 1, 2, 4, 9])
    func value(_ dice: inout Dice, _ text: String) -> String { dice.percent(nulls) ? "NULL" : text }
    func number(_ dice: inout Dice) -> String { String(dice.roll(4)) }
    func text(_ dice: inout Dice) -> String { dice.pick(["''", "'a'", "'b'", "'x'", "'A'"]) }
    func optional(_ dice: inout Dice, _ make: (inout Dice) -> String) -> String {
      let made = make(&dice)
      return value(&dice, made)
    }
    func time(_ dice: inout Dice) -> String {
      dice.pick(["'2024-01-01'", "'2025-06-30 12:00'", "'2026-02-03 04:05:06'"])
    }
    func flag(_ dice: inout Dice) -> String { dice.pick(["true", "false"]) }
    var result: [String] = []
    func add(_ table: String, _ columns: String, _ values: [String], conflict: String = "ON CONFLICT DO NOTHING") {
      result.append("INSERT INTO \(table) (\(columns)) VALUES (\(values.joined(separator: ", "))) \(conflict)")
    }
    for id in 0..<dice.roll(most + 1) {
      add(
        "p", "id, code, n, t, flag, m, at",
        [
          "\(id)", "'\(dice.pick(["a", "b", "x"]))\(id)'", optional(&dice, number), optional(&dice, text),
          optional(&dice, flag), optional(&dice) { $0.pick(["'sad'", "'ok'", "'happy'"]) }, optional(&dice, time),
        ])
    }
    for id in 0..<dice.roll(most + 1) {
      let json = dice.pick(["{\"a\": 1}", "{\"a\": null}", "{}", "{\"a\": 2, \"b\": [1]}"])
      result.append(
        """
        INSERT INTO c (id, p_id, q_id, n, t, amount, at, tags, doc, pr, flag, dom) SELECT \(id), id, \
        \(dice.percent(nulls) ? "NULL" : "id"), \(optional(&dice, number)), \(optional(&dice, text)), \
        \(optional(&dice) { "\($0.roll(3)).\($0.pick(["0", "00", "5"]))" })::numeric, \(time(&dice)), \
        \(optional(&dice) { $0.pick(["'{}'", "'{1,2}'", "'{0,NULL}'"]) })::integer[], '\(json)', \
        \(optional(&dice) { $0.pick(["(1,2)", "(NULL,1)::pair", "(NULL,NULL)::pair"]).description })::pair, \
        \(optional(&dice, flag)), \(dice.percent(nulls) ? "(SELECT dom FROM c WHERE false)" : "'d'::filled") \
        FROM p ORDER BY md5(id::text || '\(dice.roll(100))') LIMIT 1 ON CONFLICT DO NOTHING
        """)
    }
    for _ in 0..<dice.roll(most + 1) {
      add(
        "d", "a, b, v, checked, x, later, amount",
        [
          optional(&dice, number), optional(&dice, number), text(&dice), number(&dice), number(&dice), number(&dice),
          optional(&dice) { "\($0.roll(3)).\($0.pick(["0", "00"]))" },
        ], conflict: "ON CONFLICT (a, b) DO NOTHING")
    }
    for id in 0..<dice.roll(most + 1) {
      add("par", "id, w, n", ["\(id)", text(&dice), optional(&dice, number)])
      if dice.one(in: 2) {
        add(
          "kid", "id, w, n",
          ["\(dice.roll(4))", majorVersion < 18 ? optional(&dice, text) : text(&dice), optional(&dice, number)])
      }
      add("parts", "k, s, n", ["\(id)", optional(&dice, text), number(&dice)])
      add("trg", "id, a", ["\(id)", optional(&dice, text)])
    }
    return result
  }
}

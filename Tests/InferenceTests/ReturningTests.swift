// What RETURNING shows is not always what the table or the view holds: found by generated statements (`FuzzTests`).

import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

@Suite struct ReturningTests {
  static let schema = """
    CREATE TABLE t (a TEXT NOT NULL, b TEXT, c INT NOT NULL);
    CREATE VIEW v AS SELECT rowid AS id, a, c FROM t;
    CREATE TRIGGER changes INSTEAD OF UPDATE ON v BEGIN UPDATE t SET a = new.a WHERE rowid = old.id; END;
    CREATE TRIGGER adds INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a, NULL, 1); END;
    CREATE TRIGGER drops INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE rowid = old.id; END;
    INSERT INTO t VALUES ('x', NULL, 1);
    """

  @Test(arguments: [
    // SQLite 3.38 and later take a column for NOT NULL that is not, in IS NULL and its like.
    ("UPDATE t SET c = 3 RETURNING CASE WHEN b IS NULL THEN 'none' ELSE b END", ["text?"]),
    ("INSERT INTO t (a, c) VALUES ('1', 1) RETURNING iif(b NOTNULL, b, 'none')", ["text?"]),
    ("UPDATE t SET c = 3 RETURNING coalesce(b, 'none'), CASE WHEN b = 'x' THEN b ELSE '' END", ["text", "text"]),
    // Of a view, what is not written is NULL, and what is has the class that it was given.
    ("UPDATE v SET a = 5 RETURNING id, a, c", ["int?", "any", "int?"]),
    ("UPDATE v SET a = 'x' RETURNING id, a", ["int?", "text"]),
    ("UPDATE v SET a = NULL RETURNING a", ["text?"]),
    ("INSERT INTO v (a) VALUES (1.5) RETURNING id, a", ["int?", "real"]),
    ("INSERT INTO v (a) VALUES (NULL) RETURNING a", ["text?"]),
    ("INSERT INTO v (a, c) SELECT a, b FROM t RETURNING a, c", ["text", "text?"]),
    ("INSERT INTO v (a, c) VALUES ('x', 1), (NULL, 2) RETURNING a, c", ["text?", "int"]),
    ("DELETE FROM v RETURNING id, a, c", ["int", "text", "int"]),
  ]) func isWhatSQLiteGives(_ sql: String, _ types: [String]) throws {
    let result = try #require(Analysis(schema: Self.schema).analyze(sql).first?.1)
    #expect(!result.diagnostics.hasErrors, "\(result.diagnostics)")
    #expect(notation(result.value) == types)
    #expect(try Soundness(schema: Self.schema).check(sql, against: result.value).isEmpty)
  }

  /// SQLite names the view as the origin of what RETURNING shows of it; the tables behind it would contradict that.
  @Test(arguments: ["DELETE FROM v RETURNING id, a, c", "UPDATE v SET a = 'x' RETURNING id, a, c"])
  func columnsOfAViewComeFromNoTable(_ sql: String) throws {
    let result = try #require(Analysis(schema: Self.schema).analyze(sql).first?.1)
    #expect(result.value.columns.count == 3)
    #expect(result.value.columns.allSatisfy { $0.origin == nil })
  }

  static let written = """
    CREATE TABLE w (id INTEGER PRIMARY KEY, a TEXT, b TEXT DEFAULT 'x', c TEXT DEFAULT (nullif(1, 1)),
      d DATETIME DEFAULT (datetime('now')), e INT NOT NULL DEFAULT 0, u TEXT UNIQUE, n TEXT DEFAULT NULL,
      g TEXT AS (a || b));
    INSERT INTO w (id, u) VALUES (1, 'one');
    INSERT INTO w (id, a, b, u) VALUES (2, 'a', NULL, 'two');
    CREATE TABLE watched (id INTEGER PRIMARY KEY, a TEXT, b TEXT DEFAULT 'x');
    CREATE TRIGGER before_update BEFORE UPDATE ON watched BEGIN UPDATE watched SET b = NULL WHERE id = old.id; END;
    CREATE TRIGGER after_insert AFTER INSERT ON watched BEGIN UPDATE watched SET a = NULL WHERE id = new.id; END;
    INSERT INTO watched (id, a) VALUES (7, 'a');
    CREATE TABLE tree (id INTEGER PRIMARY KEY, parent INT REFERENCES tree (id) ON UPDATE SET NULL, a TEXT);
    INSERT INTO tree VALUES (1, NULL, 'a'), (2, 1, 'b');
    CREATE TABLE profile (id TEXT PRIMARY KEY, name TEXT, tag TEXT AS (id || '!'));
    CREATE TABLE numbered (id INT PRIMARY KEY, name TEXT);
    CREATE TABLE downwards (id INTEGER PRIMARY KEY DESC, name TEXT);
    CREATE TABLE pair (a TEXT, b TEXT, name TEXT, PRIMARY KEY (a, b));
    CREATE TABLE given (id TEXT PRIMARY KEY DEFAULT (lower(hex(randomblob(8)))), name TEXT);
    """

  /// Triggers and foreign keys of one row reach the next before it is written or shown.
  @Test(arguments: [
    ("DELETE FROM tree WHERE parent IS NOT NULL RETURNING parent", "int?"),
    ("DELETE FROM shaken WHERE v IS NOT NULL RETURNING v", "text?"),
    ("DELETE FROM shaken WHERE v = 'a' RETURNING v", "text?"),
    ("UPDATE shaken SET v = w WHERE w IS NOT NULL RETURNING v", "text?"),
    ("UPDATE tree SET id = id + 100, a = parent WHERE parent IS NOT NULL RETURNING a", "text?"),
    ("UPDATE OR REPLACE tree SET id = 1, a = parent WHERE parent IS NOT NULL RETURNING a", "text?"),
    // Nothing reaches this table.
    ("DELETE FROM still WHERE v IS NOT NULL RETURNING v", "text"),
    ("UPDATE still SET v = w WHERE w IS NOT NULL RETURNING v", "text"),
  ]) func whatOtherRowsDo(_ sql: String, _ types: String) throws {
    let schema = """
      CREATE TABLE tree (id INTEGER PRIMARY KEY, parent INT REFERENCES tree (id) ON DELETE SET NULL ON UPDATE SET NULL,
        a TEXT);
      INSERT INTO tree VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c');
      CREATE TABLE shaken (id INTEGER PRIMARY KEY, v TEXT, w TEXT);
      CREATE TRIGGER deleted AFTER DELETE ON shaken BEGIN UPDATE shaken SET v = NULL; END;
      CREATE TRIGGER updated AFTER UPDATE ON shaken BEGIN UPDATE shaken SET w = NULL WHERE id <> new.id; END;
      INSERT INTO shaken VALUES (1, 'a', 'x'), (2, 'a', 'y'), (3, 'b', 'z');
      CREATE TABLE still (id INTEGER PRIMARY KEY, v TEXT, w TEXT);
      INSERT INTO still VALUES (1, 'a', 'x'), (2, NULL, 'y');
      PRAGMA foreign_keys = ON;
      """
    let result = try #require(Analysis(schema: schema).analyze(sql).first?.1)
    #expect(!result.diagnostics.hasErrors, "\(result.diagnostics)")
    #expect(notation(result.value).joined(separator: " ") == types)
    #expect(try Soundness(schema: schema).check(sql, against: result.value).isEmpty)
  }

  @Test(arguments: [
    // What is set, and what is left to its default.
    (
      "INSERT INTO w (a) VALUES ('y') RETURNING id, a, b, c, d, e, u, n", "int text text text? datetime int text? text?"
    ),
    ("INSERT INTO w DEFAULT VALUES RETURNING a, b, d, rowid", "text? text datetime int"),
    ("INSERT INTO w (a, b) VALUES ('y', 'z'), ('y', NULL) RETURNING a, b", "text text?"),
    ("INSERT INTO w (a, b) SELECT u, e FROM w RETURNING a, b", "text? text"),
    ("INSERT INTO w (a, b) SELECT u, e FROM w WHERE u > '' RETURNING a, b", "text text"),
    ("INSERT INTO w (a) VALUES (nullif('a', 'a')) RETURNING a, g", "text? text?"),
    ("REPLACE INTO w (id, a, e) VALUES (1, 'q', NULL) RETURNING a, b, e", "text text int"),
    // Inserted, or updated.
    ("INSERT INTO w (id, a) VALUES (1, 'y') ON CONFLICT (id) DO UPDATE SET e = 2 RETURNING a, b, e", "text? text? int"),
    (
      "INSERT INTO w (id, a) VALUES (1, 'y') ON CONFLICT (id) DO UPDATE SET a = excluded.a RETURNING a, b", "text text?"
    ),
    (
      "INSERT INTO w (id, a, u) VALUES (9, 'y', 'one') ON CONFLICT (u) DO UPDATE SET a = excluded.b RETURNING a, u",
      "text text"
    ),
    (
      "INSERT INTO w (id, u) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET a = 'c' WHERE b IS NOT NULL RETURNING a, b, u",
      "text? text text?"
    ),
    ("INSERT INTO w (id, a) VALUES (2, 'y') ON CONFLICT (id) DO NOTHING RETURNING a, b", "text text"),
    (
      "INSERT INTO w (id, a, u) VALUES (1, 'y', 'two') ON CONFLICT (u) DO UPDATE SET a = 'q' ON CONFLICT (id) DO UPDATE SET a = NULL RETURNING a",
      "text?"
    ),
    // Set, or left alone under WHERE.
    ("UPDATE w SET a = 'z' RETURNING a, b", "text text?"),
    ("UPDATE w SET a = 'z' WHERE b IS NOT NULL AND c > '' RETURNING a, b, c", "text text text"),
    ("UPDATE w SET a = b, b = NULL WHERE b IS NOT NULL RETURNING a, b", "text text?"),
    ("UPDATE w SET (a, b) = ('x', NULL) RETURNING a, b", "text text?"),
    ("UPDATE w SET (a, b) = (SELECT 'x', 'y') RETURNING a, b", "text text"),
    ("UPDATE w SET (a, b) = (SELECT 'x', 'y' FROM tree WHERE id = 99) RETURNING a, b", "text? text?"),
    ("UPDATE w SET a = o.a FROM tree o WHERE o.id = w.id AND o.a > '' RETURNING w.a", "text"),
    ("UPDATE w SET a = coalesce(a, 'none'), c = upper(a) RETURNING a, c", "text text?"),
    // Triggers: before an UPDATE they can change what is left alone, after an INSERT nothing that is shown.
    ("UPDATE watched SET a = 'z' WHERE b IS NOT NULL RETURNING a, b", "text text?"),
    ("INSERT INTO watched (a) VALUES ('z') RETURNING a, b", "text text"),
    ("UPDATE tree SET id = id + 10 WHERE parent IS NOT NULL OR id = 1 RETURNING parent", "int?"),
    // Keys that SQLite lets be NULL.
    ("INSERT INTO profile (name) VALUES ('n') RETURNING id, tag", "text? text?"),
    ("INSERT INTO profile (id, name) VALUES ('i', 'n') RETURNING id, name", "text text"),
    ("INSERT INTO profile (id) SELECT u FROM w RETURNING id", "text?"),
    ("INSERT INTO profile DEFAULT VALUES RETURNING *", "text? text? text?"),
    ("INSERT INTO profile (id) VALUES (NULL) RETURNING id", "text?"),
    ("INSERT INTO profile (id) VALUES ('u') ON CONFLICT (id) DO UPDATE SET id = NULL RETURNING id", "text?"),
    ("UPDATE profile SET id = NULL RETURNING id, tag", "text? text?"),
    ("INSERT INTO numbered (name) VALUES ('n') RETURNING id, rowid", "int? int"),
    ("INSERT INTO downwards (name) VALUES ('n') RETURNING id", "int?"),
    ("INSERT INTO pair (a) VALUES ('n') RETURNING a, b", "text text?"),
    ("INSERT INTO given (name) VALUES ('n') RETURNING id", "text"),
  ]) func showsWhatIsWritten(_ sql: String, _ types: String) throws {
    let schema = Self.written
    for isStrict in [false, true] {
      let options = SemanticsOptions(strictPrimaryKeys: isStrict)
      let result = try #require(Analysis(schema: schema, options: options).analyze(sql, options: options).first?.1)
      #expect(!result.diagnostics.hasErrors, "\(result.diagnostics)")
      #expect(notation(result.value).joined(separator: " ") == types)
      #expect(try Soundness(schema: schema).check(sql, against: result.value).isEmpty)
    }
  }

  @Test(arguments: [
    // What is written to a view is named after its columns.
    ("INSERT INTO v (a, c) VALUES (?, ?)", "a text, c int"),
    ("UPDATE v SET a = ?, c = coalesce(?, c) WHERE id = ?", "a text, c int?, id int"),
    ("INSERT INTO v VALUES (?, ?, ?) RETURNING *", "id int, a text, c int"),
    // Beside what can be anything but NULL, NULL makes no sense.
    ("SELECT 1 FROM anything WHERE x = ? AND y > ? AND x BETWEEN ? AND ?", "x any, y any?, from any, to any"),
    ("SELECT 1 FROM anything WHERE x IN (sqlc.slice(xs)) AND x IS ? AND (x, 1) = (?, 1)", "xs any, x any, x2 any"),
    ("SELECT 1 FROM anything a LEFT JOIN anything b ON b.y = a.y WHERE b.x = ? AND a.x IS NOT ?", "x any?, x2 any"),
    ("UPDATE anything SET y = ? WHERE x = ?", "y any?, x any"),
  ]) func parametersAreNamedAndTyped(_ sql: String, _ expected: String) throws {
    let schema = Self.schema + "CREATE TABLE anything (x NOT NULL, y);"
    let result = try #require(Analysis(schema: schema).analyze(sql).first?.1)
    #expect(!result.diagnostics.hasErrors, "\(result.diagnostics)")
    #expect(result.value.parameters.map { "\($0.name) \(notation($0.facts))" }.joined(separator: ", ") == expected)
  }

  @Test func aKeyIsGivenNull() throws {
    let statements = [
      "INSERT INTO profile (id, name) VALUES ('i', 'n'), (NULL, 'n')", "INSERT INTO profile (id) SELECT NULL",
      "UPDATE profile SET (id, name) = (NULL, 'n')", "UPDATE pair SET b = NULL",
      "INSERT INTO profile (id) VALUES ('i') ON CONFLICT (id) DO UPDATE SET id = NULL",
    ]
    for sql in statements {
      let result = try #require(Analysis(schema: Self.written).analyze(sql).first?.1)
      let places = result.diagnostics.filter { $0.id.name == "null-key" }.map(\.primary.source.range)
      #expect(places.map { String(Array(sql)[$0.lower..<$0.upper]) } == ["NULL"], "\(sql)")
    }
    let fine = try #require(
      Analysis(schema: Self.written).analyze("INSERT INTO w (id, a) VALUES (NULL, NULL)").first?.1)
    #expect(fine.diagnostics.isEmpty)
  }
}

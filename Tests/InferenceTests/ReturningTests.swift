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
    ("UPDATE v SET a = 5 RETURNING id, a, c", ["int?", "any?", "int?"]),
    ("INSERT INTO v (a) VALUES (1.5) RETURNING id, a", ["int?", "any?"]),
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
}

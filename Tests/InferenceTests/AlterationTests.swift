// Random ALTER TABLEs: what our catalog makes of them is what it makes of the schema that SQLite has rewritten.

import CSQLite
import SQLCDiagnostics
import SQLCSQLiteHandle
import SQLCSemanticsSQLite
import Testing

@Suite struct AlterationTests {
  static let schema = """
    CREATE TABLE t0(a INTEGER PRIMARY KEY, b TEXT NOT NULL, c INT, d REAL DEFAULT 1.0, CHECK (c > 0 OR b <> ''));
    CREATE TABLE t1(a INTEGER PRIMARY KEY, b INT REFERENCES t0(a) ON DELETE CASCADE, c TEXT UNIQUE, e INT AS (b + 1),
      f TEXT CHECK (f IN ('x', 'y')), FOREIGN KEY (c) REFERENCES t2(b) ON UPDATE CASCADE);
    CREATE TABLE t2(b TEXT NOT NULL PRIMARY KEY, x, e INT NOT NULL) WITHOUT ROWID;
    CREATE INDEX i0 ON t0(b, lower(b));
    CREATE UNIQUE INDEX i1 ON t0(c) WHERE c IS NOT NULL AND b <> '';
    CREATE UNIQUE INDEX i2 ON t1(b, f) WHERE f = 'x';
    CREATE INDEX i3 ON t2(x) WHERE e > 0;
    CREATE VIEW v0 AS SELECT a, b AS bee, c FROM t0 WHERE c > 1;
    CREATE VIEW v1 AS SELECT t0.*, t1.c AS tc, x.e FROM t0 LEFT JOIN t1 ON t1.b = t0.a LEFT JOIN t2 AS x ON x.b = t1.c;
    CREATE VIEW v2 AS WITH q AS (SELECT b, e FROM t2) SELECT q.b AS qb, count(*) AS n FROM q GROUP BY q.b;
    CREATE VIEW v3 AS SELECT bee FROM v0 WHERE EXISTS (SELECT 1 FROM t1 WHERE t1.b = v0.bee);
    CREATE VIEW v4 AS SELECT a, d, f FROM t0 NATURAL JOIN t1 WHERE c > 0;
    CREATE VIEW v5 AS SELECT * FROM t1 NATURAL JOIN t2;
    CREATE VIEW v6 AS SELECT e, b, t2.b AS tb FROM t1 NATURAL LEFT JOIN t2 ORDER BY b;
    CREATE VIEW w0 AS SELECT rowid, a + 1, (SELECT count(*) FROM t1 WHERE t1.b = t0.a), lower(t0.b), [c] || b FROM t0;
    CREATE VIEW w1 AS SELECT c, e, t2.* FROM t1 NATURAL RIGHT JOIN t2;
    CREATE VIEW w2 AS SELECT b, e FROM t1 NATURAL FULL JOIN t2;
    CREATE VIEW w3 AS SELECT c AS k, b FROM t1 UNION SELECT b, x FROM t2 ORDER BY b;
    CREATE VIEW w4 AS SELECT (SELECT max(t2.e) FROM t2 AS t2), t1.f FROM t1 WHERE EXISTS (SELECT t1.* FROM t1);
    CREATE TRIGGER r0 AFTER UPDATE OF b, c ON t0 WHEN new.c > old.c BEGIN
      UPDATE t2 SET e = new.c WHERE b = new.b;
      INSERT INTO t1(b, c) VALUES (new.a, 'x') ON CONFLICT (c) DO UPDATE SET b = excluded.b;
    END;
    CREATE TRIGGER r1 AFTER DELETE ON t1 BEGIN
      DELETE FROM t2 WHERE e IN (WITH z AS (SELECT b FROM t1) SELECT b FROM z) AND e <> old.b;
    END;
    CREATE TRIGGER r2 INSTEAD OF UPDATE OF bee ON v0 BEGIN UPDATE t0 SET b = new.bee WHERE a = old.a; END;
    CREATE TRIGGER r3 BEFORE UPDATE OF e ON t2 BEGIN SELECT RAISE(IGNORE) FROM t0 WHERE t0.c = new.e; END;
    """

  @Test func theRewrittenSchemaIsTheSame() throws {
    var accepted = 0
    for seed in UInt64(1)...120 {
      var random = SeededGenerator(seed: seed)
      let database = try DatabaseHandle(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
      try database.execute(Self.schema)
      var script = Self.schema
      for _ in 0..<6 {
        let alteration = try alteration(of: database, &random)
        guard (try? database.execute(alteration)) != nil else { continue }
        script += "\n" + alteration
        accepted += 1
      }
      let rewritten = try column(
        of: "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid", database)
      let ours = facts(script)
      let theirs = facts(rewritten.joined(separator: "\n"))
      let analysis = Analysis(schema: script, options: .newest)
      for view in try column(of: "SELECT name FROM sqlite_schema WHERE type = 'view'", database) {
        let names = try column(of: "SELECT name FROM pragma_table_xinfo('\(view)')", database)
        let found = analysis.analyze("SELECT * FROM \(view)", options: .newest).first?.1.value.columns.map(\.name)
        #expect(found == names, "seed \(seed), \(view)\n\(script.suffix(400))")
      }
      #expect(ours == theirs, "seed \(seed): \(Set(ours).symmetricDifference(theirs).sorted())\n\(script.suffix(400))")
    }
    #expect(accepted > 250, "\(accepted)")
  }

  private func alteration(of database: DatabaseHandle, _ random: inout SeededGenerator) throws -> String {
    func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
    let table = pick(try column(of: "SELECT name FROM sqlite_schema WHERE type = 'table'", database))
    let columns = try column(of: "SELECT name FROM pragma_table_xinfo('\(table)')", database)
    let names = ["a", "b", "c", "e", "p", "q", "\"r s\"", "B"]
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: return "ALTER TABLE \"\(table)\" RENAME TO \(pick(["n0", "n1", "t0", "t1", "t2", "v9"]));"
    case 2:
      return
        "ALTER TABLE \"\(table)\" ADD COLUMN \(pick(names)) \(pick(["INT", "TEXT NOT NULL DEFAULT 'x'", "INT REFERENCES t0(a)"]));"
    case 3: return "ALTER TABLE \"\(table)\" DROP COLUMN \"\(pick(columns))\";"
    default: return "ALTER TABLE \"\(table)\" RENAME COLUMN \"\(pick(columns))\" TO \(pick(names));"
    }
  }

  private func column(of sql: String, _ database: DatabaseHandle) throws -> [String] {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(database.pointer, sql, -1, &statement, nil) == SQLITE_OK else { return [] }
    var values: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      values.append(String(cString: sqlite3_column_text(statement, 0)))
    }
    return values
  }

  /// What the catalog of a schema says, in words that can be compared.
  private func facts(_ schema: String) -> [String] {
    let analysis = Analysis(schema: schema, options: .newest)
    let catalog = analysis.catalog
    var facts = analysis.schemaDiagnostics.map { "\($0.severity) \($0.message)" }
    var statements: [String] = []
    for key in catalog.order {
      switch catalog.relations[key] {
      case .table(let table)?:
        facts.append(
          "\(table.name) key \(table.primaryKey) \(String(describing: table.rowidAlias)) "
            + "unique \(Set(table.uniqueKeys.map { "\($0.columns)" }).sorted())")
        for column in table.columns {
          facts.append(
            "\(table.name).\(column.name) \(column.affinity) \(column.facts.storage.rawValue) "
              + "\(String(describing: column.facts.logical)) \(column.facts.nullability.canBeNull) \(column.hasDefault)"
          )
          let name = "\"\(column.name)\""
          statements += [
            "SELECT * FROM \"\(table.name)\" WHERE \(name) = ?", "UPDATE \"\(table.name)\" SET \(name) = \(name)",
            "SELECT * FROM \"\(table.name)\" WHERE \(name) = 'x' AND \(table.columns.map { "\"\($0.name)\" = 7" }.joined(separator: " AND "))",
          ]
        }
        for foreign in table.foreignKeys {
          facts.append(
            "\(table.name) \(foreign.columns) -> \(foreign.parentTable) \(foreign.parentColumns) "
              + "\(String(describing: foreign.onDelete)) \(String(describing: foreign.onUpdate))")
        }
        statements += ["DELETE FROM \"\(table.name)\"", "INSERT INTO \"\(table.name)\" DEFAULT VALUES"]
      case .view(let view)?:
        statements += ["SELECT * FROM \(view.name)", "UPDATE v0 SET bee = 'x'"]
      case nil: break
      }
    }
    for index in catalog.indexes.values {
      facts.append(
        "index \(index.name) \(index.table.lowercased()) \(index.columns) \(index.isUnique) \(index.isPartial)")
    }
    for statement in statements {
      guard let (_, result) = analysis.analyze(statement, options: .newest).first else { continue }
      facts.append(
        "\(statement): \(result.diagnostics.map(\.message)) \(result.value.columns.map { "\($0.name) \(notation($0.facts))" }) "
          + "\(result.value.rowCount.bound) \(result.value.reads) \(result.value.writes)")
    }
    return facts.sorted()
  }
}

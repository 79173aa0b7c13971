// The catalog against SQLite, fact by fact: what is right says nothing, and each fact that is spoilt is noticed.

import SQLCDiagnostics
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import Testing

@testable import SQLCEngineSQLite

@Suite struct SchemaCrossCheckTests {
  private static let schema = """
    CREATE TABLE teams (id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE COLLATE NOCASE);
    CREATE TABLE agents (
      id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE,
      name VARCHAR(40) NOT NULL DEFAULT 'new', kind TEXT, loud TEXT AS (upper(name)) STORED,
      UNIQUE (team_id, name));
    CREATE UNIQUE INDEX agents_kind ON agents(kind) WHERE kind IS NOT NULL;
    CREATE TABLE edges (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT;
    """

  private func loaded(_ text: String = schema) throws -> (catalog: Catalog, scratch: ScratchDatabase) {
    let source = SourceFile(path: "schema.sql", text: text)
    let script = parseScript(source)
    let catalog = buildCatalog(from: [script.value], options: SemanticsOptions())
    #expect(!script.diagnostics.hasErrors && !catalog.diagnostics.hasErrors)
    let scratch = try ScratchDatabase()
    try scratch.execute(text)
    return (catalog.value, scratch)
  }

  @Test func aRightCatalogSaysNothing() throws {
    let loaded = try loaded()
    #expect(try SchemaCrossCheck(catalog: loaded.catalog, scratch: loaded.scratch).run() == [])
  }

  /// One fact of one table, made wrong.
  struct Spoiling: Sendable, CustomTestStringConvertible {
    var fact: String
    var table: String
    var spoil: @Sendable (inout Table) -> Void
    var testDescription: String { "\(table): \(fact)" }
  }

  private static let spoilings: [Spoiling] = [
    Spoiling(fact: "STRICT", table: "edges") { $0.isStrict = false },
    Spoiling(fact: "STRICT", table: "agents") { $0.isStrict = true },
    Spoiling(fact: "WITHOUT ROWID", table: "edges") { $0.isWithoutRowID = false },
    Spoiling(fact: "AUTOINCREMENT", table: "teams") { $0.isAutoincrement = false },
    Spoiling(fact: "AUTOINCREMENT", table: "agents") { $0.isAutoincrement = true },
    Spoiling(fact: "primary key", table: "edges") { $0.primaryKey = [1, 0] },
    Spoiling(fact: "rowid alias", table: "agents") { $0.rowidAlias = nil },
    Spoiling(fact: "rowid alias", table: "edges") { $0.rowidAlias = 0 },
    Spoiling(fact: "unique keys", table: "agents") { $0.uniqueKeys.append(UniqueKey(columns: [2])) },
    Spoiling(fact: "unique keys", table: "agents") { $0.uniqueKeys.removeAll { $0.columns.count == 2 } },
    Spoiling(fact: "keys with a WHERE", table: "agents") { $0.indexKeys[0].terms = [.column(1)] },
    Spoiling(fact: "foreign keys", table: "agents") { $0.foreignKeys = [] },
    Spoiling(fact: "foreign keys", table: "agents") { $0.foreignKeys[0].onDelete = .setNull },
    Spoiling(fact: "foreign keys", table: "agents") { $0.foreignKeys[0].parentTable = "agents" },
    Spoiling(fact: "foreign keys", table: "agents") { $0.foreignKeys[0].parentColumns = ["slug"] },
    Spoiling(fact: "type of 'name'", table: "agents") { $0.columns[2].declaredType = "VARCHAR(4)" },
    Spoiling(fact: "NOT NULL of 'kind'", table: "agents") { $0.columns[3].isNotNull = true },
    Spoiling(fact: "NOT NULL of 'name'", table: "agents") { $0.columns[2].isNotNull = false },
    Spoiling(fact: "NOT NULL of 'a'", table: "edges") { $0.columns[0].isNotNull = false },
    Spoiling(fact: "default of 'name'", table: "agents") { $0.columns[2].hasDefault = false },
    Spoiling(fact: "default of 'kind'", table: "agents") { $0.columns[3].hasDefault = true },
    Spoiling(fact: "collation of 'slug'", table: "teams") { $0.columns[1].collation = nil },
    Spoiling(fact: "storage of 'loud'", table: "agents") { $0.columns[4].generation = .virtual },
    Spoiling(fact: "storage of 'kind'", table: "agents") { $0.columns[3].generation = .stored },
  ]

  @Test(arguments: spoilings) func aSpoiltFactIsNoticed(_ spoiling: Spoiling) throws {
    var loaded = try loaded()
    guard case .table(var table)? = loaded.catalog.relations[spoiling.table] else {
      Issue.record("no table \(spoiling.table)")
      return
    }
    spoiling.spoil(&table)
    loaded.catalog.relations[spoiling.table] = .table(table)
    let found = try SchemaCrossCheck(catalog: loaded.catalog, scratch: loaded.scratch).run()
    #expect(found.map(\.id) == Array(repeating: DiagnosticID("internal", "different-facts"), count: found.count))
    #expect(
      found.contains {
        $0.message.hasPrefix("analysis and SQLite differ about '\(spoiling.table)', \(spoiling.fact):")
      },
      "\(found.map(\.message))")
    #expect(found.allSatisfy { $0.severity == .error && $0.primary.source == table.definition })
  }

  /// Definitions whose facts are easily got wrong; SQLite decides.
  @Test(
    arguments: [
      "CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b)", "CREATE TABLE t (a INT PRIMARY KEY, b)",
      "CREATE TABLE t (a INTEGER, b, PRIMARY KEY (a DESC))", "CREATE TABLE t (a, b, PRIMARY KEY (a, b, a))",
      "CREATE TABLE t (a INTEGER PRIMARY KEY UNIQUE, b UNIQUE UNIQUE)", "CREATE TABLE t (a UNIQUE PRIMARY KEY)",
      "CREATE TABLE t (a TEXT COLLATE nocase, UNIQUE (a COLLATE binary), UNIQUE (a COLLATE NOCASE))",
      "CREATE TABLE t (a DEFAULT NULL, b DEFAULT (NULL), c DEFAULT (1 + 1), d DEFAULT -1, e DEFAULT CURRENT_TIMESTAMP)",
      "CREATE TABLE t (a \"TEXT\", b [VAR CHAR] (3), c `x`, d text NOT NULL ON CONFLICT IGNORE, e integer(3))",
      "CREATE TABLE t (a NOT NULL, b AS (a + 1), c GENERATED ALWAYS AS (b) STORED NOT NULL) ",
      "CREATE TABLE p (x PRIMARY KEY); CREATE TABLE t (a REFERENCES p ON UPDATE CASCADE, b REFERENCES p(x) DEFERRABLE)",
      "CREATE TABLE t (a, b); CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE); CREATE UNIQUE INDEX j ON t (b DESC)",
      "CREATE TABLE t (a, b); CREATE UNIQUE INDEX i ON t (a + 1); CREATE UNIQUE INDEX j ON t (a) WHERE b",
      "CREATE TABLE t (a PRIMARY KEY, b NOT NULL) WITHOUT ROWID; ALTER TABLE t RENAME COLUMN a TO z",
      "CREATE TABLE t (a, b, c UNIQUE); ALTER TABLE t ADD COLUMN d TEXT NOT NULL DEFAULT 'x'; ALTER TABLE t DROP COLUMN b",
      "CREATE TABLE s (id INTEGER PRIMARY KEY); CREATE TABLE t (s REFERENCES s); ALTER TABLE s RENAME TO r",
      "CREATE TABLE s (id INTEGER PRIMARY KEY, k UNIQUE); CREATE TABLE t (k REFERENCES s(k)); ALTER TABLE s RENAME k TO l",
      "CREATE TABLE s (a INTEGER, b TEXT NOT NULL); CREATE TABLE t AS SELECT a, b, a + 1 AS c, upper(b) AS d FROM s",
      "CREATE TABLE n (a); BEGIN; CREATE TABLE y (a); ALTER TABLE n ADD COLUMN z INT; ROLLBACK",
      "CREATE TABLE n (a); SAVEPOINT b; CREATE TABLE y (a); SAVEPOINT c; DROP TABLE n; ROLLBACK TO b; RELEASE b",
      "SAVEPOINT b; CREATE TABLE x (a); SAVEPOINT c; CREATE TABLE y (a); ROLLBACK TO c; CREATE TABLE z (a); RELEASE b",
      "BEGIN; CREATE TABLE k (a UNIQUE); SAVEPOINT s; DROP TABLE k; ROLLBACK TO s; COMMIT; SAVEPOINT q; RELEASE q",
      "SAVEPOINT s; CREATE TABLE k (a); ROLLBACK; CREATE TABLE l (a)",
      "CREATE TABLE t (a); CREATE TEMP TABLE t (a NOT NULL, b UNIQUE)",
      "CREATE TABLE t (a TEXT PRIMARY KEY, b INT) STRICT; CREATE TABLE u (a TEXT, b ANY, PRIMARY KEY (b, a)) STRICT",
    ])
  func definitionsAsSQLiteReadsThem(_ text: String) throws {
    let loaded = try loaded(text)
    let found = try SchemaCrossCheck(catalog: loaded.catalog, scratch: loaded.scratch).run()
    #expect(found.map(\.message) == [])
  }
}

import SQLCDiagnostics
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import Testing

/// The catalog of one script; errors fail the test.
func catalog(_ sql: String, _ options: SemanticsOptions = SemanticsOptions()) -> Catalog {
  let script = parseScript(SourceFile(path: "schema.sql", text: sql))
  let built = buildCatalog(from: [script.value], options: options)
  #expect(!script.diagnostics.hasErrors && !built.diagnostics.hasErrors, "\(sql)")
  return built.value
}

func table(_ name: String, in catalog: Catalog) throws -> Table {
  guard case .table(let table)? = catalog.relation(named: name) else { throw Missing() }
  return table
}

struct Missing: Error {}

@Suite struct CatalogTests {
  /// inference-rules 12–16: the first matching rule decides.
  static let affinities: [(String, Affinity)] = [
    ("BIGINT", .integer), ("INTEGER(8)", .integer), ("FLOATING POINT", .integer), ("POINT", .integer),
    ("CHARINT", .integer), ("VARCHAR(255)", .text), ("CLOB", .text), ("NATIVE CHARACTER(70)", .text), ("BLOB", .blob),
    ("", .blob), ("DOUBLE PRECISION", .real), ("FLOAT", .real), ("REAL", .real), ("DECIMAL(10,5)", .numeric),
    ("BOOLEAN", .numeric), ("DATETIME", .numeric), ("STRING", .numeric), ("ANY", .numeric), ("JSON", .numeric),
  ]

  @Test(arguments: affinities) func affinityOfDeclaredType(_ type: String, _ affinity: Affinity) throws {
    let column = try table("t", in: catalog("CREATE TABLE t (a \(type))")).columns[0]
    #expect(column.affinity == affinity)
  }

  static let logicalTypes: [(String, StorageClasses, LogicalType?)] = [
    ("BOOLEAN", .integer, .boolean), ("bool", .integer, .boolean), ("DATETIME", .text, .dateTime),
    ("TIMESTAMP", .text, .dateTime), ("timestamp with time zone", .text, .dateTime), ("DATE", .text, .date),
    ("JSON", [.text, .integer, .real], .json), ("JSONB", .any, .json), ("UUID", .text, .uuid),
    ("NUMERIC(10, 2)", .numeric, .decimal),
    ("DECIMAL", .numeric, .decimal), ("VECTOR(768)", .blob, .vector(dimensions: 768)), ("INT", .integer, nil),
    ("REAL", .real, nil), ("TEXT", .text, nil), ("BLOB", .blob, nil), ("ANY", .any, nil), ("", .any, nil),
    ("CHAR(36)", .text, nil), ("INTEGER(3)", .integer, nil), ("STRING", .any, nil),
    // What the affinity makes of what users write: numbers of text in NUMERIC and INTEGER, integers of whole numbers.
    ("TIME", [.text, .integer, .real], .time), ("GUID", .text, .uuid), ("INTERVAL", .any, nil), ("CHARINT", .any, nil),
    ("POINT", .any, nil), ("FLOATING POINT", .real, nil), ("DOUBLE PRECISION", .real, nil), ("FLOAT8", .real, nil),
    ("REALM", .any, nil), ("UNSIGNED BIG INT", .integer, nil), ("INT8", .integer, nil), ("UINT64", .integer, nil),
    ("TINYINT(1)", .integer, nil), ("MONEY", .any, nil), ("NUMBER(10)", .any, nil),
    ("VARCHAR(36)", .text, nil), ("MEDIUMBLOB", .blob, nil), ("BINARY(16)", .any, nil), ("UUID TEXT", .text, nil),
  ]

  @Test(arguments: logicalTypes)
  func factsOfDeclaredType(_ type: String, _ storage: StorageClasses, _ logical: LogicalType?) throws {
    let facts = try table("t", in: catalog("CREATE TABLE t (a \(type))")).columns[0].facts
    #expect(facts.storage == storage)
    #expect(facts.logical == logical)
    #expect(facts.nullability.canBeNull)
  }

  @Test(arguments: [
    ("TIMESTMP", "TIMESTAMP"), ("DATE_TIME", "DATETIME"), ("DECMIAL(10, 2)", "DECIMAL"), ("BOOLAEN", "BOOLEAN"),
    ("UUDI", "UUID"), ("JOSN", "JSON"), ("MONEY", nil), ("GEOMETRY", nil), ("ULID", nil), ("NUMBER(10)", nil),
    ("NUMERIC", nil), ("TIME", nil), ("STRING", nil), ("TEXTT", nil), ("SERIAL", nil), ("", nil),
  ]) func aMisspeltTypeIsSaid(_ type: String, near: String?) throws {
    let script = parseScript(SourceFile(path: "s.sql", text: "CREATE TABLE t (a \(type))")).value
    let said = buildCatalog(from: [script], options: SemanticsOptions()).diagnostics.filter {
      $0.id.name == "misspelt-type"
    }
    #expect(said.count == (near == nil ? 0 : 1))
    if let near { #expect(said.first?.message.contains("did you mean \(near)?") == true) }
    var options = SemanticsOptions()
    options.knownTypes = [type.lowercased()]
    #expect(!buildCatalog(from: [script], options: options).diagnostics.contains { $0.id.name == "misspelt-type" })
  }

  @Test func aTypeThatIsMisspeltOftenIsSaidOnce() throws {
    let columns = (0..<30).map { "c\($0) \($0 % 2 == 0 ? "TIMESTMP" : "timestmp")" }.joined(separator: ", ")
    let schema = "CREATE TABLE t (\(columns)); CREATE TABLE u (a UUDI, b TIMESTMP, c UUDI);"
    let script = parseScript(SourceFile(path: "s.sql", text: schema)).value
    let said = buildCatalog(from: [script], options: SemanticsOptions()).diagnostics.filter {
      $0.id.name == "misspelt-type"
    }
    #expect(said.map(\.secondary.count) == [20, 1])
    #expect(said.first?.notes.last == "31 columns have this type; 10 of them are not shown")
    #expect(said.last?.notes.last == "2 columns have this type")
    #expect(said.last?.primary.source.range.lower == schema.utf8.count - "UUDI, b TIMESTMP, c UUDI);".utf8.count)
  }

  /// Definition of `t`, whether its column `a` can be NULL, whether it is the rowid (inference-rules 24–35).
  static let nullabilities: [(String, Bool, Bool)] = [
    ("CREATE TABLE t (a INT NOT NULL ON CONFLICT IGNORE)", false, false),
    ("CREATE TABLE t (a INTEGER PRIMARY KEY)", false, true),
    ("CREATE TABLE t (a \"INTEGER\" PRIMARY KEY)", false, true),
    ("CREATE TABLE t (a INTEGER, b, PRIMARY KEY (a DESC))", false, true),
    ("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)", true, false),
    ("CREATE TABLE t (a INT PRIMARY KEY)", true, false),
    ("CREATE TABLE t (a TEXT PRIMARY KEY)", true, false),
    ("CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b))", true, false),
    ("CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID", false, false),
    ("CREATE TABLE t (a TEXT PRIMARY KEY) STRICT", false, false),
    ("CREATE TABLE t (a INT DEFAULT 5)", true, false),
    ("CREATE TABLE t (a CHECK (a IS NOT NULL))", false, false),
    ("CREATE TABLE t (a CHECK (a NOTNULL AND a > 0))", false, false),
    ("CREATE TABLE t (a CHECK (a > 0))", true, false),
    ("CREATE TABLE t (a INT UNIQUE)", true, false),
    ("CREATE TABLE t (a TEXT NULL)", true, false),
    ("CREATE TABLE b (x INT NOT NULL); CREATE TABLE t AS SELECT x AS a FROM b", true, false),
    ("CREATE TABLE t (b INT NOT NULL, a AS (b + 1))", false, false),
    ("CREATE TABLE t (b INT, a AS (b + 1))", true, false),
  ]

  @Test(arguments: nullabilities) func nullabilityToTheLetter(_ sql: String, _ canBeNull: Bool, _ isRowID: Bool) throws
  {
    let table = try table("t", in: catalog(sql, SemanticsOptions(strictPrimaryKeys: true)))
    let index = try #require(table.columnIndex(named: "a"))
    #expect(table.columns[index].facts.nullability.canBeNull == canBeNull, "\(sql)")
    #expect((table.rowidAlias == index) == isRowID, "\(sql)")
  }

  /// Without `strict_primary_keys` a key of one column is taken as NOT NULL, with one warning; of several columns not.
  @Test func assumedPrimaryKeys() throws {
    let script = parseScript(
      SourceFile(
        path: "s", text: "CREATE TABLE t (a TEXT PRIMARY KEY, b); CREATE TABLE u (a INT, b INT, PRIMARY KEY (a, b))"))
    let built = buildCatalog(from: [script.value], options: SemanticsOptions())
    #expect(built.diagnostics.map(\.id.description) == ["catalog/nullable-primary-key"])
    #expect(built.diagnostics.first?.fixIts.first?.edits.first?.replacement == " NOT NULL")
    let t = try table("t", in: built.value)
    #expect(!t.columns[0].facts.nullability.canBeNull && t.columns[0].isAssumedNonNull && !t.columns[0].isNotNull)
    #expect(try table("u", in: built.value).columns[0].facts.nullability.canBeNull)
  }

  static let enumerations: [(String, [String]?)] = [
    ("a TEXT CHECK (a IN ('x', 'y'))", ["x", "y"]), ("a TEXT, CHECK (a IN ('y', 'x', 'y'))", ["y", "x"]),
    ("a TEXT CHECK (a IS NULL OR a IN ('x', 'y'))", ["x", "y"]), ("a TEXT CHECK (a = 'x' OR a = 'y')", ["x", "y"]),
    ("a TEXT NOT NULL CHECK (a IN ('x') AND length(a) = 1)", ["x"]), ("a TEXT CHECK (a NOT IN ('x'))", nil),
    ("a TEXT CHECK (a IN ('x', 1))", nil), ("a INT CHECK (a IN ('x'))", nil), ("a TEXT CHECK (a IN ('x', NULL))", nil),
    ("a TEXT CHECK (a IN ('x') OR length(a) > 3)", nil), ("a TEXT COLLATE NOCASE CHECK (a IN ('x'))", nil),
    ("a TEXT CHECK (a IN ('x') OR b = 1), b", nil),
  ]

  @Test(arguments: enumerations) func valuesOfChecks(_ columns: String, _ values: [String]?) throws {
    let column = try table("t", in: catalog("CREATE TABLE t (\(columns))")).columns[0]
    #expect(column.enumeration == values)
    #expect((column.facts.logical == .enumeration(EnumerationID(table: "t", column: "a"))) == (values != nil))
  }

  static let keys: [(String, [[Int]])] = [
    ("CREATE TABLE t (a INTEGER PRIMARY KEY, b UNIQUE, c, UNIQUE (b, c))", [[0], [1], [1, 2]]),
    ("CREATE TABLE t (a, b); CREATE UNIQUE INDEX i ON t (b, a)", [[1, 0]]),
    ("CREATE TABLE t (a, b); CREATE UNIQUE INDEX i ON t (a) WHERE b", []),
    ("CREATE TABLE t (a, b); CREATE UNIQUE INDEX i ON t (a + 1)", []),
    ("CREATE TABLE t (a, b); CREATE INDEX i ON t (a)", []),
    ("CREATE TABLE t (a, b); CREATE UNIQUE INDEX i ON t (a); DROP INDEX i", []),
    ("CREATE TABLE t (a, b, UNIQUE (a COLLATE NOCASE))", []),
    ("CREATE TABLE t (a COLLATE NOCASE, b, UNIQUE (a COLLATE NOCASE))", [[0]]),
    ("CREATE TABLE t (x, a, b UNIQUE); ALTER TABLE t DROP COLUMN x", [[1]]),
    ("CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b)", [[0]]),
  ]

  @Test(arguments: keys) func uniqueKeys(_ sql: String, _ keys: [[Int]]) throws {
    #expect(
      try table("t", in: catalog(sql, SemanticsOptions(strictPrimaryKeys: true))).uniqueKeys.map(\.columns) == keys)
  }

  /// A migration's usual way to change a table.
  @Test func rebuiltTable() throws {
    let sql = """
      CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a IN ('x')));
      CREATE INDEX i ON t (a);
      CREATE TABLE new_t (id INTEGER PRIMARY KEY, a TEXT CHECK (a IN ('x', 'y')), b);
      INSERT INTO new_t SELECT id, a, NULL FROM t;
      DROP TABLE t;
      ALTER TABLE new_t RENAME TO t;
      CREATE INDEX i ON t (a);
      """
    let catalog = catalog(sql)
    let t = try table("t", in: catalog)
    #expect(t.columns.map(\.name) == ["id", "a", "b"])
    #expect(t.columns[1].facts.logical == .enumeration(EnumerationID(table: "t", column: "a")))
    #expect(catalog.order == ["t"])
    #expect(catalog.indexes["i"]?.table == "t")
  }

  @Test func addedColumnLeavesTheOthersAlone() throws {
    let t = try table(
      "t",
      in: catalog(
        "CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b NOT NULL); ALTER TABLE t ADD COLUMN c INT NOT NULL DEFAULT 1"))
    #expect(t.rowidAlias == nil)
    #expect(t.columns.map(\.facts.nullability.canBeNull) == [false, false, false])
    #expect(t.columns[2].hasDefault)
  }

  @Test func fullTextTables() throws {
    let catalog = catalog(
      """
      CREATE VIRTUAL TABLE f USING fts5(title, body UNINDEXED, tokenize = 'porter ascii', content='');
      CREATE VIRTUAL TABLE r USING rtree(id, minX, maxX, +note TEXT);
      CREATE VIRTUAL TABLE w USING fts5vocab(f, instance);
      """)
    let f = try table("f", in: catalog)
    #expect(f.columns.map(\.name) == ["title", "body", "f", "rank"])
    #expect(f.columns.map(\.visibility) == [.visible, .visible, .hidden, .hidden])
    #expect(f.columns[0].facts.storage == [])
    #expect(try table("r", in: catalog).columns.map(\.facts.storage) == [.integer, .real, .real, .any])
    #expect(try table("w", in: catalog).columns.map(\.name) == ["term", "doc", "col", "offset"])
    #expect(catalog.relation(named: "f_config") != nil)
    #expect(catalog.relation(named: "f_content") == nil)
  }
}

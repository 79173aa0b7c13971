// The reference project `fragments`, run, and what is said of every wrong fragment and use, where.

import Foundation
import FragmentsReference
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCModel
import SQLCRuntime
import Testing

@Suite struct FragmentsTests {
  @Test func queriesDoWhatTheyBecome() async throws {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("fragments/schema.sql"), encoding: .utf8))
    let queries = Queries(database)
    let ada = try await queries.createUser(name: "Ada")
    let bob = try await queries.createUser(name: "Bob")
    let team = try await queries.createTeam(name: "one")
    try await queries.addMember(teamID: team, userID: ada)
    let own = try await queries.createAgent(ownerID: ada, teamID: nil, name: "own", budget: 1)
    let shared = try await queries.createAgent(ownerID: bob, teamID: team, name: "shared", budget: nil)
    // Without a team NOT would be NULL, as in the long hand: NULL IN (…).
    let others = try await queries.createTeam(name: "others")
    let hidden = try await queries.createAgent(ownerID: bob, teamID: others, name: "hidden", budget: 9)
    let lines: [AgentLine] = try await queries.listVisible(userID: ada, after: 0)
    #expect(lines.map(\.id) == [own, shared])
    #expect(lines.map(\.budget) == [1, 9])
    #expect(try await queries.listVisible(userID: ada, after: own).map(\.id) == [shared])
    #expect(try await queries.findVisible(id: hidden, userID: ada) == nil)
    #expect(try await queries.findVisible(id: hidden, userID: bob)?.name == "hidden")
    #expect(try await queries.listWithTeams(low: 0, stranger: ada).map(\.id) == [hidden])
    #expect(try await queries.listWithTeams(low: 0, stranger: 99, pattern: "o%").map(\.name) == ["own"])
    #expect(
      try await queries.listWithTeams(low: 0, stranger: 99, chosen: [own, hidden], order: .budget())
        .map(\.id) == [hidden, own])
    #expect(try await queries.countHidden(userID: ada) == 1)
    #expect(try await queries.archiveVisible(id: hidden, userID: ada) == 0)
    #expect(try await queries.archiveVisible(id: shared, userID: ada) == 1)
    #expect(try await queries.listVisible(userID: ada, after: 0).map(\.id) == [own])
    await database.close()
  }

  private static let schema = """
    CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, n INTEGER NOT NULL);
    CREATE TABLE c (t_id INTEGER NOT NULL REFERENCES t (id), x TEXT);
    """
  private static let use = "-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f);\n"

  /// Queries, and each message with the text that it points at.
  static let misuses: [(String, [String])] = [
    ("-- fragment: f\nn = 1;\n" + use, []),
    ("-- fragment: f\nn = 1\n" + use, []),
    ("/* fragment: f() */ n = 1;\n" + use, []),
    // Prose, as ever.
    ("-- fragment: of the text\n-- name: Q :many\nSELECT id FROM t;\n", []),
    ("-- the fragment: f\n-- name: Q :many\nSELECT id FROM t;\n", []),
    // Heads.
    ("-- fragment: f(a\nn = 1;\n-- name: Q :many\nSELECT id FROM t;\n", ["malformed-fragment: f(a"]),
    ("-- fragment: f(a, a)\nn = 1;\n-- name: Q :many\nSELECT id FROM t;\n", ["malformed-fragment: f(a, a)"]),
    ("-- fragment: f(1)\nn = 1;\n-- name: Q :many\nSELECT id FROM t;\n", ["malformed-fragment: f(1)"]),
    ("-- fragment: f() or so\nn = 1;\n-- name: Q :many\nSELECT id FROM t;\n", ["malformed-fragment: f() or so"]),
    ("-- fragment: f\n-- name: Q :many\nSELECT id FROM t;\n", ["missing-body: f"]),
    ("-- fragment: f\n;\n-- name: Q :many\nSELECT id FROM t;\n", ["missing-body: f"]),
    ("-- fragment: f\nn = 1;\n-- fragment: f\nn = 2;\n" + use, ["duplicate-fragment: f"]),
    // Bodies.
    ("-- fragment: f\nn = 1 LIMIT 1;\n" + use, ["unfit-body: LIMIT"]),
    ("-- fragment: f\nSELECT 1;\n" + use, ["unfit-body: SELECT"]),
    ("-- fragment: f\n(SELECT 1);\n" + use, []),
    ("-- fragment: f\nn IS DISTINCT FROM 1;\n" + use, ["newer-syntax: IS DISTINCT FROM"]),
    ("-- fragment: f\nn = (1;\n" + use, ["unfit-body: 1"]),
    ("-- fragment: f\nn = 1);\n" + use, ["unfit-body: )"]),
    ("-- fragment: f\nn = 1; n = 2;\n" + use, ["unfit-body: ;"]),
    ("-- fragment: f(a)\nn = @a + @b;\n" + use, ["missing-argument: f", "undeclared-parameter: @b"]),
    (
      "-- fragment: f(a)\nn = 1;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, a => 1);\n",
      ["unused-parameter: a"]
    ),
    ("-- fragment: f\nn = ?;\n" + use, ["foreign-parameter: ?"]),
    ("-- fragment: f\nn = ?1;\n" + use, ["foreign-parameter: ?1"]),
    ("-- fragment: f\nn = :n;\n" + use, ["foreign-parameter: :n"]),
    ("-- fragment: f\nn = $n;\n" + use, ["foreign-parameter: $n"]),
    ("-- fragment: f\nn IN (sqlc.slice(n));\n" + use, ["foreign-parameter: sqlc.slice"]),
    ("-- fragment: f\nn = sqlc.narg(n);\n" + use, ["foreign-parameter: sqlc.narg"]),
    ("-- fragment: f\nn = sqlc.arg(n);\n" + use, ["undeclared-parameter: sqlc.arg(n)"]),
    ("-- fragment: f\nn = 1;\n-- fragment: g\nn = 2;\n" + use, ["unused-fragment: g"]),
    ("-- fragment: f\nn = 1;\n-- fragment: g\nsqlc.use(f);\n" + use, ["unused-fragment: g"]),
    ("-- fragment: f\nNOT sqlc.use(f);\n" + use, ["recursive-fragment: f"]),
    (
      "-- fragment: f\nsqlc.use(g);\n-- fragment: g\nsqlc.use(h) AND n = 1;\n-- fragment: h\nsqlc.use(g);\n" + use,
      ["recursive-fragment: g"]
    ),
    // What is wrong with a fragment that another uses is said once, and the queries are left out.
    ("-- fragment: f\nsqlc.use(g);\n-- fragment: g\nn = @x;\n" + use, ["undeclared-parameter: @x"]),
    ("-- fragment: f\nsqlc.use(nix);\n" + use, ["unknown-fragment: nix"]),
    // Uses.
    (use, ["unknown-fragment: f"]),
    (
      "-- fragment: f\nn = 1;\n" + use + "-- name: R :many\nSELECT id FROM t WHERE sqlc.use(g);\n",
      ["unknown-fragment: g"]
    ),
    (
      "-- fragment: f\nn = 1;\n" + use + "-- name: R :many\nSELECT id FROM t WHERE sqlc.use();\n",
      ["malformed-use: sqlc.use"]
    ),
    (
      "-- fragment: f\nn = 1;\n" + use + "-- name: R :many\nSELECT id FROM t WHERE sqlc.use(f, 1);\n",
      ["malformed-use: 1"]
    ),
    (
      "-- fragment: f\nn = 1;\n" + use + "-- name: R :many\nSELECT id FROM t WHERE sqlc.use(f, a = > 1);\n",
      ["malformed-use: a = > 1"]
    ),
    (
      "-- fragment: f\nn = 1;\n" + use + "-- name: R :many\nSELECT id FROM t WHERE sqlc.use(f, a =>);\n",
      ["malformed-use: a =>"]
    ),
    (
      "-- fragment: f\nn = 1;\n" + use + "-- name: R :many\nSELECT id FROM t WHERE sqlc.use(f;\n",
      ["malformed-use: sqlc.use"]
    ),
    ("-- fragment: f(a)\nn = @a;\n" + use, ["missing-argument: f"]),
    (
      "-- fragment: f\nn = 1;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, a => 1);\n", ["unknown-argument: a"]
    ),
    (
      "-- fragment: f(a)\nn = @a;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, a => 1, a => 2);\n",
      ["repeated-argument: a"]
    ),
    (
      "-- fragment: f(a)\nn = @a;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, a => ?);\n",
      ["unnumbered-argument: ?"]
    ),
    ("-- fragment: f(a)\nn = @a;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, a => ?1);\n", []),
    (
      "-- fragment: f(a)\n@a.n = 1;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, a => t.id);\n",
      ["unknown-source: id"]
    ),
    (
      "-- fragment: f(a)\n@a.n = 1;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, a => lower(a));\n",
      ["unnamed-argument: lower(a)"]
    ),
    (
      "-- fragment: f\nid, n;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f) = 1;\n",
      ["misplaced-list: sqlc.use(f)"]
    ),
    (
      "-- fragment: f\nid, n;\n-- name: Q :many\nSELECT id FROM t WHERE n = 1 AND sqlc.use(f);\n",
      ["misplaced-list: sqlc.use(f)"]
    ),
    (
      "-- fragment: f\nt JOIN c ON c.t_id = t.id;\n-- name: Q :many\nSELECT id FROM t WHERE NOT sqlc.use(f);\n",
      ["misplaced-list: sqlc.use(f)"]
    ),
    // Names that would be caught.
    (
      "-- fragment: f(i)\nEXISTS (SELECT 1 FROM c WHERE c.t_id = @i);\n-- name: Q :many\nSELECT c.x FROM c WHERE sqlc.use(f, i => c.t_id);\n",
      ["captured-name: c.t_id"]
    ),
    (
      "-- fragment: f(i)\nEXISTS (SELECT 1 FROM c AS k WHERE k.t_id = @i);\n-- name: Q :many\nSELECT c.x FROM c WHERE sqlc.use(f, i => c.t_id);\n",
      []
    ),
    (
      "-- fragment: f(i)\nEXISTS (SELECT 1 FROM c WHERE t_id = @i);\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, i => id);\n",
      ["captured-name: id"]
    ),
    ("-- fragment: f(i)\nn = @i;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, i => id);\n", []),
    (
      "-- fragment: f(i)\nEXISTS (SELECT 1 FROM c WHERE t_id = @i);\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, i => NULL) OR sqlc.use(f, i => 'x') OR sqlc.use(f, i => CAST(@a AS DOUBLE PRECISION));\n",
      ["incompatible-comparison: 'x'", "null-comparison: NULL"]
    ),
    (
      "-- fragment: g(i)\nEXISTS (SELECT 1 FROM c AS k WHERE k.t_id = @i.id);\n-- fragment: f(i)\nsqlc.use(g, i => @i);\n-- name: Q :many\nSELECT k.id FROM t AS k WHERE sqlc.use(f, i => k);\n",
      ["captured-name: @i"]
    ),
    // What the analysis says.
    ("-- fragment: f\nnix = 1;\n" + use, ["unknown-column: nix"]),
    (
      "-- fragment: f(i)\nn = @i;\n-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f, i => nix + 1);\n",
      ["unknown-column: nix"]
    ),
    ("-- fragment: f\nn = ;\n" + use, ["incomplete-statement: ="]),
    // Macros inside.
    ("-- fragment: f\nsqlc.optional(n = 1) OR n = 2;\n" + use, ["misplaced-optional: sqlc.optional"]),
    (
      "-- fragment: f(x)\nsqlc.optional(n = @x) AND sqlc.optional(flag, n > 3);\n-- name: Q :many\nSELECT id FROM t WHERE id > 1 AND sqlc.use(f, x => @n);\n",
      []
    ),
    (
      "-- fragment: f\nsqlc.notnull(a);\n-- name: Q :many\nSELECT sqlc.use(f) FROM t;\n",
      ["proven-assertion: sqlc.notnull("]
    ),
  ]

  @Test(arguments: misuses) func misusesAreSaid(queries: String, expected: [String]) throws {
    let snapshot = try fragmentSnapshot(schema: Self.schema, queries: queries)
    let found = snapshot.diagnostics.sortedAndUnique().map { diagnostic in
      let text = SourceFile(path: "", text: queries).slice(diagnostic.primary.source.range)
      return "\(diagnostic.id.name): \(diagnostic.primary.source.path == "queries.sql" ? String(text) : "?")"
    }
    #expect(found.sorted() == expected.sorted(), "\(queries)")
  }

  /// What is wrong with a fragment is said once, there, with every use.
  @Test func usesAreShown() throws {
    let queries = """
      -- fragment: f(x)
      nix = @x;
      -- fragment: g
      sqlc.use(f, x => 1) OR n = 2;
      -- name: A :many
      SELECT id FROM t WHERE sqlc.use(f, x => @a);
      -- name: B :many
      SELECT id FROM t WHERE sqlc.use(g);

      """
    let snapshot = try fragmentSnapshot(schema: Self.schema, queries: queries)
    let found = try #require(snapshot.diagnostics.first)
    #expect(snapshot.diagnostics.count == 1)
    let source = SourceFile(path: "", text: queries)
    #expect(source.slice(found.primary.source.range) == "nix")
    #expect(
      found.secondary.map { "\(source.slice($0.source.range)) \($0.text)" } == [
        "sqlc.use(f, x => @a) used here", "sqlc.use(f, x => 1) used here", "sqlc.use(g) used here",
      ])
  }

  /// An edit of a fragment analyses what uses it, and nothing else.
  @Test func editsAnalyseWhatUsesThem() throws {
    let fragment = "-- fragment: f\nn = 1;\n"
    let others = "-- name: A :many\nSELECT id FROM t WHERE sqlc.use(f);\n-- name: B :many\nSELECT id FROM t;\n"
    let workspace = fragmentWorkspace(schema: Self.schema, queries: fragment + others)
    let before = try workspace.snapshot()
    #expect(before.work.queriesAnalyzed == 2)
    workspace.setText("-- A word.\n" + fragment + others, of: FileID("/p/queries.sql"))
    let moved = try workspace.snapshot()
    #expect(moved.work.queriesAnalyzed == 2)
    workspace.setText("-- fragment: f\nnix = 1;\n" + others, of: FileID("/p/queries.sql"))
    let after = try workspace.snapshot()
    #expect(after.work.queriesAnalyzed == 3)
    #expect(after.diagnostics.map(\.id.name) == ["unknown-column"])
  }

  /// Fragments that double would be longer than any statement.
  @Test func doublingEnds() throws {
    var text = "-- fragment: f0\nn = 1;\n"
    for index in 1...40 { text += "-- fragment: f\(index)\nsqlc.use(f\(index - 1)) AND sqlc.use(f\(index - 1));\n" }
    let snapshot = try fragmentSnapshot(
      schema: Self.schema, queries: text + "-- name: Q :many\nSELECT id FROM t WHERE sqlc.use(f40);\n")
    #expect(snapshot.diagnostics.map(\.id.name) == ["oversized-statement"])
  }

  /// Definition and references of a fragment, of its parameters and of the columns in it.
  @Test func namesAreFound() throws {
    let queries = """
      -- fragment: f(x)
      n = @x;
      -- name: A :many
      SELECT id FROM t WHERE sqlc.use(f, x => @a) AND n > 1;
      -- name: B :many
      SELECT id FROM t WHERE sqlc.use(f, x => 2);

      """
    let block = try #require(try fragmentSnapshot(schema: Self.schema, queries: queries).blocks.first)
    let source = SourceFile(path: "", text: queries)
    func lines(of symbol: SQLSymbol) -> [Int] {
      block.occurrences(of: symbol).filter { $0.source.path == "queries.sql" }.map { occurrence in
        source.slice(ByteRange(0, occurrence.source.range.lower)).count { $0 == "\n" } + 1
      }
    }
    #expect(lines(of: .fragment("f")) == [1, 4, 6])
    let parameter = try #require(block.occurrences(in: "queries.sql").first { $0.source.range.lower == 15 })
    #expect(lines(of: parameter.symbol) == [1, 2, 4, 6])
    let column = try #require(block.occurrences(in: "queries.sql").first { source.slice($0.source.range) == "n" })
    #expect(Set(lines(of: column.symbol)) == [2, 4])
    #expect(block.occurrences(in: "queries.sql").filter { source.slice($0.source.range) == "n" }.count == 2)
  }
}

// On a server, too, a query with fragments does what the same does that is written out.

import SQLCDiagnostics
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCModel
import SQLCQueryFile
import SQLCTrialPostgreSQL
import Testing

private let schema = """
  CREATE TABLE t (id int PRIMARY KEY, a int, b int NOT NULL, c int);
  CREATE TABLE u (x int);
  """

@Suite("Fragments", .needsPostgreSQL, .serialized) struct FragmentTests {
  @Test func theSameAsWrittenOut() throws {
    let engine = PostgreSQLEngine(
      settings: Installed.settings, extensions: [], place: SourceRange(path: "p.yaml", range: ByteRange(at: 0)))
    let loaded = try engine.load([SourceFile(path: "s.sql", text: schema)])
    #expect(loaded.diagnostics.map(\.message) == [])
    let database = try Installed.engine.open(until: .after(seconds: 300))
    try database.execute(schema)
    try database.execute(
      "INSERT INTO t SELECT n, nullif(n % 5, 0), n % 4, nullif(n % 7, 1) FROM generate_series(1, 24) AS n")
    try database.execute("INSERT INTO u VALUES (1), (3), (NULL), (8)")
    var random = SeededGenerator(seed: 21)
    var writer = FragmentWriter(random: SeededGenerator(seed: 22))
    let terms = (0..<80).map { _ in GeneratedTerm.condition(4, &random) }
    let queries = terms.enumerated().map { index, term in
      "-- name: Q\(index) :many\nSELECT t.id FROM t WHERE t.id > 2 AND \(writer.write(term, 3)) ORDER BY t.id;\n"
    }
    let source = SourceFile(path: "q.sql", text: (writer.fragments + queries).joined())
    let contents = readQueryFile(source, rules: .postgresql)
    let book = FragmentBook.reading([contents.value], rules: .postgresql)
    #expect((contents.diagnostics + book.diagnostics).map(\.message) == [])
    let expanded = try contents.value.queries.map { query -> AnnotatedQuery in
      guard query.usesFragments else { return query.annotated }
      var expander = FragmentExpander(book.value)
      let expansion = expander.expand(query)
      return try #require(expansion, "\(expander.diagnostics.map(\.message))").query
    }
    let answers = try loaded.value.analyze(expanded) { _ in }
    #expect(answers.flatMap { $0.diagnostics.map { "\($0.message)" } } == [])
    for (term, answer) in zip(terms, answers) {
      let model = try #require(answer.value)
      let pieces = model.sql.map { segment -> TrialQuery.Piece in
        if case .text(let text) = segment { .text(text) } else { .text("?") }
      }
      let reference = "SELECT t.id FROM t WHERE t.id > 2 AND \(term.reference) ORDER BY t.id"
      let rows = try database.attempt(TrialQuery(pieces), limit: 100).rows
      #expect(try rows == database.attempt(TrialQuery([.text(reference)]), limit: 100).rows, "\(reference)")
    }
    #expect(writer.uses > 80)
  }
}

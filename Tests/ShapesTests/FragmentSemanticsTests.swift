// A query with fragments must do what the same does that is written out: random conditions of which random parts, and parts of
// parts, are fragments with parameters, both ways on one database, value for value.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCModel
import SQLCRuntime
import Testing

@Suite struct FragmentSemanticsTests {
  static let schema = """
    CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER NOT NULL, c INTEGER);
    CREATE TABLE u (x INTEGER);
    """

  @Test(arguments: 0..<4)
  func theSameAsWrittenOut(seed: Int) async throws {
    var random = SplitMix(state: UInt64(seed) &* 977 &+ 13)
    var writer = FragmentWriter(random: SplitMix(state: UInt64(seed) &+ 5))
    var queries: [String] = []
    var references: [String] = []
    for index in 0..<60 {
      let term = GeneratedTerm.condition(4, &random)
      queries.append("-- name: Q\(index) :many\nSELECT t.id, \(writer.write(term)) AS found FROM t ORDER BY t.id;\n")
      references.append("SELECT t.id, \(term.reference) AS found FROM t ORDER BY t.id")
      queries.append(
        "-- name: W\(index) :many\nSELECT t.id FROM t WHERE t.id > 2 AND \(writer.write(term, 3)) AND t.id < 20 ORDER BY t.id;\n"
      )
      references.append("SELECT t.id FROM t WHERE t.id > 2 AND \(term.reference) AND t.id < 20 ORDER BY t.id")
    }
    let snapshot = try fragmentSnapshot(
      schema: Self.schema, queries: (writer.fragments + queries).shuffled(using: &random).joined())
    #expect(snapshot.diagnostics.map(\.message) == [])
    let block = try #require(snapshot.blocks.first)
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    for id in 1...24 {
      func number(_ limit: Int, _ random: inout SplitMix) -> String {
        Int.random(in: 0..<4, using: &random) == 0 ? "NULL" : "\(Int.random(in: 0..<limit, using: &random))"
      }
      let (a, c) = (number(5, &random), number(9, &random))
      try await database.execute("INSERT INTO t VALUES (\(id), \(a), \(id % 4), \(c))")
    }
    for x in ["1", "3", "NULL", "8"] { try await database.execute("INSERT INTO u VALUES (\(x))") }
    for (index, reference) in references.enumerated() {
      let query = try #require(block.query(named: index.isMultiple(of: 2) ? "Q\(index / 2)" : "W\(index / 2)"))
      let model = try #require(query.model)
      let sql = model.sql.reduce(into: "") { text, segment in
        if case .text(let part) = segment { text += part }
      }
      #expect(!sql.contains("sqlc"))
      let rows = try await database.run(ReadRows(sql: sql))
      #expect(try await rows == database.run(ReadRows(sql: reference)), "\(sql)\n\(reference)")
    }
    #expect(writer.uses > 100)
    await database.close()
  }
}

/// Every row of a statement, as text.
private struct ReadRows: ManyQuery {
  typealias Row = String
  static let statement = StatementDefinition(name: "Rows", sql: "SELECT 1", isReadOnly: true)
  var sql: String
  var chosenStatement: StatementDefinition { StatementDefinition(name: "Rows", sql: sql, isReadOnly: true) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String {
    var text = ""
    for index in 0..<Int32(row.count) { text += "\(try row.decode(index, as: SQLiteValue.self)) " }
    return text
  }
}

/// A project of one schema and one file of queries, in memory.
func fragmentSnapshot(schema: String, queries: String) throws -> Snapshot {
  try fragmentWorkspace(schema: schema, queries: queries).snapshot()
}

func fragmentWorkspace(schema: String, queries: String) -> Workspace {
  let files = FragmentFiles(texts: [
    "/p/sqlc-swift.yaml":
      "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: schema.sql\n    queries: queries.sql\n    gen: {swift: {out: Out}}\n",
    "/p/schema.sql": schema, "/p/queries.sql": queries,
  ])
  return Workspace(at: ProjectLocation(workingDirectory: "/p"), files: files, engines: .standard)
}

private struct FragmentFiles: ReadableFiles {
  var texts: [String: String]
  func kind(of path: String) -> FileKind? { texts[path] != nil ? .file : path == "/p" ? .directory : nil }
  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    guard let text = texts[path] else { throw FileSystemError(path: path, reason: "it is not there") }
    return Array(text.utf8)
  }
  func names(in directory: String) throws(FileSystemError) -> [String] {
    texts.keys.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.count + 1)) }.sorted()
  }
}

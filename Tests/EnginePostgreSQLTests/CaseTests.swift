import Foundation
import Testing

/// Queries whose answers were verified by running them on PostgreSQL 15, 16 and 18 with random data.
@Suite("Verified cases", .needsPostgreSQL)
struct CaseTests {
  private struct Expected: Decodable {
    struct Column: Decodable {
      var name: String
      var type: String
      var nullable: Bool
      var origin: String?
      /// No execution gave NULL, and a proof may be found.
      var strongerProofMaySayNever: Bool?
    }
    struct Query: Decodable {
      var name: String
      var parameters: [Column]
      var columns: [Column]
      var rowCount: String
    }
    var queries: [Query]
  }

  private func text(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test("Every parameter, column and row count is as verified")
  func everything() throws {
    try verify("expected.json", schema: text("schema.sql"), queries: "queries.sql", atLeast: 70)
  }

  @Test("What came with 18", .enabled("the server is older than 18") { Installed.major >= 18 })
  func eighteen() throws {
    try verify("expected-18.json", schema: text("schema.sql"), queries: "queries-18.sql", atLeast: 6)
  }

  @Test("pgvector", .enabled("pgvector is not installed here") { Installed.extensions.contains("vector") })
  func vectors() throws {
    let schema = try "CREATE EXTENSION vector;\n" + text("schema.sql") + text("schema-vector.sql")
    try verify("expected-vector.json", schema: schema, queries: "queries-vector.sql", atLeast: 2)
  }

  private func verify(_ answers: String, schema: String, queries: String, atLeast count: Int) throws {
    let expected = try JSONDecoder().decode(Expected.self, from: Data(text(answers).utf8)).queries
    try #require(expected.count >= count)
    let project = try PostgreSQLProject(schema: schema, queries: text(queries))
    let analysis = try project.analyze()
    #expect(analysis.document.engine == "postgresql")
    #expect(analysis.exit == .success, "\(analysis.messages)")
    for query in expected {
      let found = try analysis.query(query.name)
      #expect(found.rows == query.rowCount, "\(query.name)")
      #expect(found.parameters.map(\.name) == query.parameters.map(\.name), "\(query.name)")
      #expect(found.parameters.map(\.type) == query.parameters.map(\.type), "\(query.name)")
      #expect(found.parameters.map(\.nullable) == query.parameters.map(\.nullable), "\(query.name)")
      #expect(found.columns.map(\.name) == query.columns.map(\.name), "\(query.name)")
      #expect(found.columns.map(\.type) == query.columns.map(\.type), "\(query.name)")
      for (column, verified) in zip(found.columns, query.columns) {
        let isRight =
          column.nullable == verified.nullable || !column.nullable && verified.strongerProofMaySayNever == true
        #expect(isRight, "\(query.name).\(column.name)")
        #expect(column.nullable == (column.nullableReason != nil), "\(query.name).\(column.name)")
        #expect(column.origin.map { "\($0.table).\($0.column)" } == verified.origin, "\(query.name).\(column.name)")
      }
    }
  }
}

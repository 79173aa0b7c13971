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
    let expected = try JSONDecoder().decode(Expected.self, from: Data(text("expected.json").utf8)).queries
    try #require(expected.count >= 70)
    let project = try PostgreSQLProject(schema: text("schema.sql"), queries: text("queries.sql"))
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

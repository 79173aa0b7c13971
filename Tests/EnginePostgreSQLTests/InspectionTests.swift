// What the PostgreSQL engine finds of a query in its text alone.

import Foundation
import SQLCAnalysis
import SQLCDriver
import SQLCModel
import Testing

/// What editors ask of queries.
@Suite("Inspection", .needsPostgreSQL)
struct InspectionTests {
  @Test("Parameters are found wherever they are named, in macros too")
  func parameters() throws {
    let project = try PostgreSQLProject(
      schema: "CREATE TABLE t (id int PRIMARY KEY, \"Name\" text, note text);",
      queries: """
        -- name: Find :many
        SELECT id FROM t
        WHERE sqlc.optional(least, id > @least) AND note = sqlc.narg(note) -- @comment
          AND id = ANY (sqlc.slice('ids')) AND "Name" <> '@text' AND note <> sqlc.arg( note );

        """)
    let snapshot = try Workspace(
      at: ProjectLocation(workingDirectory: project.folder.path), files: LocalFileSystem(), engines: .standard
    ).snapshot()
    let block = try #require(snapshot.blocks.first)
    let query = try #require(block.query(named: "Find"))
    #expect(!query.hasErrors, "\(query.diagnostics)")
    let found = query.occurrences.compactMap { occurrence -> String? in
      guard case .local(let local) = occurrence.symbol else { return nil }
      let text = query.annotated.source.slice(occurrence.source.range)
      return "\(local.name) \(text) \(occurrence.role == .definition ? "first" : "again")"
    }
    #expect(
      found == [
        "least @least first", "note sqlc.narg(note) first", "ids sqlc.slice('ids') first",
        "note sqlc.arg( note ) again",
      ])
    // A name as a statement must write it.
    #expect(
      ["id", "Name", "order", "a\"b"].map(block.engine.spelled) == ["id", "\"Name\"", "\"order\"", "\"a\"\"b\""])
  }
}

// What the rules of `vet` find, and the index that a plan wants.

import EditorTrials
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCLanguageProtocol
import Testing

@Suite struct VetFindingTests {
  private let path = "/project/queries/books.sql"
  private let query = "-- name: A :many\nSELECT id FROM authors WHERE name = @name;\n"

  /// What is offered at the query, once the rules have been asked.
  private func actions(
    _ more: [String: String], _ capabilities: JSON = TestClient.able
  ) throws -> [JSON] {
    let configuration = try TestProject.files()["/project/sqlc-swift.yaml"]! + "vet: { packs: [plans] }\n"
    var files = try TestProject.files().merging(["/project/sqlc-swift.yaml": configuration]) { _, new in new }
    for (path, text) in more { files[path] = text }
    let client = TestClient(files) { snapshot in
      analysisDiagnostics(of: snapshot)
        + vetDiagnostics(of: snapshot, on: LocalFileSystem(), timestamp: "20300102030405")
    }
    try client.begin("/project", capabilities)
    client.open(path, query)
    let told = try client.told(after: path)[DocumentURI(path: path).text]?.array ?? []
    #expect(told.contains { $0["code"] == "plans/missing-index" }, "\(told)")
    let place: JSON = ["line": 0, "character": 10]
    return try client.ask(
      "textDocument/codeAction",
      [
        "textDocument": TestClient.document(path), "range": ["start": place, "end": place],
        "context": ["diagnostics": []],
      ]
    ).array ?? []
  }

  @Test func theIndexIsAddedBehindTheSchema() throws {
    let found = try actions([:])
    #expect(found.first?["title"] == "add 'CREATE INDEX idx_authors_name ON authors (name)'")
    let edits = found.first?["edit"]?["changes"]?[DocumentURI(path: "/project/schema/tables.sql").text]?.array
    #expect(edits?.first?["newText"] == "\nCREATE INDEX idx_authors_name ON authors (name);\n")
    #expect(found.contains { $0["title"] == "ignore 'plans/missing-index' here, and say why" })
  }

  @Test func theIndexIsAddedInANewMigration() throws {
    let migration =
      "-- +goose Up\nCREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n-- +goose Down\nDROP TABLE authors;\n"
    let files = [
      "/project/schema/tables.sql": migration.replacing("authors", with: "books"),
      "/project/schema/00002_authors.sql": migration,
      "/project/sqlc-swift.yaml": try TestProject.files()["/project/sqlc-swift.yaml"]!
        .replacing("schema/tables.sql", with: "schema/00002_authors.sql") + "vet: { packs: [plans] }\n",
    ]
    var able = TestClient.able
    if case .object(var members) = able {
      members["workspace"] = ["workspaceEdit": ["documentChanges": true, "resourceOperations": ["create"]]]
      able = .object(members)
    }
    let changes = try actions(files, able).first?["edit"]?["documentChanges"]?.array
    #expect(changes?.count == 2)
    let uri = JSON.string(DocumentURI(path: "/project/schema/00003_idx_authors_name.sql").text)
    #expect(changes?.first == ["kind": "create", "uri": uri])
    #expect(
      changes?.last?["edits"]?.array?.first?["newText"]
        == "-- +goose Up\nCREATE INDEX idx_authors_name ON authors (name);\n\n-- +goose Down\nDROP INDEX idx_authors_name;\n"
    )
    // A client that makes no files is offered none.
    #expect(try actions(files).allSatisfy { $0["title"]?.string?.hasPrefix("ignore") == true })
  }
}

// Documents laid out, and what is left as it is.

import EditorTrials
import SQLCDiagnostics
import SQLCLanguageProtocol
import Testing

@Suite struct FormattingTests {
  private let path = "/project/queries/books.sql"

  private func client(_ text: String, _ more: [String: String] = [:], at path: String? = nil) throws -> TestClient {
    let client = TestClient(try TestProject.files().merging(more) { _, new in new })
    try client.begin("/project")
    client.open(path ?? self.path, text)
    return client
  }

  private func params(_ more: JSON = [:], path: String? = nil) -> JSON {
    guard case .object(var members) = more else { return more }
    members["textDocument"] = TestClient.document(path ?? self.path)
    members["options"] = ["tabSize": 8, "insertSpaces": false]
    return .object(members)
  }

  /// The text after the edits of an answer.
  private func applied(_ answer: JSON, to text: String) throws -> String {
    var document = text
    let positions = EditorPositions(SourceFile(path: "a", text: text), encoding: .utf16)
    let edits = try (answer.array ?? []).map { edit in
      let range = try #require(Range<EditorPosition>(edit["range"]))
      return (positions.offset(of: range.lowerBound), positions.offset(of: range.upperBound), edit["newText"]?.string)
    }
    for (lower, upper, new) in edits.reversed() {
      let utf8 = document.utf8
      document =
        String(document[..<utf8.index(utf8.startIndex, offsetBy: lower)]) + (new ?? "")
        + String(document[utf8.index(utf8.startIndex, offsetBy: upper)...])
    }
    return document
  }

  @Test func aDocumentIsLaidOut() throws {
    let text = "-- name: A :many\nselect  id , name /* ü 😀 */ from authors;\n\n\n\n-- name: B :many\nselect 1 as one ;"
    let answer = try client(text).ask("textDocument/formatting", params())
    #expect(
      try applied(answer, to: text)
        == "-- name: A :many\nSELECT id, name /* ü 😀 */ FROM authors;\n\n-- name: B :many\nSELECT 1 AS one;\n")
    #expect(try client("-- name: A :many\nSELECT id FROM authors;\n").ask("textDocument/formatting", params()) == [])
  }

  @Test func aRangeIsLaidOut() throws {
    let text = "-- name: A :many\nselect  id from authors;\n\n-- name: B :many\nselect  name from authors;\n"
    let range: JSON = ["start": ["line": 4, "character": 2], "end": ["line": 4, "character": 3]]
    let answer = try client(text).ask("textDocument/rangeFormatting", params(["range": range]))
    #expect(
      try applied(answer, to: text)
        == "-- name: A :many\nselect  id from authors;\n\n-- name: B :many\nSELECT name FROM authors;\n")
    #expect(try client(text).code("textDocument/rangeFormatting", params()) == .invalidParams)
  }

  @Test func aStatementThatWasEndedIsLaidOut() throws {
    func typed(_ marked: String) throws -> String {
      let text = MarkedText(marked)
      let answer = try client(text.text)
        .ask("textDocument/onTypeFormatting", params(["position": text.position, "ch": ";"]))
      return try applied(answer, to: text.text)
    }
    #expect(
      try typed("-- name: A :many\nselect  id from authors;|\n\n\n-- name: B :many\nselect  1 as b;\n")
        == "-- name: A :many\nSELECT id FROM authors;\n\n\n-- name: B :many\nselect  1 as b;\n")
    // In a comment, in a string, elsewhere.
    for marked in [
      "-- name: A :many\n-- so;|\nselect  id from authors;", "-- name: A :many\nselect  ';|' as a;",
      "-- name: A :many\nselect  id| from authors;",
    ] {
      #expect(try typed(marked) == MarkedText(marked).text)
    }
  }

  @Test func theConfigurationSaysHow() throws {
    let text = "-- name: A :many\nSELECT id, name, born FROM authors WHERE name = @name;\n"
    let configuration = try TestProject.files()["/project/sqlc-swift.yaml"]! + "fmt: { width: 40, keywords: lower }\n"
    let client = try client(text, ["/project/sqlc-swift.yaml": configuration])
    let result = try applied(client.ask("textDocument/formatting", params()), to: text)
    #expect(result == "-- name: A :many\nselect id, name, born\nfrom authors\nwhere name = @name;\n")
  }

  /// A file with syntax errors is left as it is, and so is what is no file of the project.
  @Test func whatCannotBeReadIsLeft() throws {
    #expect(try client("-- name: A :many\nselect  from;").ask("textDocument/formatting", params()) == .null)
    let client = try client("select  1;", at: "/project/other.sql")
    #expect(try client.ask("textDocument/formatting", params(path: "/project/other.sql")) == .null)
    #expect(try client.ask("textDocument/formatting", params(path: "/project/sqlc-swift.yaml")) == .null)
    #expect(client.messages().isEmpty)
  }

  /// It may have been applied. Said once, so that formatting at each save does not say it each time.
  @Test func aMigrationIsLeft() throws {
    let migration = "-- +goose Up\ncreate  table late (id INTEGER PRIMARY KEY);\n-- +goose Down\ndrop  table late;\n"
    let path = "/project/schema/00002_late.sql"
    let client = try client(
      migration,
      [
        "/project/schema/tables.sql": "", path: migration,
        "/project/sqlc-swift.yaml": TestProject.files()["/project/sqlc-swift.yaml"]!.replacing(
          "schema/tables.sql", with: "schema"),
      ], at: path)
    for _ in 0..<3 { #expect(try client.ask("textDocument/formatting", params(path: path)) == .null) }
    let told = client.messages().compactMap { message -> String? in
      guard case .notification("window/showMessage", let params) = message else { return nil }
      return params["message"]?.string
    }
    #expect(told.count == 1)
    #expect(told.first?.contains("without a lock file stays as it is") == true)
  }
}

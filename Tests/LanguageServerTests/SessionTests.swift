// The life of a session, and what clients do wrong.

import EditorTrials
import SQLCDiagnostics
import SQLCLanguageProtocol
import Testing

@Suite struct SessionTests {
  private let queries = "/project/queries/books.sql"

  @Test func theBeginningAndTheEndAreInOrder() throws {
    let client = TestClient([:])
    #expect(
      try client.code("textDocument/hover", ["textDocument": TestClient.document("/a.sql")]) == .serverNotInitialized)
    try client.begin("/")
    #expect(try client.code("initialize") == .invalidRequest)
    #expect(try client.code("textDocument/nonsense") == .methodNotFound)
    #expect(try client.ask("shutdown") == .null)
    #expect(try client.code("textDocument/hover") == .invalidRequest)
    client.tell("exit")
    #expect(client.exitStatus() == 0)
  }

  @Test func anEndWithoutShutdownIsAnError() throws {
    let client = TestClient([:])
    try client.begin("/")
    client.tell("exit")
    #expect(client.exitStatus() == 1)
  }

  @Test func theEncodingIsNegotiated() throws {
    func encoding(_ offered: JSON) throws -> JSON? {
      let client = TestClient([:])
      let answer = try client.ask("initialize", ["capabilities": ["general": ["positionEncodings": offered]]])
      return answer["capabilities"]?["positionEncoding"]
    }
    #expect(try encoding(["utf-16"]) == "utf-16")
    #expect(try encoding(["utf-16", "utf-8"]) == "utf-8")
    #expect(try encoding(["utf-32"]) == "utf-16")
  }

  @Test func malformedRequestsAreAnswered() throws {
    let client = TestClient(try TestProject.files())
    try client.begin("/project")
    client.send(.invalid(.number(77), ResponseError(.invalidRequest, "no message")))
    guard case .failure(_, let error) = try client.answer(to: .number(77)) else {
      Issue.record("no error")
      return
    }
    #expect(error.code == .invalidRequest)
    for params: JSON in [[:], ["textDocument": 3], ["textDocument": ["uri": "untitled:1"]], .null, []] {
      #expect(try client.code("textDocument/hover", params) == .invalidParams)
    }
    for position: JSON in [.null, [:], ["line": -1, "character": 0], ["line": "1", "character": 0]] {
      #expect(
        try client.code("textDocument/hover", ["textDocument": TestClient.document(queries), "position": position])
          == .invalidParams)
    }
    // Positions outside of the text are no mistake.
    let far: JSON = ["line": 1_000_000, "character": 1_000_000]
    #expect(
      try client.ask("textDocument/hover", ["textDocument": TestClient.document(queries), "position": far]) == .null)
    // Files of no project are none of its business.
    #expect(
      try client.ask("textDocument/hover", ["textDocument": TestClient.document("/other/a.sql"), "position": far])
        == .null)
  }

  @Test func editsOutOfOrderAreNotMade() throws {
    let files = try TestProject.files()
    let client = TestClient(files)
    try client.begin("/project")
    client.replace(queries, with: "SELECT nothing")
    client.tell("textDocument/didClose", ["textDocument": TestClient.document(queries)])
    client.tell("textDocument/didChange", ["textDocument": 1])
    client.open(queries, files[queries] ?? "")
    client.change(queries, [["range": ["start": 1], "text": "x"]])
    client.change(queries, [["text": 4]])
    #expect(try client.told(after: queries) == [:])
    #expect(client.messages().count { if case .notification("window/logMessage", _) = $0 { true } else { false } } >= 3)
    // What was closed is read from the disk again.
    client.replace(queries, with: "-- name: A :one\nSELECT nothing;")
    #expect(try client.told(after: queries).count == 1)
    client.tell("textDocument/didClose", ["textDocument": TestClient.document(queries)])
    #expect(try client.told(after: queries) == [:])
  }

  @Test func cancelledRequestsAreAnsweredAsSuch() throws {
    let files = try TestProject.files()
    let client = TestClient(files)
    try client.begin("/project")
    client.open(queries, files[queries] ?? "")
    var cancelled = 0
    for _ in 0..<20 {
      // Behind an edit, whose analysis takes longer than the cancellation.
      client.replace(queries, with: (files[queries] ?? "") + "\n-- name: X :one\nSELECT 1 AS a;")
      let ids = (0..<5).map { _ in client.start("workspace/symbol", ["query": "a"]) }
      for id in ids.dropFirst() { client.tell("$/cancelRequest", ["id": id.json]) }
      for (index, id) in ids.enumerated() {
        switch try client.answer(to: id) {
        case .failure(_, let error):
          #expect(error.code == .requestCancelled && index > 0)
          cancelled += 1
        default: break
        }
      }
    }
    #expect(cancelled > 0)
    // What is unknown or answered is not cancelled.
    client.tell("$/cancelRequest", ["id": 99999])
    client.tell("$/cancelRequest", ["id": .null])
    #expect(try client.ask("workspace/symbol", ["query": "books"]).array?.isEmpty == false)
  }

  @Test func hugeDocumentsAreTaken() throws {
    let files = try TestProject.files()
    let client = TestClient(files)
    try client.begin("/project")
    let text = (files[queries] ?? "") + String(repeating: "-- a comment that says nothing at all\n", count: 100_000)
    client.open(queries, text)
    #expect(try client.told(after: queries) == [:])
    client.open(
      queries, (files[queries] ?? "") + "\n-- name: Deep :one\nSELECT " + String(repeating: "(", count: 50_000))
    #expect(try client.told(after: queries).count == 1)
  }

  @Test func otherFilesAreToldWhenTheSchemaChanges() throws {
    let files = try TestProject.files()
    let schema = "/project/schema/tables.sql"
    let client = TestClient(files)
    try client.begin("/project")
    client.open(schema, files[schema] ?? "")
    client.replace(
      schema,
      with: (files[schema] ?? "").replacing("born DATE", with: "born DATE, extra TEXT").replacing(
        "pages", with: "sheets"))
    let told = try client.told(after: schema)
    #expect(told.keys.contains { $0.hasSuffix("queries/books.sql") })
    client.replace(schema, with: files[schema] ?? "")
    #expect(try client.told(after: schema) == [:])
  }

  @Test func aProjectIsFoundAboveAFileAndLostWithItsConfiguration() throws {
    let client = TestClient(try TestProject.files())
    try client.begin("/elsewhere")
    client.open("/project/queries/books.sql", "-- name: A :one\nSELECT nothing;")
    #expect(try client.told(after: queries).count == 1)
  }

  /// A query of 20 edits within one notification, one inside a surrogate pair's line.
  @Test func changesAreMadeInTheirOrder() throws {
    let files = try TestProject.files()
    let client = TestClient(files)
    try client.begin("/project")
    client.open(queries, "-- name: A :many\nSELECT '😀', nam FROM authors;\n")
    func edit(_ line: Int, _ from: Int, _ to: Int, _ text: String) -> JSON {
      [
        "range": [
          "start": ["line": .integer(line), "character": .integer(from)],
          "end": ["line": .integer(line), "character": .integer(to)],
        ], "text": .string(text),
      ]
    }
    #expect(try client.told(after: queries).count == 1)
    // Both characters of the pair are one in UTF-8 and two in UTF-16.
    client.change(queries, [edit(1, 16, 16, "e"), edit(1, 7, 11, "1 AS one"), edit(1, 0, 0, "")])
    #expect(try client.told(after: queries) == [:])
  }
}

// What the server knows of sqlc's macros and of rows that queries share.

import EditorTrials
import SQLCDiagnostics
import SQLCLanguageProtocol
import Testing

@Suite struct MacroTests {
  private static let path = "/project/queries/books.sql"

  private static let queries = """
    -- name: ChangeAuthor :exec
    UPDATE authors SET sqlc.patch(name = @name, born = @born) WHERE id = @id;

    -- name: ListAuthors :many
    -- row: Person
    SELECT id, name, born FROM authors WHERE sqlc.optional(first, name >= @first) ORDER BY sqlc.order(name AS by_name, id AS by_id);

    -- row: Person
    -- name: GetAuthor :one
    SELECT id, name, born FROM authors WHERE id = @id;

    """

  /// A place in the queries: at the end of the text.
  private func client(at text: String) throws -> (TestClient, JSON) {
    let range = try #require(Self.queries.firstRange(of: text))
    let marked = MarkedText(Self.queries[..<range.upperBound] + "|" + Self.queries[range.upperBound...])
    let client = TestClient(try TestProject.files())
    try client.begin("/project")
    client.open(Self.path, Self.queries)
    return (client, ["textDocument": TestClient.document(Self.path), "position": marked.position])
  }

  @Test(arguments: [
    ("sqlc.pat", "sqlc.patch(column = value AS name, …)"), ("sql", "columns that the caller sets"),
    ("sqlc.opt", "a predicate that the caller may leave out"), ("(fir", "when the caller gives `first`"),
    ("AS by_n", "An order that the caller can choose."), ("-- row: Per", "The row of `ListAuthors`, `GetAuthor`."),
    ("born = @bo", "May be NULL"), ("name: Change", "No rows come back"),
  ]) func hoversTell(_ place: String, _ words: String) throws {
    let (client, params) = try client(at: place)
    #expect((try client.ask("textDocument/hover", params)["contents"]?["value"]?.string ?? "").contains(words))
  }

  @Test func onlyStatementsWithRowsHaveLenses() throws {
    let (client, params) = try client(at: "Change")
    #expect(try client.ask("textDocument/codeLens", params).array?.count == 2)
  }

  @Test func aSharedRowIsRenamedInAllQueries() throws {
    let (client, params) = try client(at: "-- row: Pers")
    #expect(try client.ask("textDocument/references", params).array?.count == 2)
    guard case .object(var members) = params else { return }
    members["newName"] = "Writer"
    let edits = try client.ask("textDocument/rename", .object(members))["changes"]?[DocumentURI(path: Self.path).text]
    #expect(edits?.array?.map { $0["newText"]?.string } == ["Writer", "Writer"])
    #expect(edits?.array?.map { $0["range"]?["start"]?["line"] } == [4, 7])
    members["newName"] = "writer"
    #expect(throws: ResponseError.self) { try client.ask("textDocument/rename", .object(members)) }
  }

  @Test(arguments: [("(fir", "start", 6), ("AS by_n", "alphabetical", 6), ("id AS by_i", "newest", 6)])
  func choicesAreRenamed(_ place: String, _ new: String, _ line: Int) throws {
    let (client, params) = try client(at: place)
    guard case .object(var members) = params else { return }
    members["newName"] = .string(new)
    let edits = try client.ask("textDocument/rename", .object(members))["changes"]?[DocumentURI(path: Self.path).text]
    #expect(edits?.array?.count == 1)
    let edit = edits?.array?.first
    #expect(edit?["newText"] == .string(new) && edit?["range"]?["start"]?["line"] == .integer(line - 1))
    for wrong in ["", "a b", "by_name", "by_id", "1a"] where place != "(fir" {
      members["newName"] = .string(wrong)
      // The name that it has is no change.
      if place.hasSuffix("AS by_n") == (wrong == "by_name") { continue }
      #expect(throws: ResponseError.self) { try client.ask("textDocument/rename", .object(members)) }
    }
  }

  @Test(arguments: [
    ("UPDATE authors SET sqlc.patch(|) WHERE id = 1;", ["born", "id", "name"]),
    ("UPDATE authors SET sqlc.patch(name = @a, |) WHERE id = 1;", ["born", "id", "name"]),
    ("SELECT sqlc.embed(|) FROM books AS b JOIN authors ON true;", ["authors", "b"]),
    ("SELECT id FROM books WHERE pages > @least AND title = sqlc.arg(|);", ["least", "title"]),
    ("SELECT id FROM books WHERE sqlc.use(|);", ["long_books", "of_author"]),
    ("SELECT id FROM books WHERE sqlc.use(lo|, least => 1);", ["long_books", "of_author"]),
    ("SELECT id FROM books WHERE sqlc.use(long_books, |);", ["least", "most"]),
    ("SELECT id FROM books WHERE sqlc.use(long_books, least => 1, |);", ["most"]),
  ]) func argumentsAreCompleted(_ marked: String, _ expected: [String]) throws {
    let fragments = """
      -- fragment: long_books(least, most)
      books.pages BETWEEN @least AND @most;

      -- fragment: of_author(author)
      books.author_id = @author;


      """
    let text = MarkedText(fragments + "-- name: A :many\n" + marked)
    let client = TestClient(try TestProject.files())
    try client.begin("/project")
    client.open(Self.path, text.text)
    // Fragments are those of the last analysis.
    _ = try client.ask("textDocument/documentSymbol", ["textDocument": TestClient.document(Self.path)])
    let found = try client.ask(
      "textDocument/completion", ["textDocument": TestClient.document(Self.path), "position": text.position])
    #expect(found["items"]?.array?.compactMap { $0["label"]?.string } == expected)
  }

  @Test func namesAreCompletedAsTheyMustBeWritten() throws {
    let text = MarkedText("-- name: A :many\nSELECT o.| FROM \"order\" AS o;")
    var files = try TestProject.files()
    files["/project/schema/tables.sql", default: ""] +=
      "\nCREATE TABLE \"order\" (\"group\" TEXT, \"a b\" TEXT, \"key\" TEXT, \"With\" TEXT);\n"
    let client = TestClient(files)
    try client.begin("/project")
    client.open(Self.path, text.text)
    let found = try client.ask(
      "textDocument/completion", ["textDocument": TestClient.document(Self.path), "position": text.position])
    let written = found["items"]?.array?.compactMap { $0["textEdit"]?["newText"]?.string }
    #expect(Set(written ?? []) == ["\"group\"", "\"a b\"", "key", "\"With\""])
  }

  /// Errors that are there already hide no others of their kind.
  @Test func whatBreaksIsNotRenamedBesideOtherErrors() throws {
    let queries = """
      -- name: A :many
      SELECT nonsense FROM books;

      -- name: B :many
      SELECT title FROM shelf;
      """
    let client = TestClient(try TestProject.files())
    try client.begin("/project")
    client.open(Self.path, queries)
    #expect(throws: ResponseError.self) {
      try client.ask(
        "textDocument/rename",
        [
          "textDocument": TestClient.document("/project/schema/tables.sql"),
          "position": ["line": 10, "character": 3], "newName": "heading",
        ])
    }
  }
}

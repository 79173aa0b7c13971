// What the server answers, on a small project.

import EditorTrials
import SQLCDiagnostics
import SQLCLanguageProtocol
import Testing

@Suite struct FeatureTests {
  private let path = "/project/queries/books.sql"
  private let schema = "/project/schema/tables.sql"

  private func client(_ marked: String) throws -> (TestClient, JSON) {
    let text = MarkedText(marked)
    let client = TestClient(try TestProject.files())
    try client.begin("/project")
    client.open(path, text.text)
    return (client, ["textDocument": TestClient.document(path), "position": text.position])
  }

  private func hover(_ marked: String) throws -> String {
    let (client, params) = try client(marked)
    return try client.ask("textDocument/hover", params)["contents"]?["value"]?.string ?? ""
  }

  private func labels(_ marked: String) throws -> [String] {
    let (client, params) = try client(marked)
    return (try client.ask("textDocument/completion", params)["items"]?.array ?? []).compactMap { $0["label"]?.string }
  }

  // MARK: Hover

  @Test func aQueryIsToldWithItsMethodItsRowsAndItsTables() throws {
    let text = try hover("-- One.\n-- name: Get|Book :one\nSELECT b.pages FROM books AS b WHERE b.id = @id;")
    #expect(text.contains("func getBook(id: Int64) async throws(DatabaseError) -> "))
    #expect(text.contains("One."))
    #expect(text.contains("At most one row: "))
    #expect(text.contains("Reads `books`"))
    #expect(text.contains("`pages` INTEGER? — "))
  }

  @Test func aColumnIsToldWithWhyItIsOptional() throws {
    let query = "-- name: A :many\nSELECT b.id, a.na|me FROM books AS b LEFT JOIN authors AS a ON a.id = b.author_id;"
    let text = try hover(query)
    #expect(text.contains("authors.name TEXT"))
    #expect(text.contains("Never NULL."))
    #expect(text.contains("May be NULL: ") && text.contains("LEFT JOIN"))
    #expect(text.contains("As it is printed."))
  }

  @Test func tablesParametersFunctionsAndAliasesAreTold() throws {
    #expect(try hover("-- name: A :many\nSELECT id FROM aut|hors;").contains("People who write."))
    #expect(try hover("-- name: A :many\nSELECT id FROM authors WHERE born = @wh|en;").contains("when DATE"))
    #expect(try hover("-- name: A :many\nSELECT cou|nt(*) AS n FROM authors;").contains("count("))
    #expect(try hover("-- name: A :many\nSELECT b.id FROM books AS |b;").contains("table books"))
  }

  @Test func aDiagnosticIsToldWithItsPage() throws {
    #expect(try hover("-- name: A :many\nSELECT nonse|nse FROM authors;").contains("the page of binder/unknown-column"))
  }

  // MARK: Definitions and references

  @Test func namesLeadToTheSchema() throws {
    let (client, params) = try client("-- name: A :many\nSELECT b.title FROM boo|ks AS b;")
    let found = try #require(try client.ask("textDocument/definition", params).array)
    #expect(found.first?["uri"] == .string(DocumentURI(path: schema).text))
    #expect(found.first?["range"]?["start"]?["line"] == 7)
    let references = try client.ask("textDocument/references", params).array ?? []
    // Its definition, the view, and here.
    #expect(references.count == 3)
    var only = params
    if case .object(var members) = params {
      members["context"] = ["includeDeclaration": false]
      only = .object(members)
    }
    #expect(try client.ask("textDocument/references", only).array?.count == 2)
    #expect(try client.ask("textDocument/documentHighlight", params).array?.count == 1)
  }

  @Test func fragmentsAreFoundRenamedAndTold() throws {
    let text = """
      -- Books of a size.
      -- fragment: sized(book, pages)
      @book.pages > @pages;
      -- name: A :many
      SELECT b.id FROM books AS b WHERE sqlc.use(si|zed, book => b, pages => @least);
      -- name: B :many
      SELECT id FROM books WHERE sqlc.use(sized, book => books, pages => 100);
      """
    let told = try hover(text)
    #expect(
      told.contains("-- fragment: sized(book, pages)") && told.contains("Books of a size.")
        && told.contains("Used 2 times."))
    let (client, params) = try client(text)
    let found = try #require(try client.ask("textDocument/definition", params).array)
    #expect(found.map { $0["range"]?["start"]?["line"] } == [1])
    #expect(try client.ask("textDocument/references", params).array?.count == 3)
    guard case .object(var members) = params else { return }
    members["newName"] = "large"
    let edits = try client.ask("textDocument/rename", .object(members))["changes"]?[DocumentURI(path: path).text]?.array
    #expect(edits?.compactMap { $0["newText"]?.string } == ["large", "large", "large"])
    members["position"] = ["line": 4, "character": 51]
    members["newName"] = "work"
    let others = try client.ask("textDocument/rename", .object(members))["changes"]?[DocumentURI(path: path).text]?
      .array
    #expect(others?.compactMap { $0["newText"]?.string } == ["work", "work", "work", "work"])
  }

  // MARK: Completion

  @Test func unfinishedSQLIsCompleted() throws {
    let b = try labels("-- name: A :many\nSELECT b.| FROM books AS b")
    #expect(b == ["author_id", "id", "pages", "title"])
    #expect(try labels("-- name: A :many\nSELECT * FROM |").contains("shelf"))
    #expect(
      try labels("-- name: A :many\nSELECT * FROM books AS b JOIN authors AS a ON |").first == "b.author_id = a.id")
    #expect(try labels("-- name: A :exec\nINSERT INTO books (title, |").sorted() == ["author_id", "id", "pages"])
    #expect(try labels("-- name: A :exec\nUPDATE books SET |").contains("pages"))
    #expect(try labels("-- name: A :many\nSELECT ti| FROM books WHERE pages > (SELECT").contains("title"))
    #expect(
      try labels("-- name: A :many\nWITH long AS (SELECT pages AS most FROM books) SELECT l.| FROM long AS l") == [
        "most"
      ])
    #expect(try labels("-- name: A :many\nSELECT x.| FROM (SELECT id, title FROM books) AS x") == ["id", "title"])
    #expect(
      try labels("-- name: A :many\nSELECT 1 FROM books AS b WHERE EXISTS (SELECT 1 FROM authors AS a WHERE a.id = b.|")
        == b)
    #expect(try labels("-- name: A :many\nSELECT sqlc.| FROM books").contains("embed"))
    #expect(try labels("-- name: A |").contains(":one"))
    #expect(
      try labels("-- name: A :many\nSELECT 1 FROM books WHERE id = @id OR author_id = @|") == ["author_id", "id"])
    #expect(try labels("-- name: A :many\nSELECT lo| FROM books").contains("lower"))
    #expect(try labels("-- name: A :many\nSELECT 'b.|'") == [])
    let macros = try labels("-- name: A :many\nSELECT sqlc.| FROM books")
    #expect(Set(macros).isSuperset(of: ["arg", "notnull", "nullable", "patch"]))
    let rows =
      "-- name: A :many\n-- row: BookName\nSELECT id, title FROM books;\n-- name: B :many\n-- row: |\nSELECT 1;"
    #expect(try labels(rows) == ["own", "BookName"] || labels(rows) == ["BookName", "own"])
  }

  @Test func nothingIsCompletedWrongly() throws {
    // Two sources of one column: it must be qualified.
    let both = try labels("-- name: A :many\nSELECT | FROM books AS b JOIN authors AS a ON a.id = b.author_id")
    #expect(both.contains("a.id") && both.contains("b.id") && !both.contains("id"))
    #expect(both.contains("title") && both.contains("born"))
    #expect(
      try !labels("-- name: A :many\nSELECT 1 FROM books;\n-- name: B :many\nSELECT | FROM authors").contains("title"))
  }

  // MARK: Signatures

  @Test func callsAndInsertsAreExplained() throws {
    let (client, params) = try client("-- name: A :many\nSELECT substr(name, |) FROM authors;")
    let help = try client.ask("textDocument/signatureHelp", params)
    #expect(help["activeParameter"] == 1)
    #expect(help["signatures"]?.array?.first?["label"]?.string?.hasPrefix("substr(") == true)
    let (macros, inPatch) = try self.client("-- name: A :exec\nUPDATE authors SET sqlc.patch(name = @name, |")
    let patch = try macros.ask("textDocument/signatureHelp", inPatch)
    #expect(patch["signatures"]?.array?.first?["label"] == "sqlc.patch(column = value AS name, …)")
    #expect(patch["activeParameter"] == 0)
    let (other, place) = try self.client("-- name: A :exec\nINSERT INTO books (author_id, title) VALUES (1, |")
    let columns = try other.ask("textDocument/signatureHelp", place)
    #expect(columns["activeParameter"] == 1)
    #expect(columns["signatures"]?.array?.first?["label"] == "books(author_id INTEGER, title TEXT)")
  }

  // MARK: Symbols, hints, tokens

  @Test func filesHaveSymbols() throws {
    let (client, params) = try client("-- name: A |:many\nSELECT id FROM authors WHERE born = @day;")
    #expect(try client.ask("textDocument/documentSymbol", params).array?.map { $0["name"] } == ["A"])
    let tables = try client.ask("textDocument/documentSymbol", ["textDocument": TestClient.document(schema)]).array
    #expect(tables?.map { $0["name"] } == ["authors", "books", "shelf"])
    #expect(tables?.first?["children"]?.array?.count == 3)
    #expect(try client.ask("workspace/symbol", ["query": "bks"]).array?.count == 1)
    let lenses = try client.ask("textDocument/codeLens", params).array
    #expect(lenses?.first?["command"]?["title"]?.string?.hasPrefix("any number of rows: ") == true)
    let all: JSON = ["start": ["line": 0, "character": 0], "end": ["line": 9, "character": 0]]
    let hints = try client.ask("textDocument/inlayHint", ["textDocument": TestClient.document(path), "range": all])
    #expect(hints.array?.map { $0["label"] } == [": DATE"])
    let tokens = try client.ask("textDocument/semanticTokens/full", params)["data"]?.array ?? []
    // A, id, authors, born, @day
    #expect(tokens.count == 25)
  }

  // MARK: Fixes

  private func actions(_ marked: String) throws -> [JSON] {
    let (client, params) = try client(marked)
    let place = params["position"] ?? .null
    return try client.ask(
      "textDocument/codeAction",
      [
        "textDocument": TestClient.document(path), "range": ["start": place, "end": place],
        "context": ["diagnostics": []],
      ]
    ).array ?? []
  }

  @Test func whatCanBeMendedIs() throws {
    let fixes = try actions("-- name: A :many\nSELECT id FROM authors WHERE name = \"|x\";")
    #expect(fixes.first?["isPreferred"] == true)
    let edits = fixes.first?["edit"]?["changes"]?[DocumentURI(path: path).text]?.array
    #expect(edits?.first?["newText"] == "'x'")
    #expect(fixes.contains { $0["kind"] == "source.fixAll" })
  }

  @Test(arguments: [
    ("SELECT na|em FROM authors;", "name"), ("SELECT id FROM auth|rs;", "authors"),
    ("SELECT atu|hors.id FROM authors;", "authors"), ("SELECT lenght|(name) AS n FROM authors;", "length"),
    ("UPDATE authors SET na|em = @name;", "name"), ("INSERT INTO authors (na|em) VALUES (@name);", "name"),
    ("SELECT row_number() OVER wni| AS n FROM authors WINDOW win AS (ORDER BY id);", "win"),
  ]) func aNameNearbyIsAFix(_ marked: String, _ near: String) throws {
    let fixes = try actions("-- name: A :many\n" + marked)
    #expect(fixes.first?["title"] == .string("write \(near)"))
    // Likely meant, and not certainly: `fixAll` leaves it.
    #expect(fixes.first?["isPreferred"] == nil && !fixes.contains { $0["kind"] == "source.fixAll" })
    let edits = fixes.first?["edit"]?["changes"]?[DocumentURI(path: path).text]?.array
    #expect(edits?.first?["newText"] == .string(near))
  }

  @Test func anAmbiguousNameHasAFixForEachTable() throws {
    let fixes = try actions("-- name: A :many\nSELECT i|d FROM books AS b JOIN authors AS a ON a.id = b.author_id;")
    #expect(fixes.prefix(2).map { $0["title"] } == ["write b.id", "write a.id"])
  }

  @Test(arguments: [
    ("SELECT bo|rn FROM authors;", ["SELECT born FROM authors WHERE born IS NOT NULL;"]),
    (
      "SELECT a.id, a.bo|rn AS day FROM authors AS a WHERE a.id > 1 -- some\nORDER BY a.id LIMIT 3;",
      [
        "SELECT a.id, a.born AS day FROM authors AS a WHERE a.id > 1 AND a.born IS NOT NULL -- some\nORDER BY a.id LIMIT 3;"
      ]
    ),
    (
      "SELECT bo|rn FROM authors WHERE id = 1 OR (id = 2);",
      ["SELECT born FROM authors WHERE (id = 1 OR (id = 2)) AND born IS NOT NULL;"]
    ),
    (
      "SELECT b.id, a.na|me FROM books AS b LEFT JOIN authors AS a ON a.id = b.author_id;",
      [
        "SELECT b.id, a.name FROM books AS b LEFT JOIN authors AS a ON a.id = b.author_id WHERE a.name IS NOT NULL;"
      ]
    ),
    // Never NULL, no column, not the statement's own, not one SELECT.
    ("SELECT na|me FROM authors;", []), ("SELECT ma|x(born) AS m FROM authors;", []),
    ("SELECT (SELECT bo|rn FROM authors LIMIT 1) AS b;", []), ("SELECT *| FROM authors;", []),
    ("SELECT bo|rn FROM authors UNION SELECT born FROM authors;", []),
    ("UPDATE authors SET name = 'a' RETURNING bo|rn;", []),
  ]) func rowsWithNullAreLeftOut(_ marked: String, _ expected: [String]) throws {
    let changed = try narrowed("-- name: A :many\n" + marked)
    #expect(changed == expected.map { "-- name: A :many\n" + $0 })
  }

  @Test func oneRowIsOne() throws {
    let query = " :many\nSELECT name FROM authors WHERE id = @id;"
    #expect(try narrowed("-- name: A|" + query) == ["-- name: A" + query.replacing(":many", with: ":one")])
    #expect(try narrowed("-- name: A| :many\nSELECT name FROM authors;") == [])
  }

  /// The texts that narrowing leads to.
  private func narrowed(_ marked: String) throws -> [String] {
    let text = MarkedText(marked).text
    return try actions(marked).filter { $0["kind"] == "refactor.rewrite" }.map { action in
      let edits = action["edit"]?["changes"]?[DocumentURI(path: path).text]?.array ?? []
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      func number(_ edit: JSON, _ end: String, _ part: String) -> Int { edit["range"]?[end]?[part]?.integer ?? 0 }
      for edit in edits.reversed() {
        let line = number(edit, "start", "line")
        let old = Array(lines[line])
        lines[line] =
          String(old[..<number(edit, "start", "character")]) + (edit["newText"]?.string ?? "")
          + String(old[number(edit, "end", "character")...])
      }
      return lines.joined(separator: "\n")
    }
  }

  @Test func whatIsMeantCanBeSaid() throws {
    let fixes = try actions("-- name: A :many\nWITH unused| AS (SELECT 1 AS a)\nSELECT id FROM authors;")
    let edit = fixes.compactMap { $0["edit"]?["changes"]?[DocumentURI(path: path).text]?.array?.first }
      .first { $0["newText"]?.string?.contains("sqlc:ignore") == true }
    #expect(edit?["newText"] == "-- sqlc:ignore binder/unused-common-table: \n")
    #expect(edit?["range"]?["start"] == ["line": 1, "character": 0])
  }

  // MARK: Rename

  private func rename(_ marked: String, to name: String) throws -> [String: Int] {
    let (client, params) = try client(marked)
    guard case .object(var members) = params else { return [:] }
    members["newName"] = .string(name)
    guard case .object(let changes)? = try client.ask("textDocument/rename", .object(members))["changes"] else {
      return [:]
    }
    return changes.reduce(into: [:]) { $0[$1.key.components(separatedBy: "/").last ?? ""] = $1.value.array?.count }
  }

  private let query = "-- name: A :many\nSELECT b.title FROM books AS b WHERE b.id = @id OR b.pages = @id;\n"

  @Test func namesAreChangedEverywhere() throws {
    #expect(try rename(query.replacing("b.title", with: "b.ti|tle"), to: "name") == ["books.sql": 1, "tables.sql": 2])
    #expect(
      try rename(query.replacing("FROM books", with: "FROM bo|oks"), to: "volumes") == [
        "books.sql": 1, "tables.sql": 2,
      ])
    #expect(try rename(query.replacing("AS b", with: "AS |b"), to: "x") == ["books.sql": 4])
    #expect(try rename(query.replacing("= @id OR", with: "= @i|d OR"), to: "key") == ["books.sql": 2])
    #expect(try rename(query.replacing("name: A", with: "name: |A"), to: "B") == ["books.sql": 1])
  }

  @Test func whatWouldBreakIsNotRenamed() throws {
    func refusal(_ marked: String, _ name: String) -> ErrorCode? {
      do {
        _ = try rename(marked, to: name)
        return nil
      } catch {
        return (error as? ResponseError)?.code
      }
    }
    #expect(refusal(query.replacing("b.title", with: "b.ti|tle"), "pages") == .requestFailed)
    #expect(refusal(query.replacing("FROM books", with: "FROM bo|oks"), "authors") == .requestFailed)
    #expect(refusal(query.replacing("name: A", with: "name: |A"), "no name") == .requestFailed)
    #expect(refusal(query.replacing("b.id = @id", with: "b.id = |?"), "x") == .requestFailed)
    #expect(refusal(query.replacing("SELECT", with: "SEL|ECT"), "x") == .requestFailed)
  }

  @Test func lockedMigrationsAreNotEdited() throws {
    var files = [
      "/p/sqlc-swift.yaml":
        "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: schema\n    queries: queries\n    gen:\n      swift:\n        out: Generated\n",
      "/p/schema/001_a.sql": "-- +goose Up\nCREATE TABLE a (id INTEGER PRIMARY KEY);\n-- +goose Down\nDROP TABLE a;\n",
      "/p/schema/002_b.sql": "-- +goose Up\nCREATE TABLE b (id INTEGER PRIMARY KEY);\n-- +goose Down\nDROP TABLE b;\n",
      "/p/queries/q.sql": "-- name: A :many\nSELECT a.id FROM a;\n\n-- name: B :many\nSELECT b.id FROM b;\n",
    ]
    files["/p/schema/migrations.lock"] = "0123456789abcdef 1 001_a\n"
    let client = TestClient(files)
    try client.begin("/p")
    func params(_ line: Int) -> JSON {
      [
        "textDocument": TestClient.document("/p/queries/q.sql"), "position": ["line": .integer(line), "character": 17],
        "newName": "c",
      ]
    }
    #expect(try client.code("textDocument/rename", params(1)) == .requestFailed)
    #expect(try client.code("textDocument/prepareRename", params(1)) == .requestFailed)
    #expect(try client.code("textDocument/prepareRename", params(4)) == nil)
  }

  // MARK: Diagnostics

  @Test func diagnosticsHaveTheirRuleAndRelatedPlaces() throws {
    let (client, _) = try client("-- name: A :many\nSELECT 1 AS a;\n\n-- name: A :many\nSELECT 2| AS b;")
    let told = try #require(try client.told(after: path)[DocumentURI(path: path).text]?.array)
    let duplicate = try #require(told.first { $0["relatedInformation"] != nil })
    #expect(duplicate["source"] == "sqlc-swift")
    let code = try #require(duplicate["code"]?.string)
    #expect(duplicate["codeDescription"]?["href"] == .string("https://example.org/\(code)"))
    #expect(duplicate["relatedInformation"]?.array?.first?["location"]?["uri"] == .string(DocumentURI(path: path).text))
  }
}

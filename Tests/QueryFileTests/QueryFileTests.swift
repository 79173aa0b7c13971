// Where queries begin and end, and what is said when they do not.

import SQLCDiagnostics
import SQLCModel
import SQLCQueryFile
import Testing

private func split(_ text: String, _ role: QueryFileRole = .queries) -> Diagnosed<[AnnotatedQuery]> {
  splitQueries(of: SourceFile(path: "queries/q.sql", text: text), role: role, rules: .sqlite)
}

private func body(_ query: AnnotatedQuery) -> String {
  String(query.source.slice(query.bodyRange)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

@Suite struct SplitTests {
  @Test func namesCommandsBodiesAndDocumentation() throws {
    let result = split(
      """
      -- A chapter.

      -- Finds one.
      -- name: GetAgent :one
      -- Fails if there is none.
      --
      --   indented
      SELECT 1; -- trailing, not the next query's
      /* Lists
       * them. */
      /* name: ListAgents :many */
      SELECT 2
      -- name: TouchAgent :execrows

      UPDATE a SET b = 1;
      """)
    #expect(result.diagnostics.isEmpty)
    let queries = result.value
    #expect(queries.map(\.name) == ["GetAgent", "ListAgents", "TouchAgent"])
    #expect(queries.map(\.command) == [.one, .many, .execrows])
    #expect(
      queries.map(\.documentation) == [
        ["Finds one.", "Fails if there is none.", "", "  indented"], ["Lists", "them."], [],
      ])
    #expect(body(queries[0]).hasSuffix("SELECT 1; -- trailing, not the next query's"))
    #expect(body(queries[1]) == "SELECT 2")
    #expect(body(queries[2]) == "UPDATE a SET b = 1;")
    #expect(queries[0].source.slice(queries[0].nameRange) == "GetAgent")
    #expect(queries[0].source.slice(queries[0].commandRange) == ":one")
  }

  /// Text in which an annotation is only text.
  @Test(arguments: [
    "SELECT '\n-- name: B :one\n';", "SELECT \"\n-- name: B :one\n\";", "SELECT `\n-- name: B :one\n`;",
    "SELECT [\n-- name: B :one\n];", "SELECT 1 /*\n-- name: B :one\n*/;", "SELECT 'it''s\n-- name: B :one\n';",
    "SELECT 1; -- name: B :one",
  ])
  func whatIsQuotedDoesNotSplit(sql: String) {
    let result = split("-- name: A :one\n\(sql)\n-- name: C :one\nSELECT 3;")
    #expect(result.diagnostics.isEmpty)
    #expect(result.value.map(\.name) == ["A", "C"])
  }

  @Test func anOpenQuoteCostsOneQuery() {
    let result = split("-- name: A :one\nSELECT 'oops;\n\n-- name: B :one\nSELECT 2;\n-- name: C :one\nSELECT 3;")
    #expect(result.value.map(\.name) == ["A", "B", "C"])
    #expect(body(result.value[1]) == "SELECT 2;")
  }

  @Test(arguments: ["\n", "\r\n"]) func lineEndsAndOtherAlphabets(lineBreak: String) {
    let text = ["-- Größe: „Agenten“ 🚀", "-- name: Größe :one", "SELECT 'ü';", "-- name: B :many", "SELECT 2;", ""]
      .joined(separator: lineBreak)
    let result = split(text)
    #expect(result.diagnostics.isEmpty)
    #expect(result.value.map(\.name) == ["Größe", "B"])
    #expect(result.value.first?.documentation == ["Größe: „Agenten“ 🚀"])
    #expect(result.value.map(body) == ["SELECT 'ü';", "SELECT 2;"])
  }

  @Test func sqlcsOwnLines() {
    let result = split(
      "-- name: A :one\n-- @param agent_id the key\n-- @sqlc-vet-disable no-delete\n-- name: of something\nSELECT @agent_id;"
    )
    #expect(result.diagnostics.isEmpty)
    #expect(result.value.first?.documentation == ["- Parameter agent_id: the key", "name: of something"])
  }

  @Test(arguments: [
    "-- row: own\n-- name: A :one\n-- More.\nSELECT 1;", "-- name: A :one\n--   row:  own \n-- More.\nSELECT 1;",
    "/* name: A :one\n   row: own\n   More. */\nSELECT 1;",
  ]) func aRowOfItsOwn(text: String) {
    let result = split(text)
    #expect(result.value.first?.row == .own)
    #expect(result.value.first?.documentation == ["More."])
  }

  @Test func otherWordsOfRowsAreDocumentation() {
    let result = split("-- name: A :one\n-- row: of agents\nSELECT 1 /* row: own */;")
    #expect(result.value.first?.row == .automatic)
    #expect(result.value.first?.documentation == ["row: of agents"])
  }

  @Test func blockAnnotationWithDocumentation() {
    let result = split("/* name: A :one\n   First.\n   Second.\n*/\nSELECT 1;")
    #expect(result.value.first?.documentation == ["First.", "Second."])
  }

  @Test func rulersAreNoDocumentation() {
    let result = split("-- ------\n-- Agents\n-- ======\n-- name: A :one\nSELECT 1;")
    #expect(result.value.first?.documentation == ["Agents"])
  }

  @Test func anEmptyFileHasNoQueriesAndNoErrors() {
    for text in ["", "\n", "-- only words\n", ";"] {
      let result = split(text)
      #expect(result.value.isEmpty && result.diagnostics.isEmpty, "\(text.debugDescription)")
    }
  }
}

@Suite struct QueryFileDiagnosticTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var id: String
    var underlined: String
    var fix: String?
    var testDescription: String { text }
  }

  static let cases = [
    Case(text: "SELECT 1;", id: "missing-annotation", underlined: "SELECT", fix: "-- name: NameOfQuery :many\n"),
    Case(text: "DELETE FROM t;\n-- name: A :one\nSELECT 1;", id: "missing-annotation", underlined: "DELETE"),
    Case(text: "PRAGMA foreign_keys = ON;", id: "ignored-statement", underlined: "PRAGMA"),
    Case(text: "CREATE TRIGGER a BEGIN SELECT 1; END;", id: "ignored-statement", underlined: "CREATE"),
    Case(text: "--name: A :one\nSELECT 1", id: "malformed-annotation", underlined: "--name:", fix: "-- name: A :one"),
    Case(text: "--name:A :one\nSELECT 1", id: "malformed-annotation", underlined: "--name:", fix: "-- name: A :one"),
    Case(text: "-- Name: A :one\nSELECT 1", id: "malformed-annotation", underlined: "-- Name:", fix: "-- name: A :one"),
    Case(
      text: "-- name : A :one\nSELECT 1", id: "malformed-annotation", underlined: "-- name :", fix: "-- name: A :one"),
    Case(text: "-- name A :one\nSELECT 1", id: "malformed-annotation", underlined: "-- name", fix: "-- name: A :one"),
    Case(text: "-- :name A :one\nSELECT 1", id: "malformed-annotation", underlined: "-- :name", fix: "-- name: A :one"),
    Case(text: "-- name: A one\nSELECT 1", id: "malformed-annotation", underlined: "one", fix: "-- name: A :one"),
    Case(
      text: "-- name: A :one (the only)\nSELECT 1", id: "malformed-annotation", underlined: "(the only)",
      fix: "-- name: A :one"),
    Case(text: "-- name: A\nSELECT 1", id: "malformed-annotation", underlined: "A", fix: "-- name: A :many"),
    Case(text: "-- name: :one\nSELECT 1", id: "malformed-annotation", underlined: ":one"),
    Case(
      text: "-- name: get agent :one\nSELECT 1", id: "malformed-annotation", underlined: "get agent",
      fix: "-- name: GetAgent :one"),
    Case(
      text: "/*name: A :one*/\nSELECT 1", id: "malformed-annotation", underlined: "/*name:", fix: "/* name: A :one */"),
    Case(text: "-- name: A :mnay\nSELECT 1", id: "unknown-command", underlined: ":mnay", fix: ":many"),
    Case(text: "-- name: A :copyform\nSELECT 1", id: "unknown-command", underlined: ":copyform"),
    Case(text: "-- name: A :batch\nSELECT 1", id: "unknown-command", underlined: ":batch"),
    Case(text: "-- name: 1A :one\nSELECT 1", id: "invalid-name", underlined: "1A"),
    Case(text: "-- name: get-agent :one\nSELECT 1", id: "invalid-name", underlined: "get-agent", fix: "GetAgent"),
    Case(text: "-- name: A :one\n-- nothing\n;\n-- name: B :one\nSELECT 1", id: "missing-statement", underlined: "A"),
  ]

  @Test(arguments: cases) func saysWhereAndWhat(_ test: Case) throws {
    let source = SourceFile(path: "q.sql", text: test.text)
    let diagnostics = splitQueries(of: source, rules: .sqlite).diagnostics
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostics.count == 1)
    #expect(diagnostic.id == DiagnosticID("queryfile", test.id))
    #expect(source.slice(diagnostic.primary.source.range) == test.underlined)
    if let fix = test.fix { #expect(diagnostic.fixIts.first?.edits.first?.replacement == fix) }
  }

  /// A fix-it, applied, leaves nothing to say about the annotation.
  @Test(arguments: cases.filter { $0.fix != nil }) func fixItsMend(_ test: Case) throws {
    let source = SourceFile(path: "q.sql", text: test.text)
    let edit = try #require(splitQueries(of: source, rules: .sqlite).diagnostics.first?.fixIts.first?.edits.first)
    let bytes = Array(test.text.utf8)
    let mended =
      bytes[..<edit.source.range.lower] + Array(edit.replacement.utf8) + bytes[edit.source.range.upper...]
    let again = split(String(decoding: mended, as: UTF8.self))
    #expect(again.diagnostics.isEmpty)
    #expect(!again.value.isEmpty)
  }

  @Test func brokenAnnotationsDoNotLendTheirSQLToOthers() {
    let result = split("-- name: A :one\nSELECT 1;\n-- name: B :mnay\nSELECT 2;\n-- name: C :one\nSELECT 3;")
    #expect(result.value.map(body) == ["SELECT 1;", "SELECT 3;"])
  }

  @Test func duplicatesPointAtTheFirst() throws {
    let one = SourceFile(path: "a.sql", text: "-- name: A :one\nSELECT 1;")
    let two = SourceFile(path: "b.sql", text: "-- name: B :one\nSELECT 1;\n-- name: A :one\nSELECT 2;")
    let found = duplicateNames(
      among: splitQueries(of: one, rules: .sqlite).value + splitQueries(of: two, rules: .sqlite).value)
    let diagnostic = try #require(found.first)
    #expect(found.count == 1)
    #expect(diagnostic.primary.source.path == "b.sql")
    #expect(diagnostic.secondary.map(\.source) == [SourceRange(path: "a.sql", range: ByteRange(9, 10))])
  }

  @Test func aFileThatIsTheSchemaTooMayBeginWithIt() {
    let text = "CREATE TABLE t (a);\nINSERT INTO t VALUES (1);\n-- name: A :one\nSELECT 1;"
    #expect(split(text, .queriesAndSchema).diagnostics.isEmpty)
    #expect(split(text, .queriesAndSchema).value.map(\.name) == ["A"])
  }
}

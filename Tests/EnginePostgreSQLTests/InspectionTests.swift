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
        "least least first", "least @least first", "note sqlc.narg(note) first", "ids sqlc.slice('ids') first",
        "note sqlc.arg( note ) again",
      ])
    // A name as a statement must write it.
    #expect(
      ["id", "Name", "order", "a\"b"].map(block.engine.spelled) == ["id", "\"Name\"", "\"order\"", "\"a\"\"b\""])
  }

  @Test("Tables and columns are found in the text of queries, and where they are defined")
  func names() throws {
    let project = try PostgreSQLProject(
      schema: """
        CREATE TABLE authors (id int PRIMARY KEY, "Name" text NOT NULL, born date);
        CREATE TABLE books (id int PRIMARY KEY, author_id int NOT NULL REFERENCES authors (id), title text, pages int);
        CREATE VIEW shelf AS SELECT title FROM books;
        """,
      queries: """
        -- name: Read :many
        WITH long AS (SELECT author_id, max(pages) AS most FROM public.books GROUP BY author_id)
        SELECT a."Name", authors.born, long.most, s.title, (SELECT count(*) FROM books WHERE books.author_id = a.id) AS n
        FROM authors AS a JOIN long ON long.author_id = a.id, shelf AS s, authors
        WHERE a.id IS DISTINCT FROM authors.id AND extract(year FROM authors.born) > 1900 AND sqlc.optional(some, a.born > @day)
        ORDER BY a."Name";

        -- name: Add :one
        INSERT INTO books (id, author_id, title) VALUES (@id, @author, @title)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, pages = books.pages + 1 RETURNING pages;

        -- name: Change :exec
        UPDATE ONLY books SET title = upper(title), pages = DEFAULT FROM authors WHERE authors.id = author_id;

        -- name: Remove :exec
        DELETE FROM books USING authors AS a WHERE a.id = books.author_id;

        """)
    let snapshot = try Workspace(
      at: ProjectLocation(workingDirectory: project.folder.path), files: LocalFileSystem(), engines: .standard
    ).snapshot()
    let block = try #require(snapshot.blocks.first)
    for query in block.queries { #expect(!query.hasErrors, "\(query.diagnostics)") }
    func names(_ query: String) throws -> [String] {
      let query = try #require(block.query(named: query))
      return query.occurrences.compactMap { occurrence in
        let text = query.annotated.source.slice(occurrence.source.range)
        switch occurrence.symbol {
        case .table(let table): return "\(table)=\(text)"
        case .column(let column): return "\(column.table).\(column.column)=\(text)"
        default: return nil
        }
      }
    }
    #expect(
      try names("Read") == [
        "books.author_id=author_id", "books.pages=pages", "books=books", "books.author_id=author_id",
        "authors.Name=\"Name\"", "authors=authors", "authors.born=born", "shelf.title=title", "books=books",
        "books=books", "books.author_id=author_id", "authors.id=id", "authors=authors", "authors.id=id", "shelf=shelf",
        "authors=authors", "authors.id=id", "authors=authors", "authors.id=id", "authors=authors",
        "authors.born=born", "authors.born=born", "authors.Name=\"Name\"",
      ])
    #expect(
      try names("Add") == [
        "books=books", "books.id=id", "books.author_id=author_id", "books.title=title", "books.id=id",
        "books.title=title", "books.title=title", "books.pages=pages", "books=books", "books.pages=pages",
        "books.pages=pages",
      ])
    #expect(
      try names("Change") == [
        "books=books", "books.title=title", "books.title=title", "books.pages=pages", "authors=authors",
        "authors=authors", "authors.id=id", "books.author_id=author_id",
      ])
    #expect(
      try names("Remove") == [
        "books=books", "authors=authors", "authors.id=id", "books=books", "books.author_id=author_id",
      ])
    let defined = block.occurrences(of: .column(ColumnReference(table: QualifiedName("books"), column: "author_id")))
    #expect(defined.filter { $0.role == .definition }.count == 1 && defined.count == 7)
    let functions = block.inspector?.functions() ?? []
    #expect(functions.contains { $0.text.hasPrefix("upper(text)") } && functions.contains { $0.name == "array_agg" })
    #expect(!functions.contains { $0.name == "int4pl" || $0.name == "textin" })
  }

  @Test("A name nearby is a fix")
  func nearbyNames() throws {
    let project = try PostgreSQLProject(
      schema: "CREATE TABLE authors (id int, name text, \"Born\" date); CREATE TABLE books (id int, name text);",
      queries: """
        -- name: A :many
        SELECT a.nam FROM authors AS a;
        -- name: B :many
        SELECT nam FROM authors AS a, books AS b;
        -- name: C :many
        SELECT id FROM auhtors;
        -- name: D :many
        SELECT lenght(name) FROM authors;
        -- name: E :many
        SELECT a."Borm" FROM authors AS a;
        -- name: F :many
        SELECT nothing_of_the_kind FROM authors;

        """)
    let snapshot = try Workspace(
      at: ProjectLocation(workingDirectory: project.folder.path), files: LocalFileSystem(), engines: .standard
    ).snapshot()
    let block = try #require(snapshot.blocks.first)
    let fixes = block.queries.map { query in
      query.diagnostics.flatMap(\.fixIts).map { fix in
        let edit = fix.edits[0]
        return "\(query.annotated.source.slice(edit.source.range)) → \(edit.replacement)"
      }
    }
    #expect(
      fixes == [
        ["nam → name"], ["nam → a.name", "nam → b.name"], ["auhtors → authors"], ["lenght → length"],
        ["\"Borm\" → \"Born\""], [],
      ])
  }
}

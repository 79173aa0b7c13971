// What `docs` writes of a project, when it refuses to, and what it counts.

import SQLCAnalysis
import SQLCDriver
import Testing

@Suite struct DocsTests {
  private static let schema = """
    -- Who has an account.
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE /* An address. */, note TEXT);
    -- What they write.
    CREATE TABLE posts (
      id INTEGER PRIMARY KEY,
      author_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      editor_id INTEGER UNIQUE REFERENCES users (id),
      -- As it is shown.
      title TEXT NOT NULL DEFAULT 'untitled' CHECK (length(title) > 0),
      state TEXT NOT NULL CHECK (state IN ('draft', 'shown'))
    );
    CREATE INDEX idx_posts_author_id ON posts (author_id) WHERE state = 'shown';
    CREATE VIEW shown AS SELECT id, title FROM posts WHERE state = 'shown';
    CREATE VIRTUAL TABLE words USING fts5(title, content = 'posts', content_rowid = 'id');
    """
  private static let queries = """
    -- name: GetPost :one
    -- One post.
    SELECT p.title, u.note FROM posts p LEFT JOIN users u ON u.id = p.editor_id WHERE p.id = @id;
    -- name: ListShown :many
    SELECT title FROM shown ORDER BY id;
    -- name: Rename :exec
    UPDATE posts SET title = @title WHERE id = @id;
    """

  private func disk(_ changes: [String: String?] = [:]) -> MemoryFileSystem {
    project(["schema/001_agents.sql": Self.schema, "queries/agents.sql": Self.queries].merging(changes) { $1 })
  }

  private func request(
    _ files: [String] = [], _ action: DocsRequest.Action = .write, allowed: Int? = nil
  ) -> DocsRequest {
    var request = DocsRequest()
    request.files = files
    request.action = action
    request.allowed = allowed
    return request
  }

  @Test func whatIsKnownStandsThere() throws {
    let disk = disk()
    let written = try docs(context(disk), request(["docs/all.html", "all.md"]))
    #expect(written.exit == .success && written.standardError == "", "\(written.standardError)")
    #expect(
      written.standardOutput == """
        docs/all.html written
        all.md written
        2 of 4 tables and 3 of 9 columns have no comment

        """)
    let page = try #require(disk["/p/docs/all.html"])
    for part in [
      "Who has an account.", "An address.", "As it is shown.", "ON DELETE CASCADE", "DEFAULT &#39;untitled&#39;",
      "one of draft, shown", "INDEX idx_posts_author_id (author_id) WHERE state = &#39;shown&#39;",
      "<strong>at most one row</strong>", "is on the right of the LEFT JOIN", "schema/001_agents.sql:4",
      "search p by key", "class=\"relation optional\"", "<code class=\"swift\">String?</code>", "fts5",
    ] { #expect(page.contains(part), "\(part)") }
    // The tables that a full-text index keeps are nobody's.
    #expect(!page.contains("words_data"))
    let markdown = try #require(disk["/p/all.md"])
    for part in [
      "```mermaid\nerDiagram\n", "  users ||--o{ posts : \"author_id\"", "  users |o--o| posts : \"editor_id\"",
    ] {
      #expect(markdown.contains(part), "\(part)")
    }
  }

  /// Views are seen through, and are read themselves; columns know who gives them a value.
  @Test func usesAreTold() throws {
    let disk = disk()
    _ = try docs(context(disk), request(["all.md"]))
    let page = try #require(disk["/p/all.md"])
    func section(_ name: String) -> Substring {
      page.split(separator: "\n### ").first { $0.hasPrefix(name) } ?? ""
    }
    #expect(section("shown").contains("Read by <code>ListShown</code>"))
    #expect(section("posts").contains("Read by <code>GetPost</code>, <code>ListShown</code>, <code>Rename</code>"))
    #expect(section("posts").contains("Written by <code>Rename</code>"))
    #expect(section("users").contains("Read by <code>GetPost</code>") && !section("users").contains("Written"))
    #expect(section("words").contains("No query uses it."))
  }

  @Test func checkTellsWhatChanged() throws {
    let disk = disk()
    #expect(try docs(context(disk), request([], .check)).exit == .drift)
    #expect(disk["/p/docs/database.html"] == nil)
    #expect(try docs(context(disk), request()).exit == .success)
    #expect(try docs(context(disk), request([], .check)).exit == .success)
    let again = try docs(context(disk), request())
    #expect(again.standardOutput.hasPrefix("docs/database.html is up to date\n"))
    let changed = self.disk([
      "docs/database.html": disk["/p/docs/database.html"], "queries/agents.sql": "-- name: One :one\nSELECT 1;\n",
    ])
    let drift = try docs(context(changed), request([], .check))
    #expect(drift.exit == .drift && drift.standardOutput.hasPrefix("docs/database.html is out of date\n"))
  }

  @Test func whatIsInTheWayStays() throws {
    let disk = disk(["mine.html": "<p>mine</p>\n", "folder.md/x": "x"])
    for (file, reason) in [
      ("mine.html", "was not written by sqlc-swift"), ("folder.md", "is a folder"),
      ("page.txt", "neither .html nor .md"),
    ] {
      let outcome = try docs(context(disk), request([file, "other.html"]))
      #expect(outcome.exit == .failure && outcome.standardError.contains(reason), "\(outcome.standardError)")
    }
    #expect(disk["/p/mine.html"] == "<p>mine</p>\n" && disk["/p/other.html"] == nil)
    let wrong = self.disk(["queries/agents.sql": "-- name: One :one\nSELECT nothing;\n"])
    #expect(try docs(context(wrong), request()).exit == .failure)
    #expect(wrong["/p/docs/database.html"] == nil)
  }

  @Test func whatHasNoCommentIsCounted() throws {
    let disk = disk()
    #expect(try docs(context(disk), request(allowed: 5)).exit == .success)
    let outcome = try docs(context(disk), request(allowed: 4))
    #expect(outcome.exit == .drift)
    #expect(outcome.standardError.contains("5 tables and columns have no comment; 4 may:"), "\(outcome.standardError)")
    #expect(outcome.standardError.contains("\n  users.note\n") && !outcome.standardError.contains("users.email"))
  }
}

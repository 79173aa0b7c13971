// Names as they are written are what SQLite reads.

import CSQLite
import SQLCSyntaxSQLite
import Testing

@Suite struct NameSpellingTests {
  private static let statements = [
    "SELECT n FROM n WHERE n = 1 ORDER BY n", "SELECT CASE WHEN n THEN n ELSE n END, -n, (n), n + 1 FROM n",
    "SELECT x.n, n.b FROM n JOIN n AS x ON x.n = n.n", "UPDATE n SET n = 1, b = n WHERE NOT n",
    "INSERT INTO n (n) VALUES (1) RETURNING n", "DELETE FROM n WHERE n IN (n, 1)",
    "WITH n AS (SELECT 1) SELECT * FROM n", "SELECT n FROM n GROUP BY n HAVING n",
  ]

  private func prepares(_ sql: String, on connection: OpaquePointer?) -> Bool {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    return sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK
  }

  @Test func keywordsAreNamesAsTheyAreWritten() throws {
    let words = TokenKind.allCases.filter(\.isKeyword).compactMap(\.spelling).map { $0.lowercased() }
    #expect(words.count > 130)
    for word in words + ["Plain", "a b", "ü", "1a", "a\"b", "a\"\u{301}b", "", "_", "x$"] {
      let name = spelledName(word)
      var connection: OpaquePointer?
      defer { sqlite3_close_v2(connection) }
      #expect(sqlite3_open_v2(":memory:", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK)
      let pieces = Self.statements.map { statement in
        statement.split(separator: " ", omittingEmptySubsequences: false).map { piece in
          piece.split(separator: ".", omittingEmptySubsequences: false).map { part in
            let bare = part.drop { "(-".contains($0) }
            let core = bare.prefix { $0 == "n" }
            guard core == "n", bare.dropFirst().allSatisfy({ ",)".contains($0) }) else { return String(part) }
            return part.prefix(part.count - bare.count) + name + bare.dropFirst()
          }.joined(separator: ".")
        }.joined(separator: " ")
      }
      #expect(prepares("CREATE TABLE \(name) (\(name) INT, b INT)", on: connection), "\(word)")
      var error: UnsafeMutablePointer<CChar>?
      sqlite3_exec(connection, "CREATE TABLE \(name) (\(name) INT, b INT)", nil, nil, &error)
      sqlite3_free(error)
      for sql in pieces { #expect(prepares(sql, on: connection), "\(sql)") }
    }
    // No more quotes than there must be.
    #expect(["key", "Plain", "ü", "row"].allSatisfy { spelledName($0) == $0 })
  }
}

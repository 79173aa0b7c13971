// The article shows five rebuilds: before, wanted, and what is written. They are tried as they stand there.

import Foundation
import SQLCEngine
import SQLCMigrationCheck
import SQLCOracleSQLite
import SQLCTrialSQLite
import Testing

@Suite struct ArticleTests {
  struct Rebuild: CustomTestStringConvertible {
    var title: String
    var before: String
    var wanted: String
    var written: String
    var testDescription: String { title }
  }

  private static let text: String = {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Clients/sqlc-swift/Documentation.docc/MigrationDiff.md")
    return (try? String(contentsOf: article, encoding: .utf8)) ?? ""
  }()

  static let rebuilds: [Rebuild] = {
    text.split(separator: "\n### ").dropFirst().compactMap { section in
      let blocks = section.split(separator: "```").filter { $0.hasPrefix("sql\n") }.map { $0.dropFirst(4) }
      guard blocks.count == 3 else { return nil }
      return Rebuild(
        title: String(section.prefix { $0 != "\n" }), before: String(blocks[0]), wanted: String(blocks[1]),
        written: String(blocks[2]))
    }
  }()

  @Test func thereAreFive() { #expect(Self.rebuilds.count == 5) }

  @Test(arguments: rebuilds) func whatIsShownIsWhatIsWritten(rebuild: Rebuild) throws {
    let plan = try provenPlan(try definitions(rebuild.before), try definitions(rebuild.wanted))
    var lines = ["-- Written."] + plan.changes.map { "-- \($0)" } + [""]
    for statement in plan.up { lines += (statement.comment.map { ["-- \($0)"] } ?? []) + [statement.sql + ";"] }
    #expect(rebuild.written == lines.joined(separator: "\n") + "\n")
  }

  @Test func theCommentOfTheArticleGivesAValue() throws {
    let sample = try #require(Self.text.split(separator: "```sql\n").dropFirst().first?.split(separator: "```").first)
    let plan = try provenPlan(
      ["CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)"], try definitions(String(sample)))
    #expect(plan.upSQL.contains { $0.contains("SELECT id, name, coalesce(lower(name), 'user-' || id) FROM users") })
  }

  private func definitions(_ sql: String) throws -> [String] {
    let scratch = try ScratchDatabase()
    _ = try scratch.execute(sql)
    return try scratch.definitions()
  }
}

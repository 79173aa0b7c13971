// Plans on the command line: written down, compared, printed, with the statistics of a database.

import CSQLite
import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

@Suite struct PlanCommandTests {
  private static let table =
    "CREATE TABLE jobs (id INTEGER PRIMARY KEY, worker_id INTEGER NOT NULL, at INTEGER NOT NULL);\n"
  private static let index = "CREATE INDEX idx_jobs_worker_id ON jobs (worker_id);\n"
  private static let queries = """
    -- name: OfWorker :many
    SELECT id FROM jobs WHERE worker_id = @worker_id;
    -- name: Search :many
    SELECT id FROM jobs WHERE worker_id = @worker_id AND sqlc.optional(at > @since) ORDER BY sqlc.order(id, at DESC) LIMIT 5;

    """

  private struct Folder {
    var url: URL
    var context: CommandContext

    func write(_ text: String, _ name: String) throws {
      try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8)
    }

    func read(_ name: String) throws -> String { try String(contentsOf: url.appending(path: name), encoding: .utf8) }
  }

  private func inProject(vet: String, schema: String, _ body: (Folder) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "sqlc-plans-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    let folder = Folder(
      url: url, context: CommandContext(location: ProjectLocation(directory: ".", workingDirectory: url.path)))
    try folder.write(
      "version: \"2\"\nsql:\n  - {engine: sqlite, schema: schema.sql, queries: query.sql, gen: {swift: {out: Out}}}\nvet: \(vet)\n",
      "sqlc-swift.yaml")
    try folder.write(schema, "schema.sql")
    try folder.write(Self.queries, "query.sql")
    try body(folder)
  }

  @Test func aPlanThatGetsWorseFails() throws {
    try inProject(vet: "{packs: [plans], plans: plans.txt}", schema: Self.table + Self.index) { folder in
      let missing = try vet(folder.context, VetRequest())
      #expect(missing.exit == .failure && missing.standardError.contains("there is no file 'plans.txt'"))

      var writing = VetRequest()
      writing.plans = .written
      let written = try vet(folder.context, writing)
      #expect(written.standardOutput.hasPrefix("wrote the plans of 2 queries to plans.txt\n"), "\(written)")
      let text = try folder.read("plans.txt")
      #expect(
        text == """
          # Plans of queries. 'sqlc-swift vet --write-plans' writes this file, 'sqlc-swift vet' holds plans against it.
          OfWorker
            search jobs by idx_jobs_worker_id alone (worker_id=?)
          Search
            search jobs by idx_jobs_worker_id (worker_id=?)
          Search [nothing by id]
            search jobs by idx_jobs_worker_id alone (worker_id=?)
          Search [nothing by id desc]
            search jobs by idx_jobs_worker_id alone (worker_id=?)
          Search [everything by at desc]
            search jobs by idx_jobs_worker_id (worker_id=?)
            sort for ORDER BY
          Search [nothing by at desc]
            search jobs by idx_jobs_worker_id (worker_id=?)
            sort for ORDER BY
          Search [everything by at]
            search jobs by idx_jobs_worker_id (worker_id=?)
            sort for ORDER BY
          Search [nothing by at]
            search jobs by idx_jobs_worker_id (worker_id=?)
            sort for ORDER BY

          """)
      _ = try vet(folder.context, writing)
      #expect(try folder.read("plans.txt") == text)
      #expect(try vet(folder.context, VetRequest()).exit == .success)

      try folder.write(Self.table, "schema.sql")
      let worse = try vet(folder.context, VetRequest())
      #expect(worse.exit == .drift)
      #expect(
        worse.standardOutput.contains(
          "error: 'OfWorker' reads every row of 'jobs', which it did not when the plans were written down"),
        "\(worse.standardOutput)")

      // Better is no error, and is to be written down.
      try folder.write(Self.table + "CREATE INDEX idx_jobs_worker_id_at ON jobs (worker_id, at);\n", "schema.sql")
      let other = try vet(folder.context, VetRequest())
      #expect(other.standardOutput.contains("the plan of 'OfWorker' is not the one that is written down"))
    }
  }

  /// As generated code, plans are written into the project, and through no link.
  @Test(arguments: [
    ("../else.txt", "output/outside-project"), ("a/../../else.txt", "output/outside-project"),
    ("/tmp/else.txt", "configuration/invalid-value"), ("~/else.txt", "configuration/invalid-value"),
    ("link.txt", "output/symbolic-link"), ("linked/plans.txt", "output/symbolic-link"),
  ])
  func plansStayInTheProject(path: String, rule: String) throws {
    try inProject(vet: "{packs: [plans], plans: \(path)}", schema: Self.table) { folder in
      let elsewhere = folder.url.appending(path: "elsewhere")
      try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
      try folder.write("mine", "elsewhere/mine.txt")
      for (link, target) in [("link.txt", "elsewhere/mine.txt"), ("linked", "elsewhere")] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.url.appending(path: link).path, withDestinationPath: target)
      }
      var writing = VetRequest()
      writing.plans = .written
      let outcome = try vet(folder.context, writing)
      #expect(outcome.exit == .failure && outcome.standardError.contains(rule), "\(outcome)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path) == ["mine.txt"])
      #expect(try folder.read("elsewhere/mine.txt") == "mine")
      #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "../else.txt").path))
    }
  }

  @Test func writingNeedsAFile() throws {
    try inProject(vet: "{packs: [plans]}", schema: Self.table) { folder in
      var request = VetRequest()
      request.plans = .written
      let outcome = try vet(folder.context, request)
      #expect(outcome.exit == .failure && outcome.standardError.contains("names no file to write the plans to"))
    }
  }

  @Test func oneQueryIsPrinted() throws {
    try inProject(vet: "{packs: [plans]}", schema: Self.table) { folder in
      let outcome = try plan(folder.context, of: "OfWorker")
      #expect(
        outcome.standardOutput == """
          OfWorker  query.sql:1
          ╰─ scan jobs

          wanted, as the plan with it is better:
            CREATE INDEX idx_jobs_worker_id ON jobs (worker_id);
          the plan then:
          ╰─ search jobs by idx_jobs_worker_id alone (worker_id=?)

          """)
      let search = try plan(folder.context, of: "Search").standardOutput
      #expect(
        search.contains("with everything by at desc | nothing by at desc | everything by at | nothing by at\n├─ "))
      #expect(try plan(folder.context, of: "Missing").exit == .failure)
    }
  }

  /// The statistics of a database that is there; the file is read and nothing else.
  @Test func aDatabasesStatisticsAreTaken() throws {
    try inProject(vet: "{packs: [plans]}", schema: Self.table) { folder in
      var database: OpaquePointer?
      let path = folder.url.appending(path: "app.db").path
      #expect(sqlite3_open(path, &database) == SQLITE_OK)
      #expect(sqlite3_exec(database, Self.table + "INSERT INTO jobs VALUES (1, 1, 1)", nil, nil, nil) == SQLITE_OK)
      var request = VetRequest()
      request.database = "app.db"
      #expect(throws: (any Error).self) { try vet(folder.context, request) }
      #expect(sqlite3_exec(database, "ANALYZE", nil, nil, nil) == SQLITE_OK)
      #expect(sqlite3_close(database) == SQLITE_OK)
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(try vet(folder.context, VetRequest()).standardOutput.contains("plans/missing-index"))
      #expect(try !vet(folder.context, request).standardOutput.contains("plans/missing-index"))
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
      request.database = "missing.db"
      #expect(throws: (any Error).self) { try vet(folder.context, request) }
    }
  }
}

// Where the configuration is looked for, and what of a folder is read.

import SQLCDriver
import Testing

@Suite struct LocationTests {
  @Test(arguments: ["queries", "queries/deep", "schema"]) func isFoundAbove(folder: String) throws {
    let disk = project(["queries/deep/README": ""])
    let outcome = try check(context(disk, workingDirectory: "/p/" + folder))
    #expect(outcome.exit == .success && outcome.standardOutput.hasPrefix("checked 1 query"), "\(outcome.standardError)")
    #expect(try check(context(disk, workingDirectory: "/", directory: "p/" + folder)).exit == .success)
    // A file that is named is nowhere else.
    #expect(try check(context(disk, workingDirectory: "/p/" + folder, file: "sqlc-swift.yaml")).exit == .failure)
  }

  @Test func theNearestIsTaken() throws {
    let disk = project(["queries/sqlc-swift.yaml": "version: 3\n"])
    let outcome = try check(context(disk, workingDirectory: "/p/queries"))
    #expect(outcome.standardError.contains("unsupported-version"), "\(outcome.standardError)")
  }

  @Test(arguments: ["nothing", "sqlc-swift.yaml"]) func aFolderThatIsNone(name: String) throws {
    for command in [generate, diff, analyze] as [(CommandContext) throws -> CommandOutcome] {
      let outcome = try command(context(project(), directory: name))
      #expect(outcome.exit == .failure)
      #expect(outcome.standardError.contains("error: there is no folder '\(name)'"), "\(outcome.standardError)")
    }
  }

  @Test(arguments: [
    ("queries/sub/b.sql", "1 .sql file below 'queries/sub' is not read as queries"),
    ("queries/x/y/b.sql", "1 .sql file below 'queries/x' is not read as queries"),
    ("schema/old/b.sql", "1 .sql file below 'schema/old' is not read as schema"),
  ])
  func whatIsNotReadIsSaid(file: String, message: String) throws {
    let disk = project([file: "-- name: B :one\nSELECT count(*) FROM agents;\n"])
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .success)
    #expect(outcome.standardError.contains("warning: " + message), "\(outcome.standardError)")
  }

  @Test func whatAnotherEntryReadsIsNotMissing() throws {
    let both = configuration.replacing("queries: queries", with: "queries: [queries, \"queries/**/b.sql\"]")
    let disk = project([
      "sqlc-swift.yaml": both, "queries/sub/b.sql": "-- name: B :one\nSELECT count(*) FROM agents;\n",
    ])
    let outcome = try generate(context(disk))
    #expect(outcome.exit == .success && outcome.standardError.isEmpty, "\(outcome.standardError)")
  }

  @Test func noQueryAtAllIsNoSuccess() throws {
    let disk = project(["queries/agents.sql": "-- nothing yet\n"])
    let outcome = try check(context(disk))
    #expect(outcome.exit == .failure && outcome.standardError.contains("input/no-queries"))
    #expect(try generate(context(disk)).exit == .success)
  }

  @Test func foldersAreNoFiles() throws {
    let disk = project(["sqlc-swift.yaml": configuration.replacing("queries: queries", with: "queries: \"queries/**\"")]
    )
    #expect(try check(context(disk)).standardError.contains("'queries/**/*.sql' names the files in them"))
  }
}

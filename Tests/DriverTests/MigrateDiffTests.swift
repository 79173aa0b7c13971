// `migrate diff` on a disk in memory: what is asked, what is written, in which format.

import Foundation
import SQLCAnalysis
import SQLCDriver
import Testing

@Suite struct MigrateDiffTests {
  private let wanted = "CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER);\n"

  private func diff(
    _ disk: MemoryFileSystem, to wanted: WantedSchema = .to("wanted.sql"), name: String = "Add size",
    _ arguments: PlanArguments = PlanArguments(), dataLoss: MigrationDiffRequest.DataLoss = .refused,
    conduct: MigrationDiffRequest.Conduct = .written, ask: ((String) -> String?)? = nil
  ) throws -> CommandOutcome {
    try diffMigrations(
      context(disk), block: 1,
      MigrationDiffRequest(
        wanted: wanted, name: name, arguments: arguments, dataLoss: dataLoss, conduct: conduct,
        timestamp: "20300102030405", ask: ask))
  }

  private func text(_ path: String, on disk: MemoryFileSystem) throws -> String {
    String(decoding: try disk.read("/p/" + path), as: UTF8.self)
  }

  struct Format: CustomTestStringConvertible {
    var first: [String: String]
    var written: [String]
    var testDescription: String { written[0] }
  }

  static let formats: [Format] = {
    let up = "CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
    let down = "DROP TABLE agents;\n"
    return [
      Format(first: ["0001_a.sql": "-- +goose Up\n\(up)-- +goose Down\n\(down)"], written: ["0002_add_size.sql"]),
      Format(first: ["1_a.up.sql": up, "1_a.down.sql": down], written: ["2_add_size.up.sql", "2_add_size.down.sql"]),
      Format(
        first: ["20300101000000_a.sql": "-- migrate:up\n\(up)-- migrate:down\n\(down)"],
        written: ["20300102030405_add_size.sql"]),
      Format(first: ["1_a.sql": "-- +migrate Up\n\(up)-- +migrate Down\n\(down)"], written: ["2_add_size.sql"]),
      Format(
        first: ["001_a.sql": "\(up)\n---- create above / drop below ----\n\(down)"], written: ["002_add_size.sql"]),
      Format(first: ["V1__a.sql": up, "U1__a.sql": down], written: ["V2__add_size.sql", "U2__add_size.sql"]),
      Format(
        first: ["2030-01-01-000000_a/up.sql": up, "2030-01-01-000000_a/down.sql": down],
        written: ["2030-01-02-030405_add_size/up.sql", "2030-01-02-030405_add_size/down.sql"]),
    ]
  }()

  @Test(arguments: formats) func itIsWrittenInTheFoldersOwnFormat(format: Format) throws {
    var files: [String: String?] = ["schema/001_agents.sql": nil, "wanted.sql": wanted]
    // A trigger has a semicolon inside.
    files["wanted.sql"] = wanted + "CREATE TRIGGER t AFTER INSERT ON agents BEGIN SELECT 1; SELECT 2; END;\n"
    for (path, text) in format.first { files["schema/" + path] = text }
    if format.written[0].contains("/") {
      files["sqlc-swift.yaml"] = configuration.replacing("schema: schema", with: "schema: schema/**/*.sql")
    }
    let disk = project(files)
    let outcome = try diff(disk)
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    for path in format.written { #expect(disk.kind(of: "/p/schema/" + path) == .file, "\(outcome.standardOutput)") }
    // Every other command reads it as it was meant.
    #expect(try diff(disk).standardOutput == "the migrations make the wanted schema\n")
    let checked = try checkMigrations(context(disk), block: 1)
    #expect(checked.standardOutput == "checked 2 migrations: 0 errors, 0 warnings\n", "\(checked.standardError)")
  }

  @Test func aSchemaThatIsEditedInPlaceIsTheWantedOne() throws {
    let disk = project(["schema/001_agents.sql": nil, "schema/agents.sql": wanted])
    let first = try diff(disk, to: .migrations("migrations"), name: "init")
    #expect(first.standardOutput.hasSuffix("wrote migrations/0001_init.sql\n"), "\(first.standardError)")
    #expect(try text("migrations/0001_init.sql", on: disk).contains("-- +goose Down\nDROP TABLE agents;"))
    #expect(try diff(disk, to: .migrations("migrations")).standardOutput == "the migrations make the wanted schema\n")
    // The other way around there is nothing to write behind.
    #expect(try diff(disk, to: .to("schema")).exit == .usage)
  }

  @Test func whatWasRenamedIsAsked() throws {
    let disk = project(["wanted.sql": "CREATE TABLE agents (id INTEGER PRIMARY KEY, title TEXT NOT NULL);\n"])
    let before = disk.contents(of: "/p")
    let undecided = try diff(disk)
    #expect(undecided.exit == .drift)
    #expect(undecided.standardError.contains("'--rename agents.name=title', '--drop agents.name'"))
    #expect(disk.contents(of: "/p") == before)
    #expect(try diff(disk, PlanArguments(drops: ["agents.name"])).exit == .drift)
    #expect(disk.contents(of: "/p") == before)
    let shown = try diff(disk, PlanArguments(renames: ["agents.name=agents.title"]), conduct: .shown)
    #expect(shown.standardOutput.contains("ALTER TABLE agents RENAME COLUMN name TO title;"))
    #expect(disk.contents(of: "/p") == before)
    var questions: [String] = []
    let asked = try diff(disk) { question in
      questions.append(question)
      return "1"
    }
    #expect(asked.exit == .success && questions.count == 1)
  }

  @Test func nobodyWhoAnswersChoosesNothing() throws {
    let disk = project(["wanted.sql": "CREATE TABLE agents (id INTEGER PRIMARY KEY, title TEXT NOT NULL);\n"])
    for reply in [nil, "", "3", "yes"] { #expect(try diff(disk) { _ in reply }.exit == .drift) }
  }

  @Test func lossIsAllowedOrNothingIsWritten() throws {
    let disk = project(["wanted.sql": "CREATE TABLE agents (id INTEGER PRIMARY KEY);\n"])
    let refused = try diff(disk)
    #expect(refused.exit == .drift)
    #expect(refused.standardError.contains("the values of 'agents.name' are lost (of "))
    #expect(try diff(disk) { _ in "no" }.exit == .drift)
    #expect(try diff(disk, PlanArguments(drops: ["agents.name"]), conduct: .shown).exit == .success)
    #expect(try diff(disk, dataLoss: .allowed).exit == .success)
  }

  @Test func aCommentIsNoInstruction() throws {
    let disk = project([
      "schema/001_agents.sql": "-- +goose Up\n\(schema)-- +goose Down\nDROP TABLE agents;\n",
      "wanted.sql": "CREATE TABLE agents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
        + "CREATE TABLE b (\n-- +goose Down\nDROP INTEGER);\n",
    ])
    let before = disk.contents(of: "/p")
    let outcome = try diff(disk)
    #expect(outcome.exit == .failure)
    #expect(disk.contents(of: "/p") == before)
  }

  @Test(arguments: [
    PlanArguments(renames: ["agents"]), PlanArguments(renames: ["a.b.c=d"]),
    PlanArguments(renames: ["agents=agents.name"]),
    PlanArguments(drops: ["\"agents"]), PlanArguments(backfills: ["agents=1"]),
    PlanArguments(backfills: ["agents.name="]),
  ]) func anArgumentThatSaysNothingIsRefused(arguments: PlanArguments) throws {
    #expect(try diff(project(["wanted.sql": wanted]), arguments).exit == .usage)
  }

  @Test func whatIsNotThereOrWrongIsSaid() throws {
    #expect(try diff(project(), to: .to("nowhere.sql")).exit == .failure)
    let wrong = try diff(project(["wanted.sql": "CREATE TABLE agents (id INTEGER PRIMARY KEY, id TEXT);\n"]))
    #expect(wrong.exit == .failure && wrong.standardError.contains("wanted.sql:1:"))
    #expect(try diff(project(["wanted.sql": wanted]), name: "…").exit == .usage)
  }

  /// The migrations of this package, each written again from the schemas before and after it.
  @Test(arguments: 1...10) func ourOwnMigrationsAreWrittenAgain(count: Int) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../schema")
      .standardizedFileURL
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
      .sorted()
    #expect(names.count == 11)
    var files: [String: String?] = [
      "schema/001_agents.sql": nil, "queries/agents.sql": "-- name: One :one\nSELECT 1 AS one;\n",
    ]
    for (index, name) in names.prefix(count + 1).enumerated() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      if index < count { files["schema/" + name] = text }
      files["wanted/" + name] = text
    }
    let disk = project(files)
    let outcome = try diff(disk, to: .to("wanted"), dataLoss: .allowed)
    #expect(outcome.exit == .success, "\(outcome.standardError)")
    #expect(try diff(disk, to: .to("wanted")).standardOutput == "the migrations make the wanted schema\n")
  }
}

import Foundation
import SQLCDriver
import Testing

/// `migrate notify`, over a folder of migrations.
@Suite("Migrations that notify", .needsPostgreSQL)
struct NotifyMigrationTests {
  private func project() throws -> PostgreSQLProject {
    let project = try PostgreSQLProject(schema: "", queries: "-- name: One :one\nSELECT 1 AS one;\n")
    try FileManager.default.createDirectory(
      at: project.folder.appending(path: "migrations"), withIntermediateDirectories: true)
    try project.write(
      """
      -- +goose Up
      CREATE TABLE agents (id int8 PRIMARY KEY);
      CREATE SCHEMA "Bil'ling";
      CREATE TABLE "Bil'ling"."In\\voices" (id int8 PRIMARY KEY, agent int8 REFERENCES agents ON DELETE CASCADE);
      -- +goose Down
      DROP SCHEMA "Bil'ling" CASCADE;
      DROP TABLE agents;
      """, to: "migrations/0001_first.sql")
    try project.write(
      """
      version: "2"
      sql:
        - {engine: postgresql, schema: migrations, queries: queries.sql, gen: {swift: {out: Generated}}}
      """, to: "sqlc-swift.yaml")
    return project
  }

  private func run(_ project: PostgreSQLProject, _ name: String, tables: [String] = []) throws -> CommandOutcome {
    try writeNotifyMigration(
      project.context, block: 1,
      NotifyMigrationRequest(name: name, channel: "sqlc_changes", tables: tables, timestamp: "20260101000000"))
  }

  @Test("Tables get their triggers, new ones later, and each only once")
  func triggers() throws {
    let project = try project()
    let one = try run(project, "notify agents", tables: ["agents"])
    #expect(one.exit == .success, "\(one.standardError)")
    let first = try String(
      contentsOf: project.folder.appending(path: "migrations/0002_notify_agents.sql"), encoding: .utf8)
    #expect(first.contains("CREATE FUNCTION \"sqlc_changes_notify\"()"))
    #expect(first.contains("FOR EACH STATEMENT EXECUTE FUNCTION \"sqlc_changes_notify\"('agents');"))
    #expect(!first.contains("voices"))
    let rest = try run(project, "notify the rest")
    #expect(rest.exit == .success, "\(rest.standardError)")
    let second = try String(
      contentsOf: project.folder.appending(path: "migrations/0003_notify_the_rest.sql"), encoding: .utf8)
    #expect(second.contains("ON \"Bil'ling\".\"In\\voices\""))
    #expect(second.contains("(E'Bil''ling.In\\\\voices');"))
    #expect(!second.contains("CREATE FUNCTION"))
    #expect(!second.contains("agents"))
    #expect(try run(project, "nothing").standardOutput == "every table has its trigger\n")
    // Up, down, and up again, on generated rows.
    let check = try checkMigrations(project.context, block: 1)
    #expect(check.exit == .success, "\(check.standardError)")
  }

  @Test("What is no table, and what no channel can be, is refused")
  func refusals() throws {
    let project = try project()
    #expect(try run(project, "x", tables: ["nobody"]).exit == .usage)
    let bad = try writeNotifyMigration(
      project.context, block: 1,
      NotifyMigrationRequest(name: "x", channel: "A'; DROP TABLE agents", timestamp: "20260101000000"))
    #expect(bad.exit == .usage)
  }
}

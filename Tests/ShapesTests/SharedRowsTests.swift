// The reference project `shared_rows`, run, and each way in which rows can differ.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCRuntime
import SharedRowsReference
import Testing

@Suite struct SharedRowsTests {
  @Test func queriesGiveOneStruct() async throws {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("shared_rows/schema.sql"), encoding: .utf8))
    let queries = Queries(database)
    let ada = try await queries.createUser(name: "Ada", email: "ada@x")
    let bob = try await queries.createUser(name: "Bob", email: nil)
    let team = try await queries.createTeam(name: "one", leadID: ada)
    _ = try await queries.createTeam(name: "two", leadID: nil)
    let added: TeamMember = try await queries.addMember(teamID: team, userID: ada, role: .owner)
    #expect(added == TeamMember(id: ada, name: "new", role: .owner))
    let found = try #require(try await queries.findMember(teamID: team, userID: ada))
    #expect(try await queries.listMembers(teamID: team) == [found])
    let contacts: [Contact] = try await queries.listContacts()
    #expect(contacts.map(\.email) == ["ada@x", nil])
    #expect(try await queries.listWrittenTo() == [contacts[0]])
    #expect(try await queries.listOwners() == [User(id: ada, name: "Ada", email: "ada@x")])
    let leads: [TeamLead] = try await queries.listLeads()
    #expect(leads.map(\.u?.name) == ["Ada", nil])
    #expect(try await queries.findLead(id: team) == leads[0])
    #expect(
      try await queries.listNames() + queries.listTeamNames() == ["Ada", "Bob", "one", "two"].map { Name(name: $0) })
    let stub = QueriesStub()
    stub.on(ListContacts.self) { _ in contacts }
    #expect(try await stub.listContacts() == contacts)
    #expect(bob != ada)
    await database.close()
  }

  @Test func analyzeNamesTheRow() throws {
    let outcome = try analyze(
      CommandContext(location: ProjectLocation(workingDirectory: reference("shared_rows").path)))
    #expect(outcome.standardOutput.contains(#""row":"Contact""#))
    #expect(outcome.standardOutput.contains(#""optional":true"#))
  }

  private static let schema = """
    CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, n INTEGER NOT NULL);
    CREATE TABLE c (t_id INTEGER NOT NULL REFERENCES t (id), x TEXT, PRIMARY KEY (t_id, x));
    """
  private static let one = "-- name: One :many\n-- row: Part\nSELECT id, b FROM t;\n"

  static let misuses: [(String, [String])] = [
    // Fewer, another name, another type, another order.
    (one + "-- name: Two :many\n-- row: Part\nSELECT id FROM t;", ["swift/unequal-row"]),
    (one + "-- name: Two :many\n-- row: Part\nSELECT id, b AS c FROM t;", ["swift/unequal-row"]),
    (one + "-- name: Two :many\n-- row: Part\nSELECT a AS id, b FROM t;", ["swift/unequal-row"]),
    (one + "-- name: Two :many\n-- row: Part\nSELECT b, id FROM t;", ["swift/unequal-row"]),
    // NULL, in either of them first.
    (one + "-- name: Two :many\n-- row: Part\nSELECT id, a AS b FROM t;", ["swift/unequal-row"]),
    ("-- name: Two :many\n-- row: Part\nSELECT id, a AS b FROM t;\n" + one, ["swift/unequal-row"]),
    (one + "-- name: Two :many\n-- row: Part widen b: shown alike\nSELECT id, a AS b FROM t;", []),
    ("-- name: Two :many\n-- row: Part widen b: shown alike\nSELECT id, a AS b FROM t;\n" + one, []),
    // Nothing to widen, no such column.
    (one + "-- name: Two :many\n-- row: Part widen b: why\nSELECT id, b FROM t;", ["swift/unneeded-widening"]),
    (one + "-- name: Two :many\n-- row: Part widen c: why\nSELECT id, b FROM t;", ["swift/unequal-row"]),
    // A table's struct.
    ("-- name: Two :many\n-- row: T\nSELECT id, a, b, n FROM t WHERE n > 1;", []),
    ("-- name: Two :many\n-- row: T\nSELECT id, a, b FROM t;", ["swift/unequal-row"]),
    ("-- name: Two :many\n-- row: T\nSELECT id, b AS a, b, n FROM t;", ["swift/unequal-row"]),
    ("-- name: Two :many\n-- row: T\nSELECT id, a, b, n FROM t WHERE b IS NOT NULL;", ["swift/unequal-row"]),
    ("-- name: Two :many\n-- row: T widen b: as stored\nSELECT id, a, b, n FROM t WHERE b IS NOT NULL;", []),
    // Where there are no rows, or rows have lists.
    ("-- name: Two :exec\n-- row: Part\nDELETE FROM t WHERE id = 1;", ["swift/misplaced-row"]),
    (
      "-- name: Two :many\n-- row: Part\nSELECT t.id, sqlc.nest(c) FROM t LEFT JOIN c ON c.t_id = t.id ORDER BY t.id;",
      ["swift/misplaced-row"]
    ),
    // Names that are taken.
    ("-- name: Two :many\n-- row: String\nSELECT id, b FROM t;", ["swift/reserved-name"]),
    // How it is written.
    ("-- name: Two :many\n-- row: Part widen\nSELECT id, b FROM t;", ["queryfile/malformed-row"]),
    ("-- name: Two :many\n-- row: Part widen b\nSELECT id, b FROM t;", ["queryfile/malformed-row"]),
    ("-- name: Two :many\n-- row: Part widen b:\nSELECT id, b FROM t;", ["queryfile/malformed-row"]),
    ("-- name: Two :many\n-- row: Part widen b,: why\nSELECT id, b FROM t;", ["queryfile/malformed-row"]),
    ("-- name: Two :many\n-- row: Part\n-- row: own\nSELECT id, b FROM t;", ["queryfile/malformed-row"]),
    // Prose, as ever.
    ("-- name: Two :many\n-- row: the part that matters\nSELECT id, b FROM t;", []),
    ("-- name: Two :many\n-- row: part\nSELECT id, b FROM t;", []),
  ]

  @Test(arguments: misuses) func differencesAreErrors(queries: String, expected: [String]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-rows-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("schema.sql", Self.schema), ("query.sql", queries + "\n"),
      (
        "sqlc-swift.yaml",
        "version: '2'\nsql: [{engine: sqlite, schema: schema.sql, queries: query.sql, gen: {swift: {out: Generated}}}]\n"
      ),
    ] {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let outcome = try generate(CommandContext(location: ProjectLocation(workingDirectory: folder.path)))
    let found = outcome.standardError.split(separator: "\n").compactMap { line in
      line.firstRange(of: "= help: ").map { String(line[$0.upperBound...]) }
    }
    #expect(found == expected, "\(outcome.standardError)")
  }
}

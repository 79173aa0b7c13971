// What the rules on isolation find, beside their pages' examples.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCIsolation
import SQLCVet
import Testing

@Suite struct IsolationRuleTests {
  private static let schema = """
    CREATE TABLE rooms (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, UNIQUE (user_id, id));
    CREATE TABLE stays (
      id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, host_id INTEGER NOT NULL, room_id INTEGER NOT NULL,
      FOREIGN KEY (host_id, room_id) REFERENCES rooms (user_id, id)
    );
    """

  private func found(_ query: String) throws -> [String] {
    let facts = try vetting(
      schema: Self.schema, queries: "-- name: Q :exec\n\(query);\n",
      policies: [IsolationPolicy(.tenant, column: "user_id")])
    return VetPackName.isolation.rules.filter { !facts.violations(of: $0).isEmpty }.map { "\($0.id)" }
  }

  /// A key that carries a tenant carries the row's own, or the row refers to another's.
  @Test(arguments: [
    "INSERT INTO stays (id, user_id, host_id, room_id) VALUES (@id, @user_id, @host_id, @room_id)",
    "UPDATE stays SET host_id = @host_id, room_id = @room_id WHERE id = @id AND user_id = @user_id",
  ])
  func aKeyOfAnotherTenantIsSeen(_ query: String) throws {
    #expect(try found(query) == ["isolation/several-tenants"])
  }

  @Test(arguments: [
    "INSERT INTO stays (id, user_id, host_id, room_id) VALUES (@id, @user_id, @user_id, @room_id)",
    "UPDATE stays SET host_id = user_id, room_id = @room_id WHERE id = @id AND user_id = @user_id",
  ])
  func aKeyOfTheOwnTenantIsClean(_ query: String) throws { #expect(try found(query) == [] as [String]) }

  /// A list of rows has rows of any tenant.
  @Test func aListOfRowsRestrictsNothing() throws {
    let list = "DELETE FROM rooms WHERE (user_id, id) IN (sqlc.slice(rooms))"
    #expect(try found(list) == ["isolation/unrestricted-rows"])
    #expect(try found(list + " AND user_id = @user_id") == [] as [String])
  }

  /// A fragment is what it becomes; what is found in one is shown there.
  @Test(arguments: [("r.user_id = @user", [String]()), ("r.id > @user", ["rooms"])])
  func fragmentsAreSeenThrough(_ predicate: String, places: [String]) throws {
    let queries = """
      -- fragment: own_rooms(user)
      EXISTS (SELECT 1 FROM rooms AS x WHERE \(predicate.replacing("r.", with: "x.")) AND x.id = s.room_id);
      -- name: Q :many
      SELECT s.id FROM stays AS s WHERE s.user_id = @user_id AND sqlc.use(own_rooms, user => @user_id);

      """
    let facts = try vetting(
      schema: Self.schema, queries: queries, policies: [IsolationPolicy(.tenant, column: "user_id")])
    let found = VetPackName.isolation.rules.flatMap { facts.violations(of: $0) }.map(\.diagnostic.primary.source)
    let source = SourceFile(path: "", text: queries)
    #expect(found.map(\.path) == places.map { _ in "queries.sql" })
    #expect(found.map { String(source.slice($0.range)) } == places)
  }
}

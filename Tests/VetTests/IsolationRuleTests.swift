// What the rules on isolation find, beside their pages' examples.

import SQLCConfiguration
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
}

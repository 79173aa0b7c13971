// Tables of every kind, and the queries that are observed, as the generator would write them.

import SQLCRuntime

let observedSchema = """
  CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE items (
    id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE, name TEXT NOT NULL UNIQUE);
  CREATE TABLE keyed (key TEXT NOT NULL PRIMARY KEY, value TEXT) WITHOUT ROWID;
  CREATE TABLE audit (id INTEGER PRIMARY KEY, line TEXT NOT NULL);
  CREATE TABLE unrelated (id INTEGER PRIMARY KEY, text TEXT);
  CREATE VIEW owned AS SELECT o.name AS owner, i.name AS item FROM owners AS o JOIN items AS i ON i.owner = o.id;
  CREATE TRIGGER item_added AFTER INSERT ON items BEGIN INSERT INTO audit (line) VALUES ('added ' || new.name); END;
  CREATE TRIGGER owned_added INSTEAD OF INSERT ON owned BEGIN
    INSERT INTO items (owner, name) SELECT id, new.item FROM owners WHERE name = new.owner;
  END;
  INSERT INTO owners VALUES (1, 'ada'), (2, 'bob');
  INSERT INTO items VALUES (1, 1, 'one'), (2, 2, 'two');
  INSERT INTO keyed VALUES ('a', '1'), ('b', '2');
  INSERT INTO unrelated VALUES (1, 'x');
  """

/// What is looked at.
enum Watched: String, CaseIterable, Sendable {
  case owners, items, keyed, audit, owned

  static func tables(_ names: [String]) -> Set<Watched> { Set(names.compactMap { Watched(rawValue: $0) }) }
}

/// A query of texts whose tables the case gives.
protocol TextsQuery: ManyQuery where Row == String {}
extension TextsQuery {
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

struct WatchOwners: TextsQuery {
  static let statement = StatementDefinition(
    name: "WatchOwners", sql: "SELECT name FROM owners ORDER BY id", isReadOnly: true, reads: ["owners"])
}
struct WatchItems: TextsQuery {
  static let statement = StatementDefinition(
    name: "WatchItems", sql: "SELECT name FROM items ORDER BY id", isReadOnly: true, reads: ["items"])
}
struct WatchKeyed: TextsQuery {
  static let statement = StatementDefinition(
    name: "WatchKeyed", sql: "SELECT key || coalesce(value, '') FROM keyed ORDER BY key", isReadOnly: true,
    reads: ["keyed"])
}
struct WatchAudit: TextsQuery {
  static let statement = StatementDefinition(
    name: "WatchAudit", sql: "SELECT line FROM audit ORDER BY id", isReadOnly: true, reads: ["audit"])
}
struct WatchOwned: TextsQuery {
  static let statement = StatementDefinition(
    name: "WatchOwned", sql: "SELECT owner || ':' || item FROM owned ORDER BY 1", isReadOnly: true,
    reads: ["items", "owners"])
}

/// A statement without parameters, with what the generator knows of it.
protocol WriteQuery: ExecRowsQuery {}

struct AddItem: WriteQuery {
  var name: String
  static let statement = StatementDefinition(
    name: "AddItem", sql: "INSERT INTO items (owner, name) VALUES (1, ?1)", parameters: 1, isReadOnly: false,
    writes: ["audit", "items"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
}
struct AddItemReturning: ExactlyOneQuery {
  typealias Row = Int64
  var name: String
  static let statement = StatementDefinition(
    name: "AddItemReturning", sql: "INSERT INTO items (owner, name) VALUES (1, ?1) RETURNING id", parameters: 1,
    isReadOnly: false, writes: ["audit", "items"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(name, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}
struct AddOwned: WriteQuery {
  static let statement = StatementDefinition(
    name: "AddOwned", sql: "INSERT INTO owned (owner, item) VALUES ('bob', 'owned')", isReadOnly: false,
    reads: ["owners"], writes: ["audit", "items"])
}
struct RemoveItems: WriteQuery {
  static let statement = StatementDefinition(
    name: "RemoveItems", sql: "DELETE FROM items", isReadOnly: false, writes: ["items"])
}
struct RemoveOwner: WriteQuery {
  static let statement = StatementDefinition(
    name: "RemoveOwner", sql: "DELETE FROM owners WHERE id = 1", isReadOnly: false, reads: ["owners"],
    writes: ["items", "owners"])
}
struct RemoveKeyed: WriteQuery {
  static let statement = StatementDefinition(
    name: "RemoveKeyed", sql: "DELETE FROM keyed", isReadOnly: false, writes: ["keyed"])
}
struct SetKeyed: WriteQuery {
  var key: String
  var value: String
  static let statement = StatementDefinition(
    name: "SetKeyed",
    sql: "INSERT INTO keyed (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    parameters: 2, isReadOnly: false, writes: ["keyed"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(key, at: 1)
    try statement.bind(value, at: 2)
  }
}
struct AddKeyed: BulkQuery {
  var key: String
  static let insertion = BulkInsertion(
    name: "AddKeyed", verb: "INSERT", before: " INTO keyed (key) VALUES ", row: ["(", .value(1), ")"], parameters: 1,
    writes: ["keyed"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(key, at: 1) }
}
struct RenameNobody: WriteQuery {
  static let statement = StatementDefinition(
    name: "RenameNobody", sql: "UPDATE owners SET name = 'nobody' WHERE id = 99", isReadOnly: false,
    reads: ["owners"], writes: ["owners"])
}
struct TouchUnrelated: WriteQuery {
  static let statement = StatementDefinition(
    name: "TouchUnrelated", sql: "UPDATE unrelated SET text = text || 'x'", isReadOnly: false, reads: ["unrelated"],
    writes: ["unrelated"])
}

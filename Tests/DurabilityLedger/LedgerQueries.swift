// The statements of the ledger, as the generator would write them.

public import SQLCRuntime

/// Entries of one or more parts. A trigger keeps count, so that every insertion changes three tables; nothing but the
/// program itself changes `totals.counter`, which it reads and writes back.
public let ledgerSchema = """
  CREATE TABLE IF NOT EXISTS parts (
    id INTEGER NOT NULL, part INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (id, part)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS heads (id INTEGER PRIMARY KEY, parts INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS totals (
    id INTEGER PRIMARY KEY CHECK (id = 1), entries INTEGER NOT NULL, parts INTEGER NOT NULL, counter INTEGER NOT NULL);
  INSERT OR IGNORE INTO totals VALUES (1, 0, 0, 0);
  CREATE TRIGGER IF NOT EXISTS count_parts AFTER INSERT ON parts BEGIN
    INSERT INTO heads (id, parts) VALUES (new.id, 1) ON CONFLICT (id) DO UPDATE SET parts = parts + 1;
    UPDATE totals SET parts = parts + 1, entries = entries + (new.part = 0);
  END;
  """

public struct AppendPart: ExecQuery {
  public var id: Int64
  public var part: Int64
  public var payload: [UInt8]
  public init(id: Int64, part: Int64, payload: [UInt8]) {
    self.id = id
    self.part = part
    self.payload = payload
  }
  public static let statement = StatementDefinition(
    name: "AppendPart", sql: "INSERT INTO parts (id, part, payload) VALUES (?1, ?2, ?3)", parameters: 3,
    isReadOnly: false, writes: ["heads", "parts", "totals"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(id, at: 1)
    try statement.bind(part, at: 2)
    try statement.bind(payload, at: 3)
  }
}

/// The same, many at once.
public struct AppendParts: BulkQuery {
  public var part: AppendPart
  public init(_ part: AppendPart) { self.part = part }
  public static let insertion = BulkInsertion(
    name: "AppendParts", verb: "INSERT", before: " INTO parts (id, part, payload) VALUES ",
    row: ["(", .value(1), ", ", .value(2), ", ", .value(3), ")"], parameters: 3, writes: ["heads", "parts", "totals"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) { try part.bind(to: statement) }
}

public struct GetCounter: ExactlyOneQuery {
  public typealias Row = Int64
  public init() {}
  public static let statement = StatementDefinition(
    name: "GetCounter", sql: "SELECT counter FROM totals WHERE id = 1", isReadOnly: true, reads: ["totals"])
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

public struct SetCounter: ExecQuery {
  public var counter: Int64
  public init(counter: Int64) { self.counter = counter }
  public static let statement = StatementDefinition(
    name: "SetCounter", sql: "UPDATE totals SET counter = ?1 WHERE id = 1", parameters: 1, isReadOnly: false,
    reads: ["totals"], writes: ["totals"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(counter, at: 1) }
}

public struct GetTotals: ExactlyOneQuery {
  public struct Row: Sendable, Hashable, RowDecodable {
    public var entries: Int64
    public var parts: Int64
    public var counter: Int64
    public init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
      entries = try row.decode(first)
      parts = try row.decode(first + 1)
      counter = try row.decode(first + 2)
    }
  }
  public init() {}
  public static let statement = StatementDefinition(
    name: "GetTotals", sql: "SELECT entries, parts, counter FROM totals WHERE id = 1", isReadOnly: true,
    reads: ["totals"])
}

public struct CountParts: ExactlyOneQuery {
  public typealias Row = Int64
  public init() {}
  public static let statement = StatementDefinition(
    name: "CountParts", sql: "SELECT count(*) FROM parts", isReadOnly: true, reads: ["parts"])
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

public struct CountHeads: ExactlyOneQuery {
  public typealias Row = Int64
  public init() {}
  public static let statement = StatementDefinition(
    name: "CountHeads", sql: "SELECT count(*) FROM heads", isReadOnly: true, reads: ["heads"])
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

public struct GetHead: AtMostOneQuery {
  public typealias Row = Int64
  public var id: Int64
  public init(id: Int64) { self.id = id }
  public static let statement = StatementDefinition(
    name: "GetHead", sql: "SELECT parts FROM heads WHERE id = ?1", parameters: 1, isReadOnly: true, reads: ["heads"])
  public func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

public struct ListParts: ManyQuery {
  public struct Row: Sendable, Hashable, RowDecodable {
    public var id: Int64
    public var part: Int64
    public var payload: [UInt8]
    public init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
      id = try row.decode(first)
      part = try row.decode(first + 1)
      payload = try row.decode(first + 2)
    }
  }
  public init() {}
  public static let statement = StatementDefinition(
    name: "ListParts", sql: "SELECT id, part, payload FROM parts ORDER BY id, part", isReadOnly: true, reads: ["parts"])
}

public struct CheckIntegrity: ManyQuery {
  public typealias Row = String
  public init() {}
  public static let statement = StatementDefinition(
    name: "CheckIntegrity", sql: "PRAGMA integrity_check", isReadOnly: true)
  public static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

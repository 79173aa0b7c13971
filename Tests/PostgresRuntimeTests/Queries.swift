import SQLCPostgres

/// Any statement, with one row of one column.
nonisolated struct Value<T: PostgresDecodable & Hashable>: ExactlyOneQuery {
  typealias Row = T
  let chosenStatement: StatementDefinition
  static var statement: StatementDefinition { StatementDefinition(name: "Value", sql: "SELECT 1", isReadOnly: true) }
  init(_ sql: String, as type: T.Type = T.self) {
    chosenStatement = StatementDefinition(name: "Value", sql: sql, isReadOnly: true)
  }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> T { try row.decode(0) }
  static func == (a: Self, b: Self) -> Bool { a.chosenStatement === b.chosenStatement }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(chosenStatement)) }
}

/// A value there and back, and how the server writes it.
nonisolated struct Echo<T: PostgresDecodable & PostgresEncodable & Hashable>: ExactlyOneQuery {
  struct Row: Sendable, Hashable {
    var value: T
    var text: String?
  }
  let chosenStatement: StatementDefinition
  let value: T
  static var statement: StatementDefinition { StatementDefinition(name: "Echo", sql: "SELECT 1", isReadOnly: true) }
  init(_ value: T, _ type: String) {
    self.value = value
    chosenStatement = StatementDefinition(
      name: "Echo", sql: "SELECT $1, $1::text", parameterTypes: [PostgresType(name: type)], isReadOnly: true)
  }
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(value, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Row {
    Row(value: try row.decode(0), text: try row.decode(1))
  }
  static func == (a: Self, b: Self) -> Bool { a.value == b.value }
  func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// The numbers from 1 to `count`, each with a text.
nonisolated struct Series: ManyQuery {
  struct Row: RowDecodable, Hashable {
    var number: Int64
    var text: String
    init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
      number = try row.decode(first)
      text = try row.decode(first + 1)
    }
  }
  var count: Int64
  static let statement = StatementDefinition(
    name: "Series", sql: "SELECT i, 'row ' || i FROM generate_series(1::int8, $1) AS i", parameterTypes: [20],
    isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(count, at: 1) }
}

nonisolated struct Number: ExactlyOneQuery {
  typealias Row = Int64
  var number: Int64
  static let statement = StatementDefinition(
    name: "Number", sql: "SELECT $1", parameterTypes: [20], isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

nonisolated struct Sleep: ExecQuery {
  var seconds: Double
  static let statement = StatementDefinition(
    name: "Sleep", sql: "SELECT pg_sleep($1)", parameterTypes: [701], isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(seconds, at: 1) }
}

/// The process of the connection's server.
nonisolated struct Backend: ExactlyOneQuery {
  typealias Row = Int32
  static let statement = StatementDefinition(name: "Backend", sql: "SELECT pg_backend_pid()", isReadOnly: true)
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int32 { try row.decode(0) }
}

import Foundation
import SQLCPostgres

private let columns = "a, b, c, d, e, f, g, h, i, j"

struct BenchRow: Hashable, RowDecodable {
  var a, b: Int64
  var c, d, e: String
  var f: Double
  var g: Bool
  var h: Int32
  var i: Date
  var j: String?
  init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
    a = try row.decode(first)
    b = try row.decode(first + 1)
    c = try row.decode(first + 2)
    d = try row.decode(first + 3)
    e = try row.decode(first + 4)
    f = try row.decode(first + 5)
    g = try row.decode(first + 6)
    h = try row.decode(first + 7)
    i = try row.decode(first + 8)
    j = try row.decode(first + 9)
  }
}

struct GetRow: AtMostOneQuery {
  typealias Row = BenchRow
  var a: Int64
  static let statement = StatementDefinition(
    name: "GetRow", sql: "SELECT \(columns) FROM bench WHERE a = $1", parameterTypes: [20], isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(a, at: 1) }
}

struct ListRows: ManyQuery {
  typealias Row = BenchRow
  static let statement = StatementDefinition(name: "ListRows", sql: "SELECT \(columns) FROM bench", isReadOnly: true)
}

struct AddRow: ExecRowsQuery {
  var a: Int64
  var b: String
  static let statement = StatementDefinition(
    name: "AddRow", sql: "INSERT INTO bench_rows (a, b) VALUES ($1, $2)", parameterTypes: [20, 25], isReadOnly: false)
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(a, at: 1)
    try statement.bind(b, at: 2)
  }
}

struct AddRows: ExecRowsQuery {
  var a: [Int64]
  var b: [String]
  static let statement = StatementDefinition(
    name: "AddRows", sql: "INSERT INTO bench_rows (a, b) SELECT * FROM unnest($1, $2)", parameterTypes: [1016, 1009],
    isReadOnly: false)
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(a, at: 1)
    try statement.bind(b, at: 2)
  }
}

struct CopyRow: BulkQuery {
  var a: Int64
  var b: String
  static let insertion = BulkInsertion(
    name: "CopyRow", table: ["bench_rows"], columns: ["a", "b"], parameterTypes: [20, 25])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(a, at: 1)
    try statement.bind(b, at: 2)
  }
}

// Our side: what `sqlc-swift generate` writes for these queries, and the same work as the floor's.

import Foundation
import SQLCRuntime

struct Item: Sendable, RowDecodable {
  var id: Int64
  var ownerID: Int64
  var name: String
  var email: String
  var note: String
  var status: String
  var score: Double
  var visits: Int64
  var isActive: Bool
  var createdAt: String
  var parentID: Int64?

  init(from row: borrowing ResultRow, at first: Int32) throws(SQLCRuntime.DatabaseError) {
    id = try row.decode(first)
    ownerID = try row.decode(first + 1)
    name = try row.decode(first + 2)
    email = try row.decode(first + 3)
    note = try row.decode(first + 4)
    status = try row.decode(first + 5)
    score = try row.decode(first + 6)
    visits = try row.decode(first + 7)
    isActive = try row.decode(first + 8)
    createdAt = try row.decode(first + 9)
    parentID = try row.decode(first + 10)
  }

  static let columns = "id, owner_id, name, email, note, status, score, visits, is_active, created_at, parent_id"
}

struct GetItem: AtMostOneQuery {
  typealias Row = Item
  var id: Int64
  static let statement = StatementDefinition(
    name: "GetItem", sql: "SELECT \(Item.columns) FROM items WHERE id = ?1", parameters: 1, isReadOnly: true,
    reads: ["items"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
}

struct ListItems: ManyQuery {
  typealias Row = Item
  static let statement = StatementDefinition(
    name: "ListItems", sql: "SELECT \(Item.columns) FROM items ORDER BY id", isReadOnly: true, reads: ["items"])
}

struct ListVisits: ManyQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "ListVisits", sql: "SELECT visits FROM items", isReadOnly: true, reads: ["items"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

struct ListDates: ManyQuery {
  typealias Row = Date
  static let statement = StatementDefinition(
    name: "ListDates", sql: "SELECT created_at FROM items", isReadOnly: true, reads: ["items"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Date { try row.decode(0) }
}

struct ListBlobs: ManyQuery {
  typealias Row = [UInt8]
  static let statement = StatementDefinition(
    name: "ListBlobs", sql: "SELECT body FROM blobs", isReadOnly: true, reads: ["blobs"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> [UInt8] { try row.decode(0) }
}

struct CreateBlob: ExecQuery {
  var body: [UInt8]
  static let statement = StatementDefinition(
    name: "CreateBlob", sql: "INSERT INTO blobs (body) VALUES (?1)", parameters: 1, isReadOnly: false,
    writes: ["blobs"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(body, at: 1) }
}

struct Note: Sendable, RowDecodable {
  var id: Int64
  var ownerID: Int64
  var name: String
  var body: String
  var score: Double
  init(from row: borrowing ResultRow, at first: Int32) throws(SQLCRuntime.DatabaseError) {
    id = try row.decode(first)
    ownerID = try row.decode(first + 1)
    name = try row.decode(first + 2)
    body = try row.decode(first + 3)
    score = try row.decode(first + 4)
  }
}

struct CreateNote: ExecQuery {
  var ownerID: Int64
  var name: String
  var body: String
  var score: Double
  static let statement = StatementDefinition(
    name: "CreateNote", sql: "INSERT INTO notes (owner_id, name, body, score) VALUES (?1, ?2, ?3, ?4)", parameters: 4,
    isReadOnly: false, writes: ["notes"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(ownerID, at: 1)
    try statement.bind(name, at: 2)
    try statement.bind(body, at: 3)
    try statement.bind(score, at: 4)
  }

  init(_ index: Int64) {
    ownerID = index % 100
    name = sampleName
    body = sampleBody
    score = Double(index) * 0.5
  }
}

struct CreateNoteReturning: ExactlyOneQuery {
  typealias Row = Note
  var ownerID: Int64
  var name: String
  var body: String
  var score: Double
  static let statement = StatementDefinition(
    name: "CreateNoteReturning",
    sql: """
      INSERT INTO notes (owner_id, name, body, score) VALUES (?1, ?2, ?3, ?4)
      RETURNING id, owner_id, name, body, score
      """, parameters: 4, isReadOnly: false, writes: ["notes"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(ownerID, at: 1)
    try statement.bind(name, at: 2)
    try statement.bind(body, at: 3)
    try statement.bind(score, at: 4)
  }

  init(_ index: Int64) {
    ownerID = index % 100
    name = sampleName
    body = sampleBody
    score = Double(index) * 0.5
  }
}

struct UpdateItem: ExecRowsQuery {
  var id: Int64
  var note: String
  static let statement = StatementDefinition(
    name: "UpdateItem", sql: "UPDATE items SET visits = visits + 1, note = ?2 WHERE id = ?1", parameters: 2,
    isReadOnly: false, reads: ["items"], writes: ["items"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(id, at: 1)
    try statement.bind(note, at: 2)
  }
}

struct GetFile: AtMostOneQuery {
  typealias Row = [UInt8]
  var id: Int64
  static let statement = StatementDefinition(
    name: "GetFile", sql: "SELECT body FROM files WHERE id = ?1", parameters: 1, isReadOnly: true, reads: ["files"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(id, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> [UInt8] { try row.decode(0) }
}

/// Minutes of work, and nothing that a cache could spare.
struct SlowCount: ExactlyOneQuery {
  typealias Row = Int64
  var limit: Int64
  static let statement = StatementDefinition(
    name: "SlowCount",
    sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT sum(i % 7) FROM n",
    parameters: 1, isReadOnly: true)
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(limit, at: 1) }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

struct CountNotes: ExactlyOneQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "CountNotes", sql: "SELECT coalesce(max(id), 0) FROM notes", isReadOnly: true, reads: ["notes"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

let sampleName = "a name of some length"
let sampleBody = "a body that is a little longer than a name, as bodies are wont to be"

/// The row that the `index`th point read asks for.
func key(_ index: Int, among items: Int) -> Int64 { Int64(index * 7919 % items + 1) }

struct Undo: Error {}

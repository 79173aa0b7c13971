// The workloads on GRDB, as fast as it goes: cached statements, columns by index; and as most write it, by key.

import Foundation
import GRDB

struct GRDBItem: FetchableRecord, TableRecord, Sendable {
  static let databaseTableName = "items"
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

  init(row: Row) throws {
    id = row[0]
    ownerID = row[1]
    name = row[2]
    email = row[3]
    note = row[4]
    status = row[5]
    score = row[6]
    visits = row[7]
    isActive = row[8]
    createdAt = row[9]
    parentID = row[10]
  }
}

struct Rival: Sendable {
  let pool: DatabasePool

  init(path: String) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
    pool = try DatabasePool(path: path, configuration: configuration)
  }

  private static let point = "SELECT \(Item.columns) FROM items WHERE id = ?"

  private static func item(_ db: Database, _ id: Int64) throws -> GRDBItem? {
    try GRDBItem.fetchOne(db.cachedStatement(sql: point), arguments: [id])
  }

  func pointReads(_ count: Int, _ items: Int) throws -> Run {
    try pool.read { db in
      try timed {
        var sum: Int64 = 0
        for index in 0..<count {
          if let item = try Self.item(db, key(index, among: items)) { sum += item.visits + Int64(item.name.utf8.count) }
        }
        return sum
      }
    }
  }

  func pointReadsByKey(_ count: Int, _ items: Int) throws -> Run {
    try pool.read { db in
      try timed {
        var sum: Int64 = 0
        for index in 0..<count {
          if let item = try GRDBItem.fetchOne(db, key: key(index, among: items)) {
            sum += item.visits + Int64(item.name.utf8.count)
          }
        }
        return sum
      }
    }
  }

  func singleReads(_ count: Int, _ items: Int) async throws -> Run {
    var sum: Int64 = 0
    for index in 0..<count {
      let id = key(index, among: items)
      if let item = try await pool.read({ try Self.item($0, id) }) { sum += item.visits + Int64(item.name.utf8.count) }
    }
    return Run(sum: sum)
  }

  func scan() throws -> Run {
    try pool.read { db in
      try timed {
        try GRDBItem.fetchAll(db.cachedStatement(sql: "SELECT \(Item.columns) FROM items ORDER BY id"))
          .reduce(0) { $0 + $1.visits + Int64($1.name.utf8.count) }
      }
    }
  }

  func sum() throws -> Run {
    try pool.read { db in
      try timed {
        var sum: Int64 = 0
        let cursor = try Int64.fetchCursor(db.cachedStatement(sql: "SELECT visits FROM items"))
        while let visits = try cursor.next() { sum += visits }
        return sum
      }
    }
  }

  func dates() throws -> Run {
    try pool.read { db in
      try timed {
        try Date.fetchAll(db.cachedStatement(sql: "SELECT created_at FROM items"))
          .reduce(0) { $0 + Int64($1.timeIntervalSince1970) % 1000 }
      }
    }
  }

  func blobs() throws -> Run {
    try pool.read { db in
      try timed {
        var sum: Int64 = 0
        let cursor = try Data.fetchCursor(db.cachedStatement(sql: "SELECT body FROM blobs"))
        while let body = try cursor.next() { sum += Int64(body[0]) + Int64(body.count) }
        return sum
      }
    }
  }

  private func undone(_ body: (Database) throws -> Int64) throws -> Run {
    var done = Run(sum: 0)
    try pool.writeWithoutTransaction { db in
      try db.inTransaction {
        done = try timed { try body(db) }
        return .rollback
      }
    }
    return done
  }

  private static let insert = "INSERT INTO notes (owner_id, name, body, score) VALUES (?, ?, ?, ?)"

  private static func insert(_ db: Database, _ index: Int) throws {
    try db.cachedStatement(sql: insert).execute(
      arguments: [Int64(index % 100), sampleName, sampleBody, Double(index) * 0.5])
  }

  func inserts(_ count: Int) throws -> Run {
    try undone { db in
      for index in 0..<count { try Self.insert(db, index) }
      return Int64(count)
    }
  }

  func insertsReturning(_ count: Int) throws -> Run {
    try undone { db in
      var done: Int64 = 0
      for index in 0..<count {
        let statement = try db.cachedStatement(
          sql: Self.insert + " RETURNING id, owner_id, name, body, score")
        let row = try Row.fetchOne(
          statement, arguments: [Int64(index % 100), sampleName, sampleBody, Double(index) * 0.5])
        if let row, row[1] == Int64(index % 100) { done += 1 }
      }
      return done
    }
  }

  func blobInserts(_ count: Int, _ body: Data) throws -> Run {
    try undone { db in
      for _ in 0..<count {
        try db.cachedStatement(sql: "INSERT INTO blobs (body) VALUES (?)").execute(arguments: [body])
      }
      return Int64(count)
    }
  }

  func updates(_ count: Int, _ items: Int) throws -> Run {
    try undone { db in
      for index in 0..<count {
        try db.cachedStatement(sql: "UPDATE items SET visits = visits + 1, note = ? WHERE id = ?")
          .execute(arguments: ["another note", key(index, among: items)])
      }
      return Int64(count)
    }
  }

  func commit(_ index: Int) async throws { try await pool.write { try Self.insert($0, index) } }

  /// By the call that keeps its thread until the answer is there.
  func commitsAtOnce(_ count: Int) throws -> Run {
    for index in 0..<count { try pool.write { try Self.insert($0, index) } }
    return Run(sum: Int64(count))
  }

  func singleReadsAtOnce(_ count: Int, _ items: Int) throws -> Run {
    var sum: Int64 = 0
    for index in 0..<count {
      let id = key(index, among: items)
      if let item = try pool.read({ try Self.item($0, id) }) { sum += item.visits + Int64(item.name.utf8.count) }
    }
    return Run(sum: sum)
  }

  func commits(_ count: Int) async throws -> Run {
    for index in 0..<count { try await pool.write { try Self.insert($0, index) } }
    return Run(sum: Int64(count))
  }
}

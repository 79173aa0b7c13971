// The workloads on the runtime.

import Foundation
import SQLCRuntime

struct Ours: Sendable {
  let database: Database
  init(path: String) async throws { database = try await Database.open(path) }

  func pointReads(_ count: Int, _ items: Int) async throws -> Run {
    try await database.read { tx in
      try timed {
        var sum: Int64 = 0
        for index in 0..<count {
          if let item = try tx.run(GetItem(id: key(index, among: items))) {
            sum += item.visits + Int64(item.name.utf8.count)
          }
        }
        return sum
      }
    }
  }

  /// One `await` each.
  func singleReads(_ count: Int, _ items: Int) async throws -> Run {
    var sum: Int64 = 0
    for index in 0..<count {
      if let item = try await database.run(GetItem(id: key(index, among: items))) {
        sum += item.visits + Int64(item.name.utf8.count)
      }
    }
    return Run(sum: sum)
  }

  func scan() async throws -> Run {
    try await database.read { tx in
      try timed {
        try tx.run(ListItems()).reduce(0) { $0 + $1.visits + Int64($1.name.utf8.count) }
      }
    }
  }

  func sum() async throws -> Run {
    try await database.read { tx in
      try timed {
        var sum: Int64 = 0
        try tx.forEach(ListVisits()) { sum += $0 }
        return sum
      }
    }
  }

  func dates() async throws -> Run {
    try await database.read { tx in
      try timed {
        try tx.run(ListDates()).reduce(0) { $0 + Int64($1.timeIntervalSince1970) % 1000 }
      }
    }
  }

  func blobs() async throws -> Run {
    try await database.read { tx in
      try timed {
        var sum: Int64 = 0
        try tx.forEach(ListBlobs()) { sum += Int64($0[0]) + Int64($0.count) }
        return sum
      }
    }
  }

  private func undone(_ body: sending @escaping (borrowing Transaction) throws -> Int64) async throws -> Run {
    let done = Box()
    do {
      try await database.transaction { tx in
        done.run = try timed { try body(tx) }
        throw Undo()
      }
    } catch is Undo {}
    return done.run
  }

  func inserts(_ count: Int) async throws -> Run {
    try await undone { tx in
      for index in 0..<count { try tx.run(CreateNote(Int64(index))) }
      return Int64(count)
    }
  }

  func insertsReturning(_ count: Int) async throws -> Run {
    try await undone { tx in
      var done: Int64 = 0
      for index in 0..<count where try tx.run(CreateNoteReturning(Int64(index))).ownerID == Int64(index % 100) {
        done += 1
      }
      return done
    }
  }

  func blobInserts(_ count: Int, _ body: [UInt8]) async throws -> Run {
    try await undone { tx in
      for _ in 0..<count { try tx.run(CreateBlob(body: body)) }
      return Int64(count)
    }
  }

  func updates(_ count: Int, _ items: Int) async throws -> Run {
    try await undone { tx in
      var done = 0
      for index in 0..<count { done += try tx.run(UpdateItem(id: key(index, among: items), note: "another note")) }
      return Int64(done)
    }
  }

  func commits(_ count: Int) async throws -> Run {
    for index in 0..<count { try await database.run(CreateNote(Int64(index))) }
    return Run(sum: Int64(count))
  }

  func transactions(_ count: Int) async throws -> Run {
    for index in 0..<count { try await database.transaction { tx in try tx.run(CreateNote(Int64(index))) } }
    return Run(sum: Int64(count))
  }
}

/// What a closure leaves behind; one task at a time has it.
final class Box: @unchecked Sendable { var run = Run(sum: 0) }

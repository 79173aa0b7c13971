// What a disk may hold after a power failure: everything that was synced, and of what was not, any part.
//
// What SQLite does to its files is recorded; the disk is then put together as it may be after each of some operations.
// SQLC_SWIFT_POWER_CUTS says how many (40 when it is not set, for each kind of database).

import DurabilityLedger
import Foundation
import SQLCRuntime
import Testing

/// A disk that loses, when the power fails, some of what was not synced.
private struct Disk {
  private struct File {
    var safe: [UInt8] = []
    var unsafe: [FileOperation.Kind] = []
  }
  private var files: [String: File] = [:]

  init(_ files: [String: [UInt8]]) { self.files = files.mapValues { File(safe: $0) } }

  mutating func apply(_ operation: FileOperation) {
    switch operation.kind {
    case .write, .truncate: files[operation.path, default: File()].unsafe.append(operation.kind)
    case .sync:
      guard var file = files[operation.path] else { return }
      for kind in file.unsafe { Self.apply(kind, to: &file.safe) }
      file.unsafe = []
      files[operation.path] = file
    case .delete: files[operation.path] = nil
    }
  }

  /// The files as they are found. Of what was not synced each operation was done or not, and a write perhaps in part.
  func afterPowerFailure(_ generator: inout SeededGenerator) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      var bytes = file.safe
      for kind in file.unsafe {
        switch (kind, Int.random(in: 0..<5, using: &generator)) {
        case (_, 0...1): break
        case (.write(let offset, let data), 2):
          let sectors = Int.random(in: 0...(data.count / 512), using: &generator)
          Self.apply(.write(at: offset, Array(data.prefix(sectors * 512))), to: &bytes)
        default: Self.apply(kind, to: &bytes)
        }
      }
      found[path] = bytes
    }
    return found
  }

  private static func apply(_ kind: FileOperation.Kind, to bytes: inout [UInt8]) {
    switch kind {
    case .write(let offset, let data):
      if data.isEmpty { return }
      if bytes.count < offset + data.count {
        bytes.append(contentsOf: repeatElement(0, count: offset + data.count - bytes.count))
      }
      bytes.replaceSubrange(offset..<(offset + data.count), with: data)
    case .truncate(let size): if bytes.count > size { bytes.removeLast(bytes.count - size) }
    case .sync, .delete: break
    }
  }
}

/// A kind of database, and what it promises.
private struct Promise: Sendable, CustomTestStringConvertible {
  var journal: Configuration.Journal
  var synchronous: Configuration.Synchronous
  /// Is every acknowledged transaction there? Else the last ones may be missing, but nothing before what is there.
  var keepsAll: Bool
  var testDescription: String { "\(journal.rawValue), \(synchronous.rawValue)" }

  static let all = [
    Promise(journal: .wal, synchronous: .full, keepsAll: true),
    Promise(journal: .wal, synchronous: .normal, keepsAll: false),
    Promise(journal: .delete, synchronous: .full, keepsAll: true),
    Promise(journal: .truncate, synchronous: .full, keepsAll: true),
  ]
}

@Suite struct PowerLossTests {
  @Test(arguments: Promise.all) private func afterAPowerFailure(promise: Promise) async throws {
    let seed = runSeed()
    var generator = SeededGenerator(seed: seed)
    try await withFolder { folder in
      let path = folder.appending(path: "ledger.db").path
      var configuration = Configuration()
      configuration.journal = promise.journal
      configuration.synchronous = promise.synchronous
      configuration.connectionSetup = "PRAGMA cache_size = 4"
      let new = try await Database.open(path, configuration: configuration)
      try await new.execute(ledgerSchema)
      await new.close()
      let start = [path: Array(try Data(contentsOf: URL(fileURLWithPath: path)))]

      let vfs = try FaultVFS()
      vfs.record()
      let database = try await Database.open(vfs.uri(path), configuration: configuration)
      // When each entry was acknowledged, in operations.
      var acknowledged: [(id: Int64, after: Int)] = []
      for id in 1...Int64(40) {
        try await database.append(Entry(id))
        acknowledged.append((id, vfs.recorded))
        if id % 15 == 0, promise.journal == .wal { try await database.execute("PRAGMA wal_checkpoint(PASSIVE)") }
        if id == 25 { try await database.execute("VACUUM") }
      }
      await database.close()

      let operations = vfs.operations()
      let cuts = setting("SQLC_SWIFT_POWER_CUTS", 40)
      let chosen = Set((0..<cuts).map { _ in Int.random(in: 0...operations.count, using: &generator) })
      var disk = Disk(start)
      var lost = 0
      for cut in 0...operations.count {
        if chosen.contains(cut) {
          let label: Comment = "\(promise.testDescription), after \(cut) of \(operations.count), seed \(seed)"
          let place = folder.appending(path: "cut-\(cut)")
          try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
          for (name, bytes) in disk.afterPowerFailure(&generator) {
            try Data(bytes).write(to: place.appending(path: URL(fileURLWithPath: name).lastPathComponent))
          }
          let written = acknowledged.filter { $0.after <= cut }.map(\.id)
          let wanted = promise.keepsAll ? written : []
          let found = try await Database.open(
            place.appending(path: "ledger.db").path, configuration: configuration)
          #expect(try await found.ledgerProblems(acknowledged: Set(wanted)) == [], label)
          // One after another they were written, and none is missing before one that is there.
          #expect(
            try await found.run(ListHeads()) == (0..<(try await found.checkSnapshot().entries)).map { $0 + 1 }, label)
          lost += try await found.run(ListHeads()).count < written.count ? 1 : 0
          try await found.append(Entry(1000))
          await found.close()
          try FileManager.default.removeItem(at: place)
        }
        if cut < operations.count { disk.apply(operations[cut]) }
      }
      // Did the disk lose anything at all?
      #expect(promise.keepsAll == (lost == 0), "\(lost) of \(cuts), seed \(seed)")
    }
  }
}

private struct ListHeads: ManyQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "ListHeads", sql: "SELECT id FROM heads ORDER BY id", isReadOnly: true, reads: ["heads"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}

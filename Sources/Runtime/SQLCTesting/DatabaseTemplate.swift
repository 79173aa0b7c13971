// A database file that is migrated once and copied for each test.

import Foundation
public import SQLCRuntime
import Synchronization

/// What databases of tests are copied from. Made when the first copy is asked for, and kept until nobody holds it any more.
public final class DatabaseTemplate: Sendable {
  private let make: @Sendable (Database) async throws -> Void
  private let configuration: Configuration
  private let folder: URL
  private let made = Mutex<Task<Void, any Error>?>(nil)

  /// - Parameters:
  ///   - schema: as it is generated with `emit_schema`.
  ///   - configuration: of the databases that tests get.
  ///   - fixture: called once, on the template.
  public init<S: DatabaseSchema>(
    _ schema: S.Type, configuration: Configuration = Configuration(),
    fixture: @escaping @Sendable (Database) async throws -> Void = { _ in }
  ) {
    make = { database in
      try await database.migrate(schema)
      try await fixture(database)
    }
    self.configuration = configuration
    folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-testing-\(UUID().uuidString)")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs `body` with a copy and its path; it is gone behind it.
  public func withCopy<Result: Sendable>(
    _ body: @Sendable (Database, _ path: String) async throws -> Result
  ) async throws -> Result {
    try await template()
    let name = UUID().uuidString
    let copy = folder.appending(path: "\(name).db")
    defer {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        try? FileManager.default.removeItem(at: folder.appending(path: "\(name).db\(suffix)"))
      }
    }
    try FileManager.default.copyItem(at: folder.appending(path: "template.db"), to: copy)
    let database = try await Database.open(copy.path, configuration: configuration)
    do {
      let result = try await body(database, copy.path)
      await database.close()
      return result
    } catch {
      await database.close()
      throw error
    }
  }

  /// Makes it, once: who comes meanwhile waits, and gets the error too if it fails.
  private func template() async throws {
    let task = made.withLock { made in
      if let task = made { return task }
      // Of its own: a test that is cancelled does not leave the others without one.
      let task = Task.detached { [make, configuration, folder] in
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await Database.open(folder.appending(path: "template.db").path, configuration: configuration)
        do {
          try await make(database)
          // Closing moves what is in the write-ahead log into the file.
          await database.close()
        } catch {
          await database.close()
          throw error
        }
      }
      made = task
      return task
    }
    try await task.value
  }
}

// Faults as they really come, for the tests of an application: what is thrown is what SQLite and the runtime say, not what a double
// would.

import Dispatch
import SQLCRuntime

/// What goes wrong while a test does something.
public enum DatabaseFault: Sendable, Hashable, CaseIterable {
  /// Another connection writes, and does not end: who writes gets `SQLITE_BUSY` once the configuration's `busyTimeout` is up.
  case busy
  /// The disk is full: what needs another page gets `SQLITE_FULL`.
  case diskFull
  /// The task is cancelled before it begins.
  case cancelled
}

/// Runs `body` while a fault is there for the database of the test that runs, and takes it away behind it.
///
/// ```swift
/// @Test func saysThatItIsBusy() async throws {
///   let queries = Queries(try Database.ofTest)
///   await #expect(throws: DatabaseError.self) {
///     try await withFault(.busy) { try await queries.createNote(body: "late") }
///   }
/// }
/// ```
///
/// For `busy` give the trait a configuration with a short `busyTimeout`: `body` waits that long.
public func withFault<Result: Sendable>(
  _ fault: DatabaseFault, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  let test = try TestDatabase.ofTest
  switch fault {
  case .busy: return try await whileLocked(test.path, body)
  case .diskFull:
    // SQLite takes the size that the file has for the least.
    try await test.database.execute("PRAGMA max_page_count = 1")
    do {
      let result = try await body()
      try await test.database.execute(noLimit)
      return result
    } catch {
      try await test.database.execute(noLimit)
      throw error
    }
  case .cancelled:
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await body()
    }
    return try await task.value
  }
}

/// The most pages that a file can have (SQLite, limits.html §13).
private let noLimit = "PRAGMA max_page_count = 4294967294"

/// Holds the write lock by a connection of its own.
private func whileLocked<Result: Sendable>(
  _ path: String, _ body: @Sendable () async throws -> Result
) async throws -> Result {
  let other = try await Database.open(path)
  let (locked, signal) = AsyncStream.makeStream(of: Void.self)
  let end = DispatchSemaphore(value: 0)
  let holder = Task.detached {
    defer { signal.finish() }
    // On the connection's own queue: none of Swift's threads waits.
    try await other.transaction { _ in
      signal.yield()
      end.wait()
    }
  }
  func release() async throws {
    end.signal()
    let outcome = await holder.result
    await other.close()
    try outcome.get()
  }
  guard await locked.first(where: { true }) != nil else {
    try await release()
    throw MissingTestDatabase()
  }
  do {
    let result = try await body()
    try await release()
    return result
  } catch {
    try await release()
    throw error
  }
}

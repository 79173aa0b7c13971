// Folders, processes, and numbers from the environment.

import DurabilityLedger
import Foundation
import SQLCRuntime
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A number that the environment sets for a longer run than usual.
func setting(_ name: String, _ usual: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
}

/// The seed of a run: other numbers each time, and any run again with `SQLC_SWIFT_SEED`.
func runSeed() -> UInt64 { UInt64(setting("SQLC_SWIFT_SEED", Int.random(in: 1...1_000_000))) }

/// A temporary folder, removed afterwards.
func withFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-durability-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

/// A closed database file that holds the entries 1…`count`.
func makeLedger(at path: String, count: Int64) async throws {
  let database = try await Database.open(path)
  try await database.execute(ledgerSchema)
  for id in 1...count { try await database.append(Entry(id)) }
  await database.close()
}

/// Opens a database in a way that nothing disturbs and looks at all of it.
func ledgerProblems(
  at path: String, acknowledged: Set<Int64>, refused: Set<Int64> = []
) async throws -> [String] {
  let database = try await Database.open(path)
  let problems = try await database.ledgerProblems(acknowledged: acknowledged, refused: refused)
  await database.close()
  return problems
}

struct DeadlineError: Error {}

/// What `body` gives, or an error when it takes that long: then it hangs, and is left behind.
func within<T: Sendable>(_ limit: Duration, _ body: @escaping @Sendable () async throws -> T) async throws -> T {
  // Whoever comes first ends the stream.
  let (results, result) = AsyncThrowingStream.makeStream(of: T.self)
  let work = Task {
    do {
      result.yield(try await body())
      result.finish()
    } catch {
      result.finish(throwing: error)
    }
  }
  let watch = Task {
    try await Task.sleep(for: limit)
    result.finish(throwing: DeadlineError())
  }
  defer {
    watch.cancel()
    work.cancel()
  }
  for try await value in results { return value }
  throw DeadlineError()
}

/// A writer of its own process, whose acknowledgements go to a file, where a killed one leaves them.
struct WriterProcess {
  let process = Process()
  private let output: URL
  private let errors: URL

  init(_ database: String, first: Int64, step: Int64 = 1, seed: UInt64, count: Int? = nil, in folder: URL) throws {
    output = folder.appending(path: "acknowledged-\(UUID().uuidString)")
    errors = folder.appending(path: "errors-\(UUID().uuidString)")
    process.executableURL = try builtProgram("durability-writer")
    process.arguments = [database, "\(first)", "\(step)", "\(seed)"] + (count.map { ["\($0)"] } ?? [])
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// Only whole lines count: the last may have been cut off.
  func acknowledged() throws -> [Int64] {
    let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap { Int64($0) }
  }

  var errorText: String { (try? Data(contentsOf: errors)).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  func kill() {
    #if canImport(Glibc)
      Glibc.kill(process.processIdentifier, SIGKILL)
    #else
      Darwin.kill(process.processIdentifier, SIGKILL)
    #endif
    process.waitUntilExit()
  }

  func remove() {
    for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
  }
}

/// A program of this package, beside the test bundle or above it.
func builtProgram(_ name: String) throws -> URL {
  var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  var candidates: [URL] = []
  for _ in 0..<4 {
    candidates.append(folder.appending(path: name))
    folder.deleteLastPathComponent()
  }
  candidates.append(root.appending(path: ".build/debug/\(name)"))
  return try #require(
    candidates.first {
      let isFolder = (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
      return !isFolder && FileManager.default.isExecutableFile(atPath: $0.path)
    })
}

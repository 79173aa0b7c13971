// A disk that remembers what it was asked, so that it is known whose changes matter.

import SQLCAnalysis
import Synchronization

/// Hands every question to another disk.
final class RecordingFiles: ReadableFiles {
  /// What was asked since the last `forget()`.
  struct Questions: Sendable, Hashable {
    /// What stands at these paths?
    var paths: Set<String> = []
    /// What is in these folders?
    var listed: Set<String> = []
  }

  private let disk: any FileSystem
  private let asked = Mutex(Questions())

  init(over disk: any FileSystem) { self.disk = disk }

  var questions: Questions { asked.withLock { $0 } }

  func forget() { asked.withLock { $0 = Questions() } }

  func kind(of path: String) -> FileKind? {
    asked.withLock { _ = $0.paths.insert(path) }
    return disk.kind(of: path)
  }

  func names(in directory: String) throws(FileSystemError) -> [String] {
    asked.withLock { _ = $0.listed.insert(directory) }
    return try disk.names(in: directory)
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    asked.withLock { _ = $0.paths.insert(path) }
    return try disk.read(path)
  }
}

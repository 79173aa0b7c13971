// A disk in a dictionary, which can be told to fail.

import SQLCAnalysis
import SQLCDriver
import Synchronization

final class MemoryFileSystem: FileSystem {
  /// What goes wrong, by absolute path.
  struct Faults: Sendable {
    var unreadable: Set<String> = []
    var unwritable: Set<String> = []
    /// Targets onto which nothing can be renamed.
    var unrenamable: Set<String> = []
    /// What is a symbolic link.
    var links: Set<String> = []
  }

  private struct State {
    var files: [String: [UInt8]] = [:]
    var folders: Set<String> = ["/"]
    var writes: [String] = []
  }

  private let state = Mutex(State())
  private let faults: Mutex<Faults>

  init(_ files: [String: String] = [:], faults: Faults = Faults()) {
    self.faults = Mutex(faults)
    for (path, text) in files { put(path, Array(text.utf8)) }
  }

  func put(_ path: String, _ bytes: [UInt8]) {
    state.withLock { state in
      state.files[path] = bytes
      var folder = parent(of: path)
      while state.folders.insert(folder).inserted { folder = parent(of: folder) }
    }
  }

  func put(_ path: String, _ text: String) { put(path, Array(text.utf8)) }

  func fail(_ change: (inout Faults) -> Void) { faults.withLock { change(&$0) } }

  subscript(path: String) -> String? {
    state.withLock { $0.files[path].map { String(decoding: $0, as: UTF8.self) } }
  }

  /// Every file below a folder.
  func contents(of folder: String) -> [String: String] {
    state.withLock { state in
      state.files.filter { $0.key.hasPrefix(folder + "/") }.mapValues { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Paths written since the last call.
  func takeWrites() -> [String] {
    state.withLock { state in
      defer { state.writes = [] }
      return state.writes
    }
  }

  // MARK: FileSystem

  func kind(of path: String) -> FileKind? {
    state.withLock { $0.files[path] != nil ? .file : $0.folders.contains(path) ? .directory : nil }
  }

  func destination(ofLink path: String) -> String? {
    faults.withLock { $0.links.contains(path) } ? "elsewhere" : nil
  }

  func names(in directory: String) throws(FileSystemError) -> [String] {
    if faults.withLock({ $0.unreadable.contains(directory) }) {
      throw FileSystemError(path: directory, reason: "Permission denied")
    }
    let prefix = directory == "/" ? "/" : directory + "/"
    let names = state.withLock { state in
      (Array(state.files.keys) + Array(state.folders)).filter { $0.hasPrefix(prefix) && $0 != "/" }
        .compactMap { $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init) }
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    if faults.withLock({ $0.unreadable.contains(path) }) {
      throw FileSystemError(path: path, reason: "Permission denied")
    }
    guard let bytes = state.withLock({ $0.files[path] }) else {
      throw FileSystemError(path: path, reason: "No such file or directory")
    }
    return bytes
  }

  func createDirectory(_ path: String) throws(FileSystemError) {
    state.withLock { state in
      var folder = path
      while state.folders.insert(folder).inserted { folder = parent(of: folder) }
    }
  }

  func write(_ bytes: [UInt8], to path: String) throws(FileSystemError) {
    if faults.withLock({ faults in faults.unwritable.contains { path.contains($0) } }) {
      throw FileSystemError(path: path, reason: "No space left on device")
    }
    state.withLock { state in
      state.files[path] = bytes
      state.writes.append(path)
    }
  }

  func rename(_ old: String, to new: String) throws(FileSystemError) {
    if faults.withLock({ $0.unrenamable.contains(new) }) {
      throw FileSystemError(path: new, reason: "Permission denied")
    }
    state.withLock { state in state.files[new] = state.files.removeValue(forKey: old) }
  }

  func remove(_ path: String) throws(FileSystemError) {
    state.withLock { state in state.files[path] = nil }
  }
}

// The only door to the disk. Everything above works on values; tests open the door to a dictionary.

/// What a path leads to.
public enum FileKind: Sendable, Hashable {
  case file, directory
}

/// Why the disk said no, in the operating system's words.
public struct FileSystemError: Error, Sendable, Hashable {
  public var path: String
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// Paths are absolute, with `/` between components.
public protocol FileSystem: Sendable {
  /// Absent when nothing is there.
  func kind(of path: String) -> FileKind?
  /// Is the path itself a symbolic link, wherever that leads?
  func isLink(_ path: String) -> Bool
  /// Names in a directory, sorted by their bytes.
  func names(in directory: String) throws(FileSystemError) -> [String]
  func read(_ path: String) throws(FileSystemError) -> [UInt8]
  /// Creates missing parents too; an existing directory is fine.
  func createDirectory(_ path: String) throws(FileSystemError)
  /// Writes a new file and makes sure that its bytes are on the disk before it returns.
  func write(_ bytes: [UInt8], to path: String) throws(FileSystemError)
  /// Atomic: `new` is the old file or the whole new one at every moment.
  func rename(_ old: String, to new: String) throws(FileSystemError)
  func remove(_ path: String) throws(FileSystemError)
}

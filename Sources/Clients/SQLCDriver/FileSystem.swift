// The disk, as the commands use it. Tests have one in a dictionary.

public import SQLCAnalysis

/// A disk that can be written to.
public protocol FileSystem: ReadableFiles {
  /// Where a symbolic link leads, as it says; nothing for a path that is none.
  func destination(ofLink path: String) -> String?
  /// Creates missing parents too; an existing directory is fine.
  func createDirectory(_ path: String) throws(FileSystemError)
  /// Writes a new file and makes sure that its bytes are on the disk before it returns.
  func write(_ bytes: [UInt8], to path: String) throws(FileSystemError)
  /// Atomic: `new` is the old file or the whole new one at every moment.
  func rename(_ old: String, to new: String) throws(FileSystemError)
  func remove(_ path: String) throws(FileSystemError)
}

extension FileSystem {
  /// Is the path itself a symbolic link, wherever that leads?
  func isLink(_ path: String) -> Bool { destination(ofLink: path) != nil }
}

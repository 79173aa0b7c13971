// A file that is there whole or not at all: written beside its place, then moved there.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What to do when the file exists that a copy is to be written to.
public enum ExistingFile: Sendable, Hashable {
  /// An error of kind ``DatabaseError/Kind/misuse``.
  case refuse
  /// It is replaced in one step when the copy is complete; until then it is as it was.
  ///
  /// The file must not be open as a database: one with a write-ahead log or a rollback journal beside it is refused.
  case replace
}

struct FileReplacement {
  let path: String
  /// Where the copy is written.
  let partial: PartialFile

  /// - Parameter database: the file that is copied, which the copy must not replace; empty for one in memory.
  init(_ path: String, _ existing: ExistingFile, sparing database: String) throws(DatabaseError) {
    try checkFilePath(path)
    self.path = path
    for ending in ["", "-wal", "-shm", "-journal"] where !database.isEmpty && isSameFile(path, database + ending) {
      throw DatabaseError(
        kind: .misuse, code: .misuse, message: "'\(path)' belongs to the database that is to be copied")
    }
    switch existing {
    case .refuse:
      if exists(path) { throw DatabaseError(kind: .misuse, code: .cannotOpen, message: "'\(path)' exists already") }
    case .replace:
      for ending in ["-wal", "-journal"] where exists(path + ending) {
        throw DatabaseError(
          kind: .misuse, code: .busy, message: "'\(path)' cannot be replaced: it is open, or was not closed cleanly")
      }
    }
    PartialFile.removeAbandoned(beside: path)
    partial = try PartialFile(beside: path)
  }

  /// The copy takes its place, and stays there even if the power fails now.
  func finish() throws(DatabaseError) {
    guard rename(partial.path, path) == 0 else {
      let reason = String(cString: strerror(errno))
      discard()
      throw DatabaseError(kind: .sqlite, code: .inputOutput, message: "cannot write '\(path)': \(reason)")
    }
    partial.release()
    let descriptor = open(folder(of: path), O_RDONLY)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  /// Nothing of the copy is left.
  func discard() { partial.discard() }
}

/// One file under two names: by symbolic or hard links, spelt relatively, or in other letters where the file system does
/// not tell them apart. A file that does not exist is the same as one of its name in the same folder.
func isSameFile(_ a: String, _ b: String) -> Bool {
  func identity(_ path: String) -> (UInt64, UInt64)? {
    var status = stat()
    return stat(path, &status) == 0 ? (UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)) : nil
  }
  func name(_ path: String) -> Substring {
    path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
  }
  if let a = identity(a), let b = identity(b) { return a == b }
  guard let folderA = identity(folder(of: a)), let folderB = identity(folder(of: b)) else { return a == b }
  return folderA == folderB && name(a) == name(b)
}

private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// The size of a file in bytes; nil when there is none.
func fileSize(_ path: String) -> Int64? {
  var status = stat()
  guard stat(path, &status) == 0 else { return nil }
  return Int64(status.st_size)
}

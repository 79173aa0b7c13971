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
  let partial: String

  init(_ path: String, _ existing: ExistingFile) throws(DatabaseError) {
    self.path = path
    partial = "\(path).\(UInt64.random(in: 0 ... .max)).partial"
    switch existing {
    case .refuse:
      if exists(path) { throw DatabaseError(kind: .misuse, code: .cannotOpen, message: "'\(path)' exists already") }
    case .replace:
      for ending in ["-wal", "-journal"] where exists(path + ending) {
        throw DatabaseError(
          kind: .misuse, code: .busy, message: "'\(path)' cannot be replaced: it is open, or was not closed cleanly")
      }
    }
  }

  /// The copy takes its place, and stays there even if the power fails now.
  func finish() throws(DatabaseError) {
    guard rename(partial, path) == 0 else {
      let reason = String(cString: strerror(errno))
      discard()
      throw DatabaseError(kind: .sqlite, code: .inputOutput, message: "cannot write '\(path)': \(reason)")
    }
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  /// Nothing of the copy is left.
  func discard() {
    for ending in ["", "-journal", "-wal", "-shm"] { unlink(partial + ending) }
  }
}

private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// The size of a file in bytes; nil when there is none.
func fileSize(_ path: String) -> Int64? {
  var status = stat()
  guard stat(path, &status) == 0 else { return nil }
  return Int64(status.st_size)
}

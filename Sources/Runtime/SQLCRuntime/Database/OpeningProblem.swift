// Why a database cannot be opened: SQLite says "unable to open database file" for all of it.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What keeps the file from being opened, in one clause, as far as the file system tells now; nil for anything else.
func openingProblem(_ path: String, isToBeCreated: Bool, isToBeWritten: Bool) -> String? {
  let folder = folder(of: path)
  switch fileKind(folder) {
  case .missing: return "its folder '\(folder)' does not exist"
  case .unreachable(let reason): return "its folder '\(folder)' cannot be reached: \(reason)"
  case .file: return "'\(folder)' is no folder"
  case .folder: break
  }
  switch fileKind(path) {
  case .folder: return "it is a folder"
  case .unreachable(let reason): return reason
  case .missing:
    if isSymbolicLink(path) { return "it is a symbolic link to a file that does not exist" }
    if !isToBeCreated { return "there is no such file" }
    return access(folder, W_OK) == 0 ? nil : "it does not exist, and no file may be made in '\(folder)'"
  case .file:
    if access(path, R_OK) != 0 { return "it may not be read" }
    if isToBeWritten, access(path, W_OK) != 0 { return "it may not be written" }
    // The journal, the write-ahead log and its index stand beside it.
    return access(folder, W_OK) == 0 ? nil : "no file may be made in its folder '\(folder)'"
  }
}

/// Of a path to a file; "." where it has none.
func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

private enum FileKind {
  case missing
  case unreachable(String)
  case folder
  case file
}

private func fileKind(_ path: String) -> FileKind {
  var status = stat()
  if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file }
  switch errno {
  case ENOENT, ENOTDIR: return .missing
  case EACCES: return .unreachable("permission denied")
  case let code: return .unreachable(String(cString: strerror(code)))
  }
}

private func isSymbolicLink(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
}

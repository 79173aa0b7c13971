// Folders of a run and of the cache.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

func failure(at path: String) -> ServerProblem { .unusableFolder(path: path, reason: String(cString: strerror(errno))) }

/// Makes a folder, and those above it.
func makeFolder(_ path: String, mode: mode_t) throws(ServerProblem) {
  if mkdir(path, mode) == 0 || errno == EEXIST { return }
  guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw failure(at: path) }
  try makeFolder(String(path[..<slash]), mode: 0o755)
  guard mkdir(path, mode) == 0 || errno == EEXIST else { throw failure(at: path) }
}

func namesInFolder(_ path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}

/// Removes a folder with all that is in it; links are removed, not followed.
func removeFolder(_ path: String) {
  var status = stat()
  guard lstat(path, &status) == 0 else { return }
  guard status.st_mode & S_IFMT == S_IFDIR else {
    unlink(path)
    return
  }
  for name in namesInFolder(path) { removeFolder(path + "/" + name) }
  rmdir(path)
}

/// A lock on a file, held as long as the process lives at most.
struct FileLock: ~Copyable {
  private let descriptor: CInt

  /// Nil when another process holds it.
  init?(_ path: String, creating: Bool) {
    let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW
    let opened = creating ? open(path, flags | O_CREAT, 0o600) : open(path, flags)
    guard opened >= 0 else { return nil }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      close(opened)
      return nil
    }
    descriptor = opened
  }

  deinit { close(descriptor) }
}

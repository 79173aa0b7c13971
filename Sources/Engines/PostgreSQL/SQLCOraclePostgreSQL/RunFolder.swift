// The folder of one run, and what earlier runs that were killed have left.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A private folder for one server, locked as long as the tool lives.
///
/// `/tmp/sqlc-swift-pg-Ab12Cd/{lock,log,data/}`: the path is short, since that of a socket may have about 100 bytes.
final class RunFolder {
  let path: String
  private let lock: FileLock

  private static let prefix = "sqlc-swift-pg-"

  init(on machine: Machine, user: ServerUser) throws(ServerProblem) {
    let template = machine.temporaryFolder + "/" + Self.prefix + "XXXXXX"
    var bytes = Array(template.utf8CString)
    guard mkdtemp(&bytes) != nil else { throw failure(at: machine.temporaryFolder) }
    path = String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let lock = FileLock(path + "/lock", creating: true) else {
      let problem = failure(at: path)
      rmdir(path)
      throw problem
    }
    self.lock = lock
    // The other user goes through it, and sees nothing of it.
    if case .other = user { chmod(path, 0o711) }
  }

  var data: String { path + "/data" }
  var log: String { path + "/log" }

  deinit { removeFolder(path) }

  /// Ends the servers of runs that no longer are, and removes their folders.
  static func removeLeftovers(on machine: Machine) {
    for name in namesInFolder(machine.temporaryFolder) where name.hasPrefix(prefix) {
      let path = machine.temporaryFolder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
        // A run that has just begun may not have its lock yet.
        time(nil) - modificationTime(status) > 10,
        let lock = FileLock(path + "/lock", creating: true)
      else { continue }
      if let pid = postmaster(of: path + "/data") { kill(pid, SIGQUIT) }
      removeFolder(path)
      _ = consume lock
    }
  }

  private static func modificationTime(_ status: stat) -> time_t {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }

  /// The process that serves the folder, if it is one still.
  private static func postmaster(of data: String) -> pid_t? {
    guard let line = textOfFile(data + "/postmaster.pid").split(separator: "\n").first, let pid = pid_t(line), pid > 1
    else { return nil }
    #if os(Linux)
      // Another program may have got the number meanwhile.
      guard textOfFile("/proc/\(pid)/cmdline").contains(data) else { return nil }
    #endif
    return pid
  }
}

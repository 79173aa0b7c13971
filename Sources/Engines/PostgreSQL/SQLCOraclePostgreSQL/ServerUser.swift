// As whom the server runs: PostgreSQL refuses to be root.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The user who runs the server's programs.
enum ServerUser: Hashable {
  case same
  /// Of a tool that runs as root: the user `postgres`, or else `nobody`.
  case other(name: String, id: uid_t, group: gid_t, switcher: [String])

  static func choose(on machine: Machine) throws(ServerProblem) -> ServerUser {
    guard geteuid() == 0 else { return .same }
    for name in ["postgres", "nobody"] {
      guard let entry = getpwnam(name) else { continue }
      let (id, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
      for folder in machine.pathFolders + ["/usr/bin", "/bin"] where isExecutable(folder + "/setpriv") {
        let words = [folder + "/setpriv", "--reuid=\(id)", "--regid=\(group)", "--clear-groups", "--"]
        return .other(name: name, id: id, group: group, switcher: words)
      }
    }
    throw .rootWithoutUser
  }

  /// The arguments that run a program as this user.
  func command(_ arguments: [String]) -> [String] {
    switch self {
    case .same: arguments
    case .other(_, _, _, let switcher): switcher + arguments
    }
  }

  /// Hands a folder over.
  func own(_ folder: String) throws(ServerProblem) {
    guard case .other(_, let id, let group, _) = self else { return }
    guard chown(folder, id, group) == 0 else {
      throw .unusableFolder(path: folder, reason: String(cString: strerror(errno)))
    }
  }
}

// Which PostgreSQL of this machine is asked.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder with `postgres` and `initdb` in it.
struct ServerBinaries: Hashable {
  var folder: String
  /// `15.18`
  var version: String
  var major: Int

  func path(_ program: String) -> String { folder + "/" + program }

  /// The first of the places that has what is asked for: the `PATH`, what `pg_config` says, the system's packages (highest
  /// version first), Homebrew, Postgres.app.
  static func find(
    major: Int?, on machine: Machine, output: String
  ) throws(ServerProblem) -> ServerBinaries {
    var found: [ServerBinaries] = []
    var seen: Set<String> = []
    for folder in candidates(on: machine, output: output) {
      guard isExecutable(folder + "/postgres"), isExecutable(folder + "/initdb"), seen.insert(folder).inserted,
        let binaries = try? ServerBinaries(folder: folder, machine: machine, output: output)
      else { continue }
      if binaries.major == major ?? binaries.major, binaries.major >= 14 { return binaries }
      found.append(binaries)
    }
    throw .binariesMissing(major: major, found: found.map { "\($0.version) in \($0.folder)" })
  }

  private init?(folder: String, machine: Machine, output: String) throws(ServerProblem) {
    unlink(output)
    let asked = try run(
      [folder + "/postgres", "--version"], environment: machine.programEnvironment, output: output, limit: .seconds(10))
    // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
    guard asked.status == 0,
      let version = asked.text.split(whereSeparator: \.isWhitespace).first(where: { $0.first?.isNumber == true }),
      let major = Int(version.prefix { $0.isNumber })
    else { return nil }
    self.folder = folder
    self.version = String(version)
    self.major = major
  }

  private static func candidates(on machine: Machine, output: String) -> [String] {
    var folders = machine.pathFolders
    for folder in machine.pathFolders where isExecutable(folder + "/pg_config") {
      unlink(output)
      let asked = try? run(
        [folder + "/pg_config", "--bindir"], environment: machine.programEnvironment, output: output,
        limit: .seconds(10))
      if let line = asked?.text.split(whereSeparator: \.isNewline).first { folders.append(String(line)) }
      break
    }
    folders += versions(in: "/usr/lib/postgresql", suffix: "/bin") + versions(in: "/usr/pgsql-", suffix: "/bin")
    for prefix in ["/opt/homebrew/opt", "/usr/local/opt"] {
      folders += versions(in: prefix + "/postgresql@", suffix: "/bin")
    }
    return folders + versions(in: "/Applications/Postgres.app/Contents/Versions", suffix: "/bin") + [
      "/usr/local/pgsql/bin"
    ]
  }

  /// The folders of majors 14 to 40 below the place, highest first.
  private static func versions(in place: String, suffix: String) -> [String] {
    let separator = place.hasSuffix("@") || place.hasSuffix("-") ? "" : "/"
    return (14...40).reversed().map { place + separator + String($0) + suffix }.filter {
      isExecutable($0 + "/postgres")
    }
  }
}

func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

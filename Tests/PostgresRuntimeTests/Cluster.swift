import Foundation
import Synchronization
import Testing

@testable import SQLCOraclePostgreSQL

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether tests take as long as their proofs want (`SQLC_SWIFT_LONG_TESTS`), or as short as every run can bear.
nonisolated let isLong = ProcessInfo.processInfo.environment["SQLC_SWIFT_LONG_TESTS"] != nil

nonisolated struct ProgramFailure: Error, CustomStringConvertible {
  var description: String
}

/// Runs a program to its end, and gives what it printed.
@discardableResult
nonisolated func output(of command: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = command
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw ProgramFailure(description: "\(command.joined(separator: " ")): \(text.suffix(1_000))")
  }
  return text
}

/// A user that PostgreSQL and pgbouncer run as: both refuse to be root.
nonisolated enum OtherUser {
  static var name: String? {
    guard getuid() == 0 else { return nil }
    return getpwnam("postgres") != nil ? "postgres" : "nobody"
  }

  static func command(_ words: [String]) -> [String] {
    guard let name else { return words }
    return ["setpriv", "--reuid=\(name)", "--regid=\(getpwnam(name).pointee.pw_gid)", "--clear-groups", "--"] + words
  }

  static func own(_ path: String) throws {
    if let name { try output(of: ["chown", "-R", name, path]) }
  }
}

/// A program that ends with this process at the latest: a shell waits for the end of a pipe, and ends it then.
nonisolated final class Companion: Sendable {
  private struct State: ~Copyable {
    var shell: ChildProcess
    var pipeEnd: CInt
  }

  private let state: Mutex<State>
  let log: String

  private static let script = """
    exec 3<&0
    "$@" </dev/null 3<&- &
    child=$!
    read -r signal <&3
    kill -"${signal:-QUIT}" "$child"
    (sleep 20; kill -KILL "$child") >/dev/null 2>&1 &
    timer=$!
    wait "$child"
    kill "$timer"
    """

  init(_ command: [String], log: String) throws {
    self.log = log
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw ProgramFailure(description: "no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    // Not Foundation's `Process`: its children inherit the signals that a thread of Swift's blocks, and the shell never hears that
    // its child has ended.
    let shell = try ChildProcess(
      ["/bin/sh", "-c", Self.script, "companion"] + command, environment: ProcessInfo.processInfo.environment,
      input: .descriptor(ends[0]), output: log)
    state = Mutex(State(shell: shell, pipeEnd: ends[1]))
  }

  deinit { stop("QUIT") }

  /// Ends it by a signal, and waits for its end.
  func stop(_ signal: String) {
    state.withLock { state in
      guard state.pipeEnd >= 0 else { return }
      let word = Array((signal + "\n").utf8)
      _ = write(state.pipeEnd, word, word.count)
      close(state.pipeEnd)
      state.pipeEnd = -1
      _ = state.shell.wait(until: .now + .seconds(60))
    }
  }
}

/// A port that nobody has.
nonisolated func freePort() throws -> Int {
  let listener = try TCPListener(port: 0)
  defer { close(listener.descriptor) }
  return listener.port
}

/// A cluster of a test's own, with settings of its own: to be stopped, filled and encrypted.
nonisolated final class Cluster: Sendable {
  let folder: String
  let port: Int
  private let settings: [String]
  private let running = Mutex<Companion?>(nil)

  static let binaries: String? = {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let places = folders.sorted().reversed().map { "/usr/lib/postgresql/\($0)/bin" }
    if let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }) {
      return place
    }
    return (try? output(of: ["pg_config", "--bindir"]))?.trimmingCharacters(in: .whitespacesAndNewlines)
  }()

  /// - Parameters:
  ///   - settings: lines of `postgresql.conf`.
  ///   - access: lines of `pg_hba.conf`.
  init(
    port: Int? = nil, settings: [String] = [],
    access: [String] = ["local all all trust", "host all all 127.0.0.1/32 trust"]
  ) throws {
    self.port = try port ?? freePort()
    folder = "/tmp/" + unique("sqlc-cluster")
    self.settings = settings
    let binaries = try #require(Self.binaries)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try OtherUser.own(folder)
    try output(
      of: OtherUser.command([
        binaries + "/initdb", "-D", folder + "/data", "-U", "sqlc", "-A", "trust", "--no-sync", "-E", "UTF8",
        "--locale=C", "--wal-segsize=1",
      ]))
    let conf =
      [
        "listen_addresses='127.0.0.1'", "port=\(self.port)", "unix_socket_directories='\(folder)'", "fsync=off",
        "shared_buffers=16MB", "autovacuum=off",
      ] + settings
    try write(conf, to: "data/postgresql.conf")
    try write(access, to: "data/pg_hba.conf")
  }

  deinit {
    stop("QUIT")
    try? FileManager.default.removeItem(atPath: folder)
  }

  func write(_ lines: [String], to name: String) throws {
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: folder + "/" + name))
    try OtherUser.own(folder + "/" + name)
  }

  /// Starts it, and waits until it answers.
  func start() throws {
    let binaries = try #require(Self.binaries)
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let companion = try Companion(
        OtherUser.command([binaries + "/postgres", "-D", folder + "/data"]), log: folder + "/log")
      for _ in 0..<200 {
        if (try? output(of: [binaries + "/pg_isready", "-q", "-h", folder, "-p", "\(port)"])) != nil {
          running.withLock { $0 = companion }
          return
        }
        usleep(20_000)
      }
      companion.stop("QUIT")
      // After a kill the processes of the one before may still be there.
      guard ContinuousClock.now < deadline else {
        throw ProgramFailure(description: (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "")
      }
    }
  }

  /// INT ends transactions and writes everything; QUIT and KILL do not.
  func stop(_ signal: String) {
    let companion = running.withLock { running in
      defer { running = nil }
      return running
    }
    companion?.stop(signal)
  }

  var options: String { "host=\(folder) port=\(port) user=sqlc dbname=postgres" }
}

/// Listens on a port of this machine.
nonisolated struct TCPListener {
  let descriptor: CInt
  let port: Int

  init(port wanted: Int) throws {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = loopback(wanted)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard isBound else { throw ProgramFailure(description: "no port: \(String(cString: strerror(errno)))") }
    port = Int(UInt16(bigEndian: address.sin_port))
  }
}

nonisolated func loopback(_ port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  return address
}

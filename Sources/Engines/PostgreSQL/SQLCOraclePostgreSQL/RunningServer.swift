// A server process that cannot outlive the tool.

import SQLCPostgreSQLHandle

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `postgres` on a data folder, with a watchdog between it and the tool.
///
/// The watchdog is a shell that reads from a pipe whose other end only the tool has. However the tool ends, SIGKILL included,
/// the pipe closes, and the shell ends the server and removes its folder.
final class RunningServer {
  private var watchdog: ChildProcess
  private var pipeEnd: CInt
  private var hasEnded = false

  private static let script = """
    trap '' INT HUP TERM
    folder=$1
    shift
    exec 3<&0
    "$@" </dev/null 3<&- &
    server=$!
    (while read -r signal; do kill -"$signal" "$server"; done; kill -QUIT "$server") <&3 >/dev/null 2>&1 &
    watcher=$!
    exec 3<&-
    wait "$server"
    status=$?
    kill -KILL "$watcher"
    if [ -n "$folder" ]; then rm -rf "$folder"; fi
    exit "$status"
    """

  /// What the facts of analysis need, and nothing that costs time: what is in the folder is thrown away.
  private static let settings = [
    "listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off",
    "wal_level=minimal", "max_wal_senders=0", "max_connections=20", "shared_buffers=16MB", "log_min_messages=panic",
    "jit=off", "timezone=UTC", "max_parallel_workers=0", "track_counts=off",
    // A trial is one transaction, which may touch every table and index of a large schema.
    "max_locks_per_transaction=1024",
  ]

  /// - Parameter removing: the folder that goes when the server does; empty for none.
  init(
    _ binaries: ServerBinaries, data: String, removing folder: String, log: String, user: ServerUser, machine: Machine
  ) throws(ServerProblem) {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure(at: data) }
    // No other program that is started keeps the pipe open.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var command = [binaries.path("postgres"), "-D", data, "-c", "unix_socket_directories=\(data)"]
    for setting in Self.settings { command += ["-c", setting] }
    pipeEnd = ends[1]
    do {
      watchdog = try ChildProcess(
        ["/bin/sh", "-c", Self.script, "sqlc-swift-watchdog", folder] + user.command(command),
        environment: machine.programEnvironment, input: .descriptor(ends[0]), output: log)
    } catch {
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[0])
  }

  deinit { stop() }

  /// The server ended by itself.
  func isGone() -> Bool {
    if !hasEnded, watchdog.poll() != nil { hasEnded = true }
    return hasEnded
  }

  /// Ends the server at once; nothing on its disk is worth keeping.
  func stop() {
    guard pipeEnd >= 0 else { return }
    _ = send("QUIT")
    close(pipeEnd)
    pipeEnd = -1
    if !hasEnded { _ = watchdog.wait(until: .now + .seconds(10)) }
    hasEnded = true
  }

  /// Ends the server so that its folder can be copied and started again.
  func shutDown() -> Bool {
    guard send("INT") else { return false }
    let status = watchdog.wait(until: .now + .seconds(30))
    hasEnded = true
    return status == 0
  }

  /// Has the watchdog send the server a signal.
  private func send(_ signal: String) -> Bool {
    // Once it has ended nobody reads, and writing would end this process.
    guard !isGone(), pipeEnd >= 0 else { return false }
    let word = Array((signal + "\n").utf8)
    return write(pipeEnd, word, word.count) == word.count
  }

  /// Connects as soon as the server answers.
  func connect(
    _ parameters: ConnectionParameters, library: LibPQ, log: String
  ) throws(ServerProblem) -> PostgreSQLConnection {
    let deadline = ContinuousClock.now + .seconds(30)
    var pause: UInt32 = 2_000
    while true {
      do {
        return try PostgreSQLConnection(parameters, library: library, deadline: deadline)
      } catch {
        guard case .unreachable = error, ContinuousClock.now < deadline else {
          throw ServerProblem(error, doing: "start")
        }
        if isGone() {
          throw .failedProgram(name: "postgres", output: String(textOfFile(log).suffix(2_000)))
        }
      }
      usleep(pause)
      pause = min(pause * 2, 20_000)
    }
  }
}

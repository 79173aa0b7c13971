// Programs that are run: the server's own, and a watchdog.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A running program.
///
/// It is waited for by whoever started it; nothing here outlives a deadline.
struct ChildProcess: ~Copyable {
  enum Input {
    case nothing
    /// The read end of a pipe.
    case descriptor(CInt)
  }

  private let pid: pid_t

  /// Starts a program with these arguments and nothing of this process but the environment given. What it prints goes into a
  /// file.
  init(
    _ arguments: [String], environment: [String: String], input: Input = .nothing, output: String
  ) throws(ServerProblem) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // A thread of a pool blocks signals, and its children would.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    switch input {
    case .nothing: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
    }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)

    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var started: pid_t = 0
    let status = posix_spawnp(&started, arguments[0], &actions, &attributes, words, variables)
    guard status == 0 else {
      throw .unusableProgram(path: arguments[0], reason: String(cString: strerror(status)))
    }
    pid = started
  }

  /// How it ended (0 to 255 by itself, 256 and more by a signal); nil while it runs.
  mutating func poll() -> Int? {
    var status: CInt = 0
    let found = waitpid(pid, &status, WNOHANG)
    guard found != 0 else { return nil }
    let signal = Int(status & 0x7F)
    return signal == 0 ? Int((status >> 8) & 0xFF) : 256 + signal
  }

  /// Waits until it ends; one that does not is killed. Nil when it had to be.
  mutating func wait(until deadline: ContinuousClock.Instant) -> Int? {
    var pause: UInt32 = 500
    while true {
      if let status = poll() { return status }
      guard ContinuousClock.now < deadline else { break }
      usleep(pause)
      pause = min(pause * 2, 10_000)
    }
    kill(pid, SIGKILL)
    var status: CInt = 0
    waitpid(pid, &status, 0)
    return nil
  }
}

/// Runs a program to its end and gives what it printed.
func run(
  _ arguments: [String], environment: [String: String], output: String, limit: Duration
) throws(ServerProblem) -> (status: Int?, text: String) {
  var process = try ChildProcess(arguments, environment: environment, output: output)
  let status = process.wait(until: .now + limit)
  return (status, textOfFile(output))
}

/// The text of a small file; empty when it cannot be read.
func textOfFile(_ path: String) -> String {
  guard let file = fopen(path, "r") else { return "" }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1 << 16)
  let count = fread(&bytes, 1, bytes.count, file)
  return String(decoding: bytes[..<count], as: UTF8.self)
}

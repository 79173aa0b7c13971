// `--watch`, as a process: what goes to which stream, what a terminal gets, and how signals end it.

import Foundation
import Testing

@Suite(.serialized) struct WatchCommandTests {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aSignalEndsIt(signal: Int32) throws {
    let running = try RunningTool(["generate", "--watch"], .file)
    defer { running.remove() }
    #expect(running.waits(for: "watching", times: 1))
    try Data("-- name: CountNotes :one\nSELECT count(*) AS n FROM nots;\n".utf8).write(
      to: running.folder.appending(path: "queries/more.sql"))
    #expect(running.waits(for: "watching", times: 2))
    #expect(running.text.contains("queries/more.sql changed; errors; watching\n"))
    #expect(running.text.contains("queries/more.sql:2:27: error: "))
    // What is no terminal is told nothing about its screen.
    #expect(!running.text.contains("\u{1B}"))
    kill(running.process.processIdentifier, signal)
    running.process.waitUntilExit()
    #expect(running.process.terminationReason == .exit)
    #expect(running.process.terminationStatus == 0)
    // All or nothing: no file is left that is on its way.
    let left = try FileManager.default.contentsOfDirectory(atPath: running.folder.appending(path: "Generated").path)
    #expect(!left.isEmpty && left.allSatisfy { !$0.hasPrefix(".") })
  }

  @Test func aTerminalShowsThePresentErrorsAlone() throws {
    let running = try RunningTool(["check", "--watch", "--skip-migrations"], .terminal)
    defer { running.remove() }
    #expect(running.waits(for: "watching", times: 1))
    try Data("SELECT;\n".utf8).write(to: running.folder.appending(path: "queries/more.sql"))
    #expect(running.waits(for: "watching", times: 2))
    let screens = running.text.components(separatedBy: "\u{1B}[H\u{1B}[2J\u{1B}[3J")
    #expect(screens.count == 3)
    #expect(screens.last?.contains("queries/more.sql:1:1") == true)
    kill(running.process.processIdentifier, SIGINT)
    running.process.waitUntilExit()
    #expect(running.process.terminationStatus == 0)
  }

  @Test func fixingIsNotWatched() throws {
    #expect(try run(["check", "--watch", "--fix"]).exit == 64)
  }
}

/// The tool at work in a project that `init` has written.
private struct RunningTool {
  enum Screen { case file, terminal }

  let folder: URL
  let process = Process()
  private let log: URL
  private let terminal: FileHandle?

  init(_ arguments: [String], _ screen: Screen) throws {
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "sqlc-watching-\(UUID().uuidString)")
    folder = root.appending(path: "project")
    log = root.appending(path: "log")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try run(["init"], in: folder)
    try Data().write(to: log)
    process.executableURL = try executable()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    switch screen {
    case .file:
      terminal = nil
      process.standardError = try FileHandle(forWritingTo: log)
    case .terminal:
      let (master, slave) = try openTerminal()
      _ = fcntl(master, F_SETFL, O_NONBLOCK)
      terminal = FileHandle(fileDescriptor: master, closeOnDealloc: true)
      process.standardError = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    }
    process.standardOutput = FileHandle.nullDevice
    try process.run()
  }

  /// What standard error has got so far.
  var text: String {
    if let terminal {
      var bytes = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = read(terminal.fileDescriptor, &bytes, bytes.count)
        guard count > 0 else { break }
        guard let writing = try? FileHandle(forWritingTo: log) else { break }
        _ = try? writing.seekToEnd()
        try? writing.write(contentsOf: bytes.prefix(count))
      }
    }
    return (try? String(contentsOf: log, encoding: .utf8)) ?? ""
  }

  func waits(for word: String, times: Int) -> Bool {
    let deadline = Date() + 30
    while Date() < deadline {
      if text.components(separatedBy: word).count > times { return true }
      usleep(20_000)
    }
    return false
  }

  func remove() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
  }
}

/// A terminal in software: the end that a program has, and the one that sees what it shows.
private func openTerminal() throws -> (master: Int32, slave: Int32) {
  #if os(Linux)
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (isLocked, number): (Int32, UInt32) = (0, 0)
    // TIOCSPTLCK and TIOCGPTN of ioctl_tty(2), which Swift does not import.
    try #require(ioctl(master, 0x4004_5431, &isLocked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
  #else
    let master = posix_openpt(O_RDWR | O_NOCTTY)
    try #require(grantpt(master) == 0 && unlockpt(master) == 0)
    let slave = open(try #require(ptsname(master)), O_RDWR | O_NOCTTY)
  #endif
  try #require(slave >= 0)
  return (master, slave)
}

// A watched project: every change of it is told once, and nothing else is.

import Foundation
import SQLCAnalysis
import SQLCConcurrency
import SQLCFileEvents
import Synchronization
import Testing

@testable import SQLCDriver

@Suite(.serialized) struct WatchTests {
  /// SQLC_SWIFT_WATCH_EDITS says how many; 100 of each command show what the article says.
  private static let edits =
    ProcessInfo.processInfo.environment["SQLC_SWIFT_WATCH_EDITS"].flatMap { Int($0) } ?? 25

  /// Each edit as editors, version control and people make them; after each, the round says what a fresh command says.
  @Test(arguments: [WatchedCommand.generate, .check(.tried)]) func twoHundredEdits(command: WatchedCommand) throws {
    let project = try EditedProject()
    defer { project.remove() }
    let watched = try Watched(command, project.folder)
    defer { watched.end() }
    var counts = Counts()
    #expect(watched.next() != nil)
    var script = EditScript(project, seed: command == .generate ? 1 : 2, generates: command == .generate)
    for number in 1...Self.edits {
      let edit = try script.next()
      counts.spurious += watched.drain().count
      try edit.make()
      guard edit.isNews else {
        counts.spurious += watched.drain(after: .milliseconds(350)).count
        continue
      }
      counts.edits += 1
      guard let round = watched.next() else {
        counts.missed += 1
        Issue.record("edit \(number), \(edit.name): nothing was told")
        continue
      }
      let fresh = try watched.fresh()
      counts.sound += fresh.exit == .success ? 1 : 0
      #expect(round.outcome.standardError == fresh.standardError, "edit \(number), \(edit.name)")
      #expect(round.outcome.exit == fresh.exit, "edit \(number), \(edit.name)")
      if command == .generate {
        if fresh.exit == .success {
          #expect(try diff(watched.context).exit == .success, "edit \(number), \(edit.name)")
        }
      } else {
        #expect(round.outcome.standardOutput == fresh.standardOutput, "edit \(number), \(edit.name)")
      }
    }
    counts.spurious += watched.drain(after: .seconds(1)).count
    #expect(counts.missed == 0)
    #expect(counts.spurious == 0)
    #expect(counts.edits * 10 > Self.edits * 6)
    #expect(counts.sound * 2 > counts.edits)
    print("\(command): \(counts.edits) changes, missed \(counts.missed), spurious \(counts.spurious)")
  }

  @Test func whatIsOnTheWayIsWatched() {
    let links = ["/p/queries": "/elsewhere/sql", "/p/a": "b", "/p/b": "a"]
    let questions = RecordingFiles.Questions(
      paths: ["/p/sqlc-swift.yaml", "/p/queries/a.sql", "/p/a/x"], listed: ["/p/queries"])
    let interest = Interest(questions) { links[$0] }
    for path in ["/p/sqlc-swift.yaml", "/p", "/", "/p/queries", "/elsewhere", "/elsewhere/sql", "/elsewhere/sql/a.sql"]
    {
      #expect(interest.contains(.entry(path: path, .done)), "\(path)")
    }
    // New ones in a list of files, at either place; hidden ones are in no list.
    #expect(interest.contains(.entry(path: "/p/queries/new.sql", .done)))
    #expect(interest.contains(.entry(path: "/elsewhere/sql/new.sql", .writing)))
    #expect(!interest.contains(.entry(path: "/p/queries/.new.sql.swp", .done)))
    #expect(!interest.contains(.entry(path: "/p/README.md", .done)))
    #expect(!interest.contains(.entry(path: "/elsewhere/other", .done)))
    #expect(interest.contains(.overflow))
  }

  @Test func theEndIsHeard() throws {
    let project = try EditedProject()
    defer { project.remove() }
    let watched = try Watched(.generate, project.folder)
    #expect(watched.next() != nil)
    watched.end()
    #expect(watched.hasEnded(within: .seconds(5)))
  }

  /// One who writes and keeps the file open, in the middle of a statement.
  @Test func aFileThatIsBeingWrittenIsWaitedFor() throws {
    let project = try EditedProject()
    defer { project.remove() }
    let watched = try Watched(.check(.skipped), project.folder)
    defer { watched.end() }
    #expect(watched.next()?.outcome.exit == .success)
    let file = try #require(FileHandle(forWritingAtPath: project.path("queries/agents.sql")))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data("-- name: GetAgent :one\nSELECT * FR".utf8))
    usleep(300_000)
    try file.write(contentsOf: Data("OM agents WHERE id = ?1;\n".utf8))
    try file.close()
    #expect(watched.next()?.outcome.exit == .success)
    #expect(watched.drain(after: .milliseconds(400)).isEmpty)
  }
}

private struct Counts {
  var edits = 0
  var missed = 0
  var spurious = 0
  /// After how many of them the project was whole.
  var sound = 0
}

/// `watch` on a thread of its own.
private final class Watched: Sendable {
  private let folder: String
  private let command: WatchedCommand
  private let rounds = Mutex<[WatchRound]>([])
  private let arrived = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let ending = Cancellation()
  private let events: any FileEventSource

  init(_ command: WatchedCommand, _ folder: URL) throws {
    self.command = command
    self.folder = folder.path
    events = try makeFileEventSource()
    var pace = WatchPace()
    // Steps of one save may be further apart where other tests take the processor.
    pace.quiet = .milliseconds(120)
    let chosen = pace
    Thread.detachNewThread { [self] in
      do {
        try watch(command, context, events: events, pace: chosen, until: ending) { round in
          rounds.withLock { $0.append(round) }
          arrived.signal()
        }
      } catch {
        Issue.record("\(error)")
      }
      ended.signal()
    }
  }

  var context: CommandContext { CommandContext(location: ProjectLocation(workingDirectory: folder)) }

  /// The next round; nothing when none comes.
  func next() -> WatchRound? {
    guard arrived.wait(timeout: .now() + 20) == .success else { return nil }
    return rounds.withLock { $0.removeFirst() }
  }

  func drain(after time: Duration = .zero) -> [WatchRound] {
    usleep(UInt32(time / .microseconds(1)))
    var found: [WatchRound] = []
    while arrived.wait(timeout: .now()) == .success { found.append(rounds.withLock { $0.removeFirst() }) }
    return found
  }

  func fresh() throws -> CommandOutcome {
    switch command {
    case .generate: try generate(context)
    case .check(let migrations): try check(context, migrations: migrations)
    }
  }

  func end() {
    ending.cancel()
    events.wake()
  }

  func hasEnded(within time: Duration) -> Bool {
    ended.wait(timeout: .now() + .milliseconds(Int(time / .milliseconds(1)))) == .success
  }
}

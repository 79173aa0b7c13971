// `--watch`: a command that stays, and what the terminal shows of it.

import ArgumentParser
import Foundation
import SQLCConcurrency
import SQLCDiagnostics
import SQLCDriver
import SQLCFileEvents

struct WatchOptions: ParsableArguments {
  @Flag(help: "Stay, and run again whenever the project changes; Ctrl-C ends it.")
  var watch = false
}

/// Runs a command whenever its project changes, until a signal asks for the end.
func watch(_ command: WatchedCommand, _ context: CommandContext) throws {
  let ending = Cancellation()
  let screen = WatchScreen()
  do {
    let events = try makeFileEventSource()
    onEndingSignals {
      ending.cancel()
      events.wake()
    }
    try onDeepStack {
      try SQLCDriver.watch(command, context, events: events, until: ending) { screen.show($0) }
    }
  } catch {
    FileHandle.standardError.write(Data("sqlc-swift: error: \(error)\n".utf8))
    throw ExitCode(CommandOutcome.Exit.failure.rawValue)
  }
}

/// What is shown of each round: on a terminal the present errors alone, elsewhere one round after the other.
private struct WatchScreen {
  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

  func show(_ round: WatchRound) {
    // The cursor to the start, the screen and what has scrolled out of it emptied.
    if isTerminal { write("\u{1B}[H\u{1B}[2J\u{1B}[3J", to: .standardError) }
    write(round.outcome.standardError, to: .standardError)
    write(visibleLines(round.outcome.standardOutput), to: .standardOutput)
    let reason = round.changed.isEmpty ? "" : describe(round.changed) + " changed; "
    let end = round.outcome.exit == .success ? "" : "errors; "
    write("[\(time())] \(reason)\(end)watching\n", to: .standardError)
  }

  private func describe(_ paths: [String]) -> String {
    let shown = paths.prefix(3).map(visibleText).joined(separator: ", ")
    return shown + (paths.count > 3 ? " and \(paths.count - 3) more" : "")
  }

  private func time() -> String {
    let parts = Calendar.current.dateComponents([.hour, .minute, .second], from: Date())
    return [parts.hour, parts.minute, parts.second].map { part in
      let text = String(part ?? 0)
      return text.count < 2 ? "0" + text : text
    }.joined(separator: ":")
  }

  private func write(_ text: String, to handle: FileHandle) { try? handle.write(contentsOf: Data(text.utf8)) }
}

/// Calls `action` on a thread of its own when the process is asked to end, and lets the second such signal end it at once.
///
/// To be called before other threads are started: those have the signals blocked, too.
private func onEndingSignals(_ action: @escaping @Sendable () -> Void) {
  var signals = sigset_t()
  sigemptyset(&signals)
  for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  let waited = signals
  Thread.detachNewThread {
    var waited = waited
    var signal: Int32 = 0
    while sigwait(&waited, &signal) != 0 {}
    action()
    pthread_sigmask(SIG_UNBLOCK, &waited, nil)
  }
}

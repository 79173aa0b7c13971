// `generate --watch` and `check --watch`: a command that is repeated whenever its project changes.

import SQLCAnalysis
public import SQLCConcurrency
public import SQLCFileEvents

/// A command that can be repeated.
public enum WatchedCommand: Sendable, Hashable {
  case generate
  case check(MigrationChecks)
}

/// How a repeated command ended this time.
public struct WatchRound: Sendable, Hashable {
  public var outcome: CommandOutcome
  /// The files with another text than the time before, by their paths as diagnostics show them; sorted. None the first time.
  public var changed: [String]
}

/// When to look again after an event.
public struct WatchPace: Sendable, Hashable {
  /// For so long nothing may happen: editors and version control save in several steps.
  public var quiet = Duration.milliseconds(60)
  /// Likewise while someone writes to a file and has not closed it.
  public var writing = Duration.milliseconds(800)
  /// Longer than this nothing is put off.
  public var longest = Duration.seconds(2)
  public init() {}
}

/// Runs a command, and again whenever something has changed of what it reads or writes, until it is told to end.
///
/// Events only say when to look. What is told is decided by what the files then say: the same files as before are no news,
/// whoever has touched them. Whether a project is whole or broken makes no difference to what is watched.
///
/// - Parameters:
///   - ending: once it is cancelled, and the events are woken, this returns; the work at hand is given up, unless files are
///     just being written.
///   - tell: called with the first outcome and with each that is news.
public func watch(
  _ command: WatchedCommand, _ context: CommandContext, events: any FileEventSource, pace: WatchPace = WatchPace(),
  until ending: Cancellation, tell: (WatchRound) -> Void
) throws(FileEventsError) {
  let project = WatchedProject(command, context, ending)
  while !ending.isCancelled {
    var news: WatchRound?
    repeat {
      if let round = project.look() { news = round }
      // What came under watch just now may have changed before it did.
    } while try events.watch(project.watchedPaths) == .more && !ending.isCancelled
    if let news { tell(news) }
    try waitForChange(of: project.interest, events, pace, ending)
  }
}

/// Returns when something that matters has happened and nothing has for a while.
private func waitForChange(
  of interest: Interest, _ events: any FileEventSource, _ pace: WatchPace, _ ending: Cancellation
) throws(FileEventsError) {
  let clock = ContinuousClock()
  var writing: Set<String> = []
  var deadlines: (last: ContinuousClock.Instant, next: ContinuousClock.Instant)?
  while !ending.isCancelled {
    let now = clock.now
    if let deadlines, now >= min(deadlines.last, deadlines.next) { return }
    let found = try events.next(within: deadlines.map { now.duration(to: min($0.last, $0.next)) })
    let relevant = found.filter(interest.contains)
    guard !relevant.isEmpty else { continue }
    for case .entry(let path, let progress) in relevant {
      if progress == .writing { writing.insert(path) } else { writing.remove(path) }
    }
    let next = clock.now + (writing.isEmpty ? pace.quiet : pace.writing)
    deadlines = (deadlines?.last ?? clock.now + pace.longest, next)
  }
}

// What SQLite asks while a statement runs, and what it is answered: shall I go on? shall I wait for the lock?
//
// | handler  | asked                                  | answer                                                        |
// |----------|----------------------------------------|---------------------------------------------------------------|
// | progress | every thousand steps of the machine    | stop when cancelled, late, or over the budget of an inline run |
// | busy     | when another holds the lock            | on the queue wait a little; inline never                      |
// | commit   | before a commit                        | go on, and from now on nothing is stopped                     |
// | WAL      | after a commit: the length of the log  | noted, so that a checkpoint is made off the caller's thread   |

import CSQLite
import SQLCRuntimeKit
import SQLCSQLiteHandle

/// Belongs to one connection and to the thread that has it.
@usableFromInline
final class RunSupervisor {
  /// Where the present run runs.
  enum Place {
    /// On the caller's thread, which must not be kept: under a budget, and without waiting for locks.
    case inline
    /// On the connection's own queue, where it may take its time.
    case queue
  }

  /// Why an inline run ended before its time. It has changed nothing, and runs again on the queue.
  enum InlineStop {
    /// It took too many steps.
    case steps
    /// It took too long.
    case time
    /// Another process has the lock.
    case lock
    /// It came upon a value that is too big to be read or written in passing.
    case size
  }

  @exclusivity(unchecked) private(set) var place = Place.queue
  @exclusivity(unchecked) private var deadline = Moment.never
  @exclusivity(unchecked) private(set) var inlineStop: InlineStop?
  /// Calls of the progress handler in this run.
  @exclusivity(unchecked) private var ticks = 0
  /// A commit has begun or a rollback is under way. SQLite asks once more after the statement has done its work, and an
  /// answer that stops would make what has happened look as if it had not.
  @exclusivity(unchecked) private var isPastStopping = false
  /// A lock was waited for long enough, in this statement.
  @exclusivity(unchecked) private var hasGivenUp = false
  @exclusivity(unchecked) private var statements: UInt32 = 0
  /// When the present inline run began, in ticks.
  @exclusivity(unchecked) private(set) var started: UInt64 = 0
  /// An inline run that takes more ticks than this was no short one.
  let longest = Ticks.from(microseconds: 2000)
  @exclusivity(unchecked) private var hasSmallValues = false
  /// What the connection allows by itself.
  private var largestValue = Int32.max
  /// Valid as long as this is: the database holds it.
  private var database: OpaquePointer?
  private var patience: Duration

  // MARK: The log of a WAL database

  /// Pages of the log after which a checkpoint is due; 0 for never.
  private var checkpointPages: Int32 = 0
  /// Pages of the log after which readers are waited for so that it can start anew; 0 for never.
  private var mostPages: Int32 = 0
  private var logLength = Int32.max
  // One that did not help is not made again with each commit, for each costs an fsync.
  private var nextCheckpoint = Int32.max
  private var nextRestart = Int32.max
  /// The commit that starts the log anew syncs its header to the disk (wal.c): that one runs on the queue.
  @exclusivity(unchecked) private(set) var isLogToStartAnew = false
  private var hasLog = false

  /// - Parameter patience: how long a lock is waited for.
  init(patience: Duration) { self.patience = patience }

  /// Steps between two questions: some ten microseconds.
  private static let interval: Int32 = 1000
  /// Questions in an inline run; counted over all runs of a statement, so that the first may come early.
  private static let budget = 6

  /// Makes `database` ask.
  func install(on database: DatabaseHandle) {
    // SQLite has no reference that counts.
    database.companion = self
    self.database = database.pointer
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_progress_handler(
      database.pointer, Self.interval, { context in RunSupervisor.of(context)?.isToStop() == true ? 1 : 0 }, context)
    sqlite3_busy_handler(
      database.pointer,
      { context, attempts in RunSupervisor.of(context)?.isToWait(attempts) == true ? 1 : 0 }, context)
    sqlite3_commit_hook(
      database.pointer,
      { context in
        RunSupervisor.of(context)?.isPastStopping = true
        return 0
      }, context)
  }

  /// Takes over from SQLite's automatic checkpoints, which run inside the commit that makes the log too long.
  ///
  /// - Parameters:
  ///   - checkpointPages: pages of the log after which a checkpoint is due; 0 for never.
  ///   - mostPages: pages after which readers are waited for so that the log can start anew; 0 for never.
  func watchLog(of database: DatabaseHandle, checkpointPages: Int, mostPages: Int) {
    hasLog = true
    isLogToStartAnew = true
    self.checkpointPages = Int32(clamping: checkpointPages)
    self.mostPages = Int32(clamping: mostPages)
    sqlite3_wal_hook(
      database.pointer,
      { context, _, _, pages in
        RunSupervisor.of(context)?.noteLog(pages)
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> RunSupervisor? {
    context.map { Unmanaged<RunSupervisor>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: Runs

  /// A run begins, at most until `deadline`.
  func begin(_ place: Place, until deadline: Moment) {
    self.place = place
    self.deadline = deadline
    inlineStop = nil
    ticks = 0
    statements = 0
    isPastStopping = false
    hasGivenUp = false
    switch place {
    case .inline:
      if !hasSmallValues { allowSmallValues() }
      started = Ticks.now
    case .queue:
      if hasSmallValues { allowAllValues() }
    }
  }

  // MARK: Big values

  /// Bytes of a value that may be read or written inline. A longer one ends the run when SQLite meets its length, before it
  /// reads the pages that it is in (SQLite, limits.html#max_length: "the maximum number of bytes in a string or BLOB" and in
  /// a row).
  private static let largestInline: Int32 = 64 << 10

  /// The limit stays until a run on the queue wants more, for asking each time costs.
  private func allowSmallValues() {
    // -1 asks (c3ref/limit.html).
    largestValue = sqlite3_limit(database, SQLITE_LIMIT_LENGTH, -1)
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, min(largestValue, Self.largestInline))
    hasSmallValues = true
  }

  private func allowAllValues() {
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, largestValue)
    hasSmallValues = false
  }

  /// An inline run ended because a value was too big; on the queue it may not be.
  func meetTooBig() { if place == .inline { inlineStop = .size } }

  /// One statement of several begins, or a transaction: it can be stopped, whatever was committed before.
  func allowStopping() {
    isPastStopping = false
    hasGivenUp = false
  }

  /// What runs now runs to its end.
  func forbidStopping() { isPastStopping = true }

  /// Is a statement that begins to ask first whether its task is cancelled or late? The first of a run is, and every
  /// eighth: asking costs a tenth of a short statement. While statements run the progress handler asks, and the last word
  /// is that of the commit.
  func isToCheckTime() -> Bool {
    defer { statements &+= 1 }
    return statements & 7 == 0
  }

  var isLate: Bool { deadline != .never && Moment.now >= deadline }

  private func isToStop() -> Bool {
    if isPastStopping { return false }
    if place == .inline {
      ticks += 1
      if ticks > Self.budget {
        inlineStop = .steps
        return true
      }
      if Ticks.now &- started > longest {
        inlineStop = .time
        return true
      }
    }
    return Task.isCancelled || isLate
  }

  /// Waits a little longer each time, as SQLite's own handler does; gives up after a while, or when cancelled or late.
  private func isToWait(_ attempts: Int32) -> Bool {
    if place == .inline {
      inlineStop = .lock
      return false
    }
    let delays: [Int32] = [1, 2, 5, 10, 15, 20, 25, 25]
    let index = Int(attempts)
    let waited =
      index < delays.count
      ? delays[..<index].reduce(0, +) : delays.reduce(0, +) + (attempts - Int32(delays.count)) * 25
    guard !Task.isCancelled, !isLate, Duration.milliseconds(Int64(waited)) < patience else {
      hasGivenUp = true
      return false
    }
    sqlite3_sleep(index < delays.count ? delays[index] : 25)
    return true
  }

  /// Waits for a lock that SQLite has refused without asking the busy handler, as for any other; false when that is none, or
  /// was waited for long enough. Outside a transaction the change of the journal mode is refused so: it reads before it
  /// writes, and of two connections that do SQLite lets one fail (c3ref/busy_handler.html). Two processes that create one
  /// file both change it.
  func isToRunAgain(_ failure: SQLiteFailure, _ attempt: Int32) -> Bool {
    failure.primaryCode == SQLITE_BUSY && !hasGivenUp && isToWait(attempt)
  }

  // MARK: Checkpoints

  private func noteLog(_ pages: Int32) {
    // Whether this commit started the log anew or, because a reader was in it, went on behind its end: from now on the
    // log holds what is not in the database yet, and starts anew after the next checkpoint at the earliest (wal.c,
    // walRestartLog: only where all of it was copied).
    isLogToStartAnew = false
    if pages < logLength {
      nextCheckpoint = checkpointPages > 0 ? checkpointPages : .max
      nextRestart = mostPages > 0 ? mostPages : .max
    }
    logLength = pages
  }

  var isCheckpointDue: Bool { logLength != .max && logLength >= min(nextCheckpoint, nextRestart) }

  /// Somebody may have copied the log: the next commit shows.
  func expectNewLog() {
    guard hasLog else { return }
    isLogToStartAnew = true
    logLength = .max
  }

  /// Copies the log into the database. Passively, as far as no reader needs it; but one that has grown too long because
  /// some reader is always in it waits for the readers, a little: one that never ends must not keep everybody who writes.
  func checkpoint(_ database: DatabaseHandle) {
    begin(.queue, until: .never)
    var length: Int32 = 0
    var copied: Int32 = 0
    let isTooLong = logLength >= nextRestart
    let usual = patience
    if isTooLong { patience = .milliseconds(50) }
    // Failing is no harm: the log goes on, and the next one is tried some way on.
    let code = sqlite3_wal_checkpoint_v2(
      database.pointer, "main", isTooLong ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, &length, &copied)
    patience = usual
    isLogToStartAnew = code == SQLITE_OK && length == copied
    if isTooLong { nextRestart = code == SQLITE_OK ? .max : logLength &+ max(1, mostPages / 10) }
    if checkpointPages > 0 { nextCheckpoint = logLength &+ checkpointPages }
  }
}

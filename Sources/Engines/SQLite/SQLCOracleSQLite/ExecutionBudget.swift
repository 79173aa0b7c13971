// How much a project's SQL may take of the machine that generates.

import CSQLite
import CSQLiteAllocator
import SQLCSQLiteHandle

/// Bounds of one connection: of a schema being loaded, of one database that is exercised, of one migration that is tried.
public struct ExecutionBudget: Sendable, Hashable {
  /// Steps of SQLite's virtual machine, all statements together (SQLite, c3ref/progress_handler.html).
  public var steps: Int
  /// Seconds that statements run, all together; the time between them does not count.
  public var seconds: Int
  /// Mebibytes of memory that SQLite has for everything.
  public var mebibytes: Int

  public init(steps: Int = 500_000_000, seconds: Int = 60, mebibytes: Int = 512) {
    self.steps = steps
    self.seconds = seconds
    self.mebibytes = mebibytes
  }

  /// Bytes of one value or row: an eighth of the memory (SQLite, limits.html#max_length).
  var largestValue: Int { max(1 << 20, min(1_000_000_000, mebibytes << 17)) }
}

/// Counts what a connection has used, and says when it is over.
final class ExecutionMeter {
  /// SQLite asks so often, in steps: between two questions a statement can take this many large values.
  static let interval: Int32 = 100

  let budget: ExecutionBudget
  /// For a single statement; nothing: the whole budget.
  private let stepsPerStatement: Int?
  /// When whatever runs is interrupted.
  private let deadline: ContinuousClock.Instant?
  private(set) var exceeded: Refusal?
  private var steps = 0
  private var statementSteps = 0
  /// What the statements before this one took.
  private var spent = Duration.zero
  /// When the statement that runs began.
  private var start: ContinuousClock.Instant?
  /// Bytes that the statements before this one took and kept.
  private var memoryKept: Int64 = 0
  /// What the thread had when the statement began.
  private var memoryBefore: Int64 = 0

  init(_ budget: ExecutionBudget, stepsPerStatement: Int?, deadline: ContinuousClock.Instant?) {
    self.deadline = deadline
    self.budget = budget
    self.stepsPerStatement = stepsPerStatement
  }

  func beginStatement() {
    exceeded = nil
    statementSteps = 0
    memoryBefore = sqlc_memory_used()
    start = .now
  }

  /// On the thread that began it: the next statement may run on another.
  func endStatement() {
    if let start { spent += ContinuousClock.now - start }
    start = nil
    memoryKept = memory
    memoryBefore = sqlc_memory_used()
  }

  private var memory: Int64 { memoryKept + sqlc_memory_used() - memoryBefore }

  /// True: stop. Between the project's statements it is the tool that reads the database, which is on nobody's budget; and
  /// what others have taken of the memory meanwhile is not this connection's.
  func advance() -> Bool {
    guard let start else { return false }
    steps += Int(Self.interval)
    statementSteps += Int(Self.interval)
    if let stepsPerStatement, statementSteps > stepsPerStatement {
      return stop("one statement may take \(stepsPerStatement) steps here", nil)
    }
    if steps > budget.steps { return stop("the budget is \(budget.steps) steps", "steps") }
    if memory > Int64(budget.mebibytes) << 20 {
      return stop("the budget is \(budget.mebibytes) MiB of memory", "megabytes")
    }
    // A step may take long, so the clock is asked each time.
    let now = ContinuousClock.now
    if let deadline, now >= deadline { return stop("the time is up", nil) }
    if spent + (now - start) > .seconds(budget.seconds) {
      return stop("the budget is \(budget.seconds) seconds", "seconds")
    }
    return false
  }

  /// What SQLite's own message means where a limit of ours made it (SQLite, rescode.html).
  func refusal(for failure: SQLiteFailure) -> Refusal? {
    if let exceeded { return exceeded }
    switch failure.primaryCode {
    case SQLITE_TOOBIG:
      return over(
        "the budget is \(budget.largestValue >> 20) MiB for one value or row, an eighth of the memory", "megabytes")
    case SQLITE_ERROR where failure.message == "LIKE or GLOB pattern too complex":
      return over("a pattern of LIKE or GLOB may have \(Hardening.longestPattern) bytes here", nil)
    default: return nil
    }
  }

  private func stop(_ reason: String, _ key: String?) -> Bool {
    exceeded = over(reason, key)
    return true
  }

  private func over(_ reason: String, _ key: String?) -> Refusal {
    .refused(
      "to go on with this", reason,
      advice: key.map { "'limits: { \($0): … }' in the configuration allows more" } ?? "")
  }
}

// What a migration does to those who use the database meanwhile.

public import SQLCDiagnostics

/// What a migration does to those who use the database meanwhile: seen by running it and asking the server for its locks, its
/// reads and its files after each statement.
///
/// The classes are those that PostgreSQL's documentation (explicit-locking.html, sql-altertable.html) and its users' linters
/// have: squawk, strong_migrations, Atlas.
public enum LockRule: String, RuleSet {
  case blockingIndex = "blocking-index"
  case blockingConstraint = "blocking-constraint"
  case blockingKey = "blocking-key"
  case blockingNotNull = "blocking-not-null"
  case blockingScan = "blocking-scan"
  case rewrittenTable = "rewritten-table"
  case heldLock = "held-lock"
  case concurrentlyInTransaction = "concurrently-in-transaction"

  public static let pass = "postgresql-migrate"
  public static let scope = RuleScope.file
  /// A migration of tables that are small, or of a database that nobody uses meanwhile, is right as it is.
  public var adjustment: RuleAdjustment { .adjustable }

  public var level: Severity { self == .concurrentlyInTransaction ? .error : .warning }

  public var summary: String {
    switch self {
    case .blockingIndex: "an index is built on a table that was there before, and nobody writes to it meanwhile"
    case .blockingConstraint: "a constraint is checked against all rows while nobody can write to the table"
    case .blockingKey: "a key builds its index while nobody can read or write the table"
    case .blockingNotNull: "`SET NOT NULL` reads all rows while nobody can read or write the table"
    case .blockingScan: "a statement reads all rows of a table under a lock that keeps others from writing"
    case .rewrittenTable: "a table that was there before is written anew, and nobody can read or write it meanwhile"
    case .heldLock: "a statement goes through a table's rows while a lock of an earlier statement keeps others out"
    case .concurrentlyInTransaction: "`CONCURRENTLY` and its like are refused inside a transaction"
    }
  }
}

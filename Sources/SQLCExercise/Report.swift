// What an exercise found.

public import SQLCModel

/// Something that a query did against what was claimed of it.
public struct Finding: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A result column's value is not what its type says.
    case value(column: ResultColumnModel, claim: String, found: String)
    /// More or fewer rows than proven.
    case rowCount(claim: RowCount, found: Int)
    /// The key that shall tell parents apart has fewer values than there are parents.
    case parents(keys: Int, found: Int)
  }
  public var kind: Kind
  /// The query with its arguments in place, and what database it ran on.
  public var reproduction: String
}

/// One query, over all runs.
public struct QueryOutcome: Sendable {
  public var query: QueryModel
  /// Runs that SQLite finished.
  public var executions = 0
  public var rows = 0
  /// Of a query with variants, the combinations that SQLite finished.
  public var choicesRun: Set<VariantChoice> = []
  /// Each kind of finding once.
  public var findings: [Finding] = []
  /// SQLite's refusals other than constraints, and how often each came.
  public var failures: [String: Int] = [:]
  /// Refusals by constraints and triggers: the database doing its work.
  public var refusals: [String: Int] = [:]
  /// Columns called optional, and how often a NULL and a value was seen.
  public var optionalColumns: [String: (nulls: Int, values: Int)] = [:]
  /// Integers that overflowed to REAL.
  public var overflows: Set<String> = []

  /// Optional columns that gave many values and never a NULL: candidates for a tighter proof, or for better data.
  public var neverNull: [String] {
    optionalColumns.filter { $0.value.nulls == 0 && $0.value.values >= 20 }.map(\.key).sorted()
  }
}

public struct ExerciseReport: Sendable {
  public var seed: UInt64
  public var databases = 0
  public var queries: [QueryOutcome]
  /// Tables that no row could be put into, and why.
  public var unfilled: [String: String] = [:]
  /// The time was up before everything had been tried.
  public var isCutShort = false

  public var executions: Int { queries.reduce(0) { $0 + $1.executions } }
  public var rows: Int { queries.reduce(0) { $0 + $1.rows } }
}

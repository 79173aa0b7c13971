// What an exercise found.

public import SQLCDiagnostics
public import SQLCModel

/// Something that a query did against what was claimed of it.
public struct Finding: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A result column's value is not what its type says.
    case value(column: ResultColumnModel, claim: String, found: String)
    /// A result that the query's author says is never NULL, and it was.
    case assertion(column: String, source: SourceRange)
    /// More or fewer rows than proven.
    case rowCount(claim: RowCount, found: Int)
    /// The key that shall tell parents apart has fewer values than there are parents.
    case parents(keys: Int, found: Int)
    /// Behind a row of so many came others by its cursor than in the order; empty where the order is always the same.
    case page(row: Int, of: Int, order: String)
    /// Tables that it is not said to write.
    case writes(tables: [String])
  }
  public var kind: Kind
  /// The query with its arguments in place, and what database it ran on.
  public var reproduction: String
}

/// One query, over all runs.
public struct QueryOutcome: Sendable {
  public var query: QueryModel
  /// Runs that the engine finished.
  public var executions = 0
  public var rows = 0
  /// Of a query with variants, the combinations that ran to their end.
  public var choicesRun: Set<VariantChoice> = []
  /// Results that are NULL on rows that the schema admits, though the query's author says that they never are.
  public var brokenAssertions: [Finding] = []
  /// Each kind of finding once.
  public var findings: [Finding] = []
  /// Refusals other than constraints, and how often each came.
  public var failures: [String: Int] = [:]
  /// Refusals by constraints and triggers: the database doing its work.
  public var refusals: [String: Int] = [:]
  /// What it gave against a claim on rows that could only come there while triggers were off: no counterexample.
  public var doubts: [Finding] = []
  /// Columns called optional, and how often a NULL and a value was seen.
  public var optionalColumns: [String: (nulls: Int, values: Int)] = [:]
  /// Integers that overflowed to REAL.
  public var overflows: Set<String> = []

  /// Optional columns that gave many values and never a NULL: candidates for a tighter proof, or for better data.
  public var neverNull: [String] {
    optionalColumns.filter { $0.value.nulls == 0 && $0.value.values >= 20 }.map(\.key).sorted()
  }
}

/// Why a query's claims are not verified.
public enum Unverified: Sendable, Hashable {
  /// It never ran to its end; the most frequent refusal.
  case neverRan(String?)
  /// It never gave a row, and a table that it reads has none.
  case noRows(table: String, reason: String)
  /// It ran that often and never gave a row.
  case rowless(runs: Int)
  /// Some of its combinations of predicates and orders never ran.
  case combinations(ran: Int, of: Int)
  /// It gave something else than claimed, on rows that the triggers of the schema refuse.
  case doubtful(String)
}

extension Unverified: CustomStringConvertible {
  public var description: String {
    switch self {
    case .neverRan(let words?): "it never ran to its end: \(words)"
    case .neverRan(nil): "it did not run: the time was up"
    case .noRows(let table, let reason): "no row could be generated for '\(table)': \(reason)"
    case .rowless(let runs): "it ran \(runs) times and never gave a row"
    case .combinations(let ran, let all): "only \(ran) of its \(all) combinations ran to their end"
    case .doubtful(let found): "on rows that triggers refuse, it gave \(found)"
    }
  }
}

public struct ExerciseReport: Sendable {
  /// As its users call it: `SQLite`.
  public var engine: String
  public var seed: UInt64
  public var databases = 0
  public var queries: [QueryOutcome]
  /// Tables that no row could be put into, and why.
  public var unfilled: [String: String] = [:]
  /// Tables whose triggers refuse every row, filled while triggers were off, and the triggers' words.
  public var besideTriggers: [String: String] = [:]
  /// The time was up before everything had been tried.
  public var isCutShort = false

  public var executions: Int { queries.reduce(0) { $0 + $1.executions } }
  public var rows: Int { queries.reduce(0) { $0 + $1.rows } }
}

extension ExerciseReport {
  /// The queries whose claims no run could confirm, in the order of the queries.
  public var unverified: [(query: QueryModel, reason: Unverified)] {
    queries.compactMap { outcome in reason(outcome).map { (outcome.query, $0) } }
  }

  private func reason(_ outcome: QueryOutcome) -> Unverified? {
    guard outcome.findings.isEmpty else { return nil }
    let empty = outcome.query.reads.map(\.description).first { unfilled[$0] != nil }
    if outcome.executions == 0 {
      let said = outcome.failures.isEmpty ? outcome.refusals : outcome.failures
      return .neverRan(said.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key)
    }
    if !outcome.query.results.isEmpty, outcome.rows == 0 {
      if let empty, let reason = unfilled[empty] { return .noRows(table: empty, reason: reason) }
      return .rowless(runs: outcome.executions)
    }
    if let choices = outcome.query.variants?.choices, outcome.choicesRun.count < choices.count {
      return .combinations(ran: outcome.choicesRun.count, of: choices.count)
    }
    return outcome.doubts.first.map { .doubtful($0.found) }
  }
}

extension Finding {
  /// What came instead of what was claimed.
  fileprivate var found: String {
    switch kind {
    case .value(let column, let claim, let found): "\(found) for '\(column.name)', which is \(claim)"
    case .assertion(let column, _): "NULL for '\(column)', which its author says it never is"
    case .rowCount(_, let found): "\(found) rows"
    case .parents(let keys, let found): "\(found) parents with \(keys) keys"
    case .page(let row, let count, _): "other rows behind row \(row) of \(count)"
    case .writes(let tables): "rows of \(tables.joined(separator: ", ")) that it changed"
    }
  }
}

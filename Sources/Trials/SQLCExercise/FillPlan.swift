// How full a database becomes, and what came of filling it.

public import SQLCSQLiteHandle

/// Do primary keys get NULLs where SQLite lets them be (quirks.html#primary_keys_can_sometimes_contain_nulls)?
public enum KeyNulls: Sendable, Hashable { case none, wherePermitted }

/// What becomes of tables whose triggers refuse every row.
public enum GuardedTables: Sendable, Hashable {
  case keptEmpty
  /// They get rows while triggers are off: what a query gives on them is no counterexample.
  case filledBesideTriggers
}

/// How full the database becomes.
public struct FillPlan: Sendable, Hashable {
  /// Rows for each table.
  public var rows: ClosedRange<Int>
  /// How often, in a hundred, a column that may be NULL is.
  public var nullPercentage: Int
  /// Tables that stay as they are, in lower case.
  public var excluded: Set<String>
  public var keyNulls: KeyNulls
  public var guardedTables = GuardedTables.keptEmpty
  public var times: TimeStorage
  public var storesUUIDsAsBlobs: Bool

  public init(
    rows: ClosedRange<Int> = 4...12, nullPercentage: Int = 25, excluded: Set<String> = [], keyNulls: KeyNulls = .none,
    times: TimeStorage = .text,
    storesUUIDsAsBlobs: Bool = false
  ) {
    self.rows = rows
    self.nullPercentage = nullPercentage
    self.excluded = excluded
    self.keyNulls = keyNulls
    self.times = times
    self.storesUUIDsAsBlobs = storesUUIDsAsBlobs
  }
}

/// What came of filling.
public struct FillReport: Sendable, Hashable {
  /// Rows inserted, by table.
  public var inserted: [String: Int] = [:]
  /// Tables without any row, and SQLite's last word on it.
  public var refused: [String: String] = [:]
  /// Tables whose triggers refuse every row, and that got some while triggers were off, with the refusal.
  public var besideTriggers: [String: String] = [:]
  /// Tables of which a trigger refused some row.
  var byTrigger: Set<String> = []

  /// The tables whose rows could not have come there with triggers on: those that were filled beside them, and those that
  /// refer to one of these.
  func doubtful(_ shapes: [TableShape]) -> Set<String> {
    var doubtful = Set(besideTriggers.keys.map { $0.lowercased() })
    var count = -1
    while count != doubtful.count {
      count = doubtful.count
      for shape in shapes where shape.foreignKeys.contains(where: { doubtful.contains($0.parent.lowercased()) }) {
        doubtful.insert(shape.key)
      }
    }
    return doubtful
  }
}

extension Connection {
  /// Fills every table that the plan does not exclude.
  ///
  /// - Throws: what SQLite says when the schema cannot be read. A row that a constraint or a trigger refuses is no failure.
  public func fill(_ plan: FillPlan = FillPlan(), seed: UInt64) throws(SQLiteFailure) -> FillReport {
    fill(plan, seed: seed, shapes: try shapes())
  }

  func fill(_ plan: FillPlan, seed: UInt64, shapes: [TableShape]) -> FillReport {
    var filler = Filler(connection: self, plan: plan, seed: seed, shapes: shapes)
    filler.run()
    return filler.report
  }
}

// How full a database becomes, and what came of filling it.

public import SQLCEngine

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
  public var guardedTables = GuardedTables.keptEmpty
  /// No row is begun afterwards.
  public var deadline = TrialDeadline.none

  public init(rows: ClosedRange<Int> = 4...12, nullPercentage: Int = 25, excluded: Set<String> = []) {
    self.rows = rows
    self.nullPercentage = nullPercentage
    self.excluded = excluded
  }
}

/// What came of filling.
public struct FillReport: Sendable, Hashable {
  /// Rows inserted, by table.
  public var inserted: [String: Int] = [:]
  /// Tables without any row, and the last refusal.
  public var refused: [String: String] = [:]
  /// Tables whose triggers refuse every row, and that got some while triggers were off, with the refusal.
  public var besideTriggers: [String: String] = [:]
  /// Tables of which a trigger refused some row.
  var byTrigger: Set<String> = []

  /// The tables whose rows could not have come there with triggers on: those that were filled beside them, and those that
  /// refer to one of these.
  func doubtful(_ tables: [TrialTable]) -> Set<String> {
    var doubtful = Set(besideTriggers.keys.map { $0.lowercased() })
    var count = -1
    while count != doubtful.count {
      count = doubtful.count
      for table in tables where table.foreignKeys.contains(where: { doubtful.contains($0.parent.lowercased()) }) {
        doubtful.insert(table.key)
      }
    }
    return doubtful
  }
}

extension TrialDatabase {
  /// Fills every table that the plan does not exclude.
  ///
  /// - Throws: when the schema cannot be read. A row that a constraint or a trigger refuses is no failure.
  public func fill(_ plan: FillPlan = FillPlan(), seed: UInt64) throws(TrialFailure) -> FillReport {
    fill(plan, seed: seed, tables: try tables(ColumnExpectations(), only: nil))
  }

  /// Fills these tables alone; the rows that theirs refer to are looked for in the others.
  ///
  /// - Parameter names: in lower case.
  /// - Throws: when the schema cannot be read. A row that a constraint or a trigger refuses is no failure.
  public func fill(_ names: Set<String>, _ plan: FillPlan = FillPlan(), seed: UInt64) throws(TrialFailure) {
    var tables = try tables(ColumnExpectations(), only: names)
    let parents = Set(tables.flatMap { $0.foreignKeys.map { $0.parent.lowercased() } }).subtracting(names)
    if !parents.isEmpty { tables += try self.tables(ColumnExpectations(), only: parents) }
    var plan = plan
    plan.excluded.formUnion(parents)
    _ = fill(plan, seed: seed, tables: tables)
  }
}

extension FillableDatabase {
  func fill(_ plan: FillPlan, seed: UInt64, tables: [TrialTable]) -> FillReport {
    var filler = Filler(database: self, plan: plan, seed: seed, tables: tables)
    filler.run()
    return filler.report
  }
}

// What a plan does that an index could spare, as something to be compared.

public import SQLCEngine

/// Less is better, the first difference decides.
public struct PlanWork: Sendable, Hashable, Comparable {
  /// Tables that are read from end to end, by themselves or by an index.
  public var scans = 0
  public var automaticIndexes = 0
  /// Sorts; one of a part of the order counts half.
  public var sorts = 0

  public init(_ steps: [PlanStep]) {
    for step in steps {
      switch step.kind {
      case .scan, .indexScan: scans += 1
      case .automaticIndex: automaticIndexes += 1
      case .sort: sorts += step.isPartialSort ? 1 : 2
      case .search, .subquery, .correlatedSubquery, .intermediate, .other: continue
      }
    }
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.scans + left.automaticIndexes, left.scans, left.sorts)
      < (right.scans + right.automaticIndexes, right.scans, right.sorts)
  }
}

extension PlanStep {
  /// `RIGHT PART OF ORDER BY`, `LAST TERM OF ORDER BY`, `LAST 2 TERMS OF ORDER BY`
  var isPartialSort: Bool { kind == .sort && purpose?.hasSuffix(" OF ORDER BY") == true }

  /// Does it read a table, or an index of it, from end to end?
  public var isScan: Bool { kind == .scan || kind == .indexScan }
}

public import SQLCTreePostgreSQL

/// A statement that changes rows and that PostgreSQL does not analyse: its tables, found by their names.
public enum AnalyzedUtility: Sendable, Hashable {
  /// A table that TRUNCATE names, with its children unless ONLY stands before it.
  public struct Truncated: Sendable, Hashable {
    public var relation: ObjectID
    public var inheritance: RangeEntry.Inheritance
    public init(_ relation: ObjectID, _ inheritance: RangeEntry.Inheritance) {
      self.relation = relation
      self.inheritance = inheritance
    }
  }
  /// `CASCADE` empties those that refer to a table too, and those that refer to these.
  public enum Reach: Sendable, Hashable { case named, cascade }

  case truncate([Truncated], Reach)
  /// A materialised view: it is written, what its query reads is read.
  case refresh(ObjectID)
}

extension StatementAnalyzer {
  public func effects(of utility: AnalyzedUtility) -> StatementEffects {
    switch utility {
    case .truncate(let tables, .named): effects(ofTruncating: tables)
    case .truncate(let tables, .cascade): effects(ofTruncating: withReferring(tables))
    case .refresh(let view): effects(ofRefreshing: view)
    }
  }

  private func withReferring(_ tables: [AnalyzedUtility.Truncated]) -> [AnalyzedUtility.Truncated] {
    var all = tables
    var seen = Set(tables.map(\.relation))
    var at = 0
    while at < all.count {
      let table = all[at]
      let children = table.inheritance == .withChildren ? descendants(of: table.relation) : []
      for relation in [table.relation] + children {
        for (referring, _) in foreignKeysTo[relation] ?? [] where seen.insert(referring).inserted {
          all.append(AnalyzedUtility.Truncated(referring, .withChildren))
        }
      }
      at += 1
    }
    return all
  }
}

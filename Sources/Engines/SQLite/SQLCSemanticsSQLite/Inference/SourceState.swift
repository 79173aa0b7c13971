// The rows a source of a FROM clause contributes, and what is proven of them where inference stands.

import SQLCDiagnostics

/// A column as inference keys it: no name to hash.
struct ColumnKey: Hashable {
  var source: SourceID
  var index: Int

  init(source: SourceID, index: Int) {
    self.source = source
    self.index = index
  }

  init(_ column: BoundColumn) {
    source = column.source
    index = column.index
  }
}

/// An outer join that may replace a source's row by NULLs.
struct Nullifier {
  /// By source: the words name the one that is looked at.
  var reasons: [SourceID: NullReason]
  /// Holds in every row that this join did not extend; absent when that takes more (FULL JOIN: see `partner`).
  var condition: BoundExpression?
  /// FULL JOIN: the nullifier of the other side. The condition holds when both are ruled out.
  var partner: Int?
}

struct SourceState {
  enum Content {
    case table(Table)
    case columns([Value])
  }

  var name: String
  var content: Content
  /// The SELECT core it belongs to; absent in a modification.
  var select: SelectID?
  /// Indexes into `Inference.nullifiers` that may still apply.
  var nullifiers: [Int] = []
  /// Of a view, subquery or common table: see `QueryFacts`.
  var companions: [Int: [Int]] = [:]
  /// Columns proven non-null in every row that is there.
  var nonNull: Set<Int> = []
  /// A full-text table that MATCH selects from: its `rank` is a number.
  var isMatched = false
}

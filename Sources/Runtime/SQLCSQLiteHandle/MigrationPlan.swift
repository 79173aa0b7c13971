// A migration's statements, in the transactions in which they can run.

import SQLCRuntimeKit

/// May statements run outside a transaction?
public enum MigrationTransactions: Sendable, Hashable {
  /// All of them run in one; SQLite refuses what cannot.
  case one
  /// Those run outside that SQLite refuses inside (VACUUM, ATTACH, some pragmas), the others together.
  case whereSQLiteAllows
}

public struct MigrationPlan: Sendable, Hashable {
  public enum Piece: Sendable, Hashable {
    /// In one transaction with the note that they are done.
    case together(Range<Int>)
    /// Outside any transaction, and noted afterwards.
    case alone(Int)

    public var range: Range<Int> {
      switch self {
      case .together(let range): range
      case .alone(let index): index..<(index + 1)
      }
    }
  }

  public let statements: [String]
  let kinds: [MigrationStatementKind]
  /// In order, with all statements; one piece when the migration is atomic.
  public let pieces: [Piece]

  public init(_ statements: [String], _ transactions: MigrationTransactions) {
    let kinds = statements.map { MigrationStatementKind(of: $0) }
    var pieces: [Piece] = []
    var start = 0
    var open = OpenTransactions()
    if transactions == .whereSQLiteAllows {
      for (index, kind) in kinds.enumerated() {
        guard kind.isAlone, open.isEmpty else {
          // What SQLite refuses is said when it is run.
          if let control = kind.control { _ = try? open.replacement(for: control) }
          continue
        }
        if start < index { pieces.append(.together(start..<index)) }
        pieces.append(.alone(index))
        start = index + 1
      }
    }
    if start < statements.count || pieces.isEmpty { pieces.append(.together(start..<statements.count)) }
    self.statements = statements
    self.kinds = kinds
    self.pieces = pieces
  }

  public var isAtomic: Bool {
    if case .together? = pieces.first { return pieces.count == 1 }
    return false
  }

  /// Set up again on a connection that goes on behind them.
  var settings: [Int] { kinds.indices.filter { kinds[$0] == .setting } }
}

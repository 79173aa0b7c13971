// A query with its arguments.

/// What came of running a query.
public struct TrialRun: Sendable, Hashable {
  public var rows: [[TrialValue]]
  /// Tables of which rows were inserted, changed or removed, by the query itself or by what it set off; absent: not known.
  public var writes: Set<String>?

  public init(rows: [[TrialValue]], writes: Set<String>? = nil) {
    self.rows = rows
    self.writes = writes
  }
}

/// A query whose parameters have values; the engine knows how it writes placeholders.
public struct TrialQuery: Sendable, Hashable {
  public enum Piece: Sendable, Hashable {
    case text(String)
    /// - Parameter parameter: its number, from 1; a parameter that stands in several places has the same in each.
    case value(TrialValue, parameter: Int)
    /// The elements of a slice, in place of `sqlc.slice`.
    case list([TrialValue])
  }

  public var pieces: [Piece]

  public init(_ pieces: [Piece]) { self.pieces = pieces }

  /// With the values in place of the parameters, to try by hand.
  public func reproduction(_ types: any TrialTypes) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .value(let value, _): types.literal(of: value)
      case .list(let values): values.map(types.literal(of:)).joined(separator: ", ")
      }
    }.joined()
  }
}

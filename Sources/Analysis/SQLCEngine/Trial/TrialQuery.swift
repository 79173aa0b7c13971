// A query with its arguments.

/// A query whose parameters have values; the engine knows how it writes placeholders.
public struct TrialQuery: Sendable, Hashable {
  public enum Piece: Sendable, Hashable {
    case text(String)
    case value(TrialValue)
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
      case .value(let value): types.literal(of: value)
      case .list(let values): values.map(types.literal(of:)).joined(separator: ", ")
      }
    }.joined()
  }
}

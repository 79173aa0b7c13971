public import SQLCModel

/// How SQL that is sent to the engine names its parameters. The one place that writes placeholders.
public enum PlaceholderStyle: Sendable, Hashable {
  /// `?1`
  case questionMark
  /// `$1`
  case dollar

  /// - Parameter index: from 1.
  public func placeholder(_ index: Int) -> String {
    switch self {
    case .questionMark: "?\(index)"
    case .dollar: "$\(index)"
    }
  }

  /// The text of a statement, with one placeholder for a list and one row for a list of rows.
  public func text(of segments: [SQLSegment]) -> String {
    segments.reduce(into: "") { text, segment in
      switch segment {
      case .text(let part): text += part
      case .parameter(let index), .list(let index): text += placeholder(index)
      case .rows(let template): text += self.text(of: template.single)
      }
    }
  }
}

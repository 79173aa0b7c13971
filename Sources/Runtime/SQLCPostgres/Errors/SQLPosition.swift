// Where in a text.

/// A place in a statement's text, as editors count.
public struct SQLPosition: Sendable, Hashable, CustomStringConvertible {
  /// In Unicode scalars, from 0, as the server counts (which begins at 1).
  public var offset: Int
  /// From 1.
  public var line: Int
  /// In characters, from 1.
  public var column: Int

  /// nil when the text has no such place.
  init?(scalar offset: Int, in sql: String) {
    let scalars = sql.unicodeScalars
    guard offset >= 0,
      let place = scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex)
    else { return nil }
    let before = sql[..<place]
    self.offset = offset
    line = 1 + before.utf8.count { $0 == UInt8(ascii: "\n") }
    column = 1 + (before.lastIndex(of: "\n").map { before[before.index(after: $0)...] } ?? before).count
  }

  /// "2:14"
  public var description: String { "\(line):\(column)" }
}

/// An INSERT with one row of VALUES, in parts: the row can be written several times, with commas between, its parameters
/// counted on.
public struct RepeatedRowModel: Sendable, Hashable {
  /// `INSERT` where several rows say `INSERT OR FAIL`; nothing where the statement says itself what a conflict does.
  public var verb: String
  public var before: String
  /// Text and single parameters.
  public var row: [SQLSegment]
  public var after: String
  public init(verb: String, before: String, row: [SQLSegment], after: String) {
    self.verb = verb
    self.before = before
    self.row = row
    self.after = after
  }

  /// The text for that many rows of a query with that many parameters.
  public func text(rows: Int, parameters: Int) -> String {
    var text = verb + (verb.isEmpty || rows == 1 ? "" : " OR FAIL") + before
    for number in 0..<rows {
      if number > 0 { text += ", " }
      for segment in row {
        switch segment {
        case .text(let part): text += part
        case .parameter(let index), .list(let index): text += "?\(index + number * parameters)"
        }
      }
    }
    return text + after
  }
}

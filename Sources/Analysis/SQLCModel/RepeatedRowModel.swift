/// An INSERT with one row of VALUES, in parts: the row can be written several times, with commas between, its parameters
/// counted on.
public struct RepeatedRowModel: Sendable, Hashable, Codable {
  /// The statement's first word, where the engine's runtime words a statement of several rows another way than one of a
  /// single row; nothing where both begin the same.
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
}

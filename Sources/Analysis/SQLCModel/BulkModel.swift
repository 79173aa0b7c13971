/// How the rows of a `:copyfrom` are inserted many at a time, in the way that the engine's runtime has for it.
public enum BulkModel: Sendable, Hashable, Codable {
  case repeatedRow(RepeatedRowModel)
  /// Each parameter is the value of one column of a table, into which the engine can load rows: of the parameter with index i
  /// it is column i - 1.
  case load(into: QualifiedName, columns: [String])
  /// A statement with as many parameters, each of which is an array with an element for every row.
  case arrays(sql: [SQLSegment])
}

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

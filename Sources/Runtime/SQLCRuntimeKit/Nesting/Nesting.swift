// How rows of a join become parents with lists of children.

/// How a query's rows become parents with lists. Columns are numbered from 0.
public struct Nesting: Sendable {
  /// One list of a parent, or of the elements of another list.
  public struct List: Sendable {
    /// A row has a child unless these columns are all NULL; with none it always has one.
    @usableFromInline package let first: Int32
    @usableFromInline package let count: Int32
    /// Tells the children of one parent apart where a row can repeat them.
    @usableFromInline package let key: [Int32]?
    /// The list to whose elements this one belongs.
    @usableFromInline package let outer: Int?

    public init(absentAt first: Int32 = 0, count: Int32 = 0, key: [Int32]? = nil, outer: Int? = nil) {
      self.first = first
      self.count = count
      self.key = key
      self.outer = outer
    }
  }

  /// Tells parents apart; with none there is one at most.
  @usableFromInline package let key: [Int32]
  @usableFromInline package let lists: [List]

  public init(key: [Int32], lists: [List]) {
    self.key = key
    self.lists = lists
  }
}

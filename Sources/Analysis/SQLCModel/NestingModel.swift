/// How joined rows become parents with lists of children (`sqlc.nest`). Columns are counted in the flattened result, from 0.
public struct NestingModel: Sendable, Hashable, Codable {
  public struct List: Sendable, Hashable, Codable {
    /// Index into the query's results: an embed.
    public var result: Int
    /// The first of its columns, and how many there are.
    public var first: Int
    public var count: Int
    /// All NULL in a row without a child; none when there always is one.
    public var presence: [Int]
    /// What tells the children of one parent apart; absent when none can come twice.
    public var key: [Int]?
    /// Index of the list to whose elements this one belongs.
    public var outer: Int?
    public init(result: Int, first: Int, count: Int, presence: [Int], key: [Int]?, outer: Int?) {
      self.result = result
      self.first = first
      self.count = count
      self.presence = presence
      self.key = key
      self.outer = outer
    }
  }
  /// What tells parents apart; none when there is one at most.
  public var key: [Int]
  public var lists: [List]
  public init(key: [Int], lists: [List]) {
    self.key = key
    self.lists = lists
  }

  /// What holds for both.
  public func merged(with other: NestingModel) -> NestingModel {
    var merged = self
    // More columns of the parent tell no fewer parents apart, and no more either.
    merged.key = Set(key).union(other.key).sorted()
    for (index, list) in other.lists.enumerated() where lists.indices.contains(index) {
      if merged.lists[index].presence.isEmpty { merged.lists[index].presence = list.presence }
      if merged.lists[index].key == nil { merged.lists[index].key = list.key }
    }
    return merged
  }
}
